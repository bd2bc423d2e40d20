"""Claim slips and cards at the command line: files of fifty; codes and PINs must not travel together (DOMAIN P1, P2).

What a slip or a card says and looks like is `issuer/papers`' and `kit/cards.py`'s; here are the files.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from app.files import clear_begun, require_free, write_whole
from app.provide import World
from issuer.batches.service import Batches
from issuer.bulk_acts.service import BulkLooks
from issuer.papers import printing
from issuer.papers.service import Papers
from kernel.access import Principal
from kernel.errors import NotFound
from kit.cards import Slip
from kit.once import Once
from schemas.papers import SlipsRequest, SlipsView

CLAIM_FILE: Final = "claim.pdf"
PIN_FILE: Final = "pin.pdf"
NOTICE_FILE: Final = "notice.pdf"
CARDS_FILE: Final = "cards.pdf"
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
    """The slips of a batch, of what an act on many replaced, or of one credential, fifty in a file, in a folder; a call
    that was stopped is gone on with by the next one of the same person.

    Raises NotFound, WrongShape, Conflict `name_taken` where slips lie there that this call did not make: their codes
    are on no other paper.
    """
    asked: SlipsRequest | None = _asked(world, name, by)
    onces, runs, again, number = list[Once](), list[SlipsView](), 0, 0
    papers = world.doors()[Papers]
    while asked is not None:
        onces.append(once := _once(asked))
        with papers() as opened:
            former = opened.former(once, by=by)
            if former is not None and former.made_at < world.clock.now() - _SAME_CALL:
                opened.forget(once, by=by)
                former = None
        if former is None and not runs:
            earlier = (path for file in (CLAIM_FILE, PIN_FILE) for path in out.glob(file.replace(".", "*.")))
            require_free(*(path for path in earlier if not path.is_dir()))
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


def print_cards(world: World, name: str, out: Path, *, by: Principal) -> int:
    """The cards of a batch, of what an act on many replaced, or of one credential, fifty in a file; gives how many
    files. Raises NotFound."""
    if is_many(world, name, by):
        with world.doors()[BulkLooks]() as looking:
            many = looking.look(name, by=by).card_parts or 0
        found = ((part, world.desk.print_replaced(name, part, by=by)) for part in range(1, many + 1))
        return sum(_write(out, {_numbered(CARDS_FILE, part): sheet}) for part, sheet in found)
    if not _is_batch(world, name, by):
        return _write(out, {CARDS_FILE: world.desk.print_card(name, by=by)})
    with world.doors()[Batches]() as opened:
        parts = opened.look(name, by=by).card_parts
    sheets = ((part, world.desk.print_cards(name, part, by=by)) for part in range(1, parts + 1))
    return sum(_write(out, {_numbered(CARDS_FILE, part): sheet}) for part, sheet in sheets)


def print_notices(world: World, name: str, out: Path, *, by: Principal) -> int:
    """The notices of one act, or of all of an act on many, fifty in a file; gives how many files.

    Raises NotFound, Conflict where there is nothing to tell.
    """
    if not is_many(world, name, by):
        return _write(out, {NOTICE_FILE: world.notice_desk.print_one(name, by=by)})
    with world.doors()[BulkLooks]() as opened:
        view = opened.look(name, by=by)
    of = view.wait or view.notice
    parts = range(1, (1 if of is None else of.parts) + 1)
    sheets = ((part, world.notice_desk.print_part(name, part, by=by)) for part in parts)
    return sum(_write(out, {_numbered(NOTICE_FILE, part): sheet}) for part, sheet in sheets)


def is_many(world: World, name: str, by: Principal) -> bool:
    """Whether it names an act on many; else it can be an act's name."""
    with suppress(NotFound), world.doors()[BulkLooks]() as opened:
        opened.look(name, by=by)
        return True
    return False


def _asked(world: World, name: str, by: Principal) -> SlipsRequest:
    if is_many(world, name, by):
        return SlipsRequest(bulk=name)
    return SlipsRequest(batch=name) if _is_batch(world, name, by) else SlipsRequest(credential=name)


def _is_batch(world: World, name: str, by: Principal) -> bool:
    """Whether it names a batch; else it can be a credential's name. Raises NotFound for what is neither's form."""
    with suppress(NotFound), world.doors()[Batches]() as opened:
        opened.look(name, by=by)
        return True
    if len(name) != 22:
        raise NotFound("not_found", detail="no batch or credential of that name")
    return False


def _numbered(file: str, number: int) -> str:
    """claim.pdf, claim-002.pdf, and so on."""
    return file if number == 1 else file.replace(".", f"-{number:03d}.")


def write_slips(out: Path, slips: Sequence[Slip]) -> None:
    """claim.pdf and pin.pdf, readable by their owner alone; nothing where there is nothing to print."""
    _write(out, {CLAIM_FILE: printing.claims(slips), PIN_FILE: printing.pins(slips)})


def _write(out: Path, sheets: dict[str, bytes | None]) -> int:
    """The files of what there is to print; gives how many."""
    whole = {file: sheet for file, sheet in sheets.items() if sheet is not None}
    for file, sheet in whole.items():
        out.mkdir(parents=True, exist_ok=True)
        clear_begun(out / file)
        write_whole(out / file, sheet, mode=0o600)
    return len(whole)
