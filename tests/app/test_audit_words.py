"""Whatever the audit chain tells has words in each language: the acts are read from the code that tells them."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final, get_args

import pytest

from issuer.audit import RESTORED
from issuer.status.flipping import _BEGUN
from schemas.bulk_acts import ManyName
from schemas.disputes import Decision
from schemas.issuance import ActName
from schemas.webhooks import EVENTS

ROOT: Final = Path(__file__).resolve().parents[2]
TELLERS: Final = {"tell": 2, "_tell": 1, "tell_page": 1}
"""Which argument of these is the act."""
ACTS, DECISIONS = get_args(ActName), get_args(Decision)
HOLES: Final = {
    "act.act": ACTS,
    "row.act": ACTS,
    "row.does": get_args(ManyName),
    "decision.decision": DECISIONS,
    "row.decision": DECISIONS,
    "what": ("claims", "pins"),
}
"""What can stand in the holes of an act that is put together, whoever tells it."""
ENDS: Final = {
    "{act.act}_{done}": [f"{act}_approved" for act in ACTS] + ["revoke_announced", "suspend_begun"],
    "{act.act}_{phase}{held}": [
        f"{told}{held}"
        for told in ("suspend_withdrawn", "suspend_lapsed", "revoke_withdrawn")
        for held in ("", "_held")
    ],
    "bulk_{row.act}_{done}": [f"bulk_{act}_{done}" for act in ACTS for done in ("done", "begun")],
    "bulk_revoke_{done}": ["bulk_revoke_done", "bulk_revoke_undone"],
    "bulk_revoke_{phase}": ["bulk_revoke_effective", "bulk_revoke_withdrawn"],
}
"""Those in which not all goes with all."""


def written(said: ast.expr) -> str:
    """An act as the code writes it, with its holes by their names."""
    if isinstance(said, ast.Constant):
        return str(said.value)
    if not isinstance(said, ast.JoinedStr):
        return ""  # it was handed on: whoever called wrote it
    return "".join(
        f"{{{ast.unparse(part.value)}}}" if isinstance(part, ast.FormattedValue) else written(part)
        for part in said.values
    )


def told() -> Iterator[str]:
    for room in ("issuer", "staff"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(call, ast.Call):
                    continue
                place = TELLERS.get(getattr(call.func, "attr", ""))
                if place is not None and len(call.args) > place:
                    yield written(call.args[place])


def spelt(act: str) -> list[str]:
    """All acts that one with holes can be."""
    if act in ENDS:
        return ENDS[act]
    holes = [hole for hole in HOLES if f"{{{hole}}}" in act]
    found = []
    for values in product(*(HOLES[hole] for hole in holes)):
        one = act
        for hole, value in zip(holes, values, strict=True):
            one = one.replace(f"{{{hole}}}", value)
        found.append(one)
    return found


@cache
def acts() -> frozenset[str]:
    return frozenset(one for act in told() if act for one in spelt(act)) | {RESTORED}


@pytest.fixture(params=["es", "en"])
def words(request: pytest.FixtureRequest) -> dict[str, str]:
    """The catalogue of a language."""
    path = ROOT / f"pwa/src/words/languages/{request.param}.json"
    catalogue: dict[str, str] = json.loads(path.read_text("utf-8"))
    return catalogue


def test_every_act_of_the_audit_chain_has_words(words: dict[str, str]) -> None:
    assert len(acts()) > 90
    assert not {act for act in acts() if "{" in act}
    assert {act for act in acts() if f"did.{act}" not in words} == set()
    assert {name for name in words if name.startswith("did.")} == {f"did.{act}" for act in acts()}


def test_an_act_that_begins_to_wait_is_one_of_those_that_are_listed() -> None:
    assert set(_BEGUN.values()) == {"announced", "begun"}


def test_every_event_that_a_system_is_told_of_has_words(words: dict[str, str]) -> None:
    assert {name for name in words if name.startswith("event.")} == {f"event.{event}" for event in EVENTS}
