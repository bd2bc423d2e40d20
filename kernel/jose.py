"""Compact JWS made and checked with EdDSA over Ed25519 alone; the only importer of python-jose, which serialises.

python-jose has no EdDSA, never looks at `crit`, reads padding and stray bits, and knows algorithms that would take our
public key for a secret. So a strict reader stands in front of it, every other algorithm is refused in its registry, a
key reaches it only as our own object, and the signature is judged by `kernel/ed25519.py`. What a payload says (claims,
times, audience) is not judged here. A token's text is no name for it: take the payload's own id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from jose import jwk, jws  # type: ignore[import-untyped]  # python-jose has no types
from jose.backends.base import Key  # type: ignore[import-untyped]  # python-jose has no types
from jose.constants import ALGORITHMS  # type: ignore[import-untyped]  # python-jose has no types
from jose.exceptions import JWKError, JWSError  # type: ignore[import-untyped]  # python-jose has no types

from kernel.codec import read
from kernel.encoding import base64url_decode
from kernel.errors import BadProof, Invalid, Malformed, Unavailable, WrongShape
from kernel.keys import PublicKey, read_jwk
from kernel.ports import Signer
from schemas import bounds

_EDDSA: Final = "EdDSA"  # RFC 8037; with an OKP key of crv Ed25519 it is RFC 9864's "Ed25519"
_HEADER_MEMBERS: Final = frozenset(("alg", "kid", "typ", "cty"))


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedJws:
    """A token whose signature held; made by `check_compact` alone."""

    header: Mapping[str, str]
    payload: bytes


def sign_compact(payload: bytes, *, signer: Signer, typ: str, kid: str | None = None) -> str:
    """A compact JWS (RFC 7515 section 7.1) with the header members alg, typ and, where given, kid.

    Raises Unavailable when the signer does not answer, limits_exceeded when the token would be longer than is read.
    """
    headers = {"typ": typ} if kid is None else {"typ": typ, "kid": kid}
    try:
        token = jws.sign(payload, _SigningKey(signer), headers=headers, algorithm=_EDDSA)
    except JWSError as error:
        if isinstance(error.__context__, Unavailable):  # the library wraps whatever a key raises
            raise error.__context__ from None
        raise
    if len(token) > bounds.JWS.size:
        raise Malformed("limits_exceeded", detail="a token longer than its bound")
    return str(token)


def check_compact(token: str, *, key: PublicKey, typ: str) -> CheckedJws:
    """The payload of a token signed by `key` and made for `typ` (RFC 8725 section 3.11).

    Raises limits_exceeded, invalid_shape (not three canonical segments, a header member that is not text or another
    typ), unknown_property (`crit` and all we do not know), malformed_json (also a member twice), wrong_cryptosuite
    (any alg but EdDSA), low_order_key, invalid_signature.
    """
    header, payload = _read(token)
    if header["typ"] != typ:
        raise WrongShape("invalid_shape", detail="a token made for another use")
    key.require_sound()
    try:
        jws.verify(token, dict(key.jwk()), algorithms=[_EDDSA])
    except JWSError as error:
        raise BadProof("invalid_signature", detail="the token's signature does not verify") from error
    return CheckedJws(header=header, payload=payload)


def _read(token: str) -> tuple[Mapping[str, str], bytes]:
    """Header and payload of a token that has one spelling only; nothing of it is believed yet."""
    if len(token) > bounds.JWS.size:
        raise Malformed("limits_exceeded", detail="a token longer than its bound")
    segments = token.split(".")
    if len(segments) != bounds.JWS.count:
        raise WrongShape("invalid_shape", detail="a token that has not three segments")
    raw, payload, _signature = (_segment(text) for text in segments)
    members = read(raw, bound=bounds.JOSE_HEADER).document
    header = {name: value for name, value in members.items() if isinstance(value, str)}
    if not header.keys() <= _HEADER_MEMBERS or len(header) != len(members):
        raise WrongShape("unknown_property", detail="a header member that is not known here, or is no text")
    if header.get("alg") != _EDDSA:
        raise BadProof("wrong_cryptosuite", detail="an algorithm that is not EdDSA")
    if "typ" not in header:
        raise WrongShape("invalid_shape", detail="a token that does not say what it is for")
    return header, payload


def _segment(text: str) -> bytes:
    try:
        return base64url_decode(text, limit=bounds.JWS.size)
    except Invalid as error:
        raise WrongShape("invalid_shape", detail="a segment that is not canonical base64url") from error


class _EdDsaKey(Key):  # type: ignore[misc]  # python-jose has no types
    """What the library builds when it verifies: from a public OKP JWK and for EdDSA, or not at all."""

    def __init__(self, key: object, algorithm: str) -> None:
        if algorithm != _EDDSA or not isinstance(key, dict):
            raise JWKError("only a public OKP JWK for EdDSA")
        try:
            self._key = read_jwk(key)
        except Invalid as error:
            raise JWKError("not an Ed25519 JWK") from error

    def verify(self, msg: bytes, sig: bytes) -> bool:
        """The library's contract is a bool; `check_compact` turns it back into an error."""
        try:
            self._key.check(msg, sig)
        except BadProof:
            return False
        return True

    def sign(self, _msg: bytes) -> NoReturn:
        raise JWKError("a public key does not sign")


class _SigningKey(Key):  # type: ignore[misc]  # python-jose has no types
    """A Signer in the library's clothes; it is handed over ready made, so no private key is ever text."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def sign(self, msg: bytes) -> bytes:
        return self._signer.sign(msg)


class _RefusedKey(Key):  # type: ignore[misc]  # python-jose has no types
    """Stands under every other algorithm. Taking them out of SUPPORTED would stop signing only."""

    def __init__(self, _key: object, _algorithm: str) -> None:
        raise JWKError("this algorithm is refused")


for _name in ALGORITHMS.ALL:
    jwk.register_key(_name, _RefusedKey)
jwk.register_key(_EDDSA, _EdDsaKey)
