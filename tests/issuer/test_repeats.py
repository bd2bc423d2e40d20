"""The set of rows that were seen in a file, against a plain dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from issuer.repeats import PRINT, Repeats, print_of

# Few different bytes: marks then also stand across two entries of a shelf, and many prints have one shelf.
prints = st.lists(st.sampled_from([b"\0", b"\1"]), min_size=PRINT, max_size=PRINT).map(b"".join)


@given(st.lists(st.lists(prints, max_size=40), max_size=4), st.sampled_from([1, -1]))
def test_each_repeat_names_the_row_that_came_first(blocks: list[list[bytes]], sign: int) -> None:
    repeats, first = Repeats(), dict[bytes, int]()
    row = 0
    for block in blocks:
        rows = [sign * number for number in range(row + 1, row + 1 + len(block))]
        row += len(block)
        wanted = {at: first[told] for told, at in zip(block, rows, strict=True) if first.setdefault(told, at) != at}
        assert repeats.first_rows(dict(zip(rows, block, strict=True))) == wanted


def test_a_mark_across_two_entries_is_none_of_them() -> None:
    """Row 1 ends in the bytes that the second print begins with."""
    entry = b"\0\0" + bytes(range(10)) + (0x01020304).to_bytes(4)
    across = b"\0\0" + entry[5:15]
    repeats = Repeats()
    assert repeats.first_rows({0x01020304: entry[:12], 5: across, 6: across}) == {6: 5}


def test_rows_are_known_again_by_all_of_their_bytes() -> None:
    assert len(print_of(b"")) == PRINT
    assert len({print_of(bytes([n])) for n in range(256)}) == 256
