"""Private keys in a PKCS#11 token, rung K2 of TRUST section 7. The only file that uses python-pkcs11.

A key is made in the token, cannot be extracted, and signs there (CKM_EDDSA). Its label is the key's name and its id the
verification method. One session a process, opened when it is first needed and never carried through a fork.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import MultipleTokensReturned, NoSuchToken, PinIncorrect, PinInvalid, PinLenRange, PinLocked

from app.shut_keys import ShutKeys
from kernel.errors import Conflict, NotFound, Unavailable
from kernel.ports import KeptSigner
from schemas.identifiers import DidUrl, KeyId

_ED25519: Final = bytes.fromhex("06032b6570")
"""The curve's object identifier, 1.3.101.112 (RFC 8410), as DER."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """A KeyStore in a token."""

    session: pkcs11.Session
    process: int
    lock: Lock = field(default_factory=Lock, repr=False)

    def signer(self, key: KeyId, /) -> KeptSigner:
        with self.lock:
            self._require_own()
            found = self._private(key)
            public = self._public(key)
        if found is None or public is None:
            raise NotFound("not_found", detail="no private key of that name")
        method = DidUrl(bytes(found[Attribute.ID]).decode())
        return TokenSigner(token=self, key=found, method=method, public=_point(public))

    def create(self, key: KeyId, method: DidUrl, /) -> bytes:
        with self.lock:
            self._require_own()
            if self._private(key) is not None:
                raise Conflict("name_taken", detail="a private key of that name exists")
            curve = self.session.create_domain_parameters(
                KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: _ED25519}, local=True
            )
            public, _ = curve.generate_keypair(
                mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
                store=True,
                label=key,
                id=method.encode(),
                private_template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True},
            )
            return _point(public)

    def sign(self, key: Any, data: bytes) -> bytes:
        """In the token; raises Unavailable where it does not answer."""
        with self.lock:
            self._require_own()
            try:
                return bytes(key.sign(data, mechanism=Mechanism.EDDSA))
            except pkcs11.PKCS11Error as error:
                raise Unavailable("signer_unavailable", detail="the token did not sign") from error

    def _private(self, key: KeyId) -> Any:
        # python-pkcs11 mixes the methods of a key in where it is made, so its types name no `sign`.
        wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: key}
        found = next(iter(self.session.get_objects(wanted)), None)
        if found is not None and not isinstance(found, pkcs11.PrivateKey):
            raise Unavailable("signer_unavailable", detail="the token holds something else under that name")
        return found

    def _public(self, key: KeyId) -> Any:
        return next(
            iter(self.session.get_objects({Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.LABEL: key})), None
        )

    def _require_own(self) -> None:
        if os.getpid() != self.process:
            raise Unavailable("signer_unavailable", detail="a token's session does not go through a fork")


def _point(public: Any) -> bytes:
    return bytes(public[Attribute.EC_POINT])[-32:]  # a DER octet string around the point


@dataclass(frozen=True, kw_only=True)
class TokenSigner:
    """A Signer whose key stays in the token."""

    token: Token
    key: Any = field(repr=False)
    method: DidUrl
    public: bytes

    def sign(self, data: bytes, /) -> bytes:
        return self.token.sign(self.key, data)


def open_token(library: Path, *, label: str, pin: str) -> Token:
    """Log in to a token. Raises ShutKeys `signer_unavailable`, which says the setting that is wrong."""
    try:
        module = pkcs11.lib(str(library))
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise ShutKeys("library", where=str(library), detail="PUENTE_TOKEN_LIBRARY does not open") from error
    try:
        token = module.get_token(token_label=label)
        return Token(session=token.open(rw=True, user_pin=pin), process=os.getpid())
    except (NoSuchToken, MultipleTokensReturned) as error:
        raise ShutKeys("label", where=label, detail="no one token of PUENTE_TOKEN_LABEL") from error
    except (PinIncorrect, PinInvalid, PinLenRange) as error:
        raise ShutKeys("pin", detail="the token does not take PUENTE_TOKEN_PIN") from error
    except PinLocked as error:
        raise ShutKeys("locked", detail="the token's PIN is locked") from error
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise ShutKeys("token", detail="the token does not open") from error
