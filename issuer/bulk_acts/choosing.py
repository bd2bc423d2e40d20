"""Which rows are meant: a batch, names, document numbers, a norm and days, another act. Rows by chunk of the ledger.

Only rows of the caller's issuer and centre are found. What may be done to them is `service.py`'s.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import orjson

from issuer import kinds, words
from issuer.batches.store import BatchStore
from issuer.bulk_acts.store import BulkStore
from issuer.people.store import PeopleStore, Whose
from issuer.rows import LEAF_BITS
from issuer.service import Issuer, issuer_of
from issuer.superseding.following import Following
from issuer.tables import ChunkRow
from kernel.access import Principal
from schemas.bulk_acts import ByBatch, ByBulk, ByCredentials, ByDocuments, ByNorm, Chosen

Fits = Callable[[kinds.Kind, Any], bool]


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """Choosing on one session, for one caller."""

    store: BulkStore
    issuer: Issuer
    following: Following
    by: Principal
    left: Counter[str]
    """Is told, once all rows were given: under `unknown`, of how many document numbers there was no row."""

    def rows(self, chosen: Chosen) -> Iterator[tuple[ChunkRow, list[int]]]:
        """Each chunk with the numbers that are meant in it, in order. Raises NotFound for what is not the caller's."""
        match chosen:
            case ByBatch():
                batch = BatchStore(session=self.store.session)
                batch.batch(chosen.batch, issuer=issuer_of(self.by), centre=self.by.centre)
                for chunk in batch.chunks(chosen.batch):
                    yield chunk, list(chunk.passes)
            case ByCredentials():
                ledger, secrets = self.issuer.ledger, self.issuer.secrets(issuer_of(self.by))
                found = [self.issuer.find(name, by=self.by, secrets=secrets) for name in chosen.credentials]
                yield from self._by_chunk({ledger.origin_of(n) for n in found})
            case ByDocuments():
                yield from self._documents(frozenset(chosen.documents), chosen.norm)
            case ByNorm():
                yield from self._norm(chosen)
            case ByBulk():
                row = self.store.bulk(chosen.bulk, issuer=issuer_of(self.by), centre=self.by.centre)
                yield from self._by_chunk(self.store.marked_by(row.id))

    def _norm(self, chosen: ByNorm) -> Iterator[tuple[ChunkRow, list[int]]]:
        begin = datetime.combine(chosen.first_day, time(), kinds.BOGOTA)
        end = datetime.combine(chosen.last_day + timedelta(days=1), time(), kinds.BOGOTA)
        for chunk in self.store.chunks(issuer_of(self.by), self.by.centre, begin, end):
            yield chunk, [*self._fitting(chunk, _of_norm(chosen.norm))]

    def _documents(self, numbers: frozenset[str], norm: str | None) -> Iterator[tuple[ChunkRow, list[int]]]:
        """By the index of words; then by the rows themselves, since a word's hash may be another's."""
        people, secrets = PeopleStore(session=self.store.session), self.issuer.secrets(issuer_of(self.by))
        whose = Whose(number=self.issuer.ledger.issuer(issuer_of(self.by)).number, centre=self.by.centre)
        keys = [secrets.word(told[0]) for number in sorted(numbers) if (told := words.words_of(number))]
        candidates: set[int] = set()
        for first, shelves in people.shelves(whose, sorted({key[0] for key in keys}), until=_last(whose)):
            for key in keys:
                candidates.update(first + place for place in words.places(shelves.get(key[0], b""), key))

        def fits(kind: kinds.Kind, payload: Any) -> bool:
            return kinds.document(kind, payload) in numbers and (norm is None or _of_norm(norm)(kind, payload))

        unmet = set(numbers)
        for chunk, found in self._by_chunk(candidates):
            kept = self._fitting(chunk, fits)
            unmet -= {kept[n] for n in found if n in kept}
            yield chunk, [n for n in found if n in kept]
        self.left["unknown"] = len(unmet)

    def _fitting(self, chunk: ChunkRow, fits: Fits) -> dict[int, str]:
        """Those that fit, and so does what stands in their place; each with its document's number."""
        kind = kinds.find(chunk.family)

        def meant(payload: bytes) -> str | None:
            read = orjson.loads(payload)
            return kinds.document(kind, read) if len(read) > 1 and fits(kind, read) else None

        read = [(n, meant(payload)) for n, payload in self.store.payloads(chunk.first, chunk.size)]
        found = {n: number for n, number in read if number is not None}
        chains = self.following.chains([*found])

        def is_so(n: int) -> bool:
            return chains[n] == [n] or meant(self.issuer.ledger.intent(chains[n][-1]).payload) is not None

        return {n: number for n, number in found.items() if is_so(n)}

    def _by_chunk(self, numbers: Iterable[int]) -> Iterator[tuple[ChunkRow, list[int]]]:
        left = sorted(numbers)
        while left:
            chunk = self.issuer.ledger.chunk_of(left[0])
            end = bisect_left(left, chunk.first + chunk.size)
            yield chunk, left[:end]
            left = left[end:]


def _of_norm(norm: str) -> Fits:
    def fits(kind: kinds.Kind, payload: Any) -> bool:
        place = kind.correctable.get("norm")
        return place is not None and payload[place] == norm

    return fits


def _last(whose: Whose) -> int:
    return (whose.number + 1 << LEAF_BITS) - 1
