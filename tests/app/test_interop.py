"""Others agree: npm packages decode and verify every QR of the demo and its lists, and what they issue verifies here.

The packages and what they are asked stand in `pwa/tools/interop.mjs`; the format's vectors go the same way in
`pwa/test/interop.test.mjs`.
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas.verification import Session
from tests import worlds
from tests.app.conftest import Demo

PWA = Path(__file__).resolve().parents[2] / "pwa"
ISSUED = ("paper", "holder", "pair", "live")


def interop(*words: str) -> subprocess.CompletedProcess[str]:
    """Node with the packages of the pages' lock file."""
    node = shutil.which("node")
    if node is None or not (PWA / "node_modules" / "@digitalbazaar" / "vc").is_dir():
        pytest.fail("Node and the pages' packages are required: tools/setup.sh test")
    return subprocess.run([node, "tools/interop.mjs", *words], cwd=PWA, capture_output=True, text=True, check=False)


@cache
def judges() -> worlds.World:
    """The world of the format's vectors."""
    return worlds.world()


def test_every_qr_of_the_demo_and_every_list_is_verified_by_others(demo: Demo) -> None:
    run = interop("check", str(demo.out))
    lines = run.stdout.splitlines()
    assert [line for line in lines if not line.startswith("ok ")] == []
    assert run.returncode == 0, run.stderr
    rows = [line for line in demo.report if line["kind"] != "foreign"]
    assert len(lines) == len(rows) + 4
    told = {line[5:].partition(": ")[0]: line[5:].partition(": ")[2] for line in lines}
    assert told["fila-004"] == told["titular-par"] == told["titular-en-vivo-dos"] == "decoded, verified, status read"
    assert told["plantado-cambiado"] == "decoded; its signature is refused there too"


def test_they_do_notice_what_is_wrong(demo: Demo, tmp_path: Path) -> None:
    for name in ("contexts.json", "tables.json", "status.json"):
        (tmp_path / name).write_text((demo.out / name).read_text("utf-8"), "utf-8")
    (tmp_path / "qr").mkdir()
    line = demo.row("plantado-cambiado")
    honest = {**line, "expected": "valid", "expectedReasons": []}
    (tmp_path / "report.json").write_text(json.dumps([honest]), "utf-8")
    (tmp_path / "qr" / f"{line['name']}.txt").write_text(demo.text(line["name"]), "utf-8")
    run = interop("check", str(tmp_path))
    assert run.returncode == 1
    assert run.stdout.startswith(f"FAIL {line['name']}: ")


def made(folder: Path) -> Sequence[dict[str, Any]]:
    run = interop("issue", str(folder / "issued.json"))
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Any]] = json.loads((folder / "issued.json").read_text("utf-8"))
    return found


def test_what_they_issue_and_encode_verifies_here(tmp_path: Path) -> None:
    rows = made(tmp_path)
    assert tuple(row["name"] for row in rows) == ISSUED
    for row in rows:
        now = datetime.fromisoformat(row["now"])
        challenge = row["challenge"]
        session = None if challenge is None else Session(challenge=challenge, domain=None, issued_at=now)
        world = replace(judges())
        documents = row["document"] if isinstance(row["document"], list) else [row["document"]]
        for raw in (row["text"], *(json.dumps(document).encode() for document in documents)):
            report = world.judge(raw, now=now, session=session)
            assert (report.verdict, report.reasons) == ("valid", ()), (row["name"], report)
            assert report.level == ("copy" if challenge is None else "live_challenge")
        spoiled = json.dumps(documents[0], ensure_ascii=False).replace("Zoë Núñez", "Otra Persona").encode()
        report = world.judge(spoiled, now=now, session=session)
        assert (report.verdict, report.reasons) == ("cannot_verify", ("invalid_signature",))
        assert worlds.text(row["document"]) == row["text"]
