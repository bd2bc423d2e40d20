"""The wheel holds the pages and runs in an empty environment."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    _run(UV, "build", "-q", "--wheel", "-o", out, cwd=ROOT)
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_holds_pages_revisions_and_data_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "app/pages/verifier/index.html",
        "app/pages/wallet/index.html",
        "app/demo/cohort-demo.csv",
        "schemas/data/codes.json",
        "kit/card.typ",
        "migrations/versions/0001_create_the_issuers_ledger.py",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "pwa/", "docs/"))]


def test_it_installs_into_an_empty_environment_and_says_how_to_use_it(wheel: Path, tmp_path: Path) -> None:
    _run(UV, "venv", "-q", "--python", sys.executable, tmp_path / "env", cwd=tmp_path)
    _run(
        UV,
        "export",
        "-q",
        "--frozen",
        "--no-default-groups",
        "--no-emit-project",
        "-o",
        tmp_path / "locked.txt",
        cwd=ROOT,
    )
    python = tmp_path / "env" / "bin" / "python"
    _run(
        UV, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", tmp_path / "locked.txt", cwd=tmp_path
    )
    _run(UV, "pip", "install", "-q", "--python", python, "--no-deps", wheel, cwd=tmp_path)
    told = _run(tmp_path / "env" / "bin" / "puente", "--help", cwd=tmp_path)
    assert "verify" in told
    assert "demo" in told
    assert "QR" in told
    found = _run(tmp_path / "env" / "bin" / "puente", "verify", "--help", cwd=tmp_path)
    assert "--bundle" in found
