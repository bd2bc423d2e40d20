"""Claim slips: an offer for each credential, printed in two files that must not travel together (DOMAIN P1, P2).

What a slip looks like is `kit/cards.py`'s, the offers are the issuer's; here the bundle's words are put beside them.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.keystore import write_whole
from app.provide import World
from app.words import BOGOTA
from issuer.batches.service import Batches
from issuer.pickups.service import Offered, Pickups
from kernel.access import Principal
from kernel.errors import NotFound
from kit.cards import Slip, slip_sheets
from kit.words import day, pass_words
from schemas.identifiers import Did

CLAIM_FILE: Final = "claim.pdf"
PIN_FILE: Final = "pin.pdf"
_PAGE: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """How many slips were printed, and how many credentials got none: picked up already, or not good now."""

    made: int
    left: int


def print_slips(world: World, name: str, out: Path, *, by: Principal) -> Printed:
    """The slips of a batch or of one credential, as two files in a folder. Raises NotFound, WrongShape."""
    names = list(_credentials(world, name, by)) or [name]
    with world.doors()[Pickups]() as opened:
        offered: list[Offered] = opened.offer_slips(names, by=by)
    write_slips(out, [slip_of(world, one) for one in offered])
    return Printed(made=len(offered), left=len(names) - len(offered))


def slip_of(world: World, offered: Offered) -> Slip:
    """The words of one slip, from the installed bundle's labels."""
    bundle = world.bundle()
    issuer = None if bundle is None else bundle.issuers.get(Did(str(offered.document["issuer"])))
    words = pass_words(
        offered.document,
        labels={} if bundle is None else bundle.labels.get("es", {}),
        issuer="" if issuer is None else issuer.name.get("es", ""),
        zone=BOGOTA,
    )
    code, pin = offered.offer.code, offered.offer.pin
    return Slip(
        name=words.name,
        what=f"{words.what}. Nivel {words.level.lower()}." if words.level else words.kind,
        centre=" · ".join(part for part in (words.issuer, offered.centre) if part),
        code=f"{code[:5]}-{code[5:]}",
        pin=f"{pin[:3]} {pin[3:]}",
        until=day(offered.offer.expires_at, BOGOTA),
        row=str(offered.line),
    )


def write_slips(out: Path, slips: Sequence[Slip]) -> None:
    """claim.pdf and pin.pdf, readable by their owner alone; nothing where there is nothing to print."""
    if not slips:
        return
    sheets = {CLAIM_FILE: slip_sheets(slips, part="claim"), PIN_FILE: slip_sheets(slips, part="pin")}
    out.mkdir(parents=True, exist_ok=True)
    for file, sheet in sheets.items():
        write_whole(out / file, sheet, mode=0o600)


def _credentials(world: World, batch: str, by: Principal) -> Iterator[str]:
    """The credentials of a batch; none where it is no batch's name."""
    after: int | None = 0
    while after is not None:
        page = None
        with suppress(NotFound), world.doors()[Batches]() as opened:
            page = opened.credentials(batch, by=by, after=after, limit=_PAGE)
        if page is None:
            return
        yield from (each.id for each in page.items)
        after = None if page.next is None else int(page.next)
