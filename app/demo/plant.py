"""What is planted beside the good ones: each with one thing that the verifier must find, and the codes it must give.

Rows go through the issuer where it would issue them; what no honest issuer makes is signed here with its own key.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from app.demo.people import ATTESTOR, EXPIRED_PERMIT, PERMITS, TRAINING
from app.demo.specimen import Specimen
from app.folder import DEMO_ENTRY
from app.provide import World
from issuer import kinds
from issuer.rows import Wanted
from issuer.service import Issuer
from issuer.status.service import Status
from kernel import cborld, presentation
from kernel.credential import StatusPlace, compose
from kernel.dids import did_key, did_key_method
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from kernel.proofs import integrity
from schemas import credential_types
from schemas.identifiers import Did, DidUrl, KeyId, Url
from schemas.issuance import ActRequest
from schemas.json import JsonObject
from schemas.terms import ASSERTION, AUTHENTICATION

LATER_STALE: Final = timedelta(days=40)
LATER_OLD: Final = timedelta(days=200)
AFTER: Final = timedelta(minutes=5)
_EVIDENCE: Final = "0" * 64
"""Of nothing: in a demonstration nobody did wrong."""
_AHEAD: Final = timedelta(days=30)
_RUN_OUT: Final = timedelta(days=30)
_GIVEN: Final = timedelta(days=180)
_DCC: Final = "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5:S9MKN4NN3F85QNCY0"
_URL: Final = "HTTPS://VERIFICAR.EXAMPLE/C/0001"


def text_of(world: World, document: Any) -> str:
    """The QR text of a credential or presentation, by the bundle's tables."""
    return cborld.to_text(document, dictionary=world.dictionary(), entry=DEMO_ENTRY)


def paper(world: World, n: int, *, name: str, at: datetime, **planted: Any) -> Specimen:
    """The paper copy of a row."""
    with world.doors()[Issuer]() as opened:
        document = opened.credential(n)
    return from_document(world, document, name=name, at=at, **planted)


def from_document(world: World, document: JsonObject, *, name: str, at: datetime, **planted: Any) -> Specimen:
    """A pass as a specimen."""
    text = text_of(world, document)
    kind = "pass-holder" if "id" in _subject(document) else "pass-paper"
    return Specimen(name=name, kind=kind, texts=(text,), whole=text, document=document, at=at, **planted)  # type: ignore[arg-type]  # of the two


def _subject(document: JsonObject) -> dict[str, Any]:
    subject = document["credentialSubject"]
    if not isinstance(subject, dict):
        raise TypeError("our own pass has one subject")
    return subject


def flip(world: World, n: int, act: str, reason: str) -> None:
    """An act of status by two people on a row and all its copies."""
    request = ActRequest(act=act, reason=reason, evidence=_EVIDENCE)  # type: ignore[arg-type]  # checked when it is made
    with world.doors()[Status]() as opened:
        proposed = opened.propose(n, request, by=TRAINING.person("oscar", "officer"))
    with world.doors()[Status]() as opened:
        opened.approve(proposed.id, by=TRAINING.person("marta", "approver"))


def issue_alone(world: World, issuer: str, family: str, payload: list[Any], at: datetime) -> int:
    """One row by the same two transactions as a million; gives its number."""
    with world.doors()[Issuer]() as opened:
        first, _ = opened.promise(
            issuer, family, [Wanted(line=1, payload=orjson.dumps(payload))], batch=None, centre=None, at=at
        )
    if first is None:
        raise RuntimeError("the planted row was there before")
    world.desk.seal(first)
    return int(first)


def expired_permit(world: World, at: datetime) -> int:
    """A permit that was given half a year ago and whose card ran out last month."""
    row = EXPIRED_PERMIT
    payload = kinds.payload("C01", {**row.model_dump(by_alias=True), "cardValidUntil": (at - _RUN_OUT).date()})
    return issue_alone(world, PERMITS.id, "C01", payload, at - _GIVEN)


