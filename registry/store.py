"""Reads and writes the registry's rows through the session it was given; never commits, decides nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from kernel.canonical import canonical
from kit.pages import newest_first
from registry.tables import (
    ApprovalRow,
    ChangeRow,
    EventRow,
    IssuerRow,
    KeyRow,
    ListRow,
    PublicationRow,
    RoleKeyRow,
    ScopeRow,
)
from schemas.json import JsonObject


@dataclass(frozen=True, slots=True)
class RegistryStore:
    """The rows behind one session."""

    session: Session

    def issuer(self, id_: str) -> IssuerRow | None:
        return self.session.get(IssuerRow, id_)

    def issuers(self, *, after: str = "", limit: int | None = None) -> Sequence[IssuerRow]:
        """By id, after a cursor."""
        query = select(IssuerRow).where(col(IssuerRow.id) > after).order_by(col(IssuerRow.id))
        return self.session.exec(query if limit is None else query.limit(limit)).all()

    def next_number(self) -> int:
        """The next free block of the CBOR-LD tables."""
        last = self.session.exec(select(func.max(IssuerRow.number))).one()
        return 0 if last is None else last + 1

    def scope(self, issuer: str) -> Sequence[ScopeRow]:
        query = select(ScopeRow).where(ScopeRow.issuer == issuer).order_by(col(ScopeRow.type), col(ScopeRow.scheme))
        return self.session.exec(query).all()

    def set_scope(self, issuer: str, pairs: Sequence[tuple[str, str]]) -> None:
        """Put these pairs in the place of all others."""
        for row in self.scope(issuer):
            self.session.delete(row)
        self.session.flush()
        self.keep(*(ScopeRow(issuer=issuer, type=type_, scheme=scheme) for type_, scheme in sorted(set(pairs))))

    def key(self, id_: str) -> KeyRow | None:
        return self.session.get(KeyRow, id_)

    def keys(self, issuer: str) -> Sequence[KeyRow]:
        return self.session.exec(select(KeyRow).where(KeyRow.issuer == issuer).order_by(col(KeyRow.id))).all()

    def list(self, issuer: str, number: int) -> ListRow | None:
        return self.session.get(ListRow, (issuer, number))

    def lists(self, issuer: str) -> Sequence[ListRow]:
        return self.session.exec(select(ListRow).where(ListRow.issuer == issuer).order_by(col(ListRow.number))).all()

    def word(self, issuer: str, number: int) -> tuple[bytes, datetime] | None:
        """The hash of a list that keepers let through last although it sets many bits, and when."""
        row = self.list(issuer, number)
        said = select(EventRow.at).where(EventRow.kind == "approve_list", EventRow.subject == f"{issuer}/{number}")
        at = self.session.exec(said.order_by(col(EventRow.n).desc()).limit(1)).first()
        return None if row is None or row.approved is None or at is None else (row.approved, at)

    def change(self, id_: str, *, to_write: bool = False) -> ChangeRow | None:
        """A change; `to_write` takes its row lock, so that two keepers at once do it once."""
        return self.session.get(ChangeRow, id_, with_for_update=to_write)

    def waiting(self) -> Sequence[ChangeRow]:
        """Changes that were proposed and not done."""
        return self.session.exec(select(ChangeRow).where(col(ChangeRow.event).is_(None))).all()

    def waiting_page(self, *, after: str, limit: int) -> Sequence[ChangeRow]:
        """The same, newest first."""
        ask = select(ChangeRow).where(col(ChangeRow.event).is_(None))
        ask = newest_first(ask, col(ChangeRow.proposed), col(ChangeRow.id), after=after, limit=limit)
        return self.session.exec(ask).all()

    def approvals(self, change: str) -> Sequence[ApprovalRow]:
        return self.session.exec(select(ApprovalRow).where(ApprovalRow.change == change)).all()

    def last_event(self) -> EventRow | None:
        return self.session.exec(select(EventRow).order_by(col(EventRow.n).desc()).limit(1)).first()

    def events(self, *, after: int, limit: int) -> Sequence[EventRow]:
        return self.session.exec(
            select(EventRow).where(EventRow.n > after).order_by(col(EventRow.n)).limit(limit)
        ).all()

    def record(self, *, at: datetime, person: str, kind: str, subject: str, details: JsonObject) -> EventRow:
        """The next event, chained to the one before; two at once meet at the primary key."""
        last = self.last_event()
        n, before = (1, b"") if last is None else (last.n + 1, last.hash)
        line: JsonObject = {
            "n": n,
            "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "person": person,
            "kind": kind,
            "subject": subject,
            "details": details,
            "previous": before.hex(),
        }
        row = EventRow(
            n=n,
            at=at,
            person=person,
            kind=kind,
            subject=subject,
            raw=canonical(details),
            hash=sha256(canonical(line)).digest(),
        )
        self.keep(row)
        return row

    def last_publication(self) -> PublicationRow | None:
        return self.session.exec(select(PublicationRow).order_by(col(PublicationRow.n).desc()).limit(1)).first()

    def last_version(self) -> int | None:
        """The version of it alone."""
        newest = select(PublicationRow.snapshot).order_by(col(PublicationRow.n).desc()).limit(1)
        return self.session.exec(newest).first()

    def last_published(self) -> datetime | None:
        """When, without the bundle itself."""
        return self.session.exec(select(PublicationRow.at).order_by(col(PublicationRow.n).desc()).limit(1)).first()

    def left_out(self) -> frozenset[str]:
        """Issuers that the last bundle does not name although it holds the last event: they could not be had."""
        newest = select(PublicationRow.event, PublicationRow.status).order_by(col(PublicationRow.n).desc()).limit(1)
        last, event = self.session.exec(newest).first(), self.last_event()
        if last is None or event is None or last[0] != event.n:
            return frozenset()
        named = frozenset(json.loads(last[1]))
        return frozenset(row.id for row in self.issuers() if row.id not in named)

    def role_keys(self) -> Sequence[RoleKeyRow]:
        """The keys of the bundle's roles, in the order they were made."""
        return self.session.exec(select(RoleKeyRow).order_by(col(RoleKeyRow.role), col(RoleKeyRow.n))).all()

    def keep(self, *rows: SQLModel) -> None:
        """Add or change these; what contradicts a unique rule is found out here."""
        self.session.add_all(rows)
        self.session.flush()
