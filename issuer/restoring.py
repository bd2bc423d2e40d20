"""After a restore to an older point: nothing is given twice, and what was published stays published (TRUST 13).

Leaves that the published log has and the ledger lost are taken from its tiles; then numbers are burnt, of the log and
of every list, because some went out after the last checkpoint. Bits that were published stay set, by an act that names
the two operators. No open offer goes on: its code may have been used after the copy. What was picked up then is revoked
by its place (`status/by_place.py`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, update
from sqlmodel import col, select

from issuer import audit
from issuer.pickups.tables import OfferRow
from issuer.places import order
from issuer.room import rooms
from issuer.rows import CHUNK, LEAF_BITS
from issuer.service import Issuer
from issuer.status.by_place import nobodys
from issuer.status.tables import ActRow, FlagRow
from issuer.tables import CounterRow, IntentRow, IssuerRow, ListRow, LogChunkRow
from kernel import issued_log, log_tiles, status
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from kernel.log_tiles import Read
from kernel.ports import Random
from schemas.identifiers import Url
from schemas.terms import REVOCATION

BURNT: Final = 1 << 16
"""More than can be issued between two checkpoints of a log: one is told after `desk.TOLD` leaves and at each batch's
end, and the rest is for chunks that were sealed out of turn (docs/decisions/0038)."""
_OFFER: Final[Table] = OfferRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_GONE: Final = b"\x00puente-burnt-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """What is known from outside of an issuer: its published log, and the bits of its lists by URL."""

    log: int
    read: Read
    lists: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What a restore found: leaves that only the public log still has, offers that it ended, and what has no places
    left (issuer, type) now that some are burnt."""

    lost: int = 0
    offers: int = 0
    full: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: "Restored") -> "Restored":
        return Restored(lost=self.lost + other.lost, offers=self.offers + other.offers, full=self.full + other.full)


@dataclass(frozen=True, kw_only=True)
class Restoring:
    """Restoring on one session, by two operators."""

    issuer: Issuer
    random: Random
    operators: tuple[str, str]

    def go_on(self, id_: str, outside: Outside) -> Restored:
        """Raise an issuer's counters over all that was ever given, and end its open offers.

        Raises NotFound where a tile of the log is not there, Conflict where two operators are one person.
        """
        if len(set(self.operators)) != len(self.operators):
            raise Conflict("two_operators", detail="two operators restore")
        session, by = self.issuer.ledger.session, self.issuer.ledger.issuer(id_)
        lost = max(0, outside.log - by.next_leaf)
        if lost:
            self._keep(by, by.next_leaf, self._published(outside, by.next_leaf))
        start = by.next_leaf + lost
        self._keep(by, start, self._burnt(by, start))
        by.next_leaf = start + BURNT
        session.add(by)
        self._raise_places(id_, outside, lost)
        bits = sum(self._keep_bits(row, outside.lists.get(row.url)) for row in self._lists(id_))
        offers = self._end_offers(by)
        told = {"lost": lost, "bits": bits, "offers": offers, "by": list(self.operators)}
        self.issuer.ledger.tell(self.issuer.clock.now(), self.operators[1], audit.RESTORED, id_, told)
        full = tuple((id_, room.family) for room in rooms(session) if room.issuer == id_ and not room.left)
        return Restored(lost=lost, offers=offers, full=full)

    def _end_offers(self, by: IssuerRow) -> int:
        """Their slips are made anew; gives how many could still have been used."""
        c, low = _OFFER.c, by.number << LEAF_BITS
        hers = (c.n >= low, c.n < low + (1 << LEAF_BITS), c.stands.is_not(None), c.used.is_(None))
        ended = update(_OFFER).where(*hers).values(stands=None).returning(c.expires)
        now = self.issuer.clock.now()
        return [expires > now for expires in self.issuer.ledger.session.execute(ended).scalars()].count(True)

    def _published(self, outside: Outside, start: int) -> list[bytes]:
        return [log_tiles.leaf(outside.read, at, size=outside.log) for at in range(start, outside.log)]

    def _burnt(self, by: IssuerRow, start: int) -> list[bytes]:
        """Leaves of nothing, from `start` on; the key that they come from is opened once for all."""
        salts, first = self.issuer.secrets(by.id).leaves, (by.number << LEAF_BITS) + start
        return [hashlib.sha256(_GONE + issued_log.salt(salts, first + at)).digest() for at in range(BURNT)]

    def _keep(self, by: IssuerRow, start: int, leaves: list[bytes]) -> None:
        for at in range(0, len(leaves), CHUNK):
            part, first = leaves[at : at + CHUNK], (by.number << LEAF_BITS) + start + at
            self.issuer.ledger.session.add(LogChunkRow(first=first, size=len(part), leaves=b"".join(part)))

    def _lists(self, id_: str) -> list[ListRow]:
        return list(self.issuer.ledger.session.exec(select(ListRow).where(ListRow.issuer == id_)).all())

    def _raise_places(self, id_: str, outside: Outside, lost: int) -> None:
        """Over what the restored counter, the lost leaves and the published bits say, whichever is most."""
        session, key = self.issuer.ledger.session, self.issuer.secrets(id_).places
        for counter in session.exec(select(CounterRow).where(CounterRow.issuer == id_)).all():
            seen = counter.next_place + lost
            for at, pair in enumerate(self.issuer.ledger.pairs(id_, counter.family)):
                for url in (pair.revocation_url, pair.suspension_url):
                    bits = outside.lists.get(url)
                    used = [] if bits is None else order(key, Url(url))[: status.USED]
                    last = max(
                        (place for place, index in enumerate(used) if status.bit(bits or b"", index)), default=-1
                    )
                    seen = max(seen, at * status.USED + last + 1 if last >= 0 else 0)
            counter.next_place = seen + BURNT
            session.add(counter)

    def _keep_bits(self, row: ListRow, published: bytes | None) -> int:
        """Bits that were published and that the ledger has forgotten, set again."""
        if published is None:
            return 0
        session, key = self.issuer.ledger.session, self.issuer.secrets(row.issuer).places
        used = order(key, Url(row.url))[: status.USED]
        known = set(session.exec(select(FlagRow.place).where(FlagRow.list == row.id)).all())
        missing = [index for index in used if index not in known and status.bit(published, index)]
        row.bits = published if row.bits is None else status.union(row.bits, published)
        session.add(row)
        if missing:
            act = self._act(row)
            column = col(IntentRow.revocation if row.purpose == REVOCATION else IntentRow.suspension)
            rows = session.exec(
                select(column, IntentRow.n).where(IntentRow.pair == row.pair, column.in_(missing))
            ).all()
            whose = {int(index): int(n) for index, n in rows}
            session.add_all(FlagRow(list=row.id, place=at, n=whose.get(at, act.n), act=act.id) for at in missing)
        return len(missing)

    def _act(self, row: ListRow) -> ActRow:
        """The act behind bits whose own acts were lost."""
        now, (one, two) = self.issuer.clock.now(), self.operators
        act = ActRow(
            id=base64url_encode(self.random(16)),
            issuer=row.issuer,
            n=nobodys(self.issuer.ledger.issuer(row.issuer).number),
            act="revoke" if row.purpose == REVOCATION else "suspend",
            reason="authority_decision",
            state="approved",
            proposed_by=one,
            proposed=now,
            decided_by=two,
            decided=now,
        )
        self.issuer.ledger.session.add(act)
        self.issuer.ledger.session.flush()
        return act
