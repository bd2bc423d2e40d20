"""The look at a block of lines against the look at each row: it passes nothing by that the close one would find."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.cohort_signs import is_odd, is_plain

SIGNS = st.sampled_from("aÑñé '=+-@;,\t\r\x1f\x00\x7f\x85\xa0\xad\u0301\u0300Ωя\ud800\u2019")
ODD = [" a", "a ", "a  b", "=1", "+1", "-1", "@a", "a\x00", "a\x1fb", "a\x7f", "a\x85", "a\xa0b", "a\xadb", "a\u0301"]
cells = st.text(SIGNS | st.characters(codec="utf-8", exclude_characters='"\n\r'), max_size=8)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_in_a_plain_block_no_row_is_odd(table: list[list[str]], separator: str) -> None:
    for end in ("\n", "\r\n"):
        block = end.join(separator.join(row) for row in table) + end
        if is_plain(block, separator):
            for row in csv.reader(block.split("\n")[:-1], delimiter=separator, strict=True):
                assert not row or not is_odd(row, 1024), row  # a blank line is no row


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_usual_block_is_plain(separator: str) -> None:
    rows = [["000123456789", "Zoë D'Angelo Müller", "Pérez-Peña", "", "30/05/2031"]] * 3
    for end in ("\n", "\r\n"):
        assert is_plain(end.join(map(separator.join, rows)) + end, separator)


@pytest.mark.parametrize("cell", ODD)
def test_one_odd_cell_makes_its_block_odd(cell: str) -> None:
    for row in ([cell, "b", "c"], ["b", cell, "c"], ["b", "c", cell]):
        assert not is_plain(f"x;y;z\n{';'.join(row)}\r\n", ";")
