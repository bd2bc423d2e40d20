"""The demo's way into the console: an invitation each for an officer and an approver of the training service.

Nobody here is real, so both codes stand in console.json too; each works for a week, until its passkeys are made.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.demo.people import TRAINING
from app.provide import World
from schemas.access import Role
from staff.enrolling import OPERATOR
from staff.people import People, Wanted

FILE: Final = "console.json"
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (("olga (demo)", "officer"), ("marta (demo)", "approver"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """Somebody's way in."""

    person: str
    role: Role
    code: str


def invite(world: World, out: Path) -> tuple[Way, ...]:
    """Invite both, and write down how."""
    ways = tuple(_invite(world, person, role) for person, role in _PEOPLE)
    told = [{"person": way.person, "role": way.role, "issuer": TRAINING.id, "code": way.code} for way in ways]
    (out / FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return ways


def _invite(world: World, person: str, role: Role) -> Way:
    wanted = Wanted(person=person, roles=frozenset({role}), issuer=TRAINING.id, centre=None)
    with world.doors()[People]() as people:
        return Way(person=person, role=role, code=people.invite(wanted, actor=OPERATOR).code)
