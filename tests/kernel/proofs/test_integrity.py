"""kernel/proofs/integrity.py: proofs added as the format writes them; each wrong form with its own code."""

import json
from typing import Any

import pytest

from kernel import codec
from kernel.ed25519 import SeedSigner
from kernel.errors import Invalid
from kernel.keys import PublicKey, read_multikey
from kernel.proofs import integrity
from schemas.identifiers import DidUrl
from schemas.json import JsonObject
from tests.published import ROOT, published

FORMAT = ROOT / "tests" / "vectors" / "format"
SEEDS = {
    key["verificationMethod"]: bytes.fromhex(key["seed_hex"])
    for key in json.loads((FORMAT / "test-keys.json").read_text())["keys"]
}


def document(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FORMAT / f"{name}.json").read_text())["document"]
    return found


PAPER, LIVE = document("p01-competence-paper"), document("p06-live-one")
UNSIGNED = {name: value for name, value in PAPER.items() if name != "proof"}


def signer_of(secured: dict[str, Any]) -> SeedSigner:
    method = DidUrl(secured["proof"]["verificationMethod"])
    return SeedSigner(SEEDS[method], method)


KEY = PublicKey(signer_of(PAPER).public)


def code(call: object, *args: object, **named: object) -> str:
    assert callable(call)
    with pytest.raises(Invalid) as caught:
        call(*args, **named)
    return caught.value.code


@pytest.mark.parametrize("secured", [PAPER, LIVE], ids=["credential", "presentation"])
def test_a_proof_is_added_as_the_format_writes_it(secured: dict[str, Any]) -> None:
    unsecured = {name: value for name, value in secured.items() if name != "proof"}
    before = codec.write(unsecured)
    proof = secured["proof"]
    made = integrity.add(
        unsecured,
        signer=signer_of(secured),
        purpose=proof["proofPurpose"],
        created=proof.get("created"),
        challenge=proof.get("challenge"),
    )
    assert codec.write(made) == codec.write(secured)  # members in the same order too
    assert codec.write(unsecured) == before
    checked = integrity.check(made, key=PublicKey(signer_of(secured).public), purpose=proof["proofPurpose"])
    assert (checked.method, checked.purpose, checked.suite) == (
        proof["verificationMethod"],
        proof["proofPurpose"],
        "eddsa-jcs-2022",
    )
    assert (checked.created, checked.challenge, checked.domain) == (proof.get("created"), proof.get("challenge"), None)


def test_a_domain_is_signed() -> None:
    made = integrity.add(UNSIGNED, signer=signer_of(PAPER), purpose="authentication", challenge="ABCDEFGH", domain="a")
    assert integrity.check(made, key=KEY, purpose="authentication").domain == "a"
    proof = made["proof"]
    assert isinstance(proof, dict)
    assert (
        code(integrity.check, {**made, "proof": {**proof, "domain": "b"}}, key=KEY, purpose="authentication")
        == "invalid_signature"
    )


def test_a_second_proof_is_not_added() -> None:
    assert code(integrity.add, PAPER, signer=signer_of(PAPER), purpose="assertionMethod") == "invalid_shape"


def test_a_document_without_contexts_is_not_signed() -> None:
    for contexts in ({}, {"@context": "https://a.example"}, {"@context": [{"a": "b"}]}):
        bare = {name: value for name, value in UNSIGNED.items() if name != "@context"} | contexts
        assert code(integrity.add, bare, signer=signer_of(PAPER), purpose="assertionMethod") == "unknown_context"


def test_an_unknown_suite_is_not_added() -> None:
    named = {"signer": signer_of(PAPER), "purpose": "assertionMethod", "suite": "eddsa-rdfc-2022"}
    assert code(integrity.add, UNSIGNED, **named) == "wrong_cryptosuite"


def spoiled(**changes: object) -> JsonObject:
    """PAPER with members of its proof changed, or left out where the change is Ellipsis."""
    proof = {name: value for name, value in (PAPER["proof"] | changes).items() if value is not ...}
    return {**PAPER, "proof": proof}


