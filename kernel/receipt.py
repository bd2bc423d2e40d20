"""A receipt that somebody checked: verdict, kinds, time, bundle version, and the device's own key (TRUST section 9).

It says what came out then, and nothing of today or of whom: no name, no claim, no hash of a credential. It is a signed
JSON document with a context and a type of its own, so that no verifier takes it for a credential; nor is it the log
proof `VR1-`. Whose the key is, only its owner knows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kernel import codec
from kernel.claims import compile_schema
from kernel.dids import controller, key_of_did_key_method
from kernel.errors import BadProof, Invalid, Malformed, NotBelieved, WrongShape
from kernel.ports import Signer
from kernel.proofs import integrity
from kernel.verify.dates import read_date_time
from schemas import bounds, typed
from schemas.identifiers import Did
from schemas.json import JsonObject, JsonValue
from schemas.terms import ASSERTION, RECEIPT_CONTEXT, VERIFICATION_RECEIPT
from schemas.verification import LOWEST_FIRST, WORST_FIRST, Level, PassReport, Report, Verdict, moment

MOST_PASSES: Final = 32
_CODE: Final = re.compile("[A-Za-z0-9-]{1,64}")
_CONTEXTS: Final[list[JsonValue]] = [RECEIPT_CONTEXT]
_TYPES: Final[list[JsonValue]] = [VERIFICATION_RECEIPT]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptPass:
    """One pass as the receipt has it: the pair, where the verdict let it be known, and the verdict."""

    type: str | None
    scheme: str | None
    verdict: Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """A receipt whose signature held. Made by `check` alone."""

    verifier: Did
    signed_at: datetime
    judged_at: datetime
    verdict: Verdict
    level: Level | None
    bundle_version: int | None
    passes: tuple[ReceiptPass, ...]
    note: str | None


def make(report: Report, *, signer: Signer, now: datetime, note: str | None = None) -> dict[str, JsonValue]:
    """The receipt of a report, signed by the device. Raises Malformed `bad_request` for a note of another form."""
    document: dict[str, JsonValue] = {
        "@context": list(_CONTEXTS),
        "type": list(_TYPES),
        "verifier": controller(signer.method),
        "judgedAt": moment(report.judged_at),
        "verdict": report.verdict,
        "level": report.level,
        "bundleVersion": report.bundle_version,
        "passes": [_row(one) for one in report.passes[:MOST_PASSES]],
    }
    if note is not None and (told := tidy(note)):
        document["note"] = told
    return integrity.add(document, signer=signer, purpose=ASSERTION, created=moment(now))


def is_receipt(raw: bytes) -> bool:
    """Whether the bytes call themselves a receipt; what they are worth only `check` says."""
    try:
        return codec.read(raw, bound=bounds.RECEIPT).document.get("type") == _TYPES
    except Invalid:
        return False


def check(raw: bytes) -> Receipt:
    """The receipt in the bytes, once its form and its signature held.

    Raises limits_exceeded, malformed_json; schema, invalid_shape, wrong_cryptosuite, wrong_proof_purpose,
    unknown_context; unknown_key, issuer_mismatch, low_order_key, invalid_signature.
    """
    document = codec.read(raw, bound=bounds.RECEIPT).document
    _SHAPE.check(document)
    proof = integrity.form(document, purpose=ASSERTION)
    if proof.challenge is not None or proof.domain is not None:
        raise WrongShape("invalid_shape", detail="a receipt answers nobody")
    try:
        key = key_of_did_key_method(proof.method)
    except Invalid as fault:
        raise BadProof("unknown_key", detail="not the method of a did:key of Ed25519") from fault
    if controller(proof.method) != document["verifier"]:
        raise NotBelieved("issuer_mismatch", detail="signed by another than the verifier that it names")
    integrity.check(document, key=key, purpose=ASSERTION, proof=proof)
    return _read(document, proof.created)


def tidy(note: str) -> str:
    """A note as it is signed: NFC, single blanks, 200 characters at most, no sign that nobody sees.

    Raises Malformed `bad_request`.
    """
    told = _tidied(note)
    if told is None:
        raise Malformed("bad_request", detail="a note too long, or with signs that nobody sees", pointer="/note")
    return told


def _tidied(note: str) -> str | None:
    if len(note) > 2 * bounds.TYPED_TEXT.size:
        return None
    try:
        return typed.tidy(note)
    except ValueError:
        return None


def _row(one: PassReport) -> JsonObject:
    return {"type": _plain(one.type), "scheme": _plain(one.scheme), "verdict": one.verdict}


def _plain(code: str | None) -> str | None:
    """A code of the tables; free text of an issuer's has no place here."""
    return code if code is not None and _CODE.fullmatch(code) else None


def _read(document: JsonObject, created: str | None) -> Receipt:
    """What is written as `make` writes it, and not otherwise."""
    read: Any = document  # `_SHAPE` has been over it
    note, rows = read.get("note"), read["passes"]
    coded = all(code is None or _plain(code) == code for row in rows for code in (row["type"], row["scheme"]))
    if not coded or (note is not None and _tidied(note) != note):
        raise WrongShape("schema", detail="a code or a note of another form")
    return Receipt(
        verifier=Did(read["verifier"]),
        signed_at=_time(created),
        judged_at=_time(read["judgedAt"]),
        verdict=read["verdict"],
        level=read["level"],
        bundle_version=read["bundleVersion"],
        passes=tuple(ReceiptPass(**row) for row in rows),
        note=note,
    )


def _time(text: JsonValue) -> datetime:
    at = read_date_time(text, pointer="/judgedAt")
    if moment(at) != text:
        raise WrongShape("schema", detail="a time that is not in whole seconds of UTC")
    return at


def _one_of(*values: str | None) -> JsonObject:
    return {"enum": list(values)}


def _shape(required: JsonObject, optional: JsonObject | None = None) -> JsonObject:
    members = {**required, **(optional or {})}
    return {"type": "object", "properties": members, "required": list(required), "additionalProperties": False}


def _only(values: Sequence[JsonValue]) -> JsonObject:
    return {"type": "array", "minItems": 1, "maxItems": 1, "items": {"enum": list(values)}}


_CODED: Final[JsonObject] = {"type": ["string", "null"], "maxLength": 64}
_SHAPE: Final = compile_schema(
    _shape(
        {
            "@context": _only(_CONTEXTS),
            "type": _only(_TYPES),
            "verifier": {"type": "string"},
            "judgedAt": {"type": "string"},
            "verdict": _one_of(*WORST_FIRST),
            "level": _one_of(*LOWEST_FIRST, None),
            "bundleVersion": {"type": ["integer", "null"], "minimum": 0},
            "passes": {
                "type": "array",
                "maxItems": MOST_PASSES,
                "items": _shape({"type": _CODED, "scheme": _CODED, "verdict": _one_of(*WORST_FIRST)}),
            },
            "proof": {"type": "object"},
        },
        {"note": {"type": "string", "minLength": 1, "maxLength": bounds.TYPED_TEXT.size}},
    )
)
