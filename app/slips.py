"""Claim slips at the command line: a run of them, in files that must not travel together (DOMAIN P1, P2).

What a slip says and looks like is `issuer/papers`' and `kit/cards.py`'s; here are the files.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from app.files import write_whole
from app.provide import World
from issuer.batches.service import Batches
from issuer.papers import printing
from issuer.papers.service import Papers
from kernel.access import Principal
from kernel.errors import NotFound
from kit.cards import Slip
from kit.once import Once
from schemas.papers import SlipsRequest, SlipsView

CLAIM_FILE: Final = "claim.pdf"
PIN_FILE: Final = "pin.pdf"
_SAME_CALL: Final = timedelta(days=1)
"""A call that was stopped longer ago is not gone on with: its slips would end early."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """How many slips were printed, and how many credentials got none: picked up already, or not good now."""

    made: int
    left: int
    again: int
    """Of these so many were made by an earlier call that was stopped: the same codes, printed again."""
    ended: int
    """Open slips of before that these ended."""


def print_slips(world: World, name: str, out: Path, *, by: Principal) -> Printed:
    """The slips of a batch or of one credential, fifty in a file, in a folder; a call that was stopped is gone on with
    by the next one of the same person. Raises NotFound, WrongShape."""
    asked, onces, runs, again, number = _asked(world, name, by), list[Once](), list[SlipsView](), 0, 0
    papers = world.doors()[Papers]
    while asked is not None:
        onces.append(once := _once(asked))
        with papers() as opened:
            former = opened.former(once, by=by)
            if former is not None and former.made_at < world.clock.now() - _SAME_CALL:
                opened.forget(once, by=by)
                former = None
        again += 0 if former is None else former.made
        runs.append(run := world.desk.make_slips(asked, by=by, once=once))
        for part in range(1, run.parts + 1):
            number += 1
            claims, pins = (each(run.id, part, by=by) for each in (world.desk.print_claims, world.desk.print_pins))
            _write(out, {_numbered(CLAIM_FILE, number): claims, _numbered(PIN_FILE, number): pins})
        asked = None if run.next is None else asked.model_copy(update={"after": run.next})
    with papers() as opened:
        for once in onces:
            opened.forget(once, by=by)
    made, left, ended = (sum(getattr(run, each) for run in runs) for each in ("made", "left_out", "ended"))
    return Printed(made=made, left=left, again=again, ended=ended)


def _once(asked: SlipsRequest) -> Once:
    """One key for each run, until all are printed: whoever was stopped asks for the same."""
    digest = hashlib.sha256(asked.model_dump_json().encode())
    return Once(key=f"print-{digest.hexdigest()}", digest=digest.digest())


def _asked(world: World, name: str, by: Principal) -> SlipsRequest | None:
    with suppress(NotFound), world.doors()[Batches]() as opened:
        opened.look(name, by=by)
        return SlipsRequest(batch=name)
    if len(name) != 22:
        raise NotFound("not_found", detail="no batch or credential of that name")
    return SlipsRequest(credential=name)


def _numbered(file: str, number: int) -> str:
    """claim.pdf, claim-002.pdf, and so on."""
    return file if number == 1 else file.replace(".", f"-{number:03d}.")


def write_slips(out: Path, slips: Sequence[Slip]) -> None:
    """claim.pdf and pin.pdf, readable by their owner alone; nothing where there is nothing to print."""
    _write(out, {CLAIM_FILE: printing.claims(slips), PIN_FILE: printing.pins(slips)})


def _write(out: Path, sheets: dict[str, bytes | None]) -> None:
    for file, sheet in sheets.items():
        if sheet is not None:
            out.mkdir(parents=True, exist_ok=True)
            write_whole(out / file, sheet, mode=0o600)
