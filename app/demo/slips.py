"""The demo's claim slips: open offers for three fake people, so that a wallet can be tried as soon as it is served.

Printed as an issuer prints them (claim.pdf, pin.pdf); beside them, since nobody here is real, each code as a picture
and all of them with their PINs in slips.json.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from app.demo import readback
from app.demo.cohorts import Imported
from app.demo.people import PERMITS, PLANTED_ROWS, TRAINING, DemoIssuer
from app.provide import World
from app.slips import write_slips
from issuer.papers.printing import slip_of
from issuer.pickups.service import Offered, Pickups
from issuer.service import Issuer
from kernel import qr
from kit.cards import Slip
from schemas.question import CLAIM

FOLDER: Final = "slips"
PEOPLE: Final = 3
_SCALE: Final = 12
_DOCUMENT: Final = {"C06": 3, "C01": 1}
"""Where the document's number stands in a payload: the same person in a cohort and among the permits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One slip of the demo: whose, of which issuer, and what it says."""

    picture: str
    issuer: str
    slip: Slip

    def to_json(self) -> dict[str, Any]:
        """Its row of slips.json."""
        return {
            "picture": f"{FOLDER}/{self.picture}.png",
            "issuer": self.issuer,
            "name": self.slip.name,
            "what": self.slip.what,
            "code": self.slip.code,
            "pin": self.slip.pin,
            "until": self.slip.until,
        }


def lay(world: World, out: Path, cohort: Imported, permits: Imported) -> tuple[list[Waiting], list[str]]:
    """Make the offers and their files; what waits, and where a picture does not read back as its code."""
    waiting = [
        Waiting(
            picture=f"hoja-{number}-{kind}",
            issuer=issuer.id,
            slip=slip_of(_offer(world, n, issuer), world.bundle(), reached=world.settings.reached),
        )
        for number, rows in enumerate(_people(world, cohort, permits), 1)
        for kind, issuer, n in rows
    ]
    folder = out / FOLDER
    write_slips(folder, [one.slip for one in waiting])
    for one in waiting:
        symbol = qr.symbol_fast(_text(one), level="Q")
        (folder / f"{one.picture}.png").write_bytes(qr.png(symbol, _SCALE))
    rows = json.dumps([one.to_json() for one in waiting], ensure_ascii=False, indent=1)
    (folder / "slips.json").write_text(rows + "\n", encoding="utf-8")
    return waiting, [fault for one in waiting for fault in readback.look(folder, one.picture, _text(one))[1]]


def _text(one: Waiting) -> str:
    return CLAIM + one.slip.code.replace("-", "")


def _people(world: World, cohort: Imported, permits: Imported) -> Iterator[list[tuple[str, DemoIssuer, int]]]:
    """For each person what she can pick up: with a permit first, then others of the cohort."""
    free = {line: n for line, n in sorted(cohort.rows.items()) if line not in PLANTED_ROWS}
    by_document = {_document(world, n, "C06"): n for n in free.values()}
    taken: set[int] = set()
    for _, permit in sorted(permits.rows.items())[1:PEOPLE]:  # the first one's person has a wallet already
        rows = [("permiso", PERMITS, permit)]
        if (competence := by_document.get(_document(world, permit, "C01"))) is not None:
            taken.add(competence)
            rows.insert(0, ("competencia", TRAINING, competence))
        yield rows
    for n in [n for n in free.values() if n not in taken][: PEOPLE + 1 - len(permits.rows)]:
        yield [("competencia", TRAINING, n)]


def _document(world: World, n: int, family: str) -> str:
    with world.doors()[Issuer]() as opened:
        payload = orjson.loads(opened.ledger.intent(n).payload)
    return str(payload[_DOCUMENT[family]])


def _offer(world: World, n: int, issuer: DemoIssuer) -> Offered:
    with world.doors()[Pickups]() as opened:
        offered: Offered = opened.offered(n, opened.offer(n, by=issuer.person("oscar", "officer")))
    return offered
