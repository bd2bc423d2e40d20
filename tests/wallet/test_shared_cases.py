"""The shared cases (tests/vectors/wallet): this wallet still makes and reads what both languages were last seen to.

What changes on purpose is written anew by the modules named here, and its difference read in the commit.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests import choosing_cases, presenting_cases, receiving_cases, succeeding_cases, sync_cases

MAKERS: dict[str, Callable[[], Any]] = {
    "presenting": presenting_cases.presenting,
    "questions": presenting_cases.questions,
    "choosing": choosing_cases.choosing,
    "receiving": receiving_cases.receiving,
    "pickup": receiving_cases.pickup,
    "succeeding": succeeding_cases.succeeding,
    "sync": sync_cases.sync,
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_case_is_the_one_in_the_file(name: str) -> None:
    wanted: Any = json.loads((presenting_cases.FOLDER / f"{name}.json").read_text("utf-8"))
    assert json.loads(json.dumps(MAKERS[name]())) == wanted
