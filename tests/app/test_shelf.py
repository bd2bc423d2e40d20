"""What a process remembers of its bundle: versions, floors and sticky bits outlive a restart."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.shelf import CONTAINER, REMEMBERED, ROOT, Shelf
from registry.build import Published
from schemas.identifiers import Url
from tests import makers, worlds
from tests.fakes import FixedClock

LIST = Url("https://norma.example/s/1")
HOUR = timedelta(hours=1)


def _put(folder: Path, published: Published, tick: int) -> None:
    (folder / ROOT).write_bytes(published.root)
    (folder / CONTAINER).write_bytes(published.container())
    os.utime(folder / CONTAINER, ns=(tick, tick))


def _shelf(folder: Path) -> Shelf:
    return Shelf(folder=folder, clock=FixedClock(makers.NOW))


def test_an_empty_shelf_has_no_bundle(tmp_path: Path) -> None:
    assert _shelf(tmp_path)() is None


def test_a_bundle_is_taken_up_again_after_it_has_expired(tmp_path: Path) -> None:
    _put(tmp_path, worlds.pack(worlds.Plan()), 1)
    assert _shelf(tmp_path)() is not None
    late = Shelf(folder=tmp_path, clock=FixedClock(makers.NOW + timedelta(days=60)))()
    assert late is not None
    assert late.version == 7


def test_an_older_file_is_not_taken_in_the_process_nor_after_a_restart(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    _put(tmp_path, worlds.pack(worlds.Plan(version=9)), 1)
    first = shelf()
    _put(tmp_path, worlds.pack(worlds.Plan(version=8)), 2)
    assert shelf() is first
    assert _shelf(tmp_path)() is None, "a restart does not forget what was seen, and shows no older trust"
    assert (tmp_path / REMEMBERED).is_file()


def test_a_revocation_that_was_seen_stays_after_a_restart(tmp_path: Path) -> None:
    told = worlds.Plan(bits={LIST: [5]}, version=7)
    _put(tmp_path, worlds.pack(told), 1)
    assert _shelf(tmp_path)() is not None
    _put(tmp_path, worlds.pack(replace(told, bits={}, version=8, signed_at=worlds.SIGNED_AT + HOUR / 2)), 2)
    again = _shelf(tmp_path)()
    assert again is not None
    assert again.version == 8
    assert again.lists[LIST].sticky[0] & 0b100


def test_a_damaged_newer_file_leaves_the_old_one_in_use(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    _put(tmp_path, worlds.pack(worlds.Plan()), 1)
    first = shelf()
    (tmp_path / CONTAINER).write_bytes(b"not a bundle")
    assert shelf() is first


def test_what_another_process_published_is_taken_once_it_is_newer(tmp_path: Path) -> None:
    """And nothing newer is put back: after a restore the folder knows more than the rows."""
    asked: list[int] = []

    def follow(version: int) -> None:
        asked.append(version)
        if version < 8:
            _put(tmp_path, worlds.pack(worlds.Plan(version=8)), 1)

    shelf = Shelf(folder=tmp_path, clock=FixedClock(makers.NOW), follow=follow)
    assert [bundle.version for bundle in (shelf(), shelf()) if bundle is not None] == [8, 8]
    again = Shelf(folder=tmp_path, clock=FixedClock(makers.NOW), follow=follow)()
    assert again is not None
    assert asked == [0, 8]