def spare_row(world: World, number: int, at: datetime) -> int:
    """A competence of somebody who is in no cohort."""
    cells = ["000202541701", "290801106", "02", f"{number:012}", "Rivas Peña", "Beatriz", "4", "12/11/2025"]
    return issue_alone(world, TRAINING.id, "C06", kinds.competence_payload(cells, 1), at)


def future_row(world: World, at: datetime) -> int:
    """A competence that starts in a month."""
    cells = ["000202541701", "290801106", "02", "000000109999", "Mañana Rivas", "Aurora", "3", "12/11/2025"]
    return issue_alone(world, TRAINING.id, "C06", kinds.competence_payload(cells, 1), at + _AHEAD)


def made_by_hand(world: World, good: JsonObject, at: datetime) -> list[Specimen]:
    """Changed after signing, outside the scope, by nobody known."""
    changed = {**good, "credentialSubject": {**_subject(good), "level": "avanzado"}}
    signer = world.keys.signer(KeyId(f"{ATTESTOR.id}/k1"))
    beyond = _permit_by(signer, ATTESTOR.did, f"https://{ATTESTOR.host}/s/1")
    stranger = SeedSigner(
        hashlib.sha256(b"puente demo: nobody known").digest(), DidUrl("did:web:desconocido.demo.puente.example#k1")
    )
    unknown = _permit_by(stranger, Did("did:web:desconocido.demo.puente.example"), "https://desconocido.example/s/1")
    plants = (
        ("plantado-cambiado", changed, "tampered", "invalid_signature"),
        ("plantado-fuera-de-alcance", beyond, "out_of_scope", "out_of_scope"),
        ("plantado-emisor-desconocido", unknown, "unknown_issuer", "unknown_issuer"),
    )
    return [
        from_document(
            world, document, name=name, at=at, planted=what, expected="cannot_verify", expected_reasons=(code,)
        )
        for name, document, what, code in plants
    ]


def _permit_by(signer: Any, issuer: Did, url: str) -> dict[str, Any]:
    kind = credential_types.find("C01")
    if kind is None:
        raise LookupError("the table has C01")
    places = [StatusPlace(purpose=purpose, index=7, url=Url(url)) for purpose in ("revocation", "suspension")]
    start = datetime.fromisoformat("2026-01-05T00:00:00Z")
    unsigned = compose(
        kind=kind,
        issuer=issuer,
        claims={"name": "Zoë D'Angelo Müller", "workAllowed": True},
        valid_from=start,
        valid_until=start + timedelta(days=365 * 4),
        status=places,
        subject=None,
    )
    return integrity.add(unsigned, signer=signer, purpose=ASSERTION)


def borrowed(world: World, bound: JsonObject, at: datetime) -> Specimen:
    """Somebody else's pass, shown live with another key."""
    seed = hashlib.sha256(b"puente demo: the cousin").digest()
    key = PublicKey(SeedSigner(seed, DidUrl("did:key:z#z")).public)
    signer = SeedSigner(seed, did_key_method(did_key(key)))
    fresh = presentation.live(at)
    document = integrity.add(
        presentation.compose([bound]),
        signer=signer,
        purpose=AUTHENTICATION,
        created=fresh.created,
        challenge=fresh.challenge,
    )
    text = text_of(world, document)
    return Specimen(
        name="plantado-de-otra-persona",
        kind="live",
        texts=(text,),
        whole=text,
        document=document,
        at=at,
        planted="borrowed",
        expected="cannot_verify",
        expected_reasons=("holder_mismatch",),
        challenge="0",
    )


def foreign(at: datetime) -> list[Specimen]:
    """Codes of other systems: they look like something else, and no link is opened."""
    return [
        Specimen(
            name=name,
            kind="foreign",
            texts=(text,),
            whole=text,
            document=None,
            at=at,
            planted="other_system",
            expected="cannot_verify",
            expected_reasons=("unsupported_prefix",),
        )
        for name, text in (("plantado-otro-sistema-dcc", _DCC), ("plantado-otro-sistema-enlace", _URL))
    ]
