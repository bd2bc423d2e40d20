"""The full credential beside a pass: an Open Badges 3.0 twin with its own places, leaf and signature.

It is promised with its row, in one transaction, and joined to it in the issuer's rows alone; one act on either flips
both. A chunk holds its rows first, and the twins of as many first rows at its end. How it is kept is told here too.
"""

import zlib
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from issuer.kinds import BADGE
from issuer.pack import Struck
from issuer.rows import Wanted
from kernel import codec
from kernel.canonical import canonical
from kernel.encoding import multibase_encode
from kernel.errors import Malformed
from kernel.proofs import integrity, registry
from schemas import achievements, bounds
from schemas.identifiers import DidUrl
from schemas.terms import ASSERTION, EDDSA_JCS_2022

Document = Mapping[str, Any]
_ZLIB: Final = b"\x78"
"""How zlib begins what it writes; a pass begins with a CBOR tag (0xd9)."""
_LEVEL: Final = 1
"""With the words that all have in common, more work gains nothing (measured)."""
COPY: Final = b"badge "
"""What tells a twin's name to ourselves from its row's and from the copies'."""


def of_rows(rows: Iterable[Wanted], first: int) -> list[Wanted]:
    """The twins of those rows, which are the first ones of the chunk that begins with `first`."""
    return [
        row._replace(profile=BADGE, origin=first + place, of_first=False, subject=None, copy=COPY + row.copy)
        for place, row in enumerate(rows)
    ]


def is_row(row: Wanted) -> bool:
    """Whether a row is one of a person's, and no copy of another."""
    return row.origin is None and not row.of_first


def strike(document: Document, method: DidUrl) -> Struck:
    """A full credential that can be signed; finishing it raises Malformed `limits_exceeded`."""
    options = integrity.options(document, method=method, purpose=ASSERTION)
    return Struck(registry.find(EDDSA_JCS_2022).hash(document, options), partial(_pack, document, options))


def _pack(document: Document, options: Document, signature: bytes) -> bytes:
    raw = canonical({**document, "proof": {**options, "proofValue": multibase_encode(signature)}})
    if len(raw) > bounds.CREDENTIAL.bytes:
        raise Malformed("limits_exceeded", detail="the full credential is larger than one may be")
    packer = zlib.compressobj(_LEVEL, zdict=achievements.packing_words())
    return packer.compress(raw) + packer.flush()


def is_packed(kept: bytes) -> bool:
    """Whether kept bytes are a full credential's."""
    return kept.startswith(_ZLIB)


def unpack(kept: bytes) -> dict[str, Any]:
    """The signed credential again. Raises Malformed."""
    raw = zlib.decompressobj(zdict=achievements.packing_words()).decompress(kept, bounds.CREDENTIAL.bytes + 1)
    return dict(codec.read(raw, bound=bounds.CREDENTIAL).document)
