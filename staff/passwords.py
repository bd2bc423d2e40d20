"""Passwords and one-time codes of those who may come in without a passkey (TRUST section 10). The door of argon2.

One argon2id output gives both: its first part is what a password is checked by, its end is the pad under which the TOTP
secret lies. So what is kept opens nothing without the password, and no other secret of the house is needed.
"""

import hmac
import urllib.parse
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from kernel.errors import Unavailable
from kernel.ports import Random
from kernel.vault_keys import require_strong
from schemas.question import CROCKFORD, MISREAD

SALT: Final = 16
_CHECK: Final = 32
_SECRET: Final = 20
_PASSES, _MEMORY_KIB, _LANES = 3, 64 * 1024, 1
_AT_ONCE: Final = 2
_QUEUE: Final = 20
_STEP: Final = 30
_DIGITS: Final = 6
RECOVERIES: Final = 10
_RECOVERY: Final = 10
NOBODY: Final = bytes(SALT + _CHECK + _SECRET)
"""What is looked at where there is no such account: the same work, and nothing that any password gives."""


@dataclass(frozen=True, slots=True)
class Hasher:
    """At most two hashes at once, 64 MiB each, and twenty that wait; one hasher to a process."""

    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE + _QUEUE))
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))

    def stretch(self, password: str, salt: bytes) -> bytes:
        """The output for a password; a tenth of a second. Raises Unavailable `too_busy`."""
        if not self._places.acquire(blocking=False):
            raise Unavailable("too_busy", detail="too many passwords wait to be looked at")
        try:
            with self._turns:
                return hash_secret_raw(
                    password.encode(), salt, time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES,
                    hash_len=_CHECK + _SECRET, type=Type.ID,
                )  # fmt: skip
        finally:
            self._places.release()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A password that was chosen: what is kept of it, and its TOTP secret, told once."""

    kept: bytes = field(repr=False)
    secret: bytes = field(repr=False)


def choose(password: str, hasher: Hasher, random: Random) -> Chosen:
    """Raises Malformed `weak_passphrase`, Unavailable."""
    require_strong(password)
    salt, secret = random(SALT), random(_SECRET)
    output = hasher.stretch(password, salt)
    return Chosen(kept=salt + output[:_CHECK] + _pad(secret, output), secret=secret)


def secret_of(kept: bytes, output: bytes) -> bytes | None:
    """The TOTP secret, for whose password gave that output; None for any other."""
    if not hmac.compare_digest(kept[SALT : SALT + _CHECK], output[:_CHECK]) or kept == NOBODY:
        return None
    return _pad(kept[SALT + _CHECK :], output)


def step_of(secret: bytes, code: str, now: datetime) -> int | None:
    """Which step of 30 s a code is for, this one or a neighbour (RFC 6238 5.2); None for none of them."""
    at = int(now.timestamp()) // _STEP
    clock = _totp(secret)
    fitting = [
        step for step in (at - 1, at, at + 1) if hmac.compare_digest(clock.generate(step * _STEP), code.encode())
    ]
    return max(fitting, default=None)


def told_secret(secret: bytes) -> str:
    """As a person types it into an app."""
    return b32encode(secret).decode()


def told_uri(secret: bytes, person: str) -> str:
    """As an app scans it."""
    label = urllib.parse.quote(f"Puente:{person}", safe=":")
    return f"otpauth://totp/{label}?secret={told_secret(secret)}&issuer=Puente&digits={_DIGITS}&period={_STEP}"


def new_recoveries(random: Random) -> list[str]:
    """Ten codes, each good once in the place of the app's."""
    return ["".join(CROCKFORD[byte % 32] for byte in random(_RECOVERY)) for _ in range(RECOVERIES)]


def as_typed(code: str) -> str:
    """A code's letters, however they were typed."""
    return "".join(code.split()).replace("-", "").upper().translate(MISREAD)


def _totp(secret: bytes) -> TOTP:
    # SHA-1 is what apps know; HOTP leans on HMAC, which its collisions do not touch (RFC 6238 1.2, RFC 4226 B.2).
    return TOTP(secret, _DIGITS, SHA1(), _STEP)  # noqa: S303


def _pad(secret: bytes, output: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(secret, output[_CHECK:], strict=True))
