"""Reads and writes of acts on many, a chunk of the ledger at a time, through the door's session; never commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Unpack

from sqlalchemy import Table, and_, case, func, insert, or_, update
from sqlmodel import Session, col, select

from issuer import bulk
from issuer.bulk_acts.tables import BulkListRow, BulkPartRow, BulkRow
from issuer.disputes.tables import DisputeRow
from issuer.owned import Paged, Theirs, find, page
from issuer.status.announcing import OPEN
from issuer.status.releasing import release
from issuer.status.store import untold
from issuer.status.tables import ActRow, FlagRow
from issuer.steps import late
from issuer.tables import ChunkRow, IntentRow, ListRow

_BULK: Final[Table] = BulkRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_PART: Final[Table] = BulkPartRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_ACT: Final[Table] = ActRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_FLAG: Final[Table] = FlagRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A row or a holder's copy of it, and its places."""

    n: int
    of: int
    pair: int
    revocation: int
    suspension: int


@dataclass(frozen=True, kw_only=True)
class BulkStore:
    """The store of acts on many."""

    session: Session

    def bulk(self, id_: str, *, hold: bool = False, **whose: Unpack[Theirs]) -> BulkRow:
        return find(self.session, BulkRow, id_, what="act on many", hold=hold, **whose)

    def bulks(self, **asked: Unpack[Paged]) -> Sequence[BulkRow]:
        return page(self.session, BulkRow, "proposed", **asked)

    def keep(self, row: BulkRow, parts: Iterable[tuple[int, bytes, int]], changes: Iterable[tuple[int, int]]) -> None:
        """The act, its rows by chunk (first, bits, count), and how many places of each list it changes."""
        self.session.add(row)
        self.session.flush()
        columns = ("bulk", "first", "bits", "count", "done")
        bulk.insert(self.session, _PART, columns, [(row.id, *part, False) for part in parts])
        self.session.add_all(BulkListRow(bulk=row.id, list=list_, changes=many) for list_, many in changes)
        self.session.flush()

    def decide(self, row: BulkRow, *, was: str, to: str, **values: Any) -> None:
        """Once; raises Conflict as `late` says."""
        moved = self.session.execute(
            update(_BULK).where(_BULK.c.id == row.id, _BULK.c.state == was).values(state=to, **values)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise late(row.state, was=(was,))
        self.session.refresh(row)

    def unfinished(self, *, before: datetime | None = None) -> Sequence[str]:
        """Acts that were approved and not done to their end; with `before` those that were approved before then."""
        ask = select(BulkRow.id).where(BulkRow.state == "approved")
        return self.session.exec(ask if before is None else ask.where(col(BulkRow.decided) < before)).all()

    def left(self, id_: str) -> Sequence[int]:
        """The chunks in which it is not done yet, in order."""
        ask = select(BulkPartRow.first).where(BulkPartRow.bulk == id_, col(BulkPartRow.done).is_(False))
        return self.session.exec(ask.order_by(col(BulkPartRow.first))).all()

    def places_for(self, id_: str) -> dict[str, int]:
        """Family -> how many places as many new rows take, full credentials beside them included."""
        each = BulkPartRow.count * case((col(ChunkRow.twins) > 0, 2), else_=1)
        ask = select(ChunkRow.family, func.sum(each)).join(BulkPartRow, col(BulkPartRow.first) == col(ChunkRow.first))
        return dict(self.session.exec(ask.where(BulkPartRow.bulk == id_).group_by(col(ChunkRow.family))).all())

    def rows_at(self, id_: str, places: Collection[int]) -> list[int]:
        """The rows that stand at these places of all that it is for, in order; other chunks' bits are not read."""
        found, begin = list[int](), 0
        here = (BulkPartRow.bulk == id_,)
        counts = select(BulkPartRow.first, BulkPartRow.count).where(*here).order_by(col(BulkPartRow.first))
        for first, count in self.session.exec(counts).all():
            inside = sorted(place - begin for place in places if begin <= place < begin + count)
            if inside:
                bits = self.session.exec(select(BulkPartRow.bits).where(*here, BulkPartRow.first == first)).one()
                numbers = numbers_of(first, bits)
                found += [numbers[place] for place in inside]
            begin += count
        return found

    def intents(self, numbers: Collection[int]) -> dict[int, IntentRow]:
        """Rows by their numbers."""
        return {row.n: row for row in self.session.exec(select(IntentRow).where(col(IntentRow.n).in_(numbers)))}

    def applied(self, ids: Collection[str]) -> dict[str, int]:
        """For how many rows each was done, where it was for any."""
        ask = select(BulkPartRow.bulk, func.sum(BulkPartRow.count)).group_by(col(BulkPartRow.bulk))
        return dict(self.session.exec(ask.where(col(BulkPartRow.bulk).in_(ids), col(BulkPartRow.done).is_(True))).all())

    def take_part(self, id_: str, first: int) -> bytes | None:
        """The rows of one chunk, for one taker: None where another did it."""
        here = (_PART.c.bulk == id_, _PART.c.first == first, _PART.c.done.is_(False))
        taken = self.session.execute(update(_PART).where(*here).values(done=True).returning(_PART.c.bits))
        bits = taken.scalar_one_or_none()
        return None if bits is None else bytes(bits)

    def part(self, id_: str, first: int) -> bytes:
        """The rows of one chunk."""
        return self.session.get_one(BulkPartRow, (id_, first)).bits

    def let_go(self, bulk: BulkRow, numbers: Collection[int]) -> Sequence[int]:
        """Those of these rows for which it was withdrawn as a whole and that no act marks now."""
        marked = select(FlagRow.n).where(col(FlagRow.n) == ActRow.n).exists()
        ask = select(ActRow.n).where(
            ActRow.bulk == bulk.id, ActRow.phase == "withdrawn", col(ActRow.ended) >= bulk.ended
        )
        ask = ask.where(~marked)
        return self.session.exec(ask.where(col(ActRow.n).in_(numbers)).order_by(col(ActRow.n))).all()

    def lists(self, *ids: str, hold: bool = False) -> Sequence[tuple[BulkListRow, ListRow]]:
        """What these acts change in each list, by the lists' numbers; with `hold` no other act is approved for these
        lists until this transaction ends."""
        ask = select(BulkListRow, ListRow).join(ListRow, col(ListRow.id) == col(BulkListRow.list))
        ask = ask.where(col(BulkListRow.bulk).in_(ids)).order_by(col(ListRow.number))
        return self.session.exec(ask.with_for_update(key_share=True) if hold else ask).all()

    def recount(self, id_: str, changes: Mapping[int, int], *, is_whole: bool = True) -> None:
        """What an act changes in each list; without `is_whole` no less than was counted before."""
        known = {one.list: one for one, _ in self.lists(id_)}
        for one in known.values():
            now = changes.get(one.list, 0)
            one.changes = now if is_whole else max(one.changes, now)
        fresh = {list_: many for list_, many in changes.items() if list_ not in known}
        self.session.add_all(BulkListRow(bulk=id_, list=list_, changes=many) for list_, many in fresh.items())
        self.session.flush()

    def hold(self, id_: str, lists: Sequence[int], *, waits: bool = True) -> None:
        """These of its lists wait for the registry's word, or do so no more."""
        for list_ in lists:
            self.session.get_one(BulkListRow, (id_, list_)).waits = waits
        self.session.flush()

    def hold_lists(self, issuer: str) -> None:
        """As `lists` holds them, all of an issuer: also those that an act comes to change only now."""
        ask = select(ListRow.id).where(ListRow.issuer == issuer).order_by(col(ListRow.number))
        self.session.exec(ask.with_for_update(key_share=True)).all()

    def list_rows(self, lists: Iterable[int]) -> Sequence[ListRow]:
        """By their numbers."""
        ask = select(ListRow).where(col(ListRow.id).in_(list(lists)))
        return self.session.exec(ask.order_by(col(ListRow.number))).all()

    def chunks(self, issuer: str, centre: str | None, begin: datetime, end: datetime) -> Sequence[ChunkRow]:
        """An issuer's chunks that bear a time between these, in order."""
        ask = select(ChunkRow).where(ChunkRow.issuer == issuer, ChunkRow.at >= begin, ChunkRow.at < end)
        if centre is not None:
            ask = ask.where(ChunkRow.centre == centre)
        return self.session.exec(ask.order_by(col(ChunkRow.first))).all()

    def payloads(self, first: int, size: int) -> Sequence[tuple[int, bytes]]:
        """(number, payload) of the rows of a chunk, without those that stand beside them."""
        ask = select(IntentRow.n, IntentRow.payload).where(IntentRow.n >= first, IntentRow.n < first + size)
        ask = ask.where(col(IntentRow.origin).is_(None))
        return self.session.exec(ask.order_by(col(IntentRow.n))).all()

    def marked_by(self, bulk: str) -> Sequence[int]:
        """The rows that an act on many marked, and that nothing was done to since."""
        marks = (col(FlagRow.n) == col(ActRow.n)) & (col(FlagRow.act) == col(ActRow.id))
        return self.session.exec(select(ActRow.n).join(FlagRow, marks).where(ActRow.bulk == bulk).distinct()).all()

    def copies(self, first: int, size: int, others: Collection[int]) -> list[Copy]:
        """The rows of a chunk and these others, and every copy of them."""
        c = IntentRow
        ask = select(c.n, c.origin, c.pair, c.revocation, c.suspension)  # type: ignore[call-overload]  # five columns
        own = self.session.exec(ask.where(among(c.n, first, size, others), col(c.origin).is_(None))).all()
        theirs = self.session.exec(ask.where(among(c.origin, first, size, others))).all()
        return [
            Copy(n=n, of=n if origin is None else origin, pair=pair, revocation=revocation, suspension=suspension)
            for n, origin, pair, revocation, suspension in (*own, *theirs)
        ]

    def take_up_again(self, id_: str) -> None:
        """All its chunks, from the beginning: what it announced comes to its end."""
        self.session.execute(update(_PART).where(_PART.c.bulk == id_).values(done=False))

    def untold(self, bulks: Collection[BulkRow]) -> dict[str, int]:
        """How many people of each have not been told, where it is any: of what waits, and of what stands."""
        if not bulks:
            return {}
        ask = select(ActRow.bulk, func.count()).where(col(ActRow.issuer).in_({row.issuer for row in bulks}), untold())
        ask = ask.where(col(ActRow.bulk).in_([row.id for row in bulks]))
        found = self.session.exec(ask.group_by(col(ActRow.bulk))).all()
        return {bulk: count for bulk, count in found if bulk is not None}

    def open_acts(self, numbers: Collection[int], *, bulk: str | None = None) -> dict[int, str]:
        """Row -> the act that announced its revocation, of those that wait; of one act on many where it is named."""
        ask = select(ActRow.n, ActRow.id).where(
            col(ActRow.n).in_(numbers), col(ActRow.phase).in_(OPEN), col(ActRow.ended).is_(None)
        )
        return dict(self.session.exec(ask if bulk is None else ask.where(ActRow.bulk == bulk)).all())

    def disputed(self, numbers: Collection[int]) -> frozenset[int]:
        """Those of which a holder waits for an answer."""
        found = self.session.exec(select(DisputeRow.stands).where(col(DisputeRow.stands).in_(numbers)))
        return frozenset(n for n in found if n is not None)

    def end(self, numbers: Collection[int], *, phase: str, by: str | None, at: datetime, bulk: str | None) -> None:
        """What was announced of these rows has come to its end; of one act on many where it is named."""
        c = _ACT.c
        these = (c.n.in_(numbers), c.phase.in_(OPEN), c.ended.is_(None))
        those = these if bulk is None else (*these, c.bulk == bulk)
        self.session.execute(update(_ACT).where(*those).values(phase=phase, ended=at, ended_by=by))

    def act(self, acts: Sequence[dict[str, Any]]) -> None:
        """An act of its own for each row."""
        if acts:
            self.session.execute(insert(_ACT), list(acts))

    def set(self, flags: Sequence[tuple[int, int, int, str]]) -> None:
        """(list, place, row, act) of each bit; those that are set already stay as they are."""
        ask = select(FlagRow.list, FlagRow.place).where(col(FlagRow.n).in_([n for _, _, n, _ in flags]))
        known = set(self.session.exec(ask).all())
        fresh = [flag for flag in flags if flag[:2] not in known]
        bulk.insert(self.session, _FLAG, ("list", "place", "n", "act"), fresh)

    def release(self, copies: Iterable[Copy], acts: Mapping[int, str] | None = None) -> None:
        """The suspension bits of these, lifted but for what another act holds; `acts`: of each row only that act's."""
        families: dict[int, list[int]] = {}
        for copy in copies:
            families.setdefault(copy.of, []).append(copy.n)
        release(self.session, families, acts)

    def take_back_alone(self, numbers: Collection[int], *, by: str | None, at: datetime) -> Sequence[str]:
        """Suspensions of these rows that one person began alone are over, since they are lifted; gives them."""
        c = _ACT.c
        over = {"state": "refused", "decided_by": by, "decided": at, "phase": "withdrawn", "ended": at, "ended_by": by}
        these = (c.n.in_(numbers), c.phase == "unconfirmed", c.ended.is_(None))
        return self.session.execute(update(_ACT).where(*these).values(**over).returning(c.id)).scalars().all()


def among(column: Any, first: int, size: int, others: Collection[int]) -> Any:
    inside = and_(col(column) >= first, col(column) < first + size)
    return or_(inside, col(column).in_(others)) if others else inside


def numbers_of(first: int, bits: bytes) -> list[int]:
    """The rows of a part."""
    return [first + at for at in range(len(bits) * 8) if bits[at >> 3] & (0x80 >> (at & 7))]


def bits_of(first: int, size: int, numbers: Collection[int]) -> bytes:
    """Rows of a chunk as a part."""
    bits = bytearray(-(-size // 8))
    for n in numbers:
        bits[n - first >> 3] |= 0x80 >> (n - first & 7)
    return bytes(bits)