WRONG: list[tuple[str, JsonObject]] = [
    ("invalid_shape", UNSIGNED),
    ("invalid_shape", {**PAPER, "proof": [PAPER["proof"]]}),
    ("invalid_shape", {**PAPER, "proof": [PAPER["proof"], PAPER["proof"]]}),
    ("invalid_shape", {**PAPER, "proof": None}),
    ("invalid_shape", spoiled(proofValue=...)),
    ("invalid_shape", spoiled(verificationMethod=...)),
    ("invalid_shape", spoiled(verificationMethod={"id": "did:web:a.example#k1"})),
    ("invalid_shape", spoiled(proofValue=5)),
    ("invalid_shape", spoiled(nonce="x")),
    ("invalid_shape", spoiled(previousProof="urn:uuid:1")),
    ("invalid_shape", spoiled(expires="2020-01-01T00:00:00Z")),
    ("invalid_shape", spoiled(domain=["a", "b"])),
    ("invalid_shape", spoiled(created=None)),
    ("wrong_cryptosuite", spoiled(type="Ed25519Signature2020")),
    ("wrong_cryptosuite", spoiled(cryptosuite="eddsa-rdfc-2022")),
    ("wrong_cryptosuite", spoiled(cryptosuite=...)),
    ("wrong_cryptosuite", spoiled(cryptosuite=["eddsa-jcs-2022"])),
    ("wrong_cryptosuite", spoiled(type=...)),
    ("wrong_cryptosuite", spoiled(cryptosuite="ecdsa-jcs-2019", proofPurpose="authentication", nonce="x")),
    ("wrong_proof_purpose", spoiled(proofPurpose="authentication")),
    ("wrong_proof_purpose", spoiled(proofPurpose=...)),
    ("wrong_proof_purpose", spoiled(proofPurpose=["assertionMethod"], nonce="x")),
    ("unknown_context", spoiled(**{"@context": ...})),
    ("unknown_context", spoiled(**{"@context": [], "nonce": "x"})),
    ("unknown_context", spoiled(**{"@context": PAPER["@context"][:1]})),
    ("unknown_context", spoiled(**{"@context": PAPER["@context"][::-1]})),
    ("unknown_context", spoiled(**{"@context": PAPER["@context"][0]})),
    ("unknown_context", {**PAPER, "@context": [*PAPER["@context"], "https://a.example/v1"]}),  # appended after signing
    ("invalid_signature", {**PAPER, "validFrom": "2026-03-11T00:00:00Z"}),
    ("invalid_signature", {**PAPER, "added": 1}),
    ("invalid_signature", {name: value for name, value in PAPER.items() if name != "validUntil"}),
    ("invalid_signature", spoiled(created="2026-03-11T00:00:00Z")),
    ("invalid_signature", spoiled(verificationMethod="did:web:norma.example#k2")),
    ("invalid_signature", spoiled(proofValue=PAPER["proof"]["proofValue"][:-1] + "2")),
    ("malformed_json", {**PAPER, "added": float("nan")}),
]


@pytest.mark.parametrize(("expected", "wrong"), WRONG)
def test_each_wrong_form_has_its_code(expected: str, wrong: JsonObject) -> None:
    assert code(integrity.check, wrong, key=KEY, purpose="assertionMethod") == expected
    if expected in {"invalid_shape", "wrong_cryptosuite", "wrong_proof_purpose", "unknown_context"}:
        assert code(integrity.form, wrong, purpose="assertionMethod") == expected


def test_a_low_order_key_is_named_before_its_signature() -> None:
    forged = spoiled(proofValue="z" + "1" * 31 + "5")
    assert (
        code(integrity.check, forged, key=PublicKey(b"\x01" + bytes(31)), purpose="assertionMethod") == "low_order_key"
    )


def test_a_reading_made_before_is_not_made_twice() -> None:
    proof = integrity.form(PAPER, purpose="assertionMethod")
    assert integrity.check(PAPER, key=KEY, purpose="assertionMethod", proof=proof).method == proof.method
    other = {**PAPER, "proof": dict(PAPER["proof"])}
    assert code(integrity.check, other, key=KEY, purpose="assertionMethod", proof=proof) == "invalid_shape"
    assert code(integrity.check, PAPER, key=KEY, purpose="authentication", proof=proof) == "invalid_shape"


@pytest.mark.parametrize(
    "name", ["eddsa-rdfc-2022/signedDataInt", "eddsa-rdfc-2022/employ/signedDataInt", "proof-set-chain/signedProofSet1"]
)
def test_published_documents_of_another_suite(name: str) -> None:
    secured = json.loads(published(f"vc-di-eddsa/{name}.json").read_text(encoding="utf-8"))
    assert code(integrity.form, secured, purpose="assertionMethod") == "wrong_cryptosuite"


@pytest.mark.parametrize("name", ["signedProofSet2", "signedProofChain1", "signedProofChain2"])
def test_published_documents_of_several_proofs(name: str) -> None:
    secured = json.loads(published(f"vc-di-eddsa/proof-set-chain/{name}.json").read_text(encoding="utf-8"))
    assert code(integrity.form, secured, purpose="assertionMethod") == "invalid_shape"


def test_the_published_document_of_our_suite() -> None:
    secured = json.loads(published("vc-di-eddsa/eddsa-jcs-2022/signedJCS.json").read_text(encoding="utf-8"))
    key = read_multikey(json.loads(published("vc-di-eddsa/keyPair.json").read_text())["publicKeyMultibase"])
    assert integrity.check(secured, key=key, purpose="assertionMethod").created == "2023-02-24T23:36:38Z"
