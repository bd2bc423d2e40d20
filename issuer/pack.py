"""Signed documents -> CBOR-LD in bulk: one pass of a kind goes through the codec, its sisters through its mould. Pure.

In a chunk the passes differ in five leaves: two status indexes, name, last characters of the document, signature. All
five are written as they are (FORMAT 2.5: text that stands in no table is itself, a proofValue is its bytes), so a mould
made by the codec with marks in these places takes the values in. What does not fit a mould goes through the codec.
Each mould's first pass is compared, byte for byte and after reading it back, with what the codec makes of it; the rest
come back the same by construction, and `tests/issuer/test_pack.py` holds the two ways against each other.
"""

from collections.abc import Mapping
from typing import Any, Final

from kernel import cborld
from kernel.cborld import cbor
from kernel.encoding import multibase_encode
from kernel.errors import Malformed, WrongShape

LARGEST: Final = 348
"""Bytes of CBOR-LD that still fit in 14-M (FORMAT section 7)."""
Document = Mapping[str, Any]

# Marks no table holds, each with the length of nothing else in a pass. The codec writes them as text and bytes.
_MARKS: Final = {"name": "\ue000" * 19, "idTail": "\ue001" * 17}
_INDEXES: Final = ("\ue002" * 13, "\ue003" * 11)
_SIGNATURE: Final = b"\xa5" * 64
_LEAVES: Final = frozenset(_MARKS)

_Mould = tuple[bytes, ...]


class Packer:
    """Packs the passes of one chunk; `options` is the proof of all of them without its value."""

    def __init__(self, *, dictionary: cborld.Dictionary, entry: int, options: Document) -> None:
        self._dictionary = dictionary
        self._entry = entry
        self._options = dict(options)
        self._is_tabled = dictionary.entry(entry).is_tabled
        self._moulds: dict[Any, tuple[_Mould, tuple[str, ...]] | None] = {}

    def pack(self, document: Document, signature: bytes) -> bytes:
        """The CBOR-LD, at most LARGEST bytes. Raises too_large_for_qr, invalid_value, and what the codec raises."""
        values = self._values(document)
        key = _likeness(document)
        if values is None:
            packed = self._whole(document, signature)
        elif key not in self._moulds:
            packed = self._first(key, document, values, signature)
        else:
            mould = self._moulds[key]
            packed = self._whole(document, signature) if mould is None else _fill(mould, values, signature)
        if len(packed) > LARGEST:
            raise Malformed("too_large_for_qr", detail="the pass is over 348 bytes")
        return packed

    def _values(self, document: Document) -> dict[str, bytes] | None:
        """The leaves as CBOR, or None where one of them would not be written as it is."""
        subject, status = document["credentialSubject"], document["credentialStatus"]
        if "id" in subject or not isinstance(status, list) or len(status) != len(_INDEXES):
            return None
        texts = {name: subject[name] for name in _MARKS if name in subject}
        texts |= {f"index{place}": status[place]["statusListIndex"] for place in (0, 1)}
        if any(self._is_tabled(text) for text in texts.values()):
            return None
        return {name: cbor.text(text) for name, text in texts.items()}

    def _first(self, key: Any, document: Document, values: dict[str, bytes], signature: bytes) -> bytes:
        """By the codec; and a mould for its sisters, if what the mould gives is the same."""
        packed = self._whole(document, signature)
        mould = self._mould(document, values)
        self._moulds[key] = mould if mould is not None and _fill(mould, values, signature) == packed else None
        return packed

    def _mould(self, document: Document, values: dict[str, bytes]) -> tuple[_Mould, tuple[str, ...]] | None:
        """The codec's bytes of a marked sister, cut at the marks; None where a mark does not stand there once."""
        subject = {name: _MARKS.get(name, value) for name, value in document["credentialSubject"].items()}
        status = [
            {**row, "statusListIndex": mark} for row, mark in zip(document["credentialStatus"], _INDEXES, strict=True)
        ]
        marked = {**document, "credentialSubject": subject, "credentialStatus": status}
        raw = self._encode(marked, _SIGNATURE)
        marks = {name: cbor.text(_MARKS.get(name, "")) for name in values if name in _MARKS}
        marks |= {f"index{place}": cbor.text(mark) for place, mark in enumerate(_INDEXES)}
        marks["signature"] = cbor.byte_string(b"z" + _SIGNATURE)
        if any(raw.count(mark) != 1 for mark in marks.values()):
            return None
        slots = sorted(marks, key=lambda name: raw.index(marks[name]))
        pieces: list[bytes] = []
        for name in slots:
            piece, _, raw = raw.partition(marks[name])
            pieces.append(piece)
        return (*pieces, raw), tuple(slots)

    def _whole(self, document: Document, signature: bytes) -> bytes:
        """By the codec, and only if it comes back as the very same document (FORMAT section 2.6)."""
        packed = self._encode(document, signature)
        if cborld.decode(packed, dictionary=self._dictionary).documents != (self._secured(document, signature),):
            raise WrongShape("invalid_value", detail="the pass does not come back as it was")
        return packed

    def _encode(self, document: Document, signature: bytes) -> bytes:
        return cborld.encode(self._secured(document, signature), dictionary=self._dictionary, entry=self._entry)

    def _secured(self, document: Document, signature: bytes) -> dict[str, Any]:
        return {**document, "proof": {**self._options, "proofValue": multibase_encode(signature)}}


def _likeness(document: Document) -> Any:
    """What sisters share: everything but the leaves."""
    return (
        document.get("validFrom"),
        document.get("validUntil"),
        document["issuer"],
        *(row["statusListCredential"] for row in _rows(document)),
        *(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in document["credentialSubject"].items()
            if name not in _LEAVES
        ),
        "name" in document["credentialSubject"],
        "idTail" in document["credentialSubject"],
        len(document),
    )


def _rows(document: Document) -> list[Any]:
    status = document["credentialStatus"]
    return status if isinstance(status, list) else [status]


def _fill(mould: tuple[_Mould, tuple[str, ...]], values: dict[str, bytes], signature: bytes) -> bytes:
    pieces, slots = mould
    parts = [pieces[0]]
    for slot, piece in zip(slots, pieces[1:], strict=True):
        parts.append(b"\x58\x41z" + signature if slot == "signature" else values[slot])
        parts.append(piece)
    return b"".join(parts)
