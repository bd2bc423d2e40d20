"""`kernel/bundle/memory.py`: what an install leaves outlives the process, and a damaged file is refused."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kernel.bundle import memory
from kernel.bundle.container import pack
from kernel.bundle.install import install, restore
from kernel.bundle.installed import Remembered
from kernel.errors import Invalid
from tests import small_registry as small
from tests.fakes import NOON

ROOT = "metadata/1.root.json"


def _remembered() -> Remembered:
    files = small.good(NOON, 2, small.good_contents(revoked=[0, 1]))
    bundle = install(pack(files), trusted_root=files[ROOT], now=NOON)
    assert bundle.remembered is not None
    return bundle.remembered


KEPT = _remembered()


def test_a_memory_comes_back_as_it_was() -> None:
    assert memory.read(memory.write(KEPT)) == KEPT
    url, one = next(iter(KEPT.lists.items()))
    more = replace(one, held=True, unset=3, added=((NOON, 7), (NOON + timedelta(hours=1), 2)))
    full = replace(KEPT, floor_on=None, lists={url: more})
    assert memory.read(memory.write(full)) == full
    assert len(memory.write(KEPT)) < 8000


def test_the_next_install_follows_a_memory() -> None:
    kept = memory.read(memory.write(KEPT))
    old = small.good(NOON, 1)
    with pytest.raises(Invalid):
        install(pack(old), trusted_root=old[ROOT], now=NOON, former=kept)
    newer = small.good(NOON, 3)
    bundle = install(pack(newer), trusted_root=newer[ROOT], now=NOON, former=kept)
    assert next(iter(bundle.lists.values())).unset > 0


def test_a_restart_finds_the_bundle_it_had_even_when_it_is_late() -> None:
    files = small.good(NOON, 2, small.good_contents(revoked=[1]))
    first = install(pack(small.good(NOON, 1, small.good_contents(revoked=[0]))), trusted_root=files[ROOT], now=NOON)
    had = install(pack(files), trusted_root=files[ROOT], now=NOON, former=first)
    assert had.remembered is not None
    kept = memory.read(memory.write(had.remembered))
    again = restore(pack(files), trusted_root=files[ROOT], remembered=kept)
    assert (again.lists, again.floor_on, again.version) == (had.lists, had.floor_on, had.version)
    assert again.remembered == had.remembered
    assert not again.canary_fault
    url, one = next(iter(kept.lists.items()))
    damaged = replace(kept, lists={**kept.lists, url: replace(one, signed=bytes(len(one.signed)))})
    assert restore(pack(files), trusted_root=files[ROOT], remembered=damaged).canary_fault


@pytest.mark.parametrize("number", [1, 3])
def test_another_bundle_is_not_the_one_that_was_installed(number: int) -> None:
    files = small.good(NOON, number)
    with pytest.raises(Invalid) as refused:
        restore(pack(files), trusted_root=files[ROOT], remembered=KEPT)
    assert refused.value.code == "bundle_refused"


def _spoiled(**change: Any) -> bytes:
    return json.dumps(json.loads(memory.write(KEPT)) | change).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        _spoiled(version=2),
        _spoiled(root="!"),
        _spoiled(versions={"targets": 0}),
        _spoiled(floorOff="yesterday"),
        _spoiled(lists=[{}]),
        _spoiled(lists=[json.loads(memory.write(KEPT))["lists"][0] | {"sticky": "eJw="}]),
        _spoiled(lists=[json.loads(memory.write(KEPT))["lists"][0] | {"sticky": "AAAA"}]),
        _spoiled(lists=[json.loads(memory.write(KEPT))["lists"][0] | {"purpose": "refresh"}]),
    ],
)
def test_a_damaged_memory_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        memory.read(raw)
    assert refused.value.code == "bundle_refused"
