"""What npm packages issue and encode verifies here (`pwa/tools/interop.mjs`); the pages test the other way round."""

import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kernel import cborld
from kernel.verify import MemorySeen, judge
from schemas.verification import Session
from tests import worlds

PAGES = Path(__file__).parents[2] / "pwa"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A paper pass, a holder's, a pair, and a presentation that answers a question."""
    path = tmp_path_factory.mktemp("issued") / "out.json"
    subprocess.run(["node", "tools/interop.mjs", "issue", str(path), str(worlds.FORMAT)], cwd=PAGES, check=True)
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return rows


def test_what_the_packages_issue_is_valid_and_written_in_the_same_bytes(issued: list[dict[str, Any]]) -> None:
    assert [row["name"] for row in issued] == ["paper", "holder", "pair", "live"]
    for row in issued:
        now = datetime.fromisoformat(row["now"])
        asked = row["challenge"]
        session = None if asked is None else Session(challenge=asked, domain=None, issued_at=now)
        report = judge(row["text"], bundle=worlds.plain(), now=now, floor=None, session=session, seen=MemorySeen())
        assert (report.verdict, report.reasons) == ("valid", ()), row["name"]
        assert report.level == ("copy" if asked is None else "live_challenge")
        assert cborld.to_text(row["document"], dictionary=worlds.dictionary(), entry=worlds.ENTRY) == row["text"]
