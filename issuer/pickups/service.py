"""Pick-ups: an officer makes an offer; a code, a PIN and a proof of a key become the holder's own copies (DOMAIN P2).

Every copy has its own places, and one act on any of them flips all. The release of the row approved its copies. Codes
are kept as keyed hashes; a wrong try counts for its own code alone, and in a transaction of its own (`issuer/desk.py`).
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from issuer import kinds
from issuer.pickups.codes import secrets_of
from issuer.pickups.codes import typed as read_code
from issuer.pickups.copies import summary_of, wanted_of
from issuer.pickups.store import TRIES, PickupStore
from issuer.pickups.tables import OfferRow, PickupRow
from issuer.proving import holder_of
from issuer.secrets import Secrets
from issuer.service import HOUSE, Issuer, issuer_of
from issuer.status.service import Status
from issuer.superseding.service import Superseding
from issuer.tables import ChunkRow
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, NotBelieved
from kernel.ports import Clock, Random
from kit.once import Once
from schemas.identifiers import Did
from schemas.json import JsonObject
from schemas.pickups import FullCredential, OfferView, PickedUp, PickedUpAll, PickupView

LIFE: Final = timedelta(days=30)
OPEN: Final = timedelta(minutes=10)
AGAIN: Final = timedelta(days=30)
"""So long the key that picked a row up gets the same copies again, in case their answer was lost on its way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """An offer with what a slip says beside it: the pass, the issuer's centre, its batch and the row of its source."""

    offer: OfferView
    document: JsonObject
    centre: str | None
    batch: str | None
    line: int


