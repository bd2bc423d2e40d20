"""Who shows what in the demo: the paper of every row, the holder's codes, and everything planted beside them.

What each planted thing is stands in `plant.py`, how the holder gets her copies in `holder.py`.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from app.demo import holder, plant
from app.demo.cohorts import Imported
from app.demo.people import PERMITS, PERMITS_NAME, PLANTED_ROWS, TRAINING
from app.demo.specimen import Specimen
from app.provide import World

_LONGEST: Final = 40


def _plant(what: str, verdict: str, *reasons: str) -> dict[str, Any]:
    return {"planted": what, "expected": verdict, "expected_reasons": reasons}


PLANTS: Final = {
    "anulado": _plant("revoked", "revoked", "revoked"),
    "en-revision": _plant("suspended", "under_review", "suspended"),
    "vencido": _plant("expired", "expired", "expired"),
    "futuro": _plant("not_yet_valid", "cannot_verify", "not_yet_valid"),
    "estado-viejo": _plant("stale_status", "valid_as_of", "bundle_expired", "stale"),
    "estado-muy-viejo": _plant("old_status", "cannot_verify", "bundle_expired", "status_too_old"),
    "presentacion-pasada": _plant("stale_presentation", "cannot_verify", "stale_presentation"),
}
"""What is wrong with it, the verdict that must come out, and the codes in step order."""


def papers(world: World, one: Imported, at: datetime) -> list[Specimen]:
    """The paper copies of an import, named by their row."""
    return [plant.paper(world, n, name=f"{slug(one.name)}-{line:03}", at=at) for line, n in sorted(one.rows.items())]


def slug(name: str) -> str:
    """cohort-demo.csv -> fila, cohort-demo-excel.csv -> excel, the permits -> permiso; others by their own name."""
    known = {"cohort-demo.csv": "fila", "cohort-demo-excel.csv": "excel", PERMITS_NAME: "permiso"}
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in Path(name).stem.lower())
    own = plain.strip("-")[:_LONGEST]
    # A cohort's rows never take the names of the permits, the holder's or the planted.
    return known.get(name) or ("cohorte" if own.split("-")[0] in {"", "permiso", "titular", "plantado"} else own)


def shown_and_planted(world: World, cohort: Imported, permits: Imported, base: str, at: datetime) -> list[Specimen]:
    """The holder's part and everything planted; the flips of status are published by the caller."""
    first, second, third = (
        cohort.rows[row] if row in cohort.rows else plant.spare_row(world, row, at) for row in PLANTED_ROWS
    )
    permit = permits.rows[min(permits.rows)]
    hers = holder.receive(world, base, [(TRAINING.id, first), (PERMITS.id, permit)])
    other = holder.receive(world, base, [(TRAINING.id, second)])
    specimens = holder.show(world, hers, world.clock.now())
    live = next(one for one in specimens if one.name == "titular-en-vivo")
    specimens.append(_later(live, "plantado-presentacion-pasada", plant.AFTER))
    specimens.append(plant.borrowed(world, hers.bound("CompetencePass"), world.clock.now()))
    specimens += _planted_status(world, first, second, third, other, at)
    specimens += plant.made_by_hand(world, hers.still("CompetencePass"), at)
    specimens += plant.foreign(at)
    return specimens


def _planted_status(
    world: World, first: int, second: int, third: int, other: holder.Holder, at: datetime
) -> list[Specimen]:
    """Revoked on paper and with the holder by one act; suspended; expired; future; stale; too old."""
    plant.flip(world, second, "revoke", "holder_request")
    plant.flip(world, third, "suspend", "authority_decision")
    expired, future = plant.expired_permit(world, at), plant.future_row(world, at)
    fresh = plant.paper(world, first, name="base", at=at)
    rows = {"anulado": second, "en-revision": third, "vencido": expired, "futuro": future}
    return [
        *(plant.paper(world, n, name=f"plantado-{name}", at=at, **PLANTS[name]) for name, n in rows.items()),
        plant.from_document(
            world, other.bound("CompetencePass"), name="plantado-anulado-titular", at=at, **PLANTS["anulado"]
        ),
        _later(fresh, "plantado-estado-viejo", plant.LATER_STALE),
        _later(fresh, "plantado-estado-muy-viejo", plant.LATER_OLD),
    ]


def _later(one: Specimen, name: str, wait: timedelta) -> Specimen:
    """The same code, judged later by the same bundle."""
    return replace(one, name=name, at=one.at + wait, **PLANTS[name.removeprefix("plantado-")])
