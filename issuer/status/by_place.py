"""Revoke by list and place what this house has forgotten: copies that went out after the backup that was brought back.

Nobody knows any more whose they are; the place is read from the pass itself, or from the log's proof (TRUST 7 step 7,
13). Rows that the ledger has are acted on by their names (`service.py`).
"""

from dataclasses import dataclass
from typing import Final

from sqlmodel import col, select

from issuer.places import order
from issuer.rows import LEAF_BITS
from issuer.service import issuer_of
from issuer.status.service import Status
from issuer.status.tables import ActRow, FlagRow
from issuer.tables import CounterRow, IntentRow, ListRow
from kernel import status
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Forbidden, NotFound, WrongShape
from schemas.identifiers import Url
from schemas.issuance import AT_ONCE, Reason
from schemas.terms import REVOCATION

LOST: Final = "lost_place_revoked"


def nobodys(number: int) -> int:
    """The row that bits stand under whose own row was lost: the last number of an issuer, which no row will have."""
    return (number + 1 << LEAF_BITS) - 1


@dataclass(frozen=True, kw_only=True)
class ByPlace:
    """Revoking by place on one session."""

    status: Status

    def revoke(self, url: str, index: int, reason: Reason, *, by: Principal, approver: Principal) -> ActRow:
        """For ever, at the next publication; by two people of the whole issuer. `index`: as the pass says it.

        Raises Forbidden `same_hand`, `not_allowed` for staff of one centre; NotFound for a place that was never given;
        WrongShape for a reason whose person is asked first, since nobody can be; Conflict `not_possible_now` where the
        ledger has its row, or it is revoked.
        """
        approver.require_other_hand(by.person)
        issuer = issuer_of(by)
        if issuer_of(approver) != issuer or by.centre is not None or approver.centre is not None:
            raise Forbidden("not_allowed", detail="two people of the whole issuer revoke by place")
        if reason not in AT_ONCE:
            raise WrongShape("schema", detail="nobody can be asked first: " + ", ".join(sorted(AT_ONCE)))
        list_ = self._given(issuer, url, index)
        session, ledger, now = self.status.issuer.ledger.session, self.status.issuer.ledger, self.status.clock.now()
        known = select(IntentRow.n).where(IntentRow.pair == list_.pair, IntentRow.revocation == index)
        if session.exec(known).first() is not None or self.status.store.is_set(list_.id, index):
            raise Conflict("not_possible_now", detail="its credential is known here, or the place is revoked already")
        act = ActRow(
            id=base64url_encode(self.status.random(16)),
            issuer=issuer,
            n=nobodys(ledger.issuer(issuer).number),
            act="revoke",
            reason=reason,
            state="approved",
            proposed_by=by.person,
            proposed=now,
            decided_by=approver.person,
            decided=now,
        )
        self.status.store.keep(act)
        self.status.store.set([FlagRow(list=list_.id, place=index, n=act.n, act=act.id)])
        told = {"list": list_.id, "place": index, "reason": reason, "by": by.person}
        ledger.tell(now, approver.person, LOST, act.id, told)
        return act

    def _given(self, issuer: str, url: str, index: int) -> ListRow:
        """The revocation list, where this place of it was given or burnt. Raises NotFound."""
        refused = NotFound("not_found", detail="no place of a revocation list of this issuer that was ever given")
        session, ledger = self.status.issuer.ledger.session, self.status.issuer.ledger
        ask = select(ListRow).where(ListRow.issuer == issuer, col(ListRow.url) == url, ListRow.purpose == REVOCATION)
        list_ = session.exec(ask).first()
        if list_ is None:
            raise refused
        before = [pair.number for pair in ledger.pairs(issuer, list_.family)].index(list_.pair) * status.USED
        given = session.get_one(CounterRow, (issuer, list_.family)).next_place - before
        places = order(self.status.issuer.secrets(issuer).places, Url(url))[: max(0, min(given, status.USED))]
        if index not in places:
            raise refused
        return list_
