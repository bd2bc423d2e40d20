"""How much room an issuer's status lists have, and one more pair of them where a type's are full.

Places are given and burnt by counters (`issuer/places.py`, `issuer/restoring.py`); a pair that is opened goes out once
the registry's keepers let both of its lists be published.
"""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, func, select

from issuer import kinds
from issuer.places import list_pair
from issuer.service import HOUSE, Issuer
from issuer.tables import CounterRow, ListRow
from kernel import status
from kernel.errors import Conflict
from schemas.bounds import STATUS_LISTS

FEW: Final = status.USED // 10
"""Places left of which people are told, while there is time to open the next lists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """How many places the lists of an issuer's type have left; none where more were burnt than there are."""

    issuer: str
    family: str
    left: int


def rooms(session: Session) -> list[Room]:
    """Of each type of each issuer."""
    pairs = func.count(func.distinct(col(ListRow.pair)))
    same = (col(ListRow.issuer) == col(CounterRow.issuer)) & (col(ListRow.family) == col(CounterRow.family))
    ask = select(CounterRow.issuer, CounterRow.family, CounterRow.next_place, pairs).join(ListRow, same)
    rows = session.exec(ask.group_by(CounterRow.issuer, CounterRow.family, col(CounterRow.next_place)))
    found = [
        Room(issuer=issuer, family=family, left=max(0, many * status.USED - taken))
        for issuer, family, taken, many in rows
    ]
    return sorted(found, key=lambda room: (room.issuer, room.family))


def open_pair(issuer: Issuer, id_: str, family: str) -> tuple[int, int]:
    """Two lists more of a type, which fill after those it has; gives their numbers.

    Raises NotFound for an issuer or type that is not here, Conflict where an issuer has as many as it can.
    """
    kinds.find(family)
    session, by = issuer.ledger.session, issuer.ledger.issuer(id_)
    last = session.exec(select(ListRow).where(ListRow.issuer == id_).order_by(col(ListRow.number).desc())).first()
    if last is None or last.number + 2 > STATUS_LISTS:
        raise Conflict("not_possible_now", detail="the issuer has no list to go on from, or as many as it can have")
    pair = list_pair(id_, by.number, last.number // 2, family, last.url.rpartition("/")[0])
    session.add_all(pair)
    if session.get(CounterRow, (id_, family)) is None:
        session.add(CounterRow(issuer=id_, family=family, next_place=0))
    one, two = (row.number for row in pair)
    issuer.ledger.tell(issuer.clock.now(), HOUSE, "lists_opened", id_, {"family": family, "lists": [one, two]})
    return one, two
