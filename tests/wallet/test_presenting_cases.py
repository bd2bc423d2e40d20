"""The shared cases (tests/vectors/wallet): this wallet still makes and reads what both languages were last seen to.

What changes on purpose is written anew by `python -m tests.presenting_cases`, and its difference read in the commit.
"""

import json
from typing import Any

import pytest

from tests import presenting_cases


@pytest.mark.parametrize("name", ["presenting", "questions"])
def test_every_text_is_the_one_in_the_file(name: str) -> None:
    wanted: Any = json.loads((presenting_cases.FOLDER / f"{name}.json").read_text("utf-8"))
    assert json.loads(json.dumps(getattr(presenting_cases, name)())) == wanted
