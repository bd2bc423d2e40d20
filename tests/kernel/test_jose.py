"""kernel/jose.py: our tokens under a second opinion (joserfc), and each forgery that python-jose alone lets through."""

import hmac
import json
import re
import warnings
from collections.abc import Callable
from typing import Any

import joserfc.errors
import joserfc.jwk
import joserfc.jws
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jose import jwk as python_jose_jwk  # type: ignore[import-untyped]  # python-jose has no types
from jose import jws as python_jose
from jose.constants import ALGORITHMS  # type: ignore[import-untyped]  # python-jose has no types
from jose.exceptions import JWKError, JWSError  # type: ignore[import-untyped]  # python-jose has no types

from kernel import jose
from kernel.ed25519 import ORDER, SeedSigner
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, Unavailable
from kernel.keys import PublicKey
from schemas.identifiers import DidUrl

SIGNER = SeedSigner(bytes(range(32)), DidUrl("did:web:a.example#k1"))
KEY = PublicKey(SIGNER.public)
PAYLOAD = b'{"iss":"did:web:a.example","n":1}'
TYP = "puente+jwt"
TOKEN = jose.sign_compact(PAYLOAD, signer=SIGNER, typ=TYP, kid="did:web:a.example#k1")
HEADER, BODY, SIGNATURE = TOKEN.split(".")


def code(call: Callable[..., object], *args: object, **named: object) -> str:
    with pytest.raises(Invalid) as caught:
        call(*args, **named)
    return caught.value.code


def refused(token: str) -> str:
    return code(jose.check_compact, token, key=KEY, typ=TYP)


def signed(header: bytes, payload: bytes = PAYLOAD, signer: SeedSigner = SIGNER) -> str:
    """A token with whatever header, rightly signed: what is wrong is the header alone."""
    text = f"{base64url_encode(header)}.{base64url_encode(payload)}"
    return f"{text}.{base64url_encode(signer.sign(text.encode()))}"


def second_opinion(token: str, key: PublicKey = KEY) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # EdDSA as a name is old since RFC 9864, and joserfc says so
        imported = joserfc.jwk.OKPKey.import_key({k: str(v) for k, v in key.jwk().items()})
        return joserfc.jws.deserialize_compact(token, imported, algorithms=["EdDSA"]).payload


def test_what_we_issue_verifies_here_and_there() -> None:
    checked = jose.check_compact(TOKEN, key=KEY, typ=TYP)
    assert checked.payload == PAYLOAD == second_opinion(TOKEN)
    assert checked.header == {"alg": "EdDSA", "kid": "did:web:a.example#k1", "typ": TYP}
    bare = jose.sign_compact(b"", signer=SIGNER, typ=TYP)
    assert jose.check_compact(bare, key=KEY, typ=TYP).header == {"alg": "EdDSA", "typ": TYP}


def test_what_joserfc_issues_verifies_here() -> None:
    private = {**KEY.jwk(), "d": base64url_encode(bytes(range(32)))}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        imported = joserfc.jwk.OKPKey.import_key({k: str(v) for k, v in private.items()})
        token = joserfc.jws.serialize_compact({"alg": "EdDSA", "typ": TYP}, PAYLOAD, imported, algorithms=["EdDSA"])
    assert jose.check_compact(token, key=KEY, typ=TYP).payload == PAYLOAD


