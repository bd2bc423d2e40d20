"""`kernel/bundle/usable.py`: V1 and V2, whether a bundle can be used and the time to judge by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kernel.bundle.container import pack
from kernel.bundle.install import install
from kernel.bundle.usable import require_usable
from kernel.errors import NotInForce
from tests import small_registry as small
from tests.fakes import NOON

GOOD = small.good(NOON)
BUNDLE = install(pack(GOOD), trusted_root=GOOD["metadata/1.root.json"], now=NOON)


def test_the_time_to_judge_by() -> None:
    bundle = BUNDLE
    frame = require_usable(bundle, now=NOON, floor=None)
    assert (frame.t, frame.floor, frame.marks) == (NOON, NOON, ())
    slack = NOON - timedelta(seconds=300)
    assert require_usable(bundle, now=slack, floor=None).t == slack
    behind = require_usable(bundle, now=slack - timedelta(seconds=1), floor=None)
    assert (behind.t, behind.marks) == (NOON, ("clock_behind",))
    late = require_usable(bundle, now=NOON + timedelta(hours=49), floor=None)
    assert late.marks == ("bundle_expired",)
    far = require_usable(bundle, now=NOON + timedelta(days=401), floor=None)
    assert far.marks == ("bundle_expired", "clock_far")
    stored = NOON + timedelta(days=3)
    assert require_usable(bundle, now=NOON, floor=stored).t == stored


def test_what_cannot_be_used() -> None:
    bundle = BUNDLE
    for one, now, code in (
        (None, NOON, "no_bundle"),
        (bundle, NOON + timedelta(days=731), "root_expired"),
        (replace(bundle, canary_fault=True), NOON, "canary"),
    ):
        with pytest.raises(NotInForce) as refused:
            require_usable(one, now=now, floor=None)
        assert (refused.value.code, refused.value.step) == (code, "V1")


def test_a_stored_floor_counts_for_the_roots_end() -> None:
    with pytest.raises(NotInForce):
        require_usable(BUNDLE, now=NOON, floor=NOON + timedelta(days=731))
