"""Rows of a chunk -> what is signed of each, and its CBOR-LD: one of a kind goes the long way, its sisters through its
moulds. Pure.

In a chunk passes differ in five leaves: two status indexes, name, last characters of the document, signature. All five
are written as they are (FORMAT 2.5: text that stands in no table is itself, a proofValue is its bytes; RFC 8785: the
form of a text hangs on nothing around it), so a mould made with marks in these places takes the values in. What does
not fit goes the long way too. Each mould's first pass is compared, byte for byte and after reading it back, with what
canonical form and codec make of it; the rest come the same by construction, and `tests/issuer/test_pack.py` holds the
two ways against each other.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple

import orjson

from kernel import cborld
from kernel.canonical import canonical
from kernel.cborld import cbor
from kernel.encoding import multibase_encode
from kernel.errors import Invalid, Malformed, WrongShape
from kernel.proofs import integrity, registry
from schemas.identifiers import DidUrl
from schemas.terms import ASSERTION, EDDSA_JCS_2022

LARGEST: Final = 348
"""Bytes of CBOR-LD that still fit in 14-M (FORMAT section 7)."""
Document = Mapping[str, Any]
Leaves = tuple[str, ...]
"""What sisters differ in, as text: name, last characters of the document (not all show them), the two indexes."""

# Marks no table holds, each with the length of nothing else in a pass. The codec writes them as text and bytes.
_NAME: Final = "\ue000" * 19
_TAIL: Final = "\ue001" * 17
_INDEXES: Final = ("\ue002" * 13, "\ue003" * 11)
_SIGNATURE: Final = b"\xa5" * 64
_TRIAL: Final = bytes(range(64))


class Struck(NamedTuple):
    """A row that can be signed: the words to sign, and the signature -> its bytes, which may still raise Invalid."""

    words: bytes
    finish: Callable[[bytes], bytes]


class _Form(NamedTuple):
    """Bytes with places for values, and which value goes where."""

    text: bytes
    pick: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]

    def fill(self, values: tuple[bytes, ...]) -> bytes:
        return self.text % self.pick(values)


class _Mould(NamedTuple):
    hash: Callable[[bytes], bytes]
    has_tail: bool
    json: _Form
    cborld: _Form


class Packer:
    """Strikes the passes of one chunk, which are signed with `method`."""

    def __init__(self, *, dictionary: cborld.Dictionary, entry: int, method: DidUrl) -> None:
        self._dictionary = dictionary
        self._entry = entry
        self._method = method
        self._suite = registry.find(EDDSA_JCS_2022)
        self._tabled = dictionary.entry(entry).values
        self._moulds: dict[Any, _Mould | Literal[False]] = {}

    def strike(self, alike: Any, leaves: Leaves, compose: Callable[[], Document]) -> Struck:
        """A row by its mould. `alike` tells all that sisters share beside what the packer signs with.

        Raises what `compose` raises, malformed_json; `finish` raises too_large_for_qr and what the codec raises.
        """
        if not self._tabled.isdisjoint(leaves):
            return self.whole(compose())
        mould = self._moulds.get(alike)
        if mould is None:
            document = compose()
            try:
                mould = self._moulds.setdefault(alike, self._mould(document, leaves))
            except Invalid:  # this very row; its sisters may be sound
                return self.whole(document)
        if not mould:
            return self.whole(compose())
        if not mould.has_tail:
            leaves = (leaves[0], *leaves[2:])
        return Struck(mould.hash(mould.json.fill(_as_json(leaves))), partial(_finished, mould.cborld, leaves))

    def whole(self, document: Document) -> Struck:
        """A row the long way. Raises malformed_json."""
        options = integrity.options(dict(document), method=self._method, purpose=ASSERTION)
        return Struck(self._suite.hash(dict(document), options), partial(self._whole, document))

    def _mould(self, document: Document, leaves: Leaves) -> _Mould | Literal[False]:
        """Of a marked sister, cut at the marks; False where a mark is not there once, or the bytes are not the same."""
        subject, status = document["credentialSubject"], document["credentialStatus"]
        if not isinstance(status, list) or len(status) != len(_INDEXES):
            return False
        has_tail = "idTail" in subject
        marks = (_NAME, _TAIL, *_INDEXES) if has_tail else (_NAME, *_INDEXES)
        texts = leaves if has_tail else (leaves[0], *leaves[2:])
        marked = {
            **document,
            "credentialSubject": {**subject, "name": _NAME, **({"idTail": _TAIL} if has_tail else {})},
            "credentialStatus": [{**row, "statusListIndex": mark} for row, mark in zip(status, _INDEXES, strict=True)],
        }
        json = _form(canonical(marked), _as_json(marks))
        packed = _form(self._encode(marked, _SIGNATURE), _as_cbor(marks, _SIGNATURE))
        if json is None or packed is None:
            return False
        same = json.fill(_as_json(texts)) == canonical(dict(document))
        if not same or packed.fill(_as_cbor(texts, _TRIAL)) != self._packed(document, _TRIAL):
            return False
        options = integrity.options(dict(document), method=self._method, purpose=ASSERTION)
        return _Mould(self._suite.hashing(options), has_tail, json, packed)

    def _whole(self, document: Document, signature: bytes) -> bytes:
        return _bounded(self._packed(document, signature))

    def _packed(self, document: Document, signature: bytes) -> bytes:
        """By the codec, and only if it comes back as the very same document (FORMAT section 2.6)."""
        packed = self._encode(document, signature)
        if cborld.decode(packed, dictionary=self._dictionary).documents != (self._secured(document, signature),):
            raise WrongShape("invalid_value", detail="the pass does not come back as it was")
        return packed

    def _encode(self, document: Document, signature: bytes) -> bytes:
        return cborld.encode(self._secured(document, signature), dictionary=self._dictionary, entry=self._entry)

    def _secured(self, document: Document, signature: bytes) -> dict[str, Any]:
        options = integrity.options(dict(document), method=self._method, purpose=ASSERTION)
        return {**document, "proof": {**options, "proofValue": multibase_encode(signature)}}


def _as_json(texts: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(map(orjson.dumps, texts))


def _as_cbor(texts: Sequence[str], signature: bytes) -> tuple[bytes, ...]:
    return (*map(cbor.text, texts), b"\x58\x41z" + signature)


def _form(raw: bytes, marks: tuple[bytes, ...]) -> _Form | None:
    """The bytes with a place for a value where each mark stood."""
    if any(raw.count(mark) != 1 for mark in marks):
        return None
    text = raw.replace(b"%", b"%%")
    for mark in marks:
        text = text.replace(mark, b"%b")
    return _Form(text, itemgetter(*sorted(range(len(marks)), key=lambda at: raw.index(marks[at]))))


def _finished(form: _Form, texts: tuple[str, ...], signature: bytes) -> bytes:
    return _bounded(form.fill(_as_cbor(texts, signature)))


def _bounded(packed: bytes) -> bytes:
    """At most LARGEST bytes; raises too_large_for_qr."""
    if len(packed) > LARGEST:
        raise Malformed("too_large_for_qr", detail="the pass is over 348 bytes")
    return packed
