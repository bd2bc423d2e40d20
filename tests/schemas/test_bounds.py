"""schemas/bounds.py: the rows of TRUST section 11 as numbers, and that each is one of the two row types."""

from schemas import bounds
from schemas.bounds import Bound, Limit

ROWS = {name: row for name, row in vars(bounds).items() if isinstance(row, Bound | Limit)}


def test_each_row_bounds_something() -> None:
    assert len(ROWS) > 30
    for name, row in ROWS.items():
        sizes = (row.bytes, row.members, row.string, row.depth) if isinstance(row, Bound) else (row.size,)
        assert min(sizes) > 0, name


def test_no_text_is_longer_than_its_document() -> None:
    for name, row in ROWS.items():
        if isinstance(row, Bound):
            assert row.string <= row.bytes, name


def test_the_table_fits_the_largest_symbol() -> None:
    assert bounds.BASE45.size == bounds.QR_TEXT.size == bounds.FRAMES.out == 4296
    assert bounds.BASE45.out == bounds.CBOR.size == 4296 // 3 * 2
    assert bounds.STATUS_LIST_GZIP.out == 8 * bounds.STATUS_LIST_BYTES
