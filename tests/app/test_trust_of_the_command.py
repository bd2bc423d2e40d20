"""Whom `puente verify` believes: the pinned root, never the carrier; and what a folder has seen is never unseen."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.files import write_whole
from app.shelf import CONTAINER, REMEMBERED, ROOT, recall, take
from app.verify_command import is_missing_file, open_trust
from kernel.bundle import memory
from kernel.errors import Invalid
from registry.build import Published
from schemas.identifiers import Url
from tests import makers, worlds

LIST = Url("https://norma.example/s/1")


def _folder(path: Path, published: Published, *, root: bytes | None = None) -> Path:
    path.mkdir()
    (path / CONTAINER).write_bytes(published.container())
    (path / ROOT).write_bytes(published.root if root is None else root)
    return path


def _seen(path: Path) -> None:
    """As a server that ran on this folder leaves it."""
    bundle = take((path / CONTAINER).read_bytes(), root=(path / ROOT).read_bytes(), former=recall(path), now=makers.NOW)
    assert bundle.remembered is not None
    write_whole(path / REMEMBERED, memory.write(bundle.remembered), mode=0o600)


def test_an_older_bundle_is_refused_where_a_newer_one_was_seen(tmp_path: Path) -> None:
    newer = worlds.Plan(bits={LIST: [5]}, version=8)
    data = _folder(tmp_path / "data", worlds.pack(newer))
    _seen(data)
    older = worlds.pack(replace(newer, bits={}, version=7, signed_at=worlds.SIGNED_AT - timedelta(hours=1)))
    carried = tmp_path / "old.puente"
    carried.write_bytes(older.container())
    for container in (carried, None):
        if container is None:
            (data / CONTAINER).write_bytes(older.container())
        with pytest.raises(Invalid) as caught:
            open_trust(container, root=None, data=data, now=makers.NOW)
        assert caught.value.code == "bundle_refused"
    with pytest.raises(Invalid):
        open_trust(carried, root=data / ROOT, data=data, now=makers.NOW)


def test_a_root_that_came_with_the_bundle_is_never_called_pinned(tmp_path: Path) -> None:
    theirs = _folder(tmp_path / "stick", worlds.pack(worlds.Plan()))
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    trust = open_trust(theirs / CONTAINER, root=None, data=nothing, now=makers.NOW)
    assert trust.root == "first-use"
    assert trust.fingerprint is not None
    assert open_trust(theirs / CONTAINER, root=theirs / ROOT, data=nothing, now=makers.NOW).root == "pinned"


def test_the_folders_own_root_wins_over_the_carriers(tmp_path: Path) -> None:
    stick = _folder(tmp_path / "stick", worlds.pack(worlds.Plan()))
    data = tmp_path / "data"
    data.mkdir()
    # Another world's root: signed by nobody that the stick's bundle knows.
    (data / ROOT).write_bytes((stick / ROOT).read_bytes().replace(b'"version":1', b'"version":2', 1))
    with pytest.raises(Invalid) as caught:
        open_trust(stick / CONTAINER, root=None, data=data, now=makers.NOW)
    assert caught.value.code == "bundle_refused"


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("nofile.png", True),
        ("carpeta/foto.JPG", True),
        ("VC1-R0OR*W3W73.7LERK+", False),
        ("https://verificar.example/c/foto.png", False),
        ("shc:/5676", False),
        ("hola", False),
    ],
)
def test_a_name_without_a_file_is_told_apart_from_a_text(name: str, missing: bool) -> None:
    assert is_missing_file(name) is missing
