"""The rows that an act on many is for, for who decides: a page of them by name, and some drawn by chance with what they
say. Each is shown as what stands in its place now."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain

import orjson

from issuer import kinds
from issuer.batches import sampling
from issuer.bulk_acts.store import BulkStore, numbers_of
from issuer.bulk_acts.tables import BulkRow
from issuer.service import Issuer
from issuer.superseding.following import Following
from issuer.tables import IntentRow
from schemas.bulk_acts import BulkMember, BulkMembers, BulkSample, BulkSampleRow


@dataclass(frozen=True, kw_only=True)
class Members:
    """Members on one session."""

    store: BulkStore
    issuer: Issuer
    following: Following

    def page(self, row: BulkRow, *, after: int, limit: int) -> BulkMembers:
        """In the order of their numbers, from the `after`th on."""
        standing = self._standing(row, range(after, after + limit))
        secrets = self.issuer.secrets(row.issuer)
        items = [BulkMember(id=secrets.name(intent.n), row=intent.line) for intent in standing]
        return BulkMembers(items=items, next=str(after + limit) if after + limit < row.count else None)

    def drawn(self, row: BulkRow, person: str) -> BulkSample:
        """Ten of all of them, by its digest and by who looks; what was erased says nothing and is not shown."""
        secrets = self.issuer.secrets(row.issuer)
        chance = sampling.chance(secrets, row.digest, person)
        rows = []
        for intent in self._standing(row, sampling.places(row.count, random=chance)):
            kind = kinds.find(self.issuer.ledger.chunk_of(intent.n).family)
            if len(read := orjson.loads(intent.payload)) > 1:
                claims = kind.claims[max(kind.claims)](read)
                rows.append(BulkSampleRow(id=secrets.name(intent.n), row=intent.line, claims=claims))
        return BulkSample(rows=rows)

    def restored(self, row: BulkRow, first: int) -> list[str]:
        """Those of one chunk that it was withdrawn for, by their names, but for what another act holds or ended."""
        numbers = numbers_of(first, self.store.part(row.id, first))
        rows = set(chain.from_iterable(self.following.chains(numbers).values()))
        secrets = self.issuer.secrets(row.issuer)
        return [secrets.name(n) for n in self.store.let_go(row, rows)]

    def _standing(self, row: BulkRow, places: Collection[int]) -> list[IntentRow]:
        """What stands in the place of the rows at these places."""
        numbers = self.store.rows_at(row.id, places)
        ends = {n: rows[-1] for n, rows in self.following.chains(numbers).items()}
        intents = self.store.intents(ends.values())
        return [intents[ends[n]] for n in numbers]
