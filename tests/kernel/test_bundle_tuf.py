"""`kernel/bundle` as a TUF client, case by case as tuf-conformance has them, beside python-tuf's own client.

Each case is a first state that is installed and a second that is tried. python-tuf must say the same, but for the
cases where ours refuses more on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadError, DownloadHTTPError, RepositoryError
from tuf.ngclient import FetcherInterface, Updater

from kernel.bundle.container import pack
from kernel.bundle.install import install
from kernel.errors import Invalid
from tests import small_registry as small
from tests.small_registry import Repository, role_key
from tests.tuf_cases import BAD, FIRST_IS_SECOND, GOOD, NEW_ROOTS, NOW, STRICTER, Files, Rooted

TARGETS = [
    *small.good_contents().files,
    *(f"status/formacion/{name}" for name in ("1.bits", "2.bits", "keystate.json")),
]


class Served(FetcherInterface):
    """Files by path, over no network."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def _fetch(self, url: str) -> Iterator[bytes]:
        raw = self._files.get(url.removeprefix("https://bundle.example/"))
        if raw is None:
            raise DownloadHTTPError("absent", 404)
        yield raw


@dataclass
class Oracle:
    """python-tuf's client with its own store."""

    folder: Path
    root: bytes

    def take(self, files: Files) -> None:
        targets = self.folder / "targets"
        targets.mkdir(exist_ok=True)
        client = Updater(
            metadata_dir=str(self.folder / "metadata"),
            metadata_base_url="https://bundle.example/metadata/",
            target_dir=str(targets),
            target_base_url="https://bundle.example/targets/",
            fetcher=Served(files),
            bootstrap=self.root,
        )
        client.refresh()
        for name in TARGETS:
            info = client.get_targetinfo(name)
            if info is None:
                raise RepositoryError("a target is not listed")
            client.download_target(info)


def _first(name: str) -> Files:
    return small.good(NOW, 2 if name in FIRST_IS_SECOND else 1)


def _ours(first: Files, second: Files) -> None:
    root = first["metadata/1.root.json"]
    former = install(pack(first), trusted_root=root, now=NOW, allow_expired_timestamp=False)
    install(pack(second), trusted_root=root, now=NOW, former=former, allow_expired_timestamp=False)


def _theirs(folder: Path, first: Files, second: Files) -> None:
    oracle = Oracle(folder, first["metadata/1.root.json"])
    oracle.take(first)
    oracle.take(second)


@pytest.mark.parametrize("name", GOOD)
def test_both_take_what_is_good(name: str, tmp_path: Path) -> None:
    first, second = _first(name), GOOD[name]()
    _theirs(tmp_path, first, second)
    _ours(first, second)


@pytest.mark.parametrize("name", BAD)
def test_both_refuse(name: str, tmp_path: Path) -> None:
    first, second = _first(name), BAD[name]()
    with pytest.raises((RepositoryError, DownloadError)):
        _theirs(tmp_path, first, second)
    with pytest.raises(Invalid) as refused:
        _ours(first, second)
    assert refused.value.code == "bundle_refused"


@pytest.mark.parametrize("name", STRICTER)
def test_ours_refuses_more(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        _ours(_first(name), STRICTER[name]())
    assert refused.value.code == "bundle_refused"


def test_too_many_roots_in_one_run() -> None:
    second = Rooted(tuple({} for _ in range(64)))()
    with pytest.raises(Invalid):
        _ours(small.good(NOW), second)


def test_a_late_bundle_by_hand_is_taken_when_it_is_newer() -> None:
    first, second = small.good(NOW), small.good(NOW, 2)
    root, late = first["metadata/1.root.json"], NOW + timedelta(days=20)
    former = install(pack(first), trusted_root=root, now=NOW)
    assert install(pack(second), trusted_root=root, now=late, former=former).version == 2
    assert install(pack(second), trusted_root=root, now=late).version == 2
    for files, more in ((second, {"allow_expired_timestamp": False}), (first, {})):
        with pytest.raises(Invalid):
            install(pack(files), trusted_root=root, now=late, former=former, **more)
    with pytest.raises(Invalid):
        install(pack(second), trusted_root=root, now=NOW + timedelta(days=366), former=former)


def test_floors_rise_and_new_online_keys_let_the_online_one_fall() -> None:
    first = small.good(NOW)
    root = first["metadata/1.root.json"]
    far = Repository.of(first)
    far.bump()
    for role in ("timestamp", "snapshot", "status-formacion"):
        far.words[role]["x-puente-signed-at"] = (NOW + timedelta(days=1000)).strftime("%Y-%m-%dT%H:%M:%SZ")
        far.expire(role, NOW + timedelta(days=2000))
    pushed = install(pack(far.write()), trusted_root=root, now=NOW)
    assert pushed.floor_on == NOW + timedelta(days=400)
    with pytest.raises(Invalid):
        install(pack(small.good(NOW, 3)), trusted_root=root, now=NOW, former=pushed, allow_expired_timestamp=False)
    healed = Rooted(({"timestamp": role_key("t2")},), number=3)()
    bundle = install(pack(healed), trusted_root=root, now=NOW, former=pushed)
    assert bundle.floor_on == NOW
    assert bundle.root_version == 2


def test_a_newer_built_in_root_is_where_the_chain_starts() -> None:
    files = Rooted(({"root": NEW_ROOTS},))()
    former = install(pack(small.good(NOW)), trusted_root=files["metadata/1.root.json"], now=NOW)
    newer = {path: raw for path, raw in files.items() if path != "metadata/1.root.json"}
    bundle = install(pack(newer), trusted_root=files["metadata/2.root.json"], now=NOW, former=former)
    assert bundle.root_version == 2
