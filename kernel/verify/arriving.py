"""V3-V9: texts or bytes -> the documents in them. Bounds first, nothing trimmed, nothing opened, nothing repaired.

What is decoded here is believed by nobody yet: a table, a context or a frame can break a pass, never change it, since
the signature is over the JSON (V15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kernel import cborld, codec, frames
from kernel.bundle.installed import InstalledBundle
from kernel.errors import Invalid, Malformed, WrongShape
from schemas import bounds
from schemas.json import JsonObject, JsonValue
from schemas.terms import VERIFIABLE_PRESENTATION

DOCUMENT: Final = ("VC1-", "VP1-")
FRAME: Final = "VF1-"
LOG_PROOF: Final = "VR1-"
MOST_TEXTS: Final = 72
"""Eight codes of nine frames each: more than any paper or any handful of photos shows."""
MOST_DOCUMENTS: Final = 8

Letter = tuple[str, ...]
"""One text, or the frames of one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """What a letter held: passes, and the presentation around them if they came in one."""

    passes: tuple[JsonObject, ...]
    presentation: JsonObject | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorted:
    """Texts by what they are for: letters to judge, and log proofs that may stand by a pass (V17)."""

    letters: tuple[Letter, ...]
    log_proofs: tuple[str, ...]


def sort_texts(texts: Sequence[str]) -> Sorted:
    """Frames together, log proofs apart, each code once. Where no text is of Puente, the first stands for all."""
    if len(texts) > MOST_TEXTS:
        raise Malformed("limits_exceeded", detail="more texts than one look can hold", step="V3")
    distinct = tuple(dict.fromkeys(texts))
    frames = tuple(text for text in distinct if text.startswith(FRAME))
    letters: list[Letter] = [(text,) for text in distinct if text.startswith(DOCUMENT)]
    if frames:
        letters.append(frames)
    if len(letters) > MOST_DOCUMENTS:
        raise Malformed("limits_exceeded", detail="more codes than one look can hold", step="V3")
    proofs = tuple(text for text in distinct if text.startswith(LOG_PROOF))
    return Sorted(letters=tuple(letters) or (distinct[:1] or ("",),), log_proofs=proofs)


def read_letter(letter: Letter, *, bundle: InstalledBundle) -> Arrived:
    """V3-V9 for a QR text or its frames."""
    if any(len(text) > bounds.QR_TEXT.size for text in letter):
        raise Malformed("limits_exceeded", detail="longer than any QR code", step="V3")
    text = join_frames(letter) if letter[0].startswith(FRAME) else letter[0]
    decoded = cborld.from_text(text, dictionary=bundle.dictionary)
    if decoded.presentation is not None:
        return _open(decoded.presentation)
    return Arrived(passes=decoded.documents, presentation=None)


def join_frames(letter: Letter) -> str:
    """V4 for frames (FORMAT section 9)."""
    try:
        return frames.join(letter)
    except Invalid as fault:
        fault.step = "V4"
        raise


def read_json(raw: bytes, *, bundle: InstalledBundle) -> Arrived:
    """V9 for a credential or a presentation as JSON; what comes before speaks of QR codes alone."""
    document = _read_bounded(raw)
    if not cborld.is_presentation(document):
        cborld.require_defined(document, dictionary=bundle.dictionary)
        return Arrived(passes=(document,), presentation=None)
    arrived = _open(document)
    cborld.require_defined({**document, "verifiableCredential": [*arrived.passes]}, dictionary=bundle.dictionary)
    return arrived


def _read_bounded(raw: bytes) -> JsonObject:
    """A presentation may be larger than a credential, and which of them it is shows only when it is read."""
    try:
        document = codec.read(raw, bound=bounds.PRESENTATION).document
        if len(raw) > bounds.CREDENTIAL.bytes and not cborld.is_presentation(document):
            raise Malformed("limits_exceeded", detail="more bytes than a credential may have")
    except Invalid as fault:
        fault.step = "V7"
        raise
    return document


def _open(document: JsonObject) -> Arrived:
    """The presentation and the passes inside, 1 to 8 of them."""
    found: JsonValue = document.get("verifiableCredential", [])
    inside = found if isinstance(found, list) else [found]
    if len(inside) > bounds.PRESENTED_PASSES:
        raise Malformed("limits_exceeded", detail="more passes than a presentation may hold", step="V9")
    passes = tuple(one for one in inside if isinstance(one, dict))
    if not passes or len(passes) != len(inside) or document.get("type") != [VERIFIABLE_PRESENTATION]:
        raise WrongShape("invalid_shape", detail="a presentation of nothing, or of no credentials", step="V9")
    return Arrived(passes=passes, presentation=document)
