"""schemas/typed.py: text of others, fit to be shown: the very cases that the pages read (tests/vectors/shown.json)."""

import json
from pathlib import Path

import pytest

from schemas.typed import shown

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "shown.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[ascii(case["text"]) for case in CASES])
def test_what_is_shown_has_nothing_unseen_and_names_of_any_script_stay_whole(case: dict[str, str]) -> None:
    assert shown(case["text"]) == case["shown"]


def test_a_heap_of_a_thousand_marks_is_three() -> None:
    assert shown("Z" + "\u0489" * 1000 + "oe") == "Z" + "\u0489" * 3 + "oe"
