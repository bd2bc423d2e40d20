"""Reads and writes of offers and pick-ups, through the door's session; never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Table, update
from sqlmodel import Session, col, select

from issuer.pickups.tables import OfferRow, PickupRow
from issuer.reissues.tables import ReissueRow
from issuer.status.store import marks
from issuer.status.tables import FlagRow
from issuer.tables import IntentRow, IssuerRow, SealedRow
from kernel.errors import Conflict, NotFound

TRIES: Final = 5
_OFFER: Final[Table] = OfferRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class PickupStore:
    """The store of pick-ups."""

    session: Session

    def issuers(self) -> Sequence[str]:
        """The issuers of this house: whose keyed hashes a code may be under."""
        return self.session.exec(select(IssuerRow.id)).all()

    def was_picked_up(self, n: int) -> bool:
        """Whether an offer of the row was used, or a key holds copies of it because it superseded another row."""
        used = select(OfferRow.id).where(OfferRow.n == n, col(OfferRow.used).is_not(None)).limit(1)
        bound = select(IntentRow.n).where(IntentRow.origin == n, col(IntentRow.subject).is_not(None)).limit(1)
        return self.session.exec(used).first() is not None or self.session.exec(bound).first() is not None

    def keep_offer(self, offer: OfferRow) -> None:
        """As the one that stands: the open one before it ends, by a reissue also the used one.

        Who comes at the same moment meets the unique key.
        """
        c = _OFFER.c
        ends = [c.stands == offer.n] if offer.reissue is not None else [c.stands == offer.n, c.used.is_(None)]
        self.session.execute(update(_OFFER).where(*ends).values(stands=None))
        self.session.add(offer)
        self.session.flush()

    def offerable(self, numbers: Sequence[int]) -> Sequence[int]:
        """Those that are good now and that nobody picked up, in order."""
        used = select(OfferRow.n).where(col(OfferRow.n).in_(numbers), col(OfferRow.used).is_not(None))
        bound = select(IntentRow.origin).where(col(IntentRow.origin).in_(numbers), col(IntentRow.subject).is_not(None))
        picked_up = {*self.session.exec(used), *self.session.exec(bound)}
        return [n for n in self.usable(numbers) if n not in picked_up]

    def usable(self, numbers: Sequence[int]) -> Sequence[int]:
        """Those that have a pass of their own and no bit set, in order."""
        sealed = select(SealedRow.n).join(IntentRow, col(IntentRow.n) == col(SealedRow.n))
        sealed = sealed.where(col(SealedRow.n).in_(numbers), col(IntentRow.origin).is_(None))
        marked = marks(self.session, col(FlagRow.n).in_(numbers))
        return sorted(set(self.session.exec(sealed)) - {n for n, _ in marked})

    def keep_offers(self, offers: Sequence[OfferRow], at: datetime) -> int:
        """As `keep_offer`, for many rows at once; gives how many ended that could still be used."""
        c, numbers = _OFFER.c, [offer.n for offer in offers]
        ends = update(_OFFER).where(c.stands.in_(numbers), c.used.is_(None)).values(stands=None)
        ended = self.session.execute(ends.returning(c.expires)).scalars().all()
        self.session.add_all(offers)
        self.session.flush()
        return sum(expires > at for expires in ended)

    def hold_open(self, numbers: Collection[int]) -> None:
        """Nobody uses or tries a code of these rows until this transaction ends."""
        ask = select(OfferRow.id).where(col(OfferRow.stands).in_(numbers)).order_by(col(OfferRow.id))
        self.session.exec(ask.with_for_update(key_share=True)).all()

    def end_open(self, numbers: Collection[int]) -> None:
        """Codes of these rows that nobody used open no more; the used ones still say which key has what they gave."""
        c = _OFFER.c
        self.session.execute(update(_OFFER).where(c.stands.in_(numbers), c.used.is_(None)).values(stands=None))

    def count_try(self, codes: Sequence[bytes]) -> None:
        """One try more for the offer of a code; tries of other codes are not touched."""
        c = _OFFER.c
        self.session.execute(update(_OFFER).where(c.code.in_(codes), c.tries <= TRIES).values(tries=c.tries + 1))

    def give_back_try(self, offer: str) -> None:
        """The PIN was right: this try was no guess."""
        c = _OFFER.c
        self.session.execute(update(_OFFER).where(c.id == offer, c.tries > 0).values(tries=c.tries - 1))

    def offer_of(self, codes: Sequence[bytes]) -> OfferRow | None:
        """The offer under one of these hashes."""
        return self.session.exec(select(OfferRow).where(OfferRow.code.in_(codes))).first()  # type: ignore[attr-defined]  # a column

    def offer(self, id_: str) -> OfferRow:
        return self.session.get_one(OfferRow, id_)

    def keep_pickup(self, pickup: PickupRow) -> None:
        self.session.add(pickup)
        self.session.flush()

    def pickup(self, id_: str) -> PickupRow:
        """Raises NotFound."""
        row = self.session.get(PickupRow, id_)
        if row is None:
            raise NotFound("not_found", detail="no pick-up of that name")
        return row

    def made(self, offer: OfferRow) -> PickupRow | None:
        """The pick-up of an offer whose copies were promised, as it is now; who waited for the row asks anew."""
        self.session.refresh(offer)
        ask = select(PickupRow).where(PickupRow.offer == offer.id, col(PickupRow.chunk).is_not(None))
        return self.session.exec(ask.limit(1).execution_options(populate_existing=True)).first()

    def reissue(self, id_: str) -> ReissueRow:
        """What an offer of a reissue stands on; nobody stops it while this door is open."""
        return self.session.get_one(ReissueRow, id_, with_for_update=True)

    def ending(self, reissue: str) -> int | None:
        """The chunk that a key picked up by a reissue, if one did."""
        ask = select(PickupRow.chunk).join(OfferRow, col(OfferRow.id) == col(PickupRow.offer))
        return self.session.exec(ask.where(OfferRow.reissue == reissue, col(PickupRow.chunk).is_not(None))).first()

    def use(self, offer: str, at: datetime) -> None:
        """Once, and only while it stands; one UPDATE, so of several who try one wins. Raises Conflict `offer_used`."""
        c = _OFFER.c
        open_ = (c.id == offer, c.used.is_(None), c.stands.is_not(None))
        moved = self.session.execute(update(_OFFER).where(*open_).values(used=at))
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise Conflict("offer_used", detail="the code was used or a newer one was made")
