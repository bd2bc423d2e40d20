"""`puente delta`: what it prints and draws brings an older bundle up to date; what cannot be shown is said in words."""

from pathlib import Path

import pytest

from app.cli import cli
from app.picture import PictureReader
from kernel import frames
from kernel.bundle import delta
from kernel.bundle.install import install
from kernel.errors import Invalid
from tests import delta_worlds as worlds
from tests.app.test_cli import process, run
from tests.fakes import NOON

FIRST = worlds.first(bits={1: [100]})
SECOND = worlds.after(FIRST, {1: [100, 5000]})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.puente", tmp_path / "new.puente"
    old.write_bytes(FIRST.container())
    new.write_bytes(SECOND.container())
    return old, new


def test_what_it_prints_brings_the_older_bundle_up_to_date(files: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("delta", "--from", files[0], "--to", files[1], "--out", tmp_path / "frames")
    assert done.exit_code == 0
    printed = done.output.splitlines()
    root = worlds.root(FIRST)
    former = install(FIRST.container(), trusted_root=root, now=NOON)
    later = {"trusted_root": root, "now": NOON + worlds.DAY, "former": former}
    bundle, taken = delta.take(frames.join(printed), FIRST.files, **later)  # type: ignore[arg-type]  # named as there
    assert (bundle.version, taken) == (2, SECOND.files)
    pictures = sorted((tmp_path / "frames").iterdir())
    assert [PictureReader().texts(file.read_bytes()) for file in pictures] == [(text,) for text in printed]


def test_what_cannot_be_shown_is_one_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    back = process("delta", "--from", files[1], "--to", files[0])
    assert back.returncode == 2
    assert back.stderr.startswith("puente: Cambió más que los estados. Pase la lista por archivo. [delta_needs_file]\n")
    absent = process("delta", "--from", tmp_path / "none.puente", "--to", files[1], lang="en")
    assert (absent.returncode, "there is no file" in absent.stderr) == (2, True)
    (tmp_path / "large.puente").write_bytes(bytes(4 * 1024 * 1024 + 2))
    with pytest.raises(Invalid, match="bundle_refused"):
        cli(["delta", "--from", str(tmp_path / "large.puente"), "--to", str(files[1])], standalone_mode=False)
