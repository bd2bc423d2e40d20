"""What no model can say in the verifier's OpenAPI document: bodies of many media types, and the report's shape."""

from typing import Any, Final, get_args

from schemas.codes import CODES
from schemas.verification import Level, LooksLike, Tier, Verdict
from verifier.reading import PICTURES, TEXT_MEDIA

_TEXT: Final = {"type": "string"}
_NULL: Final = {"type": "null"}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, _NULL]}


def _object(**members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


_VERDICT: Final = {"enum": list(get_args(Verdict))}
_STEPS: Final = {"type": "array", "items": {"type": "string", "pattern": "^(V[0-9]{1,2})?$"}}
_CODES: Final = (*(row.name for row in CODES.values() if row.steps), "picture_unreadable")
_REASONS: Final = {"type": "array", "items": {"enum": list(_CODES)}}
_INTEGER: Final = {"type": "integer", "minimum": 0}
_TIME: Final = {"type": "string", "format": "date-time"}
_ISSUER: Final = _object(did=_TEXT, name={"type": "object", "additionalProperties": _TEXT})

PASS: Final = _object(
    verdict=_VERDICT,
    reasons=_REASONS,
    steps=_STEPS,
    tier=_or_null({"enum": list(get_args(Tier))}),
    issuer=_or_null(_ISSUER),
    type=_or_null(_TEXT),
    scheme=_or_null(_TEXT),
    validFrom=_or_null(_TEXT),
    validUntil=_or_null(_TEXT),
    asOf=_or_null(_TIME),
    statusAge=_or_null(_INTEGER),
    claims=_or_null({"type": "object"}),
)
REPORT: Final = _object(
    verdict=_VERDICT,
    level=_or_null({"enum": list(get_args(Level))}),
    bundleVersion=_or_null(_INTEGER),
    judgedAt=_TIME,
    reasons=_REASONS,
    steps=_STEPS,
    sameHolder={"type": "boolean"},
    looksLike=_or_null({"enum": list(get_args(LooksLike))}),
    seenBefore=_or_null(_INTEGER),
    passes={"type": "array", "items": PASS},
)
_EXAMPLE: Final = {
    "verdict": "cannot_verify",
    "level": None,
    "bundleVersion": 7,
    "judgedAt": "2026-11-22T12:00:00Z",
    "reasons": ["unsupported_prefix"],
    "steps": ["V4"],
    "sameHolder": False,
    "looksLike": "url",
    "seenBefore": None,
    "passes": [],
}
_WRAPPED: Final = {
    "type": "object",
    "properties": {
        "text": _TEXT,
        "texts": {"type": "array", "items": _TEXT, "minItems": 1},
        "challenge": _TEXT,
    },
    "additionalProperties": False,
    "oneOf": [{"required": ["text"]}, {"required": ["texts"]}],
}

VERIFY_REQUEST: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            TEXT_MEDIA: {"schema": _TEXT, "example": "VC1-R0OR*W3…"},
            "application/vc": {"schema": {"type": "object"}},
            "application/vp": {"schema": {"type": "object"}},
            "application/json": {"schema": _WRAPPED, "example": {"text": "VP1-R0OR*W3…", "challenge": "7K3M9QWX"}},
            **{media: {"schema": {"type": "string", "format": "binary"}} for media in sorted(PICTURES)},
        },
    }
}
VERIFY_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The report, whatever the verdict",
        "content": {"application/json": {"schema": REPORT, "example": _EXAMPLE}},
    }
}
