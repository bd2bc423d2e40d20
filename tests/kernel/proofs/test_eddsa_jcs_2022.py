"""kernel/proofs/eddsa_jcs_2022.py: the published set stage by stage, and our own signatures byte for byte."""

import json
from typing import Any

import pytest

from kernel.canonical import canonical, sha256
from kernel.ed25519 import SeedSigner
from kernel.encoding import base58btc_decode, base58btc_encode, multibase_decode
from kernel.errors import BadProof
from kernel.keys import PublicKey, read_multikey
from kernel.proofs.eddsa_jcs_2022 import EddsaJcs2022
from schemas.identifiers import DidUrl
from schemas.json import JsonObject
from tests.published import ROOT, published

SUITE = EddsaJcs2022()
SET = "vc-di-eddsa/eddsa-jcs-2022/"
FORMAT = ROOT / "tests" / "vectors" / "format"
SEEDS = {
    key["verificationMethod"]: bytes.fromhex(key["seed_hex"])
    for key in json.loads((FORMAT / "test-keys.json").read_text())["keys"]
}


def text(name: str) -> str:
    return published(SET + name).read_text(encoding="utf-8")


def parts(document: dict[str, Any]) -> tuple[JsonObject, JsonObject, str]:
    """A secured document -> document without proof, options, proofValue."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in document["proof"].items() if name != "proofValue"}
    return unsecured, options, document["proof"]["proofValue"]


def ours() -> list[dict[str, Any]]:
    """Every secured document of the format's cases, those inside presentations too."""
    found: list[dict[str, Any]] = list(json.loads((FORMAT / "status-lists.json").read_text())["lists"])
    for path in sorted(FORMAT.glob("p0*.json")):
        document = json.loads(path.read_text())["document"]
        found += document if isinstance(document, list) else [document]
    return found + [inner for outer in found for inner in outer.get("verifiableCredential", [])]


def test_the_published_set_stage_by_stage() -> None:
    unsecured, options, value = parts(json.loads(text("signedJCS.json")))
    assert options == json.loads(text("proofConfigJCS.json"))
    assert canonical(unsecured) == text("canonDocJCS.txt").encode()
    assert canonical(options) == text("proofCanonJCS.txt").encode()
    assert sha256(canonical(unsecured)).hex() == text("docHashJCS.txt")
    assert sha256(canonical(options)).hex() == text("proofHashJCS.txt")
    hashed = SUITE.hash(unsecured, options)
    assert hashed.hex() == text("combinedHashJCS.txt")
    pair = json.loads(published("vc-di-eddsa/keyPair.json").read_text())
    seed = multibase_decode(pair["privateKeyMultibase"], limit=128)[2:]
    assert SUITE.prove(hashed, SeedSigner(seed, DidUrl(str(options["verificationMethod"])))) == value
    assert value == text("sigBTC58JCS.txt")
    assert base58btc_decode(value[1:]).hex() == text("sigHexJCS.txt")
    SUITE.check(hashed, value, read_multikey(pair["publicKeyMultibase"]))


def test_our_own_signatures_come_out_again() -> None:
    documents = ours()
    assert len(documents) == 14
    for document in documents:
        unsecured, options, value = parts(document)
        method = DidUrl(str(options["verificationMethod"]))
        signer = SeedSigner(SEEDS[method], method)
        hashed = SUITE.hash(unsecured, options)
        assert SUITE.prove(hashed, signer) == value
        SUITE.check(hashed, value, PublicKey(signer.public))


def test_options_that_are_remembered_hash_as_all_others_do() -> None:
    document, options, _ = parts(ours()[0])
    variants: list[JsonObject] = [
        options,
        dict(reversed(list(options.items()))),
        {**options, "created": "2026-01-01T00:00:00Z"},
        {**options, "challenge": "0", "domain": "x"},
        {**options, "@context": ["https://www.w3.org/ns/credentials/v2", {"a": True}]},
        {**options, "@context": ["https://www.w3.org/ns/credentials/v2", {"a": 1}]},
        {**options, "@context": "https://www.w3.org/ns/credentials/v2"},
        {**options, "proofPurpose": 1},
        {**options, "proofPurpose": True},
        {name: value for name, value in options.items() if name != "@context"},
        {},
    ]
    for variant in variants * 2:
        assert SUITE.hash(document, variant) == sha256(canonical(variant)) + sha256(canonical(document))


def test_what_is_no_signature() -> None:
    document, options, value = parts(ours()[0])
    method = DidUrl(str(options["verificationMethod"]))
    key, hashed = PublicKey(SeedSigner(SEEDS[method], method).public), SUITE.hash(document, options)
    raw = base58btc_decode(value[1:])
    spoiled = (
        "", "z", value[1:], "u" + value[1:], value + "1", value[:-1], "z1" + value[1:], value.replace("z", "m", 1),
        value + " ", "z0" + value[2:], "z" + base58btc_encode(raw[:63]), "z" + base58btc_encode(raw + b"\0"),
        "z" * 10_000, "z" + base58btc_encode(raw[:32] + bytes(32)), "z" + base58btc_encode(bytes(64)),
    )  # fmt: skip
    for other in spoiled:
        with pytest.raises(BadProof) as caught:
            SUITE.check(hashed, other, key)
        assert caught.value.code == "invalid_signature"
    for other_hash in (hashed[:-1] + bytes([hashed[-1] ^ 1]), hashed[32:] + hashed[:32]):
        with pytest.raises(BadProof) as caught:
            SUITE.check(other_hash, value, key)
        assert caught.value.code == "invalid_signature"


def test_the_key_is_judged_before_the_signature_is_looked_at() -> None:
    with pytest.raises(BadProof) as caught:
        SUITE.check(bytes(64), "not even base58", PublicKey(b"\x01" + bytes(31)))
    assert caught.value.code == "low_order_key"
