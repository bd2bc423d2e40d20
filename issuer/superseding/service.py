"""One row takes the place of another: new rows are promised (T1), sealed, and then the old ones are revoked (T2).

The order is the promise: nobody loses a pass before the one that takes its place is sealed. What a stop leaves is
gone on with by its new row; a row is superseded once. Who may ask is the rooms' (`disputes`, `reissues`,
`amending`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from issuer import kinds, twins
from issuer.forgetting import Forgetting
from issuer.pickups.store import PickupStore
from issuer.rows import Intent, Wanted
from issuer.seal import seal, signing_by
from issuer.service import HOUSE, Issuer
from issuer.status.service import DISPUTED, Status
from issuer.superseding.following import Following
from issuer.superseding.store import SupersedingStore
from issuer.superseding.tables import SupersedingRow
from issuer.tables import IntentRow
from kernel import status
from kernel.ed25519 import SeedSigner
from kernel.errors import Conflict, WrongShape
from kernel.keys import PublicKey
from kernel.ports import Clock
from schemas.disputes import Correction, Present, StatusAt
from schemas.identifiers import DidUrl

Copies = Sequence[tuple[int, str | None]]
"""(profile, the key it is bound to) of each copy that the holder gets."""


@dataclass(frozen=True, kw_only=True)
class Superseding:
    """Superseding on one session."""

    store: SupersedingStore
    offers: PickupStore
    issuer: Issuer
    status: Status
    clock: Clock

    def begin(self, old: int, payload: bytes, copies: Copies, *, proposed_by: str, approved_by: str) -> int:
        """T1: promise the new row and its copies; gives its number, which is the chunk to seal. Raises Conflict."""
        ledger, now = self.issuer.ledger, self.clock.now()
        self.require_first(old)
        chunk, wanted = ledger.chunk_of(old), self._wanted(old, payload, copies)
        first, known = self.issuer.promise(
            chunk.issuer,
            chunk.family,
            wanted,
            batch=None,
            centre=chunk.centre,
            at=now,
            with_twins=ledger.twin_of(old) is not None,
        )
        if first is None or known:
            raise Conflict("not_possible_now", detail="the rows were promised before")
        self.store.keep(SupersedingRow(old=old, first=first, proposed_by=proposed_by, approved_by=approved_by, at=now))
        ledger.tell(now, HOUSE, "superseding_promised", str(first), {"old": str(old), "count": len(wanted)})
        return first

    def corrected(self, n: int, correction: Correction | None) -> tuple[bytes, Copies]:
        """The row's payload with what changes, and the copies that its holder has, for the same key."""
        origin, *copies = self.issuer.ledger.passes_of(n)
        changes = {} if correction is None else correction.model_dump(mode="json", exclude_none=True)
        kind = kinds.find(self.issuer.ledger.chunk_of(n).family)
        payload = orjson.dumps(kinds.corrected(kind, orjson.loads(origin.payload), changes))
        return payload, [(copy.profile, copy.subject) for copy in copies]

    def present(self, n: int, correction: Correction) -> Present:
        """What the row says now of what a correction changes: who decides compares both."""
        kind = kinds.find(self.issuer.ledger.chunk_of(n).family)
        payload = orjson.loads(self.issuer.ledger.intent(n).payload)
        return Present(**kinds.said(kind, payload, correction.model_dump(exclude_none=True)))

    def require_replaceable(self, n: int) -> None:
        """Raises Conflict for a row that is not good now, that another takes the place of, that is disputed, or that
        an act waits for: what another person may still revoke does not get away under a new number."""
        self.require_first(n)
        self.status.require_usable(n)
        self.status.agreeing.require_none_waits(n)
        if self.status.store.is_disputed(n):
            raise Conflict("under_dispute", detail=DISPUTED)

    def require_first(self, old: int) -> None:
        """Raises Conflict `not_possible_now` where it was erased, or another row took, or is about to take, its place.

        It is held: what is asked of it from here on stays so until this transaction ends.
        """
        self.issuer.ledger.hold([old])
        if self.issuer.ledger.voids([old]):
            raise Conflict("not_possible_now", detail="the credential was erased")
        if self.store.of_old(old) is not None:
            raise Conflict("not_possible_now", detail="another credential takes the place of this one")

    def require_in_place(self, n: int) -> None:
        """Raises Conflict `offer_replaced` where another row took, or is about to take, the place of this one, or of
        the one that it is a copy of: a slip for what ends gives nothing, and who has it is told of the new one."""
        if self.store.of_old(self.issuer.ledger.origin_of(n)) is not None:
            raise Conflict("offer_replaced", detail="another credential takes the place of this one")

    def require_sealable(self, old: int, payload: bytes, copies: Copies) -> None:
        """Raises WrongShape where rows like these could not become passes: what is decided must be possible.

        Tried with a key that everybody knows, at the place with the most figures; nothing of it leaves or is kept.
        """
        chunk, wanted = self.issuer.ledger.chunk_of(old), self._wanted(old, payload, copies)
        signer, press = SeedSigner(bytes(32), DidUrl(chunk.method)), self.issuer.press(chunk)
        full = twins.of_rows(wanted[:1], 0) if self.issuer.ledger.twin_of(old) is not None else []
        intents = [
            Intent(
                n=at,
                pair=max(press.pairs),
                revocation=status.LIST_SIZE - 1,
                suspension=status.LIST_SIZE - 1,
                profile=row.profile,
                subject=row.subject,
                payload=row.payload,
            )
            for at, row in enumerate((*wanted, *full))
        ]
        known = replace(press, public=PublicKey(signer.public), at=self.clock.now(), twins=len(full))
        tried = seal(intents, known, signing_by(signer))
        if tried.voids:
            raise WrongShape(tried.voids[0][1], detail="the corrected row cannot become a pass", pointer="/correction")

    def finish(self, first: int) -> None:
        """T2: the new rows are sealed, so the old row and all its copies are revoked. Again, and it does nothing.

        Raises NotFound where one of the new rows is not sealed: then the old ones stay. So they do where one can never
        be, because it is void; then nothing takes their place any more.
        """
        row = self.store.of_first(first)
        if row is None or row.done is not None:
            return
        ledger = self.issuer.ledger
        ledger.hold([row.old])
        news = [each.n for each in ledger.family_of(first)]
        if ledger.voids(news):
            self.store.forget(row)
            # Nothing leads there from her any more: who is erased later must not stand in them.
            Forgetting(ledger=ledger, random=self.status.random).forget(news)
            ledger.tell(self.clock.now(), HOUSE, "superseding_void", str(first), {"old": str(row.old)})
            return
        for n in news:
            ledger.pass_bytes(n)
        if self.store.finish(row, self.clock.now()):
            self.offers.end_open([row.old])
            self.status.agreeing.end_superseded(row.old, proposed_by=row.proposed_by, approved_by=row.approved_by)

    def former(self, n: int) -> list[int]:
        """A row and those whose places it took, newest first."""
        return Following(store=self.store, ledger=self.issuer.ledger).former(n)

    def former_keys(self, n: int) -> set[str]:
        """The keys that the holder's copies of what it took the place of are bound to: of the newest that had any."""
        for old in self.former(n)[1:]:
            if keys := {row.subject for row in self.issuer.ledger.family_of(old) if row.subject is not None}:
                return keys
        return set()

    def is_done(self, first: int) -> bool:
        """Whether the old rows are revoked."""
        row = self.store.of_first(first)
        return row is not None and row.done is not None

    def rows(self, first: int) -> list[IntentRow]:
        """The new row and its copies, in order."""
        return self.issuer.ledger.passes_of(first)

    def former_places(self, first: int) -> list[StatusAt]:
        """For each of `rows` of a corrected one, the place of the pass that it supersedes."""
        ledger, row = self.issuer.ledger, self.store.of_first(first)
        if row is None:
            return []
        chunk = ledger.chunk_of(row.old)
        pairs = {pair.number: pair for pair in ledger.pairs(chunk.issuer, chunk.family)}
        return [
            StatusAt(status_list_credential=pairs[each.pair].revocation_url, status_list_index=str(each.revocation))
            for each in ledger.passes_of(row.old)
        ]

    def _wanted(self, old: int, payload: bytes, copies: Copies) -> list[Wanted]:
        """The paper row first, then the holder's copies of it; named by the old row, so that they are promised once."""
        former = self.issuer.ledger.intent(old)
        return [
            Wanted(
                line=former.line,
                payload=payload,
                profile=profile,
                subject=subject,
                copy=f"supersedes {old} {at}".encode(),
                of_first=at > 0,
            )
            for at, (profile, subject) in enumerate([(former.profile, None), *copies])
        ]
