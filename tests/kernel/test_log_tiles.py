"""Tiles of a log: the same root and paths as of all leaves at once, whatever the steps it grew by."""

import hashlib

import pytest

from kernel import issued_log, log_tiles
from kernel.errors import NotFound

LEAVES = [hashlib.sha256(n.to_bytes(4)).digest() for n in range(66_100)]


def grown(*sizes: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    had = 0
    for size in sizes:
        files |= log_tiles.grow(files.get, LEAVES[had:size], former=had)
        had = size
    return files


@pytest.mark.parametrize(
    "sizes", [(1,), (255, 256, 257), (3, 300, 700), (256, 512), (65_536, 66_100), (65_535, 65_537)]
)
def test_whatever_the_steps_root_and_paths_are_those_of_the_tree(sizes: tuple[int, ...]) -> None:
    files, size = grown(*sizes), sizes[-1]
    assert log_tiles.tree_root(files.get, size=size) == issued_log.root(LEAVES[:size])
    for index in {0, size // 3, size // 2, size - 1}:
        path = log_tiles.path(files.get, index, size=size)
        assert path == issued_log.path(LEAVES[:size], index)


def test_a_former_checkpoint_still_has_its_paths() -> None:
    files = grown(300, 700)
    assert log_tiles.path(files.get, 290, size=300) == issued_log.path(LEAVES[:300], 290)


def test_full_tiles_stay_as_they_are() -> None:
    early, late = grown(600), grown(600, 66_000)
    assert all(late[name] == raw for name, raw in early.items())


@pytest.mark.parametrize(
    ("level", "number", "width", "name"),
    [
        (0, 0, 256, "tile/0/000"),
        (1, 5, 7, "tile/1/005.p/7"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
    ],
)
def test_names_are_those_of_tlog_tiles(level: int, number: int, width: int, name: str) -> None:
    assert log_tiles.tile_path(level, number, width) == name


def test_what_is_gone_or_damaged_is_not_found() -> None:
    files = grown(300)
    for spoiled in ({}, {**files, "tile/0/000": b"short"}):
        with pytest.raises(NotFound):
            log_tiles.path(spoiled.get, 3, size=300)
    with pytest.raises(NotFound):
        log_tiles.path(files.get, 300, size=300)
