"""kernel/keys.py: Multikey and JWK both ways, and what is no Ed25519 public key."""

import json

import pytest

from kernel import keys
from kernel.encoding import base64url_encode, multibase_encode
from kernel.errors import BadProof, Invalid
from schemas.json import JsonObject
from tests.published import ROOT, published

OURS = json.loads((ROOT / "tests" / "vectors" / "format" / "test-keys.json").read_text())["keys"]
RAW = bytes.fromhex("2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6")


def test_published_multikeys() -> None:
    seen = set()
    for case in json.loads(published("did-key/did-key.json").read_text())["vectors"]:
        text = case["did"].removeprefix("did:key:")
        seen.add(case["puente"][:6])
        if case["puente"] == "accept":
            key = keys.read_multikey(text)
            assert key.raw.hex() == case["public_key_hex"]
            assert key.multikey() == text
            key.require_sound()
        else:
            with pytest.raises(Invalid) as caught:
                keys.read_multikey(text)
            assert caught.value.code in {"invalid_value", "limits_exceeded"}
    assert seen == {"accept", "reject"}


def test_our_own_keys_come_back() -> None:
    for case in OURS:
        key = keys.read_multikey(case["publicKeyMultibase"])
        assert key.multikey() == case["publicKeyMultibase"]
        assert keys.read_jwk(key.jwk()) == key


def test_rfc_8037_appendix_a() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert keys.read_jwk(jwk).raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert keys.read_jwk(jwk).jwk() == jwk


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        "u" + base64url_encode(b"\xed\x01" + RAW),  # another base: a second spelling of the same key
        "z1" + multibase_encode(b"\xed\x01" + RAW)[1:],  # a leading zero byte
        multibase_encode(b"\xed\x01" + RAW[:31]),
        multibase_encode(b"\xed\x01" + RAW + b"\0"),
        multibase_encode(b"\xec\x01" + RAW),  # x25519
        multibase_encode(b"\xed" + RAW),
        multibase_encode(b"\xed\x81\0" + RAW),  # the prefix as a longer varint
        "z6Mk\n",
    ],
)
def test_what_is_no_multikey(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        keys.read_multikey(text)
    assert caught.value.code == "invalid_value"


@pytest.mark.parametrize(
    "spoiled",
    [
        {"kty": "EC"},
        {"crv": "X25519"},
        {"x": base64url_encode(RAW[:31])},
        {"x": base64url_encode(RAW) + "="},
        {"x": base64url_encode(RAW)[:-1] + "n"},  # unused bits set
        {"x": None},
        {"alg": "HS256"},
        {"d": base64url_encode(bytes(32))},
        {"k": "AA"},
    ],
)
def test_what_is_no_jwk(spoiled: JsonObject) -> None:
    with pytest.raises(Invalid) as caught:
        keys.read_jwk({**keys.PublicKey(RAW).jwk(), **spoiled})
    assert caught.value.code == "invalid_value"


def test_an_unsound_key_is_read_and_then_refused() -> None:
    identity = keys.read_multikey(multibase_encode(b"\xed\x01\x01" + bytes(31)))
    with pytest.raises(BadProof) as caught:
        identity.require_sound()
    assert caught.value.code == "low_order_key"
    with pytest.raises(BadProof) as caught:
        identity.check(b"anything", b"\x01" + bytes(63))
    assert caught.value.code == "low_order_key"
