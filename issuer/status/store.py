"""Reads and writes of acts, bits and published lists, through the door's session; never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Unpack

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, true, update
from sqlmodel import Session, col, select

from issuer.bulk_acts.tables import BulkListRow, BulkRow
from issuer.disputes.tables import DisputeRow
from issuer.owned import Paged, Theirs, find, page
from issuer.status.announcing import OPEN
from issuer.status.tables import BEGUN, HURRY, UNTOLD, URGENT, WAITS, ActRow, FlagRow
from issuer.steps import late
from issuer.tables import CheckpointRow, IntentRow, IssuerRow, ListRow
from kernel.errors import NotFound
from schemas.terms import REVOCATION

_BULK_LIST: Final[Table] = BulkListRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_ACT: Final[Table] = ActRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_ISSUER: Final[Table] = IssuerRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_LOG: Final = 0x6C6F67
"""The class of advisory locks on logs."""
_MANY: Final = 500
"""Names in one statement."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Places of a list that acts on many have set and that wait: of those that are `done`, and of those half way."""

    done: set[str] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class StatusStore:
    """The store of status."""

    session: Session

    def act(self, id_: str, **whose: Unpack[Theirs]) -> ActRow:
        return find(self.session, ActRow, id_, what="act", **whose)

    def acts(self, *, phase: str | None, **asked: Unpack[Paged]) -> Sequence[ActRow]:
        """A page; with a phase that is open those alone that wait in it, and what stands that nobody was told of: not
        what is told with an act on many that goes on."""
        if phase is None:
            return page(self.session, ActRow, "proposed", **asked)
        waits = WAITS if phase in (*OPEN, "unconfirmed") else true()
        these = untold() if phase == "untold" else and_(col(ActRow.phase) == phase, waits)
        if phase in OPEN:
            these = and_(these, or_(*told_alone()))
        return page(self.session, ActRow, "proposed", these, **asked)

    def keep(self, act: ActRow) -> None:
        self.session.add(act)
        self.session.flush()

    def require_open(self, act: ActRow) -> None:
        """Of an act whose rows are held. Raises Conflict as `late` says: who comes second hears just that, and not what
        the first one's yes left of the credential."""
        was = act.state
        self.session.refresh(act)
        if act.state != "proposed":
            raise late(was, was=("proposed",))

    def decide(self, act: ActRow, *, to: str, by: str, at: datetime, phase: str | None = None) -> None:
        """Once; raises Conflict as `late` says. `phase`: what it waits for from here on."""
        c, begun = _ACT.c, {} if phase is None else {"phase": phase}
        moved = self.session.execute(
            update(_ACT)
            .where(c.id == act.id, c.state == "proposed")
            .values(state=to, decided_by=by, decided=at, **begun)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise late(act.state, was=("proposed",))
        self.session.refresh(act)

    def end(self, act: ActRow, *, phase: str, by: str, at: datetime) -> bool:
        """Once: gives whether it was this call that ended what an act waits for."""
        c = _ACT.c
        moved = self.session.execute(
            update(_ACT).where(c.id == act.id, WAITS).values(phase=phase, ended=at, ended_by=by)
        )
        self.session.refresh(act)
        return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # an update's result has it

    def announced(self, *numbers: int) -> Sequence[ActRow]:
        """The revocations of rows that wait until their people have had their days."""
        return [act for act in self.acts_on(*numbers) if act.phase in OPEN]

    def acts_on(self, *numbers: int) -> Sequence[ActRow]:
        """All acts on rows and their copies, newest first."""
        ask = select(ActRow).where(col(ActRow.n).in_(numbers))
        return self.session.exec(ask.order_by(col(ActRow.proposed).desc())).all()

    def alone(self, n: int) -> Sequence[ActRow]:
        """Suspensions of a row that one person began and that wait for another."""
        return [act for act in self.acts_on(n) if act.phase == "unconfirmed" and act.ended is None]

    def proposed(self, n: int) -> Sequence[ActRow]:
        """Those that wait for a second person."""
        return [act for act in self.acts_on(n) if act.state == "proposed"]

    def is_disputed(self, n: int) -> bool:
        """Whether the holder of a row waits for an answer."""
        return self.session.exec(select(DisputeRow.id).where(DisputeRow.stands == n)).first() is not None

    def lists_of(self, pair: int) -> dict[str, int]:
        """Purpose -> list of a pair."""
        return dict(self.session.exec(select(ListRow.purpose, ListRow.id).where(ListRow.pair == pair)).all())

    def marked(self, numbers: Collection[int]) -> set[tuple[int, str]]:
        """(row, purpose) of the bits that are set for these rows."""
        return marks(self.session, col(FlagRow.n).in_(numbers))

    def is_set(self, list_: int, place: int) -> bool:
        return self.session.get(FlagRow, (list_, place)) is not None

    def set(self, flags: Sequence[FlagRow]) -> None:
        """Bits of one act."""
        self.session.add_all(flags)
        self.session.flush()

    def places(self, list_: int) -> Sequence[int]:
        """The issued places of a list that are set."""
        return self.session.exec(select(FlagRow.place).where(FlagRow.list == list_)).all()

    def waiting(self, issuer: str) -> dict[int, Waiting]:
        """What is set in each list by acts on many and waits for the registry's word.

        Joined here: a database that has not counted the new rows yet goes through all bits for each act.
        """
        found: dict[int, Waiting] = {}
        for list_, bulk, state in self._holding(issuer):
            acts = frozenset(self.session.exec(select(ActRow.id).where(ActRow.bulk == bulk)))
            flags = self.session.exec(select(FlagRow.place, FlagRow.act).where(FlagRow.list == list_))
            places = [place for place, act in flags if act in acts]
            if places:
                waiting = found.setdefault(list_, Waiting())
                if state == "done":
                    waiting.done.add(bulk)
                (waiting.whole if state == "done" else waiting.begun).update(places)
        return found

    def _holding(self, issuer: str) -> Sequence[tuple[int, str, str]]:
        """(list, act on many, its state) where one waits for the registry's word."""
        ask = select(BulkListRow.list, BulkRow.id, BulkRow.state).join(BulkRow, col(BulkRow.id) == BulkListRow.bulk)
        return self.session.exec(ask.where(BulkRow.issuer == issuer, col(BulkListRow.waits).is_(True))).all()

    def let_go(self, list_: int, bulks: Collection[str]) -> None:
        """The registry gave its word for a list with what these did: that waits no more."""
        c = _BULK_LIST.c
        self.session.execute(update(_BULK_LIST).where(c.list == list_, c.bulk.in_(bulks)).values(waits=False))

    def urgent_since(self) -> datetime | None:
        """When the oldest urgent act was approved that may go out and is in no published bundle yet."""
        decided = self.session.exec(select(func.min(ActRow.decided)).where(URGENT, ~_waits())).one()
        begun = self.session.exec(select(func.min(ActRow.proposed)).where(BEGUN)).one()
        return min((at for at in (decided, begun) if at is not None), default=None)

    def urgent_held(self) -> Sequence[tuple[str, int, bytes]]:
        """(issuer, number, the list whole) of lists that hold urgent acts on many back until the registry's word."""
        holding = select(BulkListRow.list).join(BulkRow, col(BulkRow.id) == col(BulkListRow.bulk))
        holding = holding.where(
            col(BulkListRow.waits).is_(True), BulkRow.state == "done", col(BulkRow.reason).in_(HURRY)
        )
        ask = select(ListRow.issuer, ListRow.number, ListRow.held).where(col(ListRow.id).in_(holding))
        return [(issuer, number, held) for issuer, number, held in self.session.exec(ask) if held is not None]

    def urgent(self, issuer: str) -> frozenset[str]:
        """The urgent acts that are in no published bundle yet."""
        return frozenset(
            each
            for urgent in (URGENT, BEGUN)
            for each in self.session.exec(select(ActRow.id).where(urgent, ActRow.issuer == issuer))
        )

    def urgent_waiting(self, issuer: str) -> frozenset[str]:
        """Those of them that the registry has not let through yet."""
        return frozenset(self.session.exec(select(ActRow.id).where(URGENT, ActRow.issuer == issuer, _waits())))

    def went_out(self, issuer: str, acts: Sequence[str], *, at: datetime) -> None:
        """The lists of an issuer are in a bundle that is kept, and with them the bits of these urgent acts."""
        for first in range(0, len(acts), _MANY):
            some = _ACT.c.id.in_(acts[first : first + _MANY])
            self.session.execute(update(_ACT).where(some).values(published=at))
        self.session.execute(update(_ISSUER).where(_ISSUER.c.id == issuer).values(published=at))

    def published_since(self) -> datetime | None:
        """When the lists went out of the issuer whose lists did so longest ago; None where none ever did."""
        return self.session.exec(select(func.min(IssuerRow.published))).one()

    def lists(self, issuer: str) -> Sequence[ListRow]:
        """In the order of their numbers."""
        return self.session.exec(select(ListRow).where(ListRow.issuer == issuer).order_by(ListRow.number)).all()  # type: ignore[arg-type]  # a column

    def list_credential(self, issuer: str, number: int) -> bytes:
        """The published list credential; raises NotFound."""
        row = self.session.exec(select(ListRow).where(ListRow.issuer == issuer, ListRow.number == number)).first()
        if row is None or row.raw is None:
            raise NotFound("not_found", detail="no published list of that number")
        return row.raw

    def keep_list(self, row: ListRow, **values: Any) -> None:
        """A list as it was published."""
        for name, value in values.items():
            setattr(row, name, value)
        self.session.add(row)

    def lock_log(self, issuer: int) -> None:
        """One checkpoint of a log at a time; SQLite has one writer anyway."""
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(select(func.pg_advisory_xact_lock(_LOG, issuer)))

    def keep_checkpoint(self, checkpoint: CheckpointRow) -> None:
        self.session.add(checkpoint)
        self.session.flush()


def marks(session: Session, which: ColumnElement[bool]) -> set[tuple[int, str]]:
    """(row, purpose) of the bits that are set for the rows that a condition on `FlagRow.n` names."""
    ask = select(FlagRow.n, ListRow.purpose).join(ListRow, col(ListRow.id) == col(FlagRow.list)).where(which)
    return {(n, purpose) for n, purpose in session.exec(ask)}


def stands() -> ColumnElement[bool]:
    """Whether an act's bits are set and its person is told of just that: a suspension of what is not revoked, or a
    revocation that waited for nobody and that she did not ask for, or of what was replaced with many. A place whose
    credential is lost has no person."""
    own = (
        select(FlagRow.n)
        .join(IntentRow, col(IntentRow.n) == FlagRow.n)
        .where(col(FlagRow.n) == ActRow.n, col(FlagRow.act) == ActRow.id)
    )
    revoked = (
        select(FlagRow.n)
        .join(ListRow, col(ListRow.id) == col(FlagRow.list))
        .where(col(FlagRow.n) == ActRow.n, ListRow.purpose == REVOCATION)
    )
    # With an offset PostgreSQL asks for each act by the indexes, and never goes through all rows of the ledger once.
    suspends = and_(col(ActRow.act) == "suspend", ~exists(revoked.correlate(ActRow).offset(0)))
    replaced = and_(col(ActRow.reason) == "superseded", col(ActRow.bulk).is_not(None))
    at_once = or_(col(ActRow.reason).in_(HURRY), replaced)
    revokes = and_(col(ActRow.act) == "revoke", col(ActRow.phase).is_(None), at_once)
    return and_(exists(own.correlate(ActRow).offset(0)), or_(suspends, revokes))


def untold() -> ColumnElement[bool]:
    """Whether an act's person must still be told: of what was announced and is open, or of what stands."""
    announced = and_(col(ActRow.phase) == "untold", col(ActRow.ended).is_(None))
    return and_(UNTOLD, or_(announced, stands()))


def told_alone() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Either: an act's person is told by herself, and not with an act on many that goes on. Two, so that who counts
    can ask for each by the index of the untold."""
    ended = select(BulkRow.id).where(col(BulkRow.ended).is_not(None))
    return col(ActRow.bulk).is_(None), col(ActRow.bulk).in_(ended)


def _waits() -> ColumnElement[bool]:
    """Whether the bit of an act waits for the registry's word."""
    ask = select(FlagRow.list).join(
        BulkListRow, (col(BulkListRow.list) == col(FlagRow.list)) & col(BulkListRow.waits).is_(True)
    )
    own = (col(FlagRow.n) == ActRow.n, col(FlagRow.act) == ActRow.id, col(BulkListRow.bulk) == ActRow.bulk)
    return exists(ask.where(*own).correlate(ActRow))
