"""Papers: runs of claim slips for a batch, their parts to print, the PINs to send by message; and cards.

A run makes an offer for each credential that may be picked up; a row's open offer before it ends. It is gone on with
under the key it was asked for with, so what a stop interrupted ends no slip of its own. Codes and PINs are made again
for each printing from the offers' names under the issuer's key, so paper that jammed is printed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from issuer.batches.store import BatchStore
from issuer.batches.tables import BatchRow
from issuer.batches.views import batch_name
from issuer.bulk_acts.store import BulkStore
from issuer.papers.printing import VERIFIER, Bundle, slip_of, words_of
from issuer.papers.store import PaperStore
from issuer.papers.tables import SlipsRow
from issuer.pickups.service import LIFE, Pickups
from issuer.service import Issuer, issuer_of
from issuer.superseding.store import SupersedingStore
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, NotFound, Unavailable
from kernel.ports import Clock, Random
from kit.cards import Card, Slip
from kit.once import Once
from schemas.papers import MOST_SLIPS, PART, PinLine, PinLines, SlipsPage, SlipsRequest, SlipsView
from schemas.pickups import OfferView


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A run that was begun, the rows that it is for, and how many of them it has gone through."""

    id: str
    numbers: Sequence[int]
    done: int


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Papers on one session."""

    store: PaperStore
    issuer: Issuer
    pickups: Pickups
    bundle: Bundle
    clock: Clock
    random: Random
    reached: str | None
    """Where people reach the pages, as they type it; None where nobody said."""

    def begin(self, asked: SlipsRequest, *, by: Principal, once: Once | None) -> Begun:
        """A run without slips yet; with a key that came before that one, as far as it is. A run ends open offers, so
        none is begun that could not be printed. Raises NotFound, Conflict, Unavailable `address_unsaid`."""
        self._address()
        session, now = self.store.session, self.clock.now()
        if (former := self._former(once, by)) is not None:
            done = former.made + former.left_out
            numbers = self._asked(asked, by) if done < (former.rows or 0) else ()
            return Begun(id=former.id, numbers=numbers[: former.rows], done=done)
        numbers = self._asked(asked, by)
        row = SlipsRow(
            id=base64url_encode(self.random(16)),
            issuer=issuer_of(by),
            centre=by.centre,
            batch=asked.batch,
            bulk=asked.bulk,
            rows=min(len(numbers), MOST_SLIPS),
            made=0,
            left_out=0,
            following=asked.after + MOST_SLIPS if len(numbers) > MOST_SLIPS else None,
            made_by=by.person,
            made_at=now,
            expires=now + LIFE,
        )
        self.store.keep(row)
        if once is not None:
            once.keep(session, by.person, row.id.encode(), now)
        return Begun(id=row.id, numbers=numbers[:MOST_SLIPS], done=0)

    def former(self, once: Once, *, by: Principal) -> SlipsView | None:
        """The run that was begun with that key, as far as it is. Raises Conflict."""
        row = self._former(once, by)
        return None if row is None else self._views([row])[0]

    def forget(self, once: Once, *, by: Principal) -> None:
        """What was begun with that key is ended: the same key begins another."""
        once.forget(self.store.session, by.person)

    def _former(self, once: Once | None, by: Principal) -> SlipsRow | None:
        kept = None if once is None else once.replay(self.store.session, by.person)
        return None if kept is None else self._slips(kept.decode(), by)

    def add(self, id_: str, numbers: Sequence[int], *, after: int, by: Principal) -> None:
        """Offers for the rows of a run that come after so many, made together and once. Raises NotFound."""
        row = self.store.slips(id_, issuer=issuer_of(by), centre=by.centre, hold=True)
        if row.made + row.left_out != after:
            return  # two go on with it, and the other was faster
        made, ended = self.pickups.offer_many(numbers, slips=id_, by=by)
        self.store.add(id_, made=made, left=len(numbers) - made, ended=ended)

    def look(self, id_: str, *, by: Principal) -> SlipsView:
        """A run; raises NotFound."""
        return self._views([self._slips(id_, by)])[0]

    def list(self, *, by: Principal, after: str, limit: int) -> SlipsPage:
        """Those of the caller's issuer and centre."""
        found = self.store.runs(issuer=issuer_of(by), centre=by.centre, after=after, limit=limit)
        return SlipsPage(items=[*self._views(found)], next=found[-1].id if len(found) == limit else None)

    def slips(self, id_: str, part: int, *, what: str, by: Principal) -> Sequence[Slip]:
        """The slips of one part that are still open. Who prints `what` of them is written down. Raises NotFound,
        Unavailable `address_unsaid`."""
        bundle, reached = self.bundle(), self._address()
        found = [
            slip_of(self.pickups.offered(n, offer), bundle, reached=reached) for n, offer in self._open(id_, part, by)
        ]
        told = {"part": part, "count": len(found)}
        self.issuer.ledger.tell(self.clock.now(), by.person, f"{what}_printed", id_, told)
        return found

    def pins(self, id_: str, part: int, *, by: Principal) -> PinLines:
        """The PINs of one part, to send. Who takes them is written down. Raises NotFound."""
        secrets, ledger = self.issuer.secrets(issuer_of(by)), self.issuer.ledger
        lines = [
            PinLine(row=ledger.intent(n).line, credential=secrets.name(n), pin=offer.pin, expires_at=offer.expires_at)
            for n, offer in self._open(id_, part, by)
        ]
        ledger.tell(self.clock.now(), by.person, "pins_told", id_, {"part": part, "count": len(lines)})
        return PinLines(items=lines)

    def cards(self, batch: str, part: int, *, by: Principal) -> Sequence[Card]:
        """The cards of one part of a batch that are good now. Who prints them is written down. Raises NotFound,
        Unavailable `address_unsaid`."""
        numbers = self._of_batch(batch, (part - 1) * PART, PART, by)
        if not numbers:
            raise NotFound("not_found", detail="the batch has no such part")
        return self._cards(batch, self.pickups.store.usable(numbers), by)

    def cards_of_bulk(self, bulk: str, part: int, *, by: Principal) -> Sequence[Card]:
        """The same of what an act on many put in the places of others."""
        numbers = self._of_bulk(bulk, (part - 1) * PART, PART, by)
        if not numbers:
            raise NotFound("not_found", detail="the act on many has no such part")
        return self._cards(bulk, self.pickups.store.usable(numbers), by)

    def card(self, name: str, *, by: Principal) -> Sequence[Card]:
        """The card of one credential. Raises NotFound, Unavailable `address_unsaid`."""
        n = self.issuer.ledger.origin_of(self.issuer.find(name, by=by))
        return self._cards(name, self.pickups.store.usable([n]), by)

    def _cards(self, object_: str, numbers: Sequence[int], by: Principal) -> Sequence[Card]:
        bundle, issuer, address = self.bundle(), self.issuer, self._address() + VERIFIER
        found = [
            Card(words=words_of(issuer.credential(n), bundle), text=issuer.text(n), address=address) for n in numbers
        ]
        issuer.ledger.tell(self.clock.now(), by.person, "cards_printed", object_, {"count": len(found)})
        return found

    def _address(self) -> str:
        """What every paper bears."""
        if self.reached is None:
            raise Unavailable("address_unsaid", detail="no address of the pages is set, and papers bear it")
        return self.reached

    def _open(self, id_: str, part: int, by: Principal) -> Sequence[tuple[int, OfferView]]:
        row, now = self._slips(id_, by), self.clock.now()
        offers = self.store.offers(row.id, part, PART)
        if not offers:
            raise NotFound("not_found", detail="the run has no such part")
        secrets = self.issuer.secrets(row.issuer)
        good = (one for one in offers if one.stands is not None and one.used is None and one.expires > now)
        return [(one.n, self.pickups.told(one, secrets)) for one in good]

    def _asked(self, asked: SlipsRequest, by: Principal) -> Sequence[int]:
        if asked.bulk is not None:
            return self._of_bulk(asked.bulk, asked.after, MOST_SLIPS + 1, by)
        if asked.batch is None:
            return [self.issuer.ledger.origin_of(self.issuer.find(asked.credential or "", by=by))]
        return self._of_batch(asked.batch, asked.after, MOST_SLIPS + 1, by)

    def _of_bulk(self, bulk: str, after: int, most: int, by: Principal) -> Sequence[int]:
        """The numbers of the new rows of an act on many, in their order. Raises Conflict for one that has none."""
        session = self.store.session
        row = BulkStore(session=session).bulk(bulk, issuer=issuer_of(by), centre=by.centre)
        if not row.replaces:
            raise Conflict("not_possible_now", detail="this act on many put nothing in the place of others")
        return SupersedingStore(session=session).news(row.id, after, most)

    def _of_batch(self, batch: str, after: int, most: int, by: Principal) -> Sequence[int]:
        """The numbers of a batch's rows, in their order."""
        batches = BatchStore(session=self.store.session)
        batches.batch(batch, issuer=issuer_of(by), centre=by.centre)
        ranges = (chunk.passes for chunk in batches.chunks(batch))
        return list(islice(chain.from_iterable(ranges), after, after + most))

    def _views(self, rows: Sequence[SlipsRow]) -> Sequence[SlipsView]:
        batches = BatchStore(session=self.store.session).named(row.batch for row in rows)
        return [_view(row, None if row.batch is None else batches[row.batch]) for row in rows]

    def _slips(self, id_: str, by: Principal) -> SlipsRow:
        return self.store.slips(id_, issuer=issuer_of(by), centre=by.centre)


def _view(row: SlipsRow, batch: BatchRow | None) -> SlipsView:
    return SlipsView(
        id=row.id,
        batch=None if batch is None else batch_name(batch),
        bulk=row.bulk,
        made=row.made,
        left_out=row.left_out,
        ended=row.ended,
        parts=-(-row.made // PART),
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires,
        next=row.following,
    )
