"""The whole of CBOR-LD as the profile has it: documents <-> bytes <-> QR text; steps V3 to V9 (FORMAT 1, 5, 6).

A presentation travels detached: itself without its passes, then the passes; the reader puts them back. Frames are
joined before (`kernel/frames.py`); proofs, types and claims are looked at later (`kernel/verify`).
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import orjson

from kernel.cborld import cbor
from kernel.cborld.compress import Compression
from kernel.cborld.defined import PASSES, is_presentation, require_contexts, without_passes
from kernel.cborld.dictionary import EMPTY_ENTRY, Dictionary
from kernel.cborld.expand import Expansion
from kernel.cborld.learning import learn
from kernel.cborld.shapes import Document, Kind
from kernel.encoding import base45_decode, base45_encode
from kernel.errors import Invalid, Malformed, PuenteError, WrongShape
from schemas import bounds
from schemas.json import JsonObject, JsonValue

Documents = JsonObject | Sequence[JsonObject]
"""One credential, some credentials in order, or a presentation that holds its passes."""

CREDENTIAL_PREFIX: Final = "VC1-R"
PRESENTATION_PREFIX: Final = "VP1-R"
PASS_CHARS: Final = 528
"""The longest QR text of one pass that is issued: 14-M (FORMAT 7)."""
SYMBOL_CHARS: Final = 758
"""The longest QR text shown as one symbol: 15-L; what is longer goes in frames (FORMAT 9)."""

_FRAME_PREFIX: Final = "VF1-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """What a QR held. `documents` = the passes in order; `presentation` has them put back, None for credentials."""

    entry: int
    kind: Kind
    documents: tuple[Document, ...]
    presentation: Document | None


def to_text(documents: Documents, *, dictionary: Dictionary, entry: int, bound: int = bounds.QR_TEXT.size) -> str:
    """Documents -> QR text of at most `bound` characters.

    Raises too_large_for_qr, what `encode` raises, and invalid_value for what would not come back the same (FORMAT 2.6).
    """
    parts, alone = _travelling(documents, entry)
    presented = not alone and is_presentation(parts[0])
    payload = dictionary.shapes.write(entry, parts, alone=alone)
    if payload is None or len(payload) > bounds.CBOR.size or _json_size(parts) > bounds.QR_JSON.bytes:
        payload = _encode(parts, alone, dictionary, entry)
        _, _, back = _walked(payload, dictionary, presented)
        if back != parts:
            raise WrongShape("invalid_value", detail="a document that would not come back the same")
        kind: Kind = "presentation" if presented else "credential" if alone else "credentials"
        _keep(payload, dictionary, entry, kind, back)
    text = (PRESENTATION_PREFIX if presented else CREDENTIAL_PREFIX) + base45_encode(payload)
    if len(text) > bound:
        raise Invalid("too_large_for_qr", detail="more characters than the code may have")
    return text


def from_text(text: str, *, dictionary: Dictionary) -> Decoded:
    """QR text -> documents. Raises the codes of V3 to V9, each with its step; nothing else."""
    if len(text) > bounds.QR_TEXT.size:
        raise Malformed("limits_exceeded", detail="more characters than a symbol holds", step="V3")
    presented = text.startswith(PRESENTATION_PREFIX)
    if not presented and not text.startswith(CREDENTIAL_PREFIX):
        if text.startswith(_FRAME_PREFIX):
            raise Malformed("frames_incomplete", detail="one frame of several", step="V4")
        raise WrongShape("unsupported_prefix", detail="neither VC1-R nor VP1-R", step="V4")
    try:
        payload = base45_decode(text[len(CREDENTIAL_PREFIX) :])
    except Malformed as fault:
        raise Malformed(fault.code, detail=fault.detail, step="V5") from None
    return _checked(payload, dictionary, presented)


def encode(documents: Documents, *, dictionary: Dictionary, entry: int) -> bytes:
    """Documents -> CBOR-LD bytes under a registry entry.

    Raises unknown_registry_entry (also for entry 1, which is never written), unknown_context, unknown_property,
    invalid_value, invalid_shape, limits_exceeded.
    """
    parts, alone = _travelling(documents, entry)
    payload = dictionary.shapes.write(entry, parts, alone=alone)
    return _encode(parts, alone, dictionary, entry) if payload is None else payload


def decode(payload: bytes, *, dictionary: Dictionary) -> Decoded:
    """CBOR-LD bytes -> documents. Raises the codes of V6 to V9, each with its step; nothing else."""
    return _checked(payload, dictionary, None)


def _travelling(documents: Documents, entry: int) -> tuple[list[JsonObject], bool]:
    """The maps of the payload, and whether it is one credential. Raises invalid_shape, unknown_registry_entry."""
    if entry == EMPTY_ENTRY:
        raise WrongShape("unknown_registry_entry", detail="an entry that is read but never written")
    if not isinstance(documents, Mapping):
        return _passes(list(documents)), False
    if is_presentation(documents):
        return [without_passes(documents), *_passes(documents.get(PASSES))], False
    return [documents], True


def _passes(value: JsonValue) -> list[JsonObject]:
    listed = value if isinstance(value, list) else []
    passes = [each for each in listed if isinstance(each, Mapping) and not is_presentation(each)]
    if len(passes) != len(listed) or not 0 < len(passes) <= bounds.QR_PASSES:
        raise WrongShape("invalid_shape", detail="not one to four passes")
    return passes


def _encode(parts: Sequence[JsonObject], alone: bool, dictionary: Dictionary, entry: int) -> bytes:
    walk = Compression(dictionary.entry(entry))
    written = [walk.document(part) for part in parts]
    return cbor.tagged(entry, written[0] if alone else cbor.array(written))


def _checked(payload: bytes, dictionary: Dictionary, presented: bool | None) -> Decoded:
    """V6 to V9. `presented` = what the prefix promised, None where there is none."""
    known = dictionary.shapes.read(payload)
    if known is not None:
        shape, parts = known
        fits = presented is None or presented == (shape.kind == "presentation")
        if fits and _json_size(parts) <= bounds.QR_JSON.bytes:
            return _decoded(shape.entry, shape.kind, parts)
    entry, kind, parts = _walked(payload, dictionary, presented)
    _keep(payload, dictionary, entry, kind, parts)
    return _decoded(entry, kind, parts)


def _keep(payload: bytes, dictionary: Dictionary, entry: int, kind: Kind, parts: list[Document]) -> None:
    """What went through all of V6 to V9 has a shape worth knowing. Not every one can be learned, and none need be."""
    with suppress(PuenteError):
        dictionary.shapes.keep(learn(dictionary.entry(entry), entry, kind, parts), payload, parts)


def _walked(payload: bytes, dictionary: Dictionary, presented: bool | None) -> tuple[int, Kind, list[Document]]:
    """V6 to V8, then V9: the profile's contexts, each property defined, the same bytes when written again."""
    entry, item = cbor.read(payload)
    walk = Expansion(dictionary.entry(entry))
    parts = [walk.document(part) for part in (item if isinstance(item, list) else [item])]
    if _json_size(parts) > bounds.QR_JSON.bytes:
        raise Malformed("limits_exceeded", detail="more JSON than a QR may hold", step="V8")
    kind = _kind(parts, isinstance(item, list), presented)
    require_contexts(parts, presented=kind == "presentation")
    if not walk.defined:
        raise WrongShape("unknown_property", detail="a property that no context defines", step="V9")
    try:
        again = _encode(parts, kind == "credential", dictionary, entry)
    except PuenteError:
        again = b""
    if again != payload:
        raise Malformed("noncanonical_cbor", detail="writing it again gives other bytes", step="V9")
    return entry, kind, parts


