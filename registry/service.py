"""The registry's promises: a change is proposed by one, approved by others, done once, and numbered for ever.

Publishing what stands is `publishing.py`'s; private keys are nowhere here.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from pydantic import BaseModel, TypeAdapter

from kernel.access import Principal
from kernel.canonical import canonical
from kernel.errors import Conflict, Forbidden, NotFound
from kernel.ports import Clock, Random
from kit.once import Once
from registry import acts, rules
from registry.contents import list_url
from registry.rules import Rules, found
from registry.store import RegistryStore
from registry.tables import ApprovalRow, ChangeRow, EventRow, IssuerRow, KeyRow
from schemas.bulk_acts import ListWord
from schemas.identifiers import DidUrl
from schemas.registration import (
    AddKey,
    ApproveList,
    Change,
    ChangeLine,
    ChangePage,
    Event,
    EventPage,
    IssuerPage,
    IssuerShown,
    KeyShown,
    Proposed,
    RegisterIssuer,
    ResetList,
    ScopePair,
    SetKeyState,
    SigningKey,
    SigningKeyPage,
)

Answer = TypeVar("Answer", bound=BaseModel)
_CHANGE: Final[TypeAdapter[Change]] = TypeAdapter(Change)


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """One registry."""

    store: RegistryStore
    clock: Clock
    random: Random
    rules: Rules

    def propose(self, change: Change, *, by: Principal, once: Once | None = None) -> Proposed:
        """Keep a change for others to approve; a keeper who proposes has said yes.

        `once`, here and below: the caller's idempotency key. Raises Forbidden (an issuer's admin speaks of that issuer
        only), and what `acts.require_possible` raises.
        """
        return self._repeatable(once, by, Proposed, lambda: self._propose(change, by))

    def _propose(self, change: Change, by: Principal) -> Proposed:
        now = self.clock.now()
        self._require_may_speak(change, by)
        acts.require_possible(change, self.store, now=now)
        key = self.store.key(change.id) if isinstance(change, SetKeyState) else None
        row = ChangeRow(
            id=urlsafe_b64encode(self.random(16)).rstrip(b"=").decode(),
            raw=canonical(change.model_dump(mode="json", by_alias=True)),
            needed=rules.needed(change, key=key, now=now, rules=self.rules),
            proposed_by=by.person,
            proposed=now,
        )
        self.store.keep(row)
        if "keeper" in by.roles:
            self._agree(row, by=by, now=now)
        return self._shown(row)

    def change(self, id_: str, *, by: Principal) -> Proposed:
        """How far a change is; NotFound also for an issuer's admin who asks about another issuer."""
        row = found(self.store.change(id_))
        if not by.roles & {"keeper", "auditor"} and acts.issuer_of(_read(row), self.store) != by.issuer:
            raise NotFound("not_found", detail="the registry has nothing under that name")
        return self._shown(row)

    def approve(self, id_: str, *, by: Principal, once: Once | None = None) -> Proposed:
        """One more keeper's yes; the last one that is needed does it.

        Raises NotFound, Forbidden `same_hand`, Conflict when it was done, when the keeper said yes before, or when
        what stands has changed since.
        """
        return self._repeatable(once, by, Proposed, lambda: self._approve(id_, by))

    def _approve(self, id_: str, by: Principal) -> Proposed:
        row = found(self.store.change(id_, to_write=True))
        by.require_other_hand(row.proposed_by)
        if row.event is not None or by.person in {one.person for one in self.store.approvals(id_)}:
            raise Conflict("already_released", detail="this keeper has approved, or it is done")
        self._agree(row, by=by, now=self.clock.now())
        return self._shown(row)

    def suspend(self, key: str, *, by: Principal, once: Once | None = None) -> KeyShown:
        """The button of TRUST section 7: one person is enough, and the issuer's status role tells it at once."""
        return self._repeatable(once, by, KeyShown, lambda: self._suspend(key, by))

    def _suspend(self, key: str, by: Principal) -> KeyShown:
        row = found(self.store.key(key))
        if "keeper" not in by.roles and row.issuer != by.issuer:
            raise NotFound("not_found", detail="the registry has nothing under that name")
        if not row.paused:
            row.paused = True
            self.store.keep(row)
            self.store.record(at=self.clock.now(), person=by.person, kind="suspend_key", subject=key, details={})
        return _key_shown(row)

    def require_signing(self, method: DidUrl, at: datetime) -> None:
        """Raises Unavailable `key_not_in_force` unless this key may now sign what bears the time `at`."""
        rules.require_signing(self.store.key(method), at=at)

    def keys_of(self, issuer: str) -> Sequence[KeyRow]:
        """An issuer's keys, the oldest announcement first."""
        return sorted(self.store.keys(issuer), key=lambda row: (row.announced, row.id))

    def approved_lists(self, issuer: str) -> Mapping[int, bytes]:
        """List number -> the hash that keepers let through although it sets many bits."""
        return {row.number: row.approved for row in self.store.lists(issuer) if row.approved is not None}

    def words(self, issuer: str) -> Mapping[tuple[int, str], ListWord]:
        """(list number, hash) -> how far the keepers are who were asked to let that through, or that they did."""
        asked = [(row, change) for row in self.store.waiting() if isinstance(change := _read(row), ApproveList)]
        found = dict[tuple[int, str], ListWord]()
        for row, change in asked:
            if change.issuer == issuer:
                said = len(self.store.approvals(row.id))
                former = found.get((change.number, change.hash))
                if former is None or former.approvals < said:
                    word = ListWord(asked_by=row.proposed_by, approvals=said, needed=row.needed, given=False)
                    found[change.number, change.hash] = word
        needed = self.rules.approvals
        given = ListWord(asked_by=None, approvals=needed, needed=needed, given=True)
        return found | {(number, hash_.hex()): given for number, hash_ in self.approved_lists(issuer).items()}

    def waiting(self, issuer: str) -> Sequence[Proposed]:
        """Changes about an issuer's keys that wait for keepers."""
        shown = [self._shown(row) for row in self.store.waiting() if isinstance(_read(row), AddKey | SetKeyState)]
        return [one for one in shown if acts.issuer_of(one.change, self.store) == issuer]

    def changes(self, *, by: Principal, after: str, limit: int) -> ChangePage:
        """What waits for keepers, newest first."""
        rows = self.store.waiting_page(after=after, limit=limit)
        return ChangePage(items=[self._line(row, by) for row in rows], next=rows[-1].id if len(rows) == limit else None)

    def issuers(self, *, after: str, limit: int) -> IssuerPage:
        """Issuers by id."""
        rows = self.store.issuers(after=after, limit=limit)
        last = rows[-1].id if len(rows) == limit else None
        return IssuerPage(items=[self._issuer_shown(row) for row in rows], next=last)

    def signing_keys(self, *, by: Principal, after: str, limit: int) -> SigningKeyPage:
        """The keys that the caller may stop, by issuer: an issuer's people see its own alone."""
        if by.issuer is not None:
            own = self.store.issuer(by.issuer)
            return SigningKeyPage(items=[] if own is None else self._signing_keys([own]))
        rows = self.store.issuers(after=after, limit=limit)
        return SigningKeyPage(items=self._signing_keys(rows), next=rows[-1].id if len(rows) == limit else None)

    def _signing_keys(self, issuers: Sequence[IssuerRow]) -> list[SigningKey]:
        return [_signing_key(issuer, key) for issuer in issuers for key in self.keys_of(issuer.id)]

    def events(self, *, after: int, limit: int) -> EventPage:
        """What was done, by number."""
        rows = self.store.events(after=after, limit=limit)
        return EventPage(items=[_event_shown(row) for row in rows], next=rows[-1].n if len(rows) == limit else None)

    def _repeatable(self, once: Once | None, by: Principal, kind: type[Answer], act: Callable[[], Answer]) -> Answer:
        kept = None if once is None else once.replay(self.store.session, by.person)
        if kept is not None:
            return kind.model_validate_json(kept)
        made = act()
        if once is not None:
            raw = made.model_dump_json(by_alias=True).encode()
            once.keep(self.store.session, by.person, raw, self.clock.now())
        return made

    def _require_may_speak(self, change: Change, by: Principal) -> None:
        if "keeper" in by.roles:
            return
        theirs = not isinstance(change, RegisterIssuer | ResetList)
        if not theirs or acts.issuer_of(change, self.store) != by.issuer:
            raise Forbidden("not_allowed", detail="only keepers may propose this")

    def _agree(self, row: ChangeRow, *, by: Principal, now: datetime) -> None:
        self.store.keep(ApprovalRow(change=row.id, person=by.person, at=now))
        if len(self.store.approvals(row.id)) < row.needed:
            return
        change = _read(row)
        subject = acts.do(change, self.store, now=now)
        details = change.model_dump(mode="json", by_alias=True, exclude={"kind"})
        event = self.store.record(at=now, person=by.person, kind=change.kind, subject=subject, details=details)
        row.event = event.n
        self.store.keep(row)

    def _shown(self, row: ChangeRow) -> Proposed:
        return Proposed(
            id=row.id,
            change=_read(row),
            stage="proposed" if row.event is None else "done",
            approvals=len(self.store.approvals(row.id)),
            needed=row.needed,
            event=row.event,
        )

    def _line(self, row: ChangeRow, by: Principal) -> ChangeLine:
        agreed = by.person in {one.person for one in self.store.approvals(row.id)}
        told = dict(self._shown(row))
        return ChangeLine(**told, proposed_by=row.proposed_by, proposed=row.proposed, agreed=agreed)

    def _issuer_shown(self, row: IssuerRow) -> IssuerShown:
        return IssuerShown(
            id=row.id,
            did=row.did,
            name_es=row.name_es,
            name_en=row.name_en,
            tier=row.tier,
            country=row.country,
            scope=[ScopePair(type=one.type, scheme=one.scheme) for one in self.store.scope(row.id)],
            keys=[_key_shown(one) for one in self.store.keys(row.id)],
            status_lists=[list_url(row.host, one.number) for one in self.store.lists(row.id)],
        )


def _read(row: ChangeRow) -> Change:
    return _CHANGE.validate_json(row.raw)


def _key_shown(row: KeyRow) -> KeyShown:
    return KeyShown.model_validate(
        {"id": row.id, "public_key_multibase": row.multikey, "state": row.state, "paused": row.paused}
    )


def _signing_key(issuer: IssuerRow, key: KeyRow) -> SigningKey:
    return SigningKey(
        **dict(_key_shown(key)),
        issuer=issuer.id,
        issuer_name_es=issuer.name_es,
        issuer_name_en=issuer.name_en,
        not_before=key.not_before,
        not_after=key.not_after,
    )


def _event_shown(row: EventRow) -> Event:
    return Event(
        n=row.n, at=row.at, kind=row.kind, subject=row.subject, details=json.loads(row.raw), hash=row.hash.hex()
    )
