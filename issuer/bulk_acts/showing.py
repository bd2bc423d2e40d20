"""Acts on many as they stand, a page of them in the same questions as one: what is counted for people to see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from issuer.batches.store import BatchStore
from issuer.bulk_acts import views
from issuer.bulk_acts.changes import Changes
from issuer.bulk_acts.recent import Recent
from issuer.bulk_acts.store import BulkStore
from issuer.bulk_acts.tables import BulkListRow, BulkRow
from issuer.status.announcing import OPEN, is_told_as_it_stands
from issuer.superseding.store import SupersedingStore
from issuer.tables import ListRow
from kernel.ports import Clock
from schemas.bulk_acts import BulkView, ListShare, ListWord

Words = Callable[[str], Mapping[tuple[int, str], ListWord]]
"""Issuer -> (list number, hash) -> how far the registry's word is that was asked for."""


def unasked(_issuer: str) -> Mapping[tuple[int, str], ListWord]:
    """Where no registry is beside: nobody asked for anything."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Showing:
    """Showing on one session."""

    store: BulkStore
    superseding: SupersedingStore
    clock: Clock
    most: int
    words: Words

    def views(self, rows: Sequence[BulkRow]) -> Sequence[BulkView]:
        """Each as it stands."""
        of, ids = {row.id: row for row in rows}, [row.id for row in rows]
        telling = [row for row in rows if row.phase == "untold" or is_told_as_it_stands(row.does, row.reason)]
        lists, untold = self.store.lists(*ids), self.store.untold(telling)
        replaced = self.superseding.replaced([row.id for row in rows if row.replaces])
        applied = self.store.applied([row.id for row in rows if not row.replaces]) | dict(replaced)
        recent = self.recent(list_ for one, list_ in lists if _is_to_come(of[one.bulk]))
        words = {issuer: self.words(issuer) for issuer in {of[one.bulk].issuer for one, _ in lists if one.waits}}
        batches = BatchStore(session=self.store.session).named(views.batch_of(row.way) for row in rows)
        return [
            views.bulk_view(
                row,
                [
                    self._share(row, one, list_, recent, words.get(row.issuer, {}))
                    for one, list_ in lists
                    if one.bulk == row.id
                ],
                batch=batches.get(views.batch_of(row.way) or ""),
                applied=applied.get(row.id, 0),
                untold=untold.get(row.id, 0),
            )
            for row in rows
        ]

    def recent(self, lists: Iterable[ListRow]) -> Recent:
        """What was set in these lists in a day, and what is on its way."""
        return Changes(session=self.store.session).recent(lists, since=self.clock.now() - timedelta(hours=24))

    def _share(
        self, row: BulkRow, one: BulkListRow, list_: ListRow, recent: Recent, words: Mapping[tuple[int, str], ListWord]
    ) -> ListShare:
        is_to_come = _is_to_come(row)
        share = views.list_share(
            list_,
            one.changes,
            recent=recent.of(list_, but=row.id) if is_to_come else 0,
            most=self.most,
            waits=None if is_to_come else one.waits,
            is_done=row.state == "done",
        )
        word = None if share.hash is None else words.get((share.number, share.hash))
        return share.model_copy(update={"word": word})


def _is_to_come(row: BulkRow) -> bool:
    """Whether its revocation bits are still to be set, and how much else changes is still to be asked."""
    return row.state == "proposed" or row.phase in OPEN
