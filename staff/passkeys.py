"""Passkeys: options for the browser, and what it gives, checked (WebAuthn level 3, sections 7.1 and 7.2).

The only importer of `webauthn`. Beside what the library checks, here: the origin by our own rule, no embedding in
another site's frame, the user handle, and the one Ed25519 rule of the house. No row is read or written here.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn.helpers import base64url_to_bytes, decode_credential_public_key, options_to_json_dict
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Algorithm
from webauthn.helpers.decode_credential_public_key import DecodedOKPPublicKey
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kernel import ed25519
from kernel.errors import BadProof, PuenteError
from kit.site import Site

CHALLENGE: Final = 32
_NAME: Final = "Puente"
_ALGORITHMS: Final = [Algorithm.EDDSA, Algorithm.ECDSA_SHA_256, Algorithm.RSASSA_PKCS1_v1_5_SHA_256]
_MILLISECONDS: Final = 300_000
_VERIFIED: Final = UserVerificationRequirement.REQUIRED
# All that a hostile credential makes the library and the decoders below it raise; each ends in the one refusal.
_SPOILED: Final = (
    WebAuthnException, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError,
    UnsupportedAlgorithm,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Passkey:
    """A passkey that was just made, and checked."""

    name: bytes
    public: bytes
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A passkey as it was kept: whose it is, its key, how often it had signed."""

    name: bytes
    public: bytes
    count: int
    handle: bytes


def refused() -> BadProof:
    """The one answer to every passkey that does not hold: nothing is told of why."""
    return BadProof("passkey_refused", detail="the passkey does not hold for this")


def to_make(site: Site, challenge: bytes, *, person: str, handle: bytes, known: Sequence[bytes]) -> dict[str, Any]:
    """Options for a new passkey: on the device, with the user verified, none of those `known`."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=_NAME,
        user_name=person,
        user_id=handle,
        challenge=challenge,
        timeout=_MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=name) for name in known],
        supported_pub_key_algs=_ALGORITHMS,
    )
    return options_to_json_dict(options)


def to_show(site: Site, challenge: bytes, known: Sequence[bytes] = ()) -> dict[str, Any]:
    """Options to show a passkey: any of this house, or one of those `known`."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=_MILLISECONDS,
        allow_credentials=[PublicKeyCredentialDescriptor(id=name) for name in known],
        user_verification=_VERIFIED,
    )
    return options_to_json_dict(options)


def check_made(site: Site, challenge: bytes, credential: dict[str, Any]) -> Passkey:
    """The new passkey. Raises BadProof `passkey_refused`."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=_require_origin(site, credential),
            require_user_verification=True,
            supported_pub_key_algs=_ALGORITHMS,
        )
    except (*_SPOILED, PuenteError) as error:
        raise refused() from error
    return Passkey(name=made.credential_id, public=made.credential_public_key, count=made.sign_count)


def name_of(credential: dict[str, Any]) -> bytes:
    """Which passkey says to be shown. Raises BadProof `passkey_refused`."""
    try:
        return base64url_to_bytes(credential["rawId"])
    except _SPOILED as error:
        raise refused() from error


def check_shown(site: Site, challenge: bytes, credential: dict[str, Any], kept: Kept, *, is_known: bool) -> int:
    """The passkey's new count, which grows where it is counted at all. Raises BadProof `passkey_refused`.

    `is_known`: who shows it was known before; else the authenticator itself must say for whom it is.
    """
    try:
        shown = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=_require_origin(site, credential),
            credential_public_key=kept.public,
            credential_current_sign_count=kept.count,
            require_user_verification=True,
        )
        if shown.credential_id != kept.name:
            raise refused()
        _require_handle(credential, kept, is_known=is_known)
        _require_strict(credential, kept)
    except (*_SPOILED, PuenteError) as error:
        raise refused() from error
    return shown.new_sign_count


def _part(credential: dict[str, Any], name: str) -> bytes:
    return base64url_to_bytes(credential["response"][name])


def _require_origin(site: Site, credential: dict[str, Any]) -> str:
    """The origin that the browser saw, ours and not framed by another's (section 7.2, steps 13 and 14)."""
    seen = json.loads(_part(credential, "clientDataJSON"))
    if seen.get("crossOrigin", False) is not False or "topOrigin" in seen:
        raise refused()
    origin = str(seen["origin"])
    site.require_own(origin)
    return origin


def _require_handle(credential: dict[str, Any], kept: Kept, *, is_known: bool) -> None:
    """The account that the authenticator says it is for (section 7.2, step 6)."""
    is_silent = credential["response"].get("userHandle") is None
    if not (is_silent and is_known) and _part(credential, "userHandle") != kept.handle:
        raise refused()


def _require_strict(credential: dict[str, Any], kept: Kept) -> None:
    """Ed25519 holds by the one rule of the house too (TRUST section 2)."""
    key = decode_credential_public_key(kept.public)
    if isinstance(key, DecodedOKPPublicKey):
        told = _part(credential, "authenticatorData") + hashlib.sha256(_part(credential, "clientDataJSON")).digest()
        ed25519.check(key.x, told, _part(credential, "signature"))