@dataclass(frozen=True, kw_only=True)
class Pickups:
    """Pick-ups on one session."""

    store: PickupStore
    issuer: Issuer
    status: Status
    superseding: Superseding
    clock: Clock
    random: Random

    def offer(self, n: int, *, by: Principal, once: Once | None = None) -> OfferView:
        """A claim code and a PIN for a row of hers (`Issuer.find`), told once; the row's open offer before it ends.

        Asked for again with the same key it is the same offer, also where a newer one ended it.

        Raises NotFound, Conflict `idempotency_key`, and `offer_used` for a row that was picked up: another phone is a
        reissue (DOMAIN P7).
        """
        if (former := self._former(once, by)) is not None:
            return former
        origin = self.issuer.ledger.origin_of(n)
        self.issuer.ledger.pass_bytes(origin)
        self.superseding.require_first(origin)
        self.status.require_usable(origin)
        if self.store.was_picked_up(origin):
            raise Conflict("offer_used", detail="the row was picked up already")
        return self._offer(origin, None, by, once)

    def offer_again(self, n: int, *, reissue: str, by: Principal, once: Once | None = None) -> OfferView:
        """For a row that was picked up, by a confirmed reissue whose wait is over; as `offer`. Raises Conflict."""
        if (former := self._former(once, by)) is not None:
            return former
        self.superseding.require_replaceable(n)
        return self._offer(n, reissue, by, once)

    def _former(self, once: Once | None, by: Principal) -> OfferView | None:
        """What was answered to the same request: its name alone was kept, and its code and PIN are made of that."""
        kept = None if once is None else once.replay(self.store.session, by.person)
        if kept is None:
            return None
        row = self.store.offer(kept.decode())
        return self.told(row, self.issuer.secrets(self.issuer.ledger.chunk_of(row.n).issuer))

    def _offer(self, origin: int, reissue: str | None, by: Principal, once: Once | None) -> OfferView:
        ledger = self.issuer.ledger
        secrets = self.issuer.secrets(ledger.chunk_of(origin).issuer)
        row = self._row(origin, secrets, by, reissue=reissue)
        self.store.keep_offer(row)
        if once is not None:
            once.keep(self.store.session, by.person, row.id.encode(), self.clock.now())
        ledger.tell(self.clock.now(), by.person, "offer_made", row.id)
        return self.told(row, secrets)

    def offer_many(self, numbers: Sequence[int], *, slips: str, by: Principal) -> tuple[int, int]:
        """An offer for each row of a run of slips that was not picked up and is good now; gives how many, and how many
        open ones of before they ended."""
        self.issuer.ledger.hold(numbers)  # two runs over the same rows come one after the other
        secrets, now = self.issuer.secrets(issuer_of(by)), self.clock.now()
        rows = [self._row(n, secrets, by, slips=slips) for n in self.store.offerable(numbers)]
        ended = self.store.keep_offers(rows, now)
        told = {"count": len(rows), "ended": ended}
        self.issuer.ledger.tell(now, by.person, "offers_made", slips, told)
        return len(rows), ended

    def told(self, row: OfferRow, secrets: Secrets) -> OfferView:
        """An offer with its code and its PIN: neither is kept, both are made again from its name under the key."""
        code, pin = secrets_of(row.id, secrets)
        return OfferView(code=code, pin=pin, expires_at=row.expires)

    def _row(
        self, n: int, secrets: Secrets, by: Principal, *, reissue: str | None = None, slips: str | None = None
    ) -> OfferRow:
        id_ = base64url_encode(self.random(16))
        code, pin = secrets_of(id_, secrets)
        return OfferRow(
            id=id_,
            code=secrets.code(code),
            pin=secrets.code(f"{code} {pin}"),
            n=n,
            stands=n,
            reissue=reissue,
            slips=slips,
            made_by=by.person,
            expires=self.clock.now() + LIFE,
            tries=0,
        )

    def offer_named(self, name: str, *, by: Principal, once: Once | None = None) -> OfferView:
        """As `offer`, for a credential by its outside name."""
        return self.offer(self.issuer.find(name, by=by), by=by, once=once)

    def offered(self, n: int, offer: OfferView) -> Offered:
        """An offer with what its slip says."""
        ledger = self.issuer.ledger
        chunk, line = ledger.chunk_of(n), ledger.intent(n).line
        document = self.issuer.credential(n)
        return Offered(offer=offer, document=document, centre=chunk.centre, batch=chunk.batch, line=line)

    def count_try(self, code: str) -> None:
        """Before a PIN is looked at: one try of this code is spent, also when the request then fails."""
        self.store.count_try(self._hashes(read_code(code)))

    def open(self, code: str, pin: str) -> PickupView:
        """Open a pick-up: what waits, and what to sign; also of a used code, for the key that used it (`AGAIN`).

        Raises NotBelieved `wrong_secret`, Conflict `offer_used`, `offer_replaced`.
        """
        typed, now = read_code(code), self.clock.now()
        offer = self.store.offer_of(self._hashes(typed))
        # One answer for an unknown code, a wrong PIN and too many tries: nothing is learned from it.
        refused = NotBelieved("wrong_secret", detail="the code or the PIN is wrong")
        if offer is None or offer.tries > TRIES:
            raise refused
        chunk = self.issuer.ledger.chunk_of(offer.n)
        issuer, family = chunk.issuer, chunk.family
        if not hmac.compare_digest(offer.pin, self.issuer.secrets(issuer).code(f"{typed} {pin}")):
            raise refused
        self.store.give_back_try(offer.id)
        made = self.store.made(offer)
        if made is not None:
            self._require_there(offer, made, now)
        self.superseding.require_in_place(offer.n if made is None or made.chunk is None else made.chunk)
        if made is None:
            if offer.stands is None or offer.expires <= now:
                raise Conflict("offer_used", detail="the code has expired, or a newer one was made")
            self._require_open(offer)
        pickup = PickupRow(
            id=base64url_encode(self.random(16)),
            offer=offer.id,
            challenge=base64url_encode(self.random(16)),
            expires=now + OPEN,
        )
        self.store.keep_pickup(pickup)
        return PickupView(
            id=pickup.id,
            challenge=pickup.challenge,
            domain=self._domain(issuer),
            expires_at=pickup.expires,
            summary=summary_of(self.issuer.ledger.intent(offer.n), family, with_claims=made is None),
        )

    def accept(self, id_: str, raw: bytes) -> int:
        """The proof holds: the offer is used and the copies are promised; gives the chunk to seal.

        The same proof again gives the same chunk for 30 days, and so does another proof of the same key: an answer that
        was lost can be asked for again. Raises what the proof raises, NotFound, Conflict `offer_used`,
        `another_phone`, `former_phone` and `offer_replaced`, NotBelieved `stale_presentation`.
        """
        pickup, now = self.store.pickup(id_), self.clock.now()
        offer = self.store.offer(pickup.offer)
        chunk = self.issuer.ledger.chunk_of(offer.n)
        holder = holder_of(raw, challenge=pickup.challenge, domain=self._domain(chunk.issuer))
        self.issuer.ledger.hold([offer.n])  # of two who come with the same, the second finds what the first made
        made = self.store.made(offer)
        if pickup.chunk is None and pickup.expires <= now:
            raise NotBelieved("stale_presentation", detail="the pick-up has expired")
        if made is not None:
            return self._again(offer, pickup, made, holder, now)
        self._require_open(offer)
        self.store.use(offer.id, now)
        first = self._promise(offer, chunk, holder, pickup.id)
        pickup.subject, pickup.chunk = holder, first
        self.store.keep_pickup(pickup)
        self.issuer.ledger.tell(now, HOUSE, "copies_promised", id_, {"chunk": str(first)})
        return first

    def hand_over(self, id_: str) -> PickedUpAll:
        """The sealed copies of an accepted pick-up; by a reissue the former ones are revoked first. Raises
        Conflict `offer_replaced` where another row took the place of theirs meanwhile: what ends is not handed over."""
        first = self.store.pickup(id_).chunk
        if first is None:
            raise Conflict("not_possible_now", detail="the pick-up was not accepted")
        self.superseding.finish(first)
        ledger = self.issuer.ledger
        self.superseding.require_in_place(first)
        chunk = ledger.chunk(first)
        numbers = [n for n in chunk.passes if ledger.intent(n).origin is not None]
        twin = ledger.twin_of(first)
        return PickedUpAll(
            credentials=[
                PickedUp(id=self.issuer.name(n), credential=self.issuer.credential(n), text=self.issuer.text(n))
                for n in numbers
            ],
            badge=None
            if twin is None
            else FullCredential(id=self.issuer.name(twin), credential=self.issuer.credential(twin)),
        )

    def _promise(self, offer: OfferRow, chunk: ChunkRow, holder: Did, pickup: str) -> int:
        """The copies of the row; by a reissue, a new row and its copies in the place of the former."""
        if offer.reissue is not None:
            reissue = self.store.reissue(offer.reissue)
            copies = [(profile, holder if is_bound else None) for profile, is_bound in kinds.find(chunk.family).holder]
            return self.superseding.begin(
                offer.n,
                self.issuer.ledger.intent(offer.n).payload,
                copies,
                proposed_by=reissue.proposed_by,
                approved_by=reissue.decided_by or "",
            )
        if (keys := self.superseding.former_keys(offer.n)) and holder not in keys:
            raise Conflict("former_phone", detail="another phone had what this took the place of: that is a reissue")
        intent, now = self.issuer.ledger.intent(offer.n), self.clock.now()
        wanted = wanted_of(intent, chunk.family, holder, pickup=pickup)
        first, _ = self.issuer.promise(chunk.issuer, chunk.family, wanted, batch=None, centre=chunk.centre, at=now)
        if first is None:
            raise Conflict("offer_used", detail="the copies were made before")
        return first

    def _again(self, offer: OfferRow, pickup: PickupRow, made: PickupRow, holder: Did, now: datetime) -> int:
        """What this key got already, for whoever proves to have it. Raises Conflict `offer_used`, `another_phone`."""
        self._require_there(offer, made, now)
        if made.subject != holder or made.chunk is None:
            raise Conflict("another_phone", detail="the code was used with another key")
        pickup.subject, pickup.chunk = holder, made.chunk
        self.store.keep_pickup(pickup)
        return made.chunk

    def _require_there(self, offer: OfferRow, made: PickupRow, now: datetime) -> None:
        """Raises Conflict `offer_used` where what was picked up may not be fetched any more: its time is over, its
        person was erased, or a reissue gives the row to another key."""
        if offer.used is None or offer.used + AGAIN <= now or made.subject is None or offer.stands is None:
            raise Conflict("offer_used", detail="the code was used")

    def _require_open(self, offer: OfferRow) -> None:
        """The row is good, and held from here on; and a reissue still stands, and nobody objects to it."""
        if offer.reissue is None:
            self.superseding.require_in_place(offer.n)
            self.superseding.require_first(offer.n)
            return self.status.require_usable(offer.n)
        if self.store.reissue(offer.reissue).state != "approved":
            raise Conflict("offer_used", detail="the reissue was stopped")
        return self.superseding.require_replaceable(offer.n)

    def _domain(self, issuer: str) -> str:
        """The host of the issuer's DID, which the holder's proof names."""
        return self.issuer.ledger.issuer(issuer).did.rpartition(":")[2]

    def _hashes(self, code: str) -> Sequence[bytes]:
        return [self.issuer.secrets(issuer).code(code) for issuer in self.store.issuers()]
