"""wallet/succeeding.py: what a new code brings takes the place of a cancelled pass, or of none (decision 66); and when
an answer whose passes do not hold ends (decision 73)."""

from datetime import datetime
from typing import Any

import pytest

from tests.ending_cases import endings
from tests.makers import NOW
from tests.succeeding_cases import renewals
from wallet.kept import Kept
from wallet.succeeding import ending, renewed


@pytest.mark.parametrize("case", renewals())
def test_each_pass_takes_the_place_that_the_shared_cases_say(case: Any) -> None:
    held = [
        Kept(name=name, document=document, received_at=NOW.isoformat()) for name, document in case["cancelled"].items()
    ]
    assert list(renewed(case["came"], held)) == case["places"]


@pytest.mark.parametrize("case", endings())
def test_each_answer_ends_as_the_shared_cases_say(case: Any) -> None:
    note, answer = {"sentAt": case["sentAt"]}, {"answeredAt": case["answeredAt"]}
    judged = [(one["verdict"], one["reasons"]) for one in case["judged"]]
    listed = None if case["listed"] is None else datetime.fromisoformat(case["listed"])
    assert ending(note, answer, judged, listed=listed) == case["ending"]
