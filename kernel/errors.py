"""The error tree: six kinds, stable codes, never personal data. Codes live in `schemas/codes.py`.

PuenteError(code, detail, pointer, step)
├── Invalid 422       what came is not what the specification or the policy allows
│   ├── Malformed         cannot be read: not JSON, too large, too deep, a damaged picture
│   ├── WrongShape        read, but not the document it should be
│   ├── BadProof          proof missing, of an unknown suite, or it does not verify
│   ├── NotInForce        key, bundle or document outside its time
│   └── NotBelieved       purpose, challenge, domain, issuer, holder
├── Forbidden 403     known caller, not theirs to do
├── NotFound 404      nothing under that name that this caller may see
├── Conflict 409      true once, or changed since
├── TooMany 429       too often; says when again
└── Unavailable 503   a port did not answer

Catch the narrowest kind. A programmer's mistake is a plain exception and ends as 500 without a word of detail.
"""

from schemas import codes


class PuenteError(Exception):
    """Base of all that Puente raises on purpose.

    `code` is a name of `schemas.codes`; `detail` is fixed English text without data from outside; `pointer` says where
    (RFC 6901, a row or a column), `step` which verifier's step (TRUST section 4).
    """

    def __init__(self, code: str, *, detail: str, pointer: str | None = None, step: str | None = None) -> None:
        if codes.find(code) is None:
            raise LookupError(f"no such code: {code}")
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.pointer = pointer
        self.step = step


class Invalid(PuenteError):
    """What came is not what the specification or the policy allows."""


class Malformed(Invalid):
    """It cannot be read."""


class WrongShape(Invalid):
    """It was read, but is not the document it should be."""


class BadProof(Invalid):
    """The proof is missing, of an unknown suite, or does not verify."""


class NotInForce(Invalid):
    """Key, bundle or document outside its time."""


class NotBelieved(Invalid):
    """Wrong purpose, challenge, domain, issuer or holder."""


class Forbidden(PuenteError):
    """The caller is known, and this is not theirs to do."""


class NotFound(PuenteError):
    """Nothing under that name that this caller may see."""


class Conflict(PuenteError):
    """True once, or changed since."""


class TooMany(PuenteError):
    """Too often: the same may be asked again after `retry_after` seconds."""

    def __init__(self, code: str, *, detail: str, retry_after: int) -> None:
        super().__init__(code, detail=detail)
        self.retry_after = retry_after


class Unavailable(PuenteError):
    """A port did not answer."""