def _json_size(parts: Sequence[JsonObject]) -> int:
    # Of integers, text and booleans alone orjson writes the very bytes of JCS, in another order (RFC 8785 3.2.2).
    return sum(map(len, map(orjson.dumps, parts)))


def _kind(parts: list[Document], listed: bool, presented: bool | None) -> Kind:
    first = bool(parts) and is_presentation(parts[0])
    if parts and presented is not None and first != presented:
        raise WrongShape("prefix_mismatch", detail="the prefix does not go with what it holds", step="V8")
    passes = parts[1:] if first else parts
    if not 0 < len(passes) <= bounds.QR_PASSES or any(is_presentation(each) for each in passes):
        raise WrongShape("invalid_shape", detail="not one to four passes", step="V8")
    return "presentation" if first else "credentials" if listed else "credential"


def _decoded(entry: int, kind: Kind, parts: list[Document]) -> Decoded:
    if kind != "presentation":
        return Decoded(entry=entry, kind=kind, documents=tuple(parts), presentation=None)
    detached, *passes = parts
    whole: Document = {name: value for name, value in detached.items() if name != "proof"}
    whole[PASSES] = list(passes)
    if "proof" in detached:  # last, as people read it
        whole["proof"] = detached["proof"]
    return Decoded(entry=entry, kind=kind, documents=tuple(passes), presentation=whole)
