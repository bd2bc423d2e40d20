"""`kernel/trust.py`: every key state with and without its window, log proofs for stolen keys, scopes, usability."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from kernel import issued_log, trust
from kernel.bundle.installed import FrozenTree, Issuer, IssuerKey, KeyState, Scope
from kernel.ed25519 import SeedSigner
from kernel.errors import NotBelieved, NotInForce
from kernel.issued_log import LogProof
from kernel.keys import PublicKey
from kernel.trust import SignedRow
from schemas.identifiers import Did, DidUrl, Url

DID = Did("did:web:formacion.demo.puente.example")
METHOD = DidUrl(f"{DID}#k1")
URL = Url("https://formacion.demo.puente.example/s/1")
DAY = timedelta(days=1)
T = datetime(2026, 5, 1, tzinfo=UTC)
SIGNATURE = b"s" * 64
ROW = SignedRow(signature=SIGNATURE, list_url=URL, index=94567)
SALT = issued_log.salt(b"k" * 32, 3)
LEAF = issued_log.leaf(method=METHOD, signature_hash=sha256(SIGNATURE).digest(), list_url=URL, index=94567, salt=SALT)
LEAVES = [sha256(bytes([n])).digest() for n in range(3)] + [LEAF] + [sha256(b"x").digest()]
FROZEN = FrozenTree(size=len(LEAVES), root=issued_log.root(LEAVES))
PROOF = LogProof(
    method=METHOD,
    signature_hash=sha256(SIGNATURE).digest(),
    list_url=URL,
    index=94567,
    salt=SALT,
    leaf_index=3,
    size=len(LEAVES),
    path=issued_log.path(LEAVES, 3),
)


def _key(state: KeyState) -> IssuerKey:
    return IssuerKey(
        method=METHOD,
        key=PublicKey(SeedSigner(b"\x01" * 32, METHOD).public),
        state=state,
        not_before=T - DAY,
        not_after=T + DAY,
        frozen=FROZEN,
    )


@pytest.mark.parametrize("state", ["active", "retired", "destroyed"])
def test_a_key_in_its_window_sets_no_mark(state: KeyState) -> None:
    for valid_from in (T - DAY, T, T + DAY):
        assert trust.require_key(_key(state), valid_from=valid_from, signed=ROW) == ()


@pytest.mark.parametrize("state", ["active", "retired", "destroyed", "suspended", "announced"])
@pytest.mark.parametrize("valid_from", [T - DAY - timedelta(seconds=1), T + DAY + timedelta(seconds=1), None])
def test_a_pass_outside_the_window_is_not_believed(state: KeyState, valid_from: datetime | None) -> None:
    with pytest.raises(NotInForce) as refused:
        trust.require_key(_key(state), valid_from=valid_from, signed=ROW)
    assert (refused.value.code, refused.value.step) == ("key_window", "V17")


def test_an_announced_key_is_not_in_use_yet() -> None:
    with pytest.raises(NotInForce):
        trust.require_key(_key("announced"), valid_from=T, signed=ROW)


def test_a_suspended_key_is_under_review() -> None:
    assert trust.require_key(_key("suspended"), valid_from=T, signed=ROW) == ("key_review",)


def test_a_key_without_a_window_takes_a_pass_without_a_date() -> None:
    key = replace(_key("active"), not_before=None, not_after=None)
    assert trust.require_key(key, valid_from=None, signed=ROW) == ()


def test_a_stolen_keys_pass_stands_with_its_log_proof() -> None:
    proofs = ["VR1-R", issued_log.write_proof(PROOF)]
    assert trust.require_key(_key("compromised"), valid_from=T, signed=ROW, log_proofs=proofs) == ()


@pytest.mark.parametrize(
    ("proof", "row", "frozen"),
    [
        (None, ROW, FROZEN),
        (PROOF, replace(ROW, signature=b"t" * 64), FROZEN),
        (PROOF, replace(ROW, index=1), FROZEN),
        (PROOF, replace(ROW, list_url=None, index=None), FROZEN),
        (PROOF, ROW, None),
        (PROOF, ROW, replace(FROZEN, size=6)),
        (PROOF, ROW, replace(FROZEN, root=bytes(32))),
        (replace(PROOF, leaf_index=2), ROW, FROZEN),
        (replace(PROOF, salt=bytes(16)), ROW, FROZEN),
        (replace(PROOF, method=DidUrl(f"{DID}#k2")), ROW, FROZEN),
    ],
)
def test_a_stolen_keys_pass_without_its_own_proof_is_not_believed(
    proof: LogProof | None, row: SignedRow, frozen: FrozenTree | None
) -> None:
    key = replace(_key("compromised"), frozen=frozen)
    with pytest.raises(NotBelieved) as refused:
        trust.require_key(
            key, valid_from=T, signed=row, log_proofs=[] if proof is None else [issued_log.write_proof(proof)]
        )
    assert (refused.value.code, refused.value.step) == ("key_compromised", "V17")


def _issuer(*scope: tuple[str, str]) -> Issuer:
    return Issuer(
        id="formacion",
        did=DID,
        name={"es": "Servicio", "en": "Service"},
        tier="T2",
        country="CO",
        scope=tuple(Scope(type=a, scheme=b) for a, b in scope),
        keys={},
        lists=(),
    )


@pytest.mark.parametrize(
    ("scope", "pair", "covered"),
    [
        ((("CompetencePass", "SENA-NSCL"),), ("CompetencePass", "SENA-NSCL"), True),
        ((("CompetencePass", "SENA-NSCL"),), ("CompetencePass", "OTHER"), False),
        ((("CompetencePass", "SENA-NSCL"),), ("PermitPass", "SENA-NSCL"), False),
        ((("SkillPass", "EMPLEADOR"),), ("SkillPass", "SENA-FPI"), False),
        ((("SkillPass", "*"),), ("SkillPass", "SENA-FPI"), True),
        ((("SkillPass", "*"),), ("SkillPass", None), True),
        ((("*", "PPT"),), ("PermitPass", "PPT"), True),
        ((("*", "*"),), ("Anything", None), True),
        ((("SkillPass", "CURSO"),), ("SkillPass", None), False),
        ((), ("SkillPass", "CURSO"), False),
    ],
)
def test_a_scope_covers_its_pairs_and_no_other(
    scope: tuple[tuple[str, str], ...], pair: tuple[str, str | None], covered: bool
) -> None:
    if covered:
        assert trust.require_scope(_issuer(*scope), *pair) == "T2"
        return
    with pytest.raises(NotBelieved) as refused:
        trust.require_scope(_issuer(*scope), *pair)
    assert (refused.value.code, refused.value.step) == ("out_of_scope", "V16")