def test_rfc_8037_appendix_a() -> None:
    """The RFC's own signature, of a token that says no typ: the signature is the RFC's, the refusal is ours."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    token = signed(b'{"alg":"EdDSA"}', b"Example of Ed25519 signing", SeedSigner(seed, DidUrl("did:web:a.example#k1")))
    assert token.split(".")[2] == (
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )
    assert refused(token) == "invalid_shape"


def macs() -> list[bytes]:
    """Our public key as what a confused reader takes for a secret: raw, DER, its JWK as text."""
    return [KEY.raw, bytes.fromhex("302a300506032b6570032100") + KEY.raw, json.dumps(KEY.jwk()).encode()]


@pytest.mark.parametrize("secret", macs(), ids=["raw", "der", "jwk"])
@pytest.mark.parametrize(("alg", "digest"), [("HS256", "sha256"), ("HS384", "sha384"), ("HS512", "sha512")])
def test_a_mac_made_with_the_public_key(secret: bytes, alg: str, digest: str) -> None:
    header = json.dumps({"alg": alg, "typ": TYP}).encode()
    text = f"{base64url_encode(header)}.{base64url_encode(PAYLOAD)}"
    token = f"{text}.{base64url_encode(hmac.digest(secret, text.encode(), digest))}"
    assert refused(token) == "wrong_cryptosuite"
    for key in (secret, KEY.jwk()):  # the library itself no longer knows the algorithm, in both of its entrances
        for algorithms in ([alg], ["EdDSA", alg], None):
            with pytest.raises((JWSError, JWKError)):
                python_jose.verify(token, key, algorithms)


def test_every_other_algorithm_is_refused_by_the_library_itself() -> None:
    assert python_jose_jwk.get_key("EdDSA") is jose._EdDsaKey
    for name in sorted(ALGORITHMS.ALL - {"EdDSA"}):
        with pytest.raises(JWKError):
            python_jose_jwk.construct({"kty": "oct", "k": "AA"}, name)
    for key in (KEY.raw, "text", {"kty": "OKP"}, {**KEY.jwk(), "d": "AA"}):
        with pytest.raises(JWKError):
            python_jose_jwk.construct(key, "EdDSA")
    with pytest.raises(JWSError):
        python_jose.sign(PAYLOAD, KEY.jwk(), algorithm="EdDSA")  # a public key does not sign


@pytest.mark.parametrize(
    "alg", ["none", "None", "", "DSA", "Ed", "EdDSA ", "eddsa", "ES256", "RS256", "Ed25519", "dir", "HS256"]
)
def test_the_algorithm_is_compared_whole(alg: str) -> None:
    token = signed(json.dumps({"alg": alg, "typ": TYP}).encode())
    assert refused(token) == "wrong_cryptosuite"
    assert refused(token.rpartition(".")[0] + ".") == "wrong_cryptosuite"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"alg": "EdDSA", "typ": TYP, "crit": ["exp"]}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "crit": []}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "b64": False, "crit": ["b64"]}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "jwk": {"kty": "OKP"}}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "jku": "https://a.example"}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "x5u": "https://a.example"}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "zip": "DEF"}, "unknown_property"),
        ({"alg": "EdDSA", "typ": TYP, "kid": 5}, "unknown_property"),
        ({"alg": ["EdDSA"], "typ": TYP}, "unknown_property"),
        ({"alg": "EdDSA", "typ": "JWT"}, "invalid_shape"),
        ({"alg": "EdDSA"}, "invalid_shape"),
        ({"typ": TYP}, "wrong_cryptosuite"),
        ({}, "wrong_cryptosuite"),
    ],
)  # fmt: skip
def test_headers_rightly_signed_and_refused(header: dict[str, Any], expected: str) -> None:
    assert refused(signed(json.dumps(header).encode())) == expected


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"none","alg":"EdDSA","typ":"puente+jwt"}',
        b'{"alg":"EdDSA","\\u0061lg":"none","typ":"puente+jwt"}',
        b"[]",
        b"null",
        b'"EdDSA"',
        b"",
        b"{",
        b'{"alg":"EdDSA","typ":"\\ud800"}',
        b'\xef\xbb\xbf{"alg":"EdDSA","typ":"puente+jwt"}',
    ],
)
def test_headers_that_are_no_single_object(header: bytes) -> None:
    assert refused(signed(header)) == "malformed_json"


def test_a_token_has_one_spelling() -> None:
    stray = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = stray[stray.index(SIGNATURE[-1]) | 1]  # the unused bits of the last character, set
    for token in (
        f"{HEADER}.{BODY}.{SIGNATURE}==",
        f"{HEADER}=.{BODY}.{SIGNATURE}",
        f"{HEADER}.{BODY}=.{SIGNATURE}",
        f"{HEADER}.{BODY}.{SIGNATURE[:-1]}{last}",
        f"{HEADER}.{BODY}.{SIGNATURE}\n",
        f" {TOKEN}",
        f"{HEADER}.{BODY}. {SIGNATURE}",
        f"{HEADER}.{BODY}.{SIGNATURE}.",
        f"{HEADER}.{BODY}",
        f"{TOKEN}~",
        TOKEN.replace("_", "/") + ("/" if "_" not in TOKEN else ""),
        "",
        "..",
    ):
        assert refused(token) in {"invalid_shape", "malformed_json"}
    assert re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}", TOKEN)


def test_forged_signatures() -> None:
    raw = base64url_decode(SIGNATURE, limit=100)
    s_plus_l = (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little")
    for forged in (raw[:63], raw + b"\0", b"", bytes(64), raw[:32] + s_plus_l, bytes([raw[0] ^ 1]) + raw[1:]):
        assert refused(f"{HEADER}.{BODY}.{base64url_encode(forged)}") == "invalid_signature"
    other = base64url_encode(b'{"iss":"did:web:b.example","n":1}')
    assert refused(f"{HEADER}.{other}.{SIGNATURE}") == "invalid_signature"
    stranger = SeedSigner(bytes(32), DidUrl("did:web:b.example#k1"))
    assert refused(jose.sign_compact(PAYLOAD, signer=stranger, typ=TYP)) == "invalid_signature"


def test_a_key_that_verifies_anything() -> None:
    """R = identity, S = 0 under the identity key satisfies the equation for every message."""
    identity = PublicKey(b"\x01" + bytes(31))
    token = f"{HEADER}.{BODY}.{base64url_encode(identity.raw + bytes(32))}"
    assert code(jose.check_compact, token, key=identity, typ=TYP) == "low_order_key"


def test_bounds() -> None:
    assert refused("a" * (16 * 1024 + 1)) == "limits_exceeded"
    assert code(jose.sign_compact, b"x" * 13_000, signer=SIGNER, typ=TYP) == "limits_exceeded"
    assert refused(signed(json.dumps({"alg": "EdDSA", "typ": TYP, "kid": "k" * 3000}).encode())) == "limits_exceeded"


def test_a_signer_that_does_not_answer_is_unavailable() -> None:
    class Silent:
        method = DidUrl("did:web:a.example#k1")

        def sign(self, data: bytes, /) -> bytes:
            raise Unavailable("signer_unavailable", detail="the signer did not answer")

    with pytest.raises(Unavailable) as caught:
        jose.sign_compact(PAYLOAD, signer=Silent(), typ=TYP)
    assert caught.value.code == "signer_unavailable"


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([HEADER, BODY, SIGNATURE, ".", "=", "A", "~"]), max_size=7).map("".join)
)
@settings(deadline=None, max_examples=400)
def test_any_text_ends_in_the_payload_or_a_refusal(text: str) -> None:
    try:
        assert jose.check_compact(text, key=KEY, typ=TYP).payload == PAYLOAD
    except Invalid:
        assert text != TOKEN
