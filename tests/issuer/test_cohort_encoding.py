"""Letters of UTF-8 in a file of Windows-1252: seen whatever letters they are, and taken for no name's own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.cohort_encoding import may_be_mixed
from issuer.cohort_file import COLUMNS
from tests.issuer.test_cohort import read
from tests.issuer.test_cohort_hostile import AGAIN, CELLS, outcomes

FOLK = [
    "Saša",
    "Miłosz",
    "Šimić",
    "Ašžeko",
    "Müşfik",
    "Ştefan Țurcanu",
    "Ștefan",
    "Nguyễn Thị Hồng",
    "O’Neil",
    "Zoë 😀",
]
OWN = [
    "FÍŠER", "KLÍŽ", "JOSÉ", "ÁNGEL", "MARÍA ÁÉÍÓÚÜÑ", "Núñez Güell", "JOÃO GONÇALVES", "Å", "Åse Bjørk", "ŠÍMA",
    "Žižek", "CHÂTEAU", "Pâris", "D’ÂVILA", "“JOSÉ”", "«ÍÑIGO»", "MARÍA–JOSÉ", "COL·LECTIU", "NOVÁK", "ÈZE", "ÌSOLA",
    "ðan", "naïve",
]  # fmt: skip


def as_read(letters: str) -> str:
    return letters.encode().decode("cp1252", "surrogateescape")


@pytest.mark.parametrize("name", [*FOLK, *(unicodedata.normalize("NFD", name) for name in ("Peña", "Chloë", "Çelik"))])
def test_a_name_of_utf_8_in_a_file_of_windows_1252_is_an_error(name: str) -> None:
    rows = [COLUMNS, CELLS, [*AGAIN[:5], "@@", *AGAIN[6:]]]
    raw = "\n".join(map(",".join, rows)).encode("cp1252")
    found, judged = read(raw.replace(b"@@", name.encode()))
    assert (found.encoding, outcomes(judged), judged[1].column) == (
        "windows-1252", ["issue", "ENCODING_MIXED"], "Nombre",
    )  # fmt: skip


@given(st.characters(min_codepoint=0xC0, max_codepoint=0x17F))
def test_each_letter_of_latin_is_seen(letter: str) -> None:
    read_as = as_read(f"Ana{letter}a")
    undecoded = any("\ud800" <= c <= "\udfff" for c in read_as)  # seen by what is no letter there
    assert undecoded or may_be_mixed(read_as, "windows-1252")


@pytest.mark.parametrize("name", OWN)
def test_no_name_of_windows_1252_is_taken_for_it(name: str) -> None:
    assert name.encode("cp1252")
    assert not may_be_mixed(f"{name}\n{name} {name}", "windows-1252")
