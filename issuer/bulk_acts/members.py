"""The rows that an act on many is for, for who decides: a page of them by name, and some drawn by chance with what they
say. Each is shown as what stands in its place now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import orjson

from issuer import kinds
from issuer.batches import sampling
from issuer.bulk_acts.store import BulkStore, numbers_of
from issuer.bulk_acts.tables import BulkRow
from issuer.service import Issuer
from issuer.superseding.following import Following
from issuer.tables import IntentRow
from kernel.ports import Random
from schemas.bulk_acts import BulkMember, BulkMembers, BulkSample, BulkSampleRow


@dataclass(frozen=True, kw_only=True)
class Members:
    """Members on one session."""

    store: BulkStore
    issuer: Issuer
    following: Following

    def page(self, row: BulkRow, *, after: int, limit: int) -> BulkMembers:
        """In the order of their numbers, from the `after`th on."""
        numbers = list(islice(self._numbers(row), after, after + limit))
        secrets = self.issuer.secrets(row.issuer)
        items = [BulkMember(id=secrets.name(intent.n), row=intent.line) for intent in self._standing(numbers)]
        return BulkMembers(items=items, next=str(after + limit) if len(numbers) == limit else None)

    def drawn(self, row: BulkRow, *, random: Random) -> BulkSample:
        """Ten of all of them, anew at each look; what was erased says nothing and is not shown."""
        places = sampling.places(row.count, random=random)
        numbers = [n for place, n in enumerate(self._numbers(row)) if place in places]
        secrets = self.issuer.secrets(row.issuer)
        rows = []
        for intent in self._standing(numbers):
            kind = kinds.find(self.issuer.ledger.chunk_of(intent.n).family)
            if len(read := orjson.loads(intent.payload)) > 1:
                claims = kind.claims[max(kind.claims)](read)
                rows.append(BulkSampleRow(id=secrets.name(intent.n), row=intent.line, claims=claims))
        return BulkSample(rows=rows)

    def _numbers(self, row: BulkRow) -> Iterable[int]:
        return chain.from_iterable(numbers_of(first, bits) for first, bits in self.store.parts(row.id))

    def _standing(self, numbers: Sequence[int]) -> list[IntentRow]:
        chains = self.following.chains(numbers)
        return [self.issuer.ledger.intent(chains[n][-1]) for n in numbers]
