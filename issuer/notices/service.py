"""Notices of single acts: a person is told that her credential is to be revoked, by which way and when, and has her
days; or that it is suspended, or revoked for fraud, which stands already; an approver withdraws an announced
revocation; one approver suspends for fraud at once. What is due is ended by the clock.

No address of a person is kept here: the issuer's own systems and papers tell her (decision 0044). Of many at once:
`many.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from issuer.notices.store import NoticeStore
from issuer.papers.printing import Bundle, letter_of
from issuer.service import HOUSE, Issuer, issuer_of
from issuer.status.announcing import OPEN, stands_told
from issuer.status.service import Status
from issuer.status.tables import ActRow
from issuer.working_days import Term
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Forbidden, NotFound
from kernel.ports import Clock, Random
from kit.cards import Letter
from kit.once import Once
from schemas.issuance import ActView, AtOnce, Way

ALONE: Final = timedelta(hours=24)
"""In which another person confirms what one began (TRUST section 6)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """Letters to print, each by its act, and the acts whose person was erased, so that nobody is left to be told; `at`
    is the moment from which the days count."""

    letters: Sequence[tuple[str, Letter]]
    gone: Sequence[str]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Notices:
    """Notices on one session."""

    store: NoticeStore
    issuer: Issuer
    status: Status
    bundle: Bundle
    clock: Clock
    random: Random

    def suspend(self, name: str, asked: AtOnce, *, by: Principal, once: Once) -> ActView:
        """One approver suspends for fraud: the bits flip now, and lapse in a day unless another person confirms.

        Raises NotFound, Conflict where it is suspended or revoked already, Forbidden `not_alone_again`.
        """
        session, now, ledger = self.store.session, self.clock.now(), self.issuer.ledger
        if (former := once.replay(session, by.person)) is not None:
            return ActView.model_validate_json(former)
        flipping = self.status.flipping
        n = flipping.held(ledger.origin_of(self.issuer.find(name, by=by)))[-1]  # what took its place, if anything did
        flipping.require_possible("suspend", ledger.intent(n))
        self._require_first_time(flipping.standing_for(n), by)
        chunk = ledger.chunk_of(n)
        act = ActRow(
            id=base64url_encode(self.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=n,
            act="suspend",
            reason="fraud",
            evidence=None if asked.evidence is None else bytes.fromhex(asked.evidence),
            state="proposed",
            proposed_by=by.person,
            proposed=now,
            phase="unconfirmed",
            due=now + ALONE,
        )
        self.status.store.keep(act)
        flipping.flip(act, [n], by.person)
        view = self.status.view(act)
        once.keep(session, by.person, view.model_dump_json(by_alias=True).encode(), now)
        return view

    def tell(self, id_: str, way: Way, *, by: Principal) -> ActView:
        """The issuer told the person by its own means. Her days to answer, if any, begin with the first telling.

        Raises NotFound, Conflict where there is nothing to tell.
        """
        act = self._to_tell(id_, by)
        self.mark([act.id], way=way, at=self.clock.now(), by=by.person)
        return self.status.view(self.status.store.act(id_, issuer=issuer_of(by), centre=by.centre))

    def mark(self, acts: Collection[str], *, way: Way, at: datetime, by: str) -> None:
        """People were told of these, by that way and then; who had been told keeps her day."""
        due = self.status.days.to_answer(at).end
        for id_ in self.store.tell(acts, way=way, at=at, due=due):
            self.issuer.ledger.tell(at, by, "notice_told", id_, {"way": way})
        for bulk in self.store.bulks(acts):
            self.store.settle(bulk)

    def told_by_system(self, id_: str) -> None:
        """The issuer's own system took the notice, and tells the person. Nothing where it is over."""
        self.mark([id_], way="system", at=self.clock.now(), by=HOUSE)

    def letter(self, id_: str, *, by: Principal) -> Printed:
        """The notice to print. Who prints it is written down. Raises NotFound, Conflict as `tell`."""
        return self.printed([self._to_tell(id_, by)], of=id_, by=by)

    def printed(self, acts: Sequence[ActRow], *, of: str, by: Principal) -> Printed:
        """The letters of acts, `of` one or of an act on many."""
        now, bundle = self.clock.now(), self.bundle()
        letters, gone = list[tuple[str, Letter]](), list[str]()
        for act in acts:
            try:
                document = self.issuer.credential(act.n)
            except NotFound:
                gone.append(act.id)
                continue
            centre = self.issuer.ledger.chunk_of(act.n).centre or ""
            letters.append((act.id, letter_of(act, document, self.term(act, now), centre, bundle)))
        self.issuer.ledger.tell(now, by.person, "notice_printed", of, {"count": len(letters)})
        return Printed(letters=letters, gone=gone, at=now)

    def term(self, act: ActRow, now: datetime) -> Term | None:
        """Her days: those that she was told, or that begin now; None of what waits for no answer."""
        return None if stands_told(act) else self.status.days.to_answer(act.told or now)

    def withdraw(self, id_: str, *, by: Principal) -> ActView:
        """An announced revocation is taken back by another person than proposed it; its credential is good again.

        Raises NotFound, Forbidden `same_hand`, Conflict where nothing waits.
        """
        act = self._announced(id_, by)
        by.require_other_hand(act.proposed_by)
        flipping = self.status.flipping
        waiting = self.status.store.announced(*flipping.held(act.n))
        if not sum(flipping.take_back(each, by.person) for each in waiting):
            raise Conflict("stale_version", detail="it came to its end meanwhile")
        return self.status.view(act)

    def due(self) -> Sequence[str]:
        """What the clock ends now."""
        return self.store.due(self.clock.now())

    def end(self, id_: str) -> int:
        """One act whose time is over: a revocation takes effect, a suspension that nobody confirmed lapses. Gives
        whether it did; once."""
        act = self.status.store.act(id_, issuer=None, centre=None)
        rows = self.status.flipping.held(act.n)
        if act.ended is not None or act.due is None or act.due > self.clock.now():
            return 0
        if act.phase == "unconfirmed":
            self.status.flipping.say_no(act, by=HOUSE, phase="lapsed")
            return 1
        if any(map(self.status.store.is_disputed, rows)):
            return 0
        return int(self.status.flipping.take_effect(act, HOUSE))

    def _require_first_time(self, rows: Sequence[int], by: Principal) -> None:
        """Raises Forbidden: what of hers nobody confirmed another person lays again, or two (decision 0052)."""
        own = [act for act in self.status.store.acts_on(*rows) if act.act == "suspend" and act.proposed_by == by.person]
        if any(act.phase in ("lapsed", "withdrawn") for act in own):
            raise Forbidden("not_alone_again", detail="her suspension of it was not confirmed before")

    def _to_tell(self, id_: str, by: Principal) -> ActRow:
        act = self.status.store.act(id_, issuer=issuer_of(by), centre=by.centre)
        if act.phase not in OPEN and self.store.is_to_tell(act.id):
            return act
        return _require_announced(act)

    def _announced(self, id_: str, by: Principal) -> ActRow:
        return _require_announced(self.status.store.act(id_, issuer=issuer_of(by), centre=by.centre))


def _require_announced(act: ActRow) -> ActRow:
    if act.phase not in OPEN:
        code = "not_possible_now" if act.ended is None else "decided_already"
        raise Conflict(code, detail="no announced revocation that waits")
    return act
