"""The shared cases (tests/vectors/cases): this core still gives what both cores were last seen to give.

A report that changes on purpose is written anew by `python -m tests.cases`, and its difference read in the commit.
"""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from schemas.codes import CODES
from tests import cases

ROOT = Path(__file__).parents[2]


def _read(name: str) -> Any:
    return json.loads((cases.FOLDER / name).read_text("utf-8"))


def test_every_report_is_the_one_in_the_file() -> None:
    wanted = _read("cases.json")
    found = json.loads(json.dumps(cases.make_cases(cases.Bundles(_read("bundles.json")))))
    assert len(found) == len(wanted) >= 200
    for mine, theirs in zip(found, wanted, strict=True):
        assert mine == theirs, theirs["id"]


def test_the_bundles_say_what_the_plans_say() -> None:
    stated, made = cases.Bundles(_read("bundles.json")), cases.Bundles(cases.make_bundles())
    for name in cases.plans():
        old, new = stated.find(name), made.find(name)
        assert old is not None
        assert new is not None
        assert (old.version, old.issuers, old.policy, old.lists) == (new.version, new.issuers, new.policy, new.lists)


def test_the_cases_reach_every_code_of_the_procedure_that_a_text_can_reach() -> None:
    reached = Counter(code for case in _read("cases.json") for code in case["report"]["reasons"])
    # Told by name: a bundle with this fault cannot be installed, and each case begins with nothing seen.
    elsewhere = {"canary", "shown_before"}
    every = {row.name for row in CODES.values() if row.steps}
    assert every - reached.keys() == elsewhere


def test_other_worlds_agree_in_both_languages(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    cases.write(folder, seed="another", count=20_000 if os.environ.get("PUENTE_LONG") else 200)
    command = ["node", "--import", "tsx", "--test", "test/kernel/cases.test.ts"]
    environment = {**os.environ, "PUENTE_CASES": str(folder)}
    subprocess.run(command, cwd=ROOT / "pwa", env=environment, check=True)
