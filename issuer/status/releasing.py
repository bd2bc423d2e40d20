"""Suspension bits that an act lets go of: which are lifted, and which another act goes on holding (decision 0048).

A bit names one act. A suspension is laid only where no bit is set, so its bits are its own; a revocation that is
announced later relies on them, and takes them over when the suspension ends. Who may end it is the callers'.
"""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Table, delete, update
from sqlmodel import Session, col, select

from issuer.status.announcing import HOLDING
from issuer.status.tables import ActRow, FlagRow
from issuer.tables import ListRow
from schemas.terms import SUSPENSION

_FLAG: Final[Table] = FlagRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_MANY: Final = 500
"""Rows in one statement."""


def release(session: Session, families: Mapping[int, Collection[int]], acts: Mapping[int, str] | None = None) -> None:
    """Lift bits of rows and of their copies: row -> it and its copies. `acts`: row -> the act whose bits these are;
    without it, whoever's.

    Where an announced revocation of the row stands, they stay set and are that act's from here on.
    """
    rows = list(families)
    for first in range(0, len(rows), _MANY):
        some = rows[first : first + _MANY]
        over = [] if acts is None else [acts[row] for row in some]
        heirs = _heirs(session, some, but=over)
        whose = () if acts is None else (_FLAG.c.act.in_(over),)
        these = (_FLAG.c.list.in_(select(col(ListRow.id)).where(ListRow.purpose == SUSPENSION)), *whose)
        for row, heir in heirs.items():
            session.execute(update(_FLAG).where(_FLAG.c.n.in_(families[row]), *these).values(act=heir))
        free = [n for row in some if row not in heirs for n in families[row]]
        session.execute(delete(_FLAG).where(_FLAG.c.n.in_(free), *these))
    session.expire_all()


def _heirs(session: Session, rows: Collection[int], *, but: Collection[str]) -> dict[int, str]:
    """Row -> the revocation that holds its suspension bits too, beside those acts that let them go."""
    ask = select(ActRow.n, ActRow.id).where(col(ActRow.n).in_(rows), ActRow.act == "revoke", col(ActRow.id).not_in(but))
    return dict(session.exec(ask.where(col(ActRow.phase).in_(HOLDING))).all())
