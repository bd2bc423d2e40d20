"""app/words.py: a report in sentences for a terminal, beyond what `puente verify` is tried with."""

from dataclasses import replace

from app.words import tell
from tests import makers, worlds


def test_by_a_clock_that_is_wrong_no_age_is_told() -> None:
    report = worlds.world().judge(worlds.text(makers.permit()))
    for reason, told in (("stale", True), ("clock_behind", False), ("clock_far", False)):
        one = replace(report.passes[0], verdict="valid_as_of", reasons=(reason,), steps=("V2",), status_age=0)
        said = tell(replace(report, verdict="valid_as_of", passes=(one,)), None, "es")
        assert ("del 2" in said, "hace 0 días" in said) == (True, told)
