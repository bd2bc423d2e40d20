"""Moulds against the codec: the same bytes for every pass, whatever its leaves hold."""

from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer import kinds
from issuer.pack import Packer, Struck
from issuer.rows import Intent, Pair
from issuer.seal import Press, seal, signing_by
from kernel import cborld, credential
from kernel.credential import StatusPlace
from kernel.ed25519 import SeedSigner
from kernel.encoding import multibase_encode
from kernel.errors import Invalid
from kernel.keys import PublicKey
from kernel.proofs import registry
from schemas.identifiers import Did, DidUrl, Url
from schemas.terms import PASS_CONTEXTS
from tests.fakes import NOON
from tests.issuer.rooms import ENTRY, dictionary

OPTIONS = {
    "type": "DataIntegrityProof",
    "verificationMethod": "did:web:norma.example#k1",
    "cryptosuite": "eddsa-jcs-2022",
    "proofPurpose": "assertionMethod",
    "@context": list(PASS_CONTEXTS),
}
PAIR = Pair(
    number=1,
    revocation=1,
    suspension=2,
    revocation_url=Url("https://norma.example/s/1"),
    suspension_url=Url("https://norma.example/s/2"),
)
SAID = {
    "name": "", "documentNumber": "", "country": "VEN", "permitStatus": "vigente", "workAllowed": True,
    "cardValidUntil": "2031-05-30", "doneOn": "2025-11-14", "hours": 40, "skills": [990001], "occupation": 75121,
    "level": "basico", "certificate": "000145-17",
}  # fmt: skip
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.sampled_from(["0", "revocation", "PPT"])
tails = st.text("0123456789AZ", min_size=0, max_size=4) | st.just("0")
places = st.integers(0, 131_071) | st.just(0)


def strike(packer: Packer, row: tuple[str, str, int, int], *, level: str = "basico", **more: Any) -> Struck:
    name, tail, first, second = row
    claims = {"name": name, "idTail": tail, "norm": 290801106, "normVersion": 1, "level": level}
    places = (first, second)

    def compose() -> dict[str, Any]:
        return competence(claims, places, **more)

    if "subject" in more:
        return packer.whole(compose())
    return packer.strike((level, more.get("until")), (name, tail, str(first), str(second)), compose)


def competence(
    claims: dict[str, Any], places: tuple[int, int], *, until: datetime | None = None, subject: Did | None = None
) -> dict[str, Any]:
    return credential.compose(
        kind=kinds.find("C06").type,
        issuer=Did("did:web:norma.example"),
        claims=claims,
        valid_from=NOON,
        valid_until=until,
        status=(
            StatusPlace(purpose="revocation", index=places[0], url=Url("https://norma.example/s/1")),
            StatusPlace(purpose="suspension", index=places[1], url=Url("https://norma.example/s/2")),
        ),
        subject=subject,
    )


def is_as_the_long_way(struck: Struck, row: tuple[str, str, int, int], signature: bytes, **more: Any) -> None:
    """The words and the bytes are those of the document by canonical form and codec."""
    name, tail, first, second = row
    claims = {"name": name, "idTail": tail, "norm": 290801106, "normVersion": 1, "level": more.pop("level", "basico")}
    document = competence(claims, (first, second), **more)
    assert struck.words == registry.find("eddsa-jcs-2022").hash(document, OPTIONS)
    secured = {**document, "proof": {**OPTIONS, "proofValue": multibase_encode(signature)}}
    packed = cborld.encode(secured, dictionary=dictionary(), entry=ENTRY)
    assert cborld.decode(packed, dictionary=dictionary()).documents == (secured,)
    assert struck.finish(signature) == packed


def new_packer() -> Packer:
    return Packer(dictionary=dictionary(), entry=ENTRY, method=DidUrl("did:web:norma.example#k1"))


@given(
    st.lists(
        st.tuples(st.tuples(names, tails, places, places), st.binary(min_size=64, max_size=64)), min_size=2, max_size=5
    )
)
@settings(max_examples=150, deadline=None)
def test_a_mould_gives_what_canonical_form_and_codec_give(rows: list[tuple[Any, bytes]]) -> None:
    packer = new_packer()
    for row, signature in rows:
        is_as_the_long_way(strike(packer, row), row, signature)


def test_sisters_are_told_apart_by_all_but_their_leaves() -> None:
    packer, row = new_packer(), ("Ana", "0001", 1, 2)
    ended = {"until": datetime(2031, 5, 31, 4, 59, 59, tzinfo=UTC)}
    bound = {"subject": Did("did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6")}
    for more in ({}, ended, bound, {"level": "avanzado"}, {}, ended):
        is_as_the_long_way(strike(packer, row, **more), row, bytes(64), **more)


CELLS = {"C06": ["000202541701", "290801106", "01", "", "", "", "3", "28/09/2025", 1]}
"""A payload by type where no other will do."""


@pytest.mark.parametrize("type_id", sorted(kinds.KINDS))
@given(rows=st.lists(st.tuples(names, names, st.text("0123456789", min_size=1, max_size=15), places), min_size=2))
@settings(max_examples=20, deadline=None)
def test_a_chunk_of_any_type_is_sealed_as_row_by_row(type_id: str, rows: list[tuple[str, str, str, int]]) -> None:
    """Each alone in its chunk goes the long way, or makes the mould; all together they go through it."""
    kind = kinds.find(type_id)
    intents = []
    for n, (name, surname, number, place) in enumerate(rows):
        payload = CELLS.get(type_id) or kinds.payload(type_id, SAID)
        told = {"name": name, "names": name, "surnames": surname, "document_number": number}
        changed = {member: value for member, value in told.items() if member in kind.correctable}
        raw = orjson.dumps(kinds.corrected(kind, payload, changed))
        intents.append(Intent(n, 1, place, 131_071 - place, kinds.INTERVIEW if n % 3 else max(kind.claims), None, raw))
    signer = SeedSigner(bytes(32), DidUrl("did:web:norma.example#k1"))
    press = Press(
        kind=kind, issuer=Did("did:web:norma.example"), name="N", method=signer.method, at=NOON, entry=ENTRY,
        public=PublicKey(signer.public), pairs={1: PAIR}, dictionary=dictionary(), salts=bytes(32), id_of=str, twins=0,
    )  # fmt: skip
    whole, alone = seal(intents, press, signing_by(signer)), [seal([one], press, signing_by(signer)) for one in intents]
    assert whole.passes == [each for one in alone for each in one.passes]
    assert whole.voids == [each for one in alone for each in one.voids]
    assert whole.leaves == b"".join(one.leaves for one in alone)


def test_a_pass_over_its_size_is_refused() -> None:
    packer = new_packer()
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            strike(packer, ("x" * 200, "0001", 1, 2)).finish(bytes(64))
        assert refused.value.code == "too_large_for_qr"


def test_the_last_day_is_its_last_second_in_bogota() -> None:
    assert credential.whole_seconds(kinds.end_of_day(date(2031, 5, 30))) == "2031-05-31T04:59:59Z"
