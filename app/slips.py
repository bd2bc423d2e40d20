"""Claim slips at the command line: a run of them, in files that must not travel together (DOMAIN P1, P2).

What a slip says and looks like is `issuer/papers`' and `kit/cards.py`'s; here are the files.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.files import write_whole
from app.provide import World
from issuer.batches.service import Batches
from issuer.papers import printing
from kernel.access import Principal
from kernel.errors import NotFound
from kit.cards import Slip
from schemas.papers import SlipsRequest

CLAIM_FILE: Final = "claim.pdf"
PIN_FILE: Final = "pin.pdf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """How many slips were printed, and how many credentials got none: picked up already, or not good now."""

    made: int
    left: int


def print_slips(world: World, name: str, out: Path, *, by: Principal) -> Printed:
    """The slips of a batch or of one credential, fifty in a file, in a folder. Raises NotFound, WrongShape."""
    asked, made, left, number = _asked(world, name, by), 0, 0, 0
    while asked is not None:
        run = world.desk.make_slips(asked, by=by)
        for part in range(1, run.parts + 1):
            number += 1
            claims, pins = (each(run.id, part, by=by) for each in (world.desk.print_claims, world.desk.print_pins))
            _write(out, {_numbered(CLAIM_FILE, number): claims, _numbered(PIN_FILE, number): pins})
        made, left = made + run.made, left + run.left_out
        asked = None if run.next is None else asked.model_copy(update={"after": run.next})
    return Printed(made=made, left=left)


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
