"""Every code says to a person what happened and what to do, in Spanish and in English, in sentences of their own."""

import re

import pytest

from schemas.codes import CODES
from schemas.problem_codes import PROBLEMS

PLACES = re.compile(r"\{[A-Za-zé]+\}")


@pytest.mark.parametrize("name", CODES)
def test_a_code_says_what_happened_and_what_to_do_in_both_languages(name: str) -> None:
    (what_es, do_es), (what_en, do_en) = (CODES[name].told(language) for language in ("es", "en"))
    for sentence in (what_es, do_es, what_en, do_en):
        assert re.fullmatch(r"[A-Z{ÁÉÍÓÚ¿].*[.?]", sentence), sentence
    assert (what_es != what_en, do_es != do_en) == (True, True)
    assert len(PLACES.findall(what_es)) == len(PLACES.findall(what_en))


def test_a_problem_is_told_without_a_value_and_never_by_the_words_of_another() -> None:
    assert not [row.name for row in PROBLEMS if PLACES.search("".join(row))]
    for sentences in ([row.title_es for row in PROBLEMS], [row.title_en for row in PROBLEMS]):
        assert len(set(sentences)) == len(PROBLEMS)
    assert len({row.name for row in PROBLEMS}) == len(PROBLEMS)
