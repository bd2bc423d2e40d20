"""What changes in revocation lists, asked of the database for all lists of a page at once: what acts on many set there,
what was set in a day, what is to come. Whether it is too much is `counting.py`'s."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from issuer.bulk_acts.recent import Recent
from issuer.bulk_acts.tables import BulkListRow, BulkRow
from issuer.status.tables import ActRow, FlagRow
from issuer.tables import ListRow
from kernel import status
from schemas.terms import REVOCATION


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Changes of lists on one session."""

    session: Session

    def recent(self, lists: Iterable[ListRow], *, since: datetime, but: str | None = None) -> Recent:
        """What was set in these lists since then and what approved acts will set; `but`: beside an act that sets some
        already, so without that one, and without what waits itself and did not go out before it came to wait."""
        of = {row.id: row for row in lists if row.purpose == REVOCATION}
        if not of:
            return Recent(done={}, coming={})
        ids = set(of)
        done = self._revoked_since(ids, since, but)
        if but is not None:
            done.update(self._out_of_waiting(of.values(), since, but))
        return Recent(done=done, coming=self._on_the_way(ids, but))

    def set_by(self, id_: str, lists: Collection[int]) -> dict[int, int]:
        """List -> bits that an act set there."""
        return {list_: many for (list_, _), many in self._set_by({id_}, lists).items()}

    def _on_the_way(self, lists: Collection[int], but: str | None) -> dict[tuple[int, str], int]:
        """(list, act) -> bits that it will still set: it is approved, and not done to its end."""
        ask = select(BulkListRow.list, BulkListRow.bulk, BulkListRow.changes)
        ask = ask.join(BulkRow, col(BulkRow.id) == col(BulkListRow.bulk))
        ask = ask.where(col(BulkListRow.list).in_(lists), BulkRow.state == "approved", BulkRow.act == "revoke")
        ask = ask.where(col(BulkRow.phase).is_(None) | (BulkRow.phase == "effective"))  # one that announces sets none
        if but is not None:
            ask = ask.where(col(BulkListRow.waits).is_(False))
        coming = {(list_, bulk): changes for list_, bulk, changes in self.session.exec(ask)}
        done = self._set_by({bulk for _, bulk in coming}, lists)
        return {each: max(0, changes - done.get(each, 0)) for each, changes in coming.items()}

    def _set_by(self, bulks: Collection[str], lists: Collection[int]) -> dict[tuple[int, str], int]:
        ask = select(FlagRow.list, ActRow.bulk, func.count()).join(ActRow, col(ActRow.id) == col(FlagRow.act))
        ask = ask.where(col(ActRow.bulk).in_(bulks), col(FlagRow.list).in_(lists))
        found = self.session.exec(ask.group_by(col(FlagRow.list), col(ActRow.bulk)))
        return {(list_, bulk): many for list_, bulk, many in found if bulk is not None}

    def _revoked_since(self, lists: Collection[int], moment: datetime, but: str | None) -> Counter[int]:
        """List -> bits that were set since then; with `but` those alone of acts that do not wait there."""
        ask = select(FlagRow.list, func.count()).join(ActRow, col(ActRow.id) == col(FlagRow.act))
        if but is not None:
            here = select(BulkListRow.bulk).where(BulkListRow.list == FlagRow.list, BulkListRow.bulk == ActRow.bulk)
            ask = ask.where(~here.where((col(BulkListRow.bulk) == but) | col(BulkListRow.waits)).exists())
        ask = ask.where(col(FlagRow.list).in_(lists), _since(moment)).group_by(col(FlagRow.list))
        return Counter(dict(self.session.exec(ask).all()))

    def _out_of_waiting(self, lists: Collection[ListRow], moment: datetime, but: str) -> Counter[int]:
        """List -> bits of other acts that wait there, set since then, which went out before those came to wait."""
        ask = select(FlagRow.list, FlagRow.place).join(ActRow, col(ActRow.id) == col(FlagRow.act))
        here = and_(col(BulkListRow.list) == FlagRow.list, col(BulkListRow.bulk) == ActRow.bulk)
        ask = ask.join(BulkListRow, here).where(col(BulkListRow.waits), BulkListRow.bulk != but)
        bits = {row.id: row.bits for row in lists if row.bits is not None}
        places = self.session.exec(ask.where(col(FlagRow.list).in_(bits), _since(moment)))
        return Counter(list_ for list_, place in places if status.bit(bits[list_], place))


def _since(moment: datetime) -> ColumnElement[bool]:
    return func.coalesce(ActRow.ended, ActRow.decided) > moment  # an announced one set its bit at its end
