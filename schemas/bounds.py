"""The input bounds, one row a parser (TRUST section 11): a parser without a row here may not exist.

Checking them is the parser's, in the first lines of its function.
"""

from dataclasses import dataclass
from typing import Final

SAFE_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 7493 section 2.2)."""
KIB: Final = 1024
MIB: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A JSON document's bounds. `bytes` of UTF-8; `members` counts those of all objects and the items of all arrays;
    `string` is the longest key or text in UTF-8 bytes; `depth` counts the outermost object as 1."""

    bytes: int
    members: int
    string: int
    depth: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """Bounds of a parser that does not read JSON; a member that says nothing there is None.

    `size` comes in (bytes, or characters where the row says so), `out` is what it may grow to, `count` how many of its
    parts, `depth` how deep, `seconds` how long.
    """

    size: int
    out: int | None = None
    count: int | None = None
    depth: int | None = None
    seconds: float | None = None


# JSON.
JSON_BODY: Final = Bound(bytes=64 * KIB, members=1000, string=8 * KIB, depth=16)
CREDENTIAL: Final = Bound(bytes=32 * KIB, members=1000, string=8 * KIB, depth=12)
PRESENTATION: Final = Bound(bytes=128 * KIB, members=1000, string=8 * KIB, depth=12)
DISPUTE: Final = Bound(bytes=64 * KIB, members=1000, string=8 * KIB, depth=13)  # a presentation of one pass, and words
STATUS_LIST_CREDENTIAL: Final = Bound(bytes=96 * KIB, members=1000, string=64 * KIB, depth=12)
QR_JSON: Final = Bound(bytes=8 * KIB, members=256, string=8 * KIB, depth=12)
TUF_ROOT: Final = Bound(bytes=64 * KIB, members=1000, string=8 * KIB, depth=8)
TUF_TIMESTAMP: Final = Bound(bytes=16 * KIB, members=1000, string=8 * KIB, depth=8)
TUF_SNAPSHOT: Final = Bound(bytes=256 * KIB, members=8000, string=8 * KIB, depth=8)
TUF_TARGETS: Final = Bound(bytes=MIB, members=32000, string=8 * KIB, depth=8)
BUNDLE_JSON: Final = Bound(bytes=4 * MIB, members=400_000, string=64 * KIB, depth=24)  # a target, after its hash held
VAULT_JSON: Final = Bound(bytes=4 * MIB, members=200_000, string=64 * KIB, depth=16)  # inside a blob that opened
JOSE_HEADER: Final = Bound(bytes=2 * KIB, members=16, string=KIB, depth=8)
RECEIPT: Final = Bound(bytes=16 * KIB, members=200, string=KIB, depth=6)
PRESENTED_PASSES: Final = 8  # in one presentation that comes as JSON; from a QR 4 (FORMAT section 7)
QR_PASSES: Final = 4

# Text and pictures.
HTTP_HEAD: Final = Limit(size=16 * KIB, count=64, seconds=10)
QR_TEXT: Final = Limit(size=4296, count=1)  # characters; one line
BASE45: Final = Limit(size=4296, out=2864)  # characters
CBOR: Final = Limit(size=2864, count=512, depth=12, seconds=0.02)
CBOR_TEXT: Final = Limit(size=512)
CBOR_BYTES: Final = Limit(size=128)
CBOR_CONTAINER: Final = Limit(size=64)  # entries of one map or array
FRAMES: Final = Limit(size=1000, out=4296, count=9, seconds=60)  # characters a frame
OPEN_FRAME_SETS: Final = 2
PICTURE: Final = Limit(size=8 * MIB, out=25_000_000, count=1, seconds=3)  # out in pixels, from the header
PICTURE_MEMORY: Final = Limit(size=512 * MIB)
BASE58: Final = Limit(size=128)  # characters; the work is quadratic
DID_WEB: Final = Limit(size=256)  # characters
DID_KEY: Final = Limit(size=64)  # characters, of the DID or of its fragment
JWS: Final = Limit(size=16 * KIB, count=3)
TYPED_TEXT: Final = Limit(size=200)  # characters typed by people: NFC, no control or bidi override characters

# The bundle.
CONTAINER: Final = Limit(size=4 * MIB, out=24 * MIB, count=512, seconds=10)
DELTA: Final = Limit(size=4296, count=64)  # characters of an update by codes; files, and lists, that it changes
ROOT_STEPS: Final = 64
DELEGATIONS: Final = 64
SIGNATURES: Final = 16
STATUS_LIST_GZIP: Final = Limit(size=64 * KIB, out=128 * KIB)
STATUS_LIST_BYTES: Final = 16384

# Files.
CSV_ROWS: Final = 500_000
CSV: Final = Limit(size=64 * MIB, count=CSV_ROWS)
CSV_OPERATOR_ROWS: Final = 3_000_000
CSV_OPERATOR: Final = Limit(size=512 * MIB, count=CSV_OPERATOR_ROWS)  # by the operator's command line
XLSX: Final = Limit(size=16 * MIB, out=256 * MIB, count=500_000)
XLSX_RATIO: Final = 100
XLSX_ROWS: Final = 1_048_576  # of a sheet, blank ones too: what Excel itself has
XLSX_DIRECTORY: Final = Limit(size=256 * KIB, count=4096)  # of the zip around it
XLSX_STRINGS: Final = Limit(size=64 * MIB, count=4_000_000)  # shared texts, as they are kept while it is read
TABLE_COLUMNS: Final = 64
STATUS_LISTS: Final = 4096  # of one issuer
CORRECTION_ROWS: Final = 100_000  # new ones of one correction: their numbers are kept with the batch
COHORT_NORMS: Final = 1000  # norms of one batch
TABLE_CELL: Final = Limit(size=KIB)
VAULT: Final = Limit(size=8 * MIB)
VAULT_WHOLE: Final = Limit(size=24 * MIB, count=8192)  # all blobs of one wallet in one file
VAULT_WRAP: Final = Limit(size=640)  # a PVL1 blob around one key
SYNC: Final = Limit(size=20 * MIB)  # what the server keeps for one vault
SYNC_DEVICES: Final = 16  # of one vault
VAULT_FILE: Final = Limit(size=8 * MIB)  # a PDF or photo in the vault: opaque, never parsed
