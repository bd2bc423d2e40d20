"""CBOR-LD 1.0 as Puente carries it: documents <-> bytes <-> QR text, strict both ways (FORMAT 1, 2, 6, 7).

    text.py        the whole: prefix, base45, shapes, the reader's steps V3 to V9
    cbor.py        deterministic CBOR, bounded
    dictionary.py  pinned contexts and type tables, read from the bundle
    context.py     which terms are active where; ids.py  their ids; plans.py  what to do with a map, worked out once
    expand.py      the walk to JSON; compress.py  the walk to CBOR
    defined.py     the rules of V9 about contexts and members
    values.py      one value both ways; urls.py  URLs; times.py  dates

Nothing here fetches, and nothing here says whether a document is true.
"""

from kernel.cborld.defined import is_presentation, require_defined
from kernel.cborld.dictionary import EMPTY_ENTRY, Dictionary, read_dictionary
from kernel.cborld.text import (
    CREDENTIAL_PREFIX,
    PASS_CHARS,
    PRESENTATION_PREFIX,
    SYMBOL_CHARS,
    Decoded,
    Documents,
    decode,
    encode,
    from_text,
    to_text,
)

__all__ = [
    "CREDENTIAL_PREFIX",
    "EMPTY_ENTRY",
    "PASS_CHARS",
    "PRESENTATION_PREFIX",
    "SYMBOL_CHARS",
    "Decoded",
    "Dictionary",
    "Documents",
    "decode",
    "encode",
    "from_text",
    "is_presentation",
    "read_dictionary",
    "require_defined",
    "to_text",
]
