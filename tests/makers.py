"""Small builders of valid documents, each with one thing to spoil. What trusts them stands in `tests/worlds.py`."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kernel import credential, presentation
from kernel.credential import StatusPlace
from kernel.dids import did_key, did_key_method
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from kernel.proofs import integrity
from schemas import credential_types
from schemas.identifiers import Did, DidUrl, Url
from schemas.json import JsonObject
from schemas.terms import ASSERTION, AUTHENTICATION

NOW = datetime(2026, 11, 22, 0, 30, 20, tzinfo=UTC)
BEGAN = datetime(2026, 3, 10, tzinfo=UTC)
ENDS = datetime(2029, 3, 10, tzinfo=UTC)

NORMA = Did("did:web:norma.example")
PERMISO = Did("did:web:permiso.example")
TALLER = Did("did:web:taller.example")
OTRA = Did("did:web:otra-entidad.example")
ISSUERS: Mapping[Did, str] = {NORMA: "norma", PERMISO: "permiso", TALLER: "taller", OTRA: "otra"}


def seed(name: str) -> bytes:
    """The seed of a test key (FORMAT section 11): of no worth to anybody."""
    return hashlib.sha256(f"puente-test-seed:{name}".encode()).digest()


def issuer_signer(did: Did, *, key: str = "k1", name: str | None = None) -> SeedSigner:
    """A signer for the method `did#key`; its seed is the issuer's own unless another name is given."""
    return SeedSigner(seed(name or ISSUERS[did]), DidUrl(f"{did}#{key}"))


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody with a did:key."""

    did: Did
    signer: SeedSigner


def holder(name: str = "holder1") -> Holder:
    """The holder whose key has this name."""
    public = PublicKey(SeedSigner(seed(name), DidUrl("did:key:z#z")).public)
    did = did_key(public)
    return Holder(did=did, signer=SeedSigner(seed(name), did_key_method(did)))


def place(did: Did, *, number: int = 1, index: int = 94567, purpose: str = "revocation") -> StatusPlace:
    """A place in one of the issuer's lists."""
    return StatusPlace(purpose=purpose, index=index, url=Url(f"https://{did.rpartition(':')[2]}/s/{number}"))


def places(did: Did, *, index: int = 94567) -> list[StatusPlace]:
    """A place to be revoked in and one to be suspended in."""
    return [place(did, index=index), place(did, number=2, index=index + 1, purpose="suspension")]


COMPETENCE: JsonObject = {
    "name": "Ana María Pérez Gómez",
    "idTail": "4821",
    "norm": 220201501,
    "normVersion": 2,
    "level": "intermedio",
}
PERMIT: JsonObject = {"name": "Ana María Pérez Gómez", "workAllowed": True}
SKILL: JsonObject = {"name": "Ana María Pérez Gómez", "occupation": 51201, "hours": 40}


def unsigned(
    *,
    type_id: str = "C06",
    issuer: Did = NORMA,
    claims: JsonObject = COMPETENCE,
    valid_from: datetime = BEGAN,
    valid_until: datetime | None = ENDS,
    status: Sequence[StatusPlace] | None = None,
    subject: Did | None = None,
) -> dict[str, Any]:
    """A pass without its proof: a competence of Ana's unless told otherwise, with both status entries."""
    kind = credential_types.find(type_id)
    assert kind is not None
    return credential.compose(
        kind=kind,
        issuer=issuer,
        claims=claims,
        valid_from=valid_from,
        valid_until=valid_until,
        status=places(issuer) if status is None else status,
        subject=subject,
    )


def sign(document: JsonObject, signer: SeedSigner, *, purpose: str = ASSERTION) -> dict[str, Any]:
    """With a proof; whatever it says."""
    return integrity.add(document, signer=signer, purpose=purpose)


def competence(**changes: Any) -> dict[str, Any]:
    """A signed competence pass."""
    document = unsigned(**changes)
    return sign(document, issuer_signer(document["issuer"]))


def permit(**changes: Any) -> dict[str, Any]:
    """A signed permit pass for the interview."""
    document = unsigned(**{"type_id": "C01", "issuer": PERMISO, "claims": PERMIT, **changes})
    return sign(document, issuer_signer(document["issuer"]))


def skill(**changes: Any) -> dict[str, Any]:
    """A signed reference of an employer."""
    document = unsigned(**{"type_id": "C10", "issuer": TALLER, "claims": SKILL, **changes})
    return sign(document, issuer_signer(document["issuer"]))


def spoiled(document: JsonObject, pointer: str, value: Any) -> dict[str, Any]:
    """A copy with one member changed (`/proof/proofValue`), or taken away when the value is `...`; not signed again."""
    copy: dict[str, Any] = dict(document)
    inner = copy
    *way, last = pointer.strip("/").split("/")
    for part in way:
        inner[part] = dict(inner[part])
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return copy


def resigned(document: JsonObject, pointer: str, value: Any) -> dict[str, Any]:
    """The same, signed again by the issuer it names: what only the issuer itself could get wrong."""
    bare = {name: member for name, member in document.items() if name != "proof"}
    changed = spoiled(bare, pointer, value)
    return sign(changed, issuer_signer(document["issuer"]))  # type: ignore[arg-type]  # a maker's document has it as text


def presented(
    passes: Sequence[JsonObject],
    by: Holder,
    *,
    now: datetime = NOW,
    challenge: str = presentation.OPEN,
    domain: str | None = None,
    created: str | None = "",
    purpose: str = AUTHENTICATION,
) -> dict[str, Any]:
    """A signed presentation made at `now`; `created` None leaves it out."""
    return integrity.add(
        presentation.compose(passes),
        signer=by.signer,
        purpose=purpose,
        created=presentation.step(now) if created == "" else created,
        challenge=challenge,
        domain=domain,
    )


def later(seconds: int) -> datetime:
    """So much after NOW."""
    return NOW + timedelta(seconds=seconds)
