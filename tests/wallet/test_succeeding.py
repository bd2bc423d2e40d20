"""wallet/succeeding.py: what a new code brings takes the place of a cancelled pass, or of none (decision 66)."""

from typing import Any

import pytest

from tests.makers import NOW
from tests.succeeding_cases import renewals
from wallet.kept import Kept
from wallet.succeeding import renewed


@pytest.mark.parametrize("case", renewals())
def test_each_pass_takes_the_place_that_the_shared_cases_say(case: Any) -> None:
    held = [
        Kept(name=name, document=document, received_at=NOW.isoformat()) for name, document in case["cancelled"].items()
    ]
    assert list(renewed(case["came"], held)) == case["places"]
