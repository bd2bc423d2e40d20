"""What takes several transactions, one door after another: going through a batch, and going on after a stop.

The desk has no session; it opens a door for each step, so that each commits before the next begins (TRUST section 12).
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import IO, Final, TypeVar

import structlog

from issuer.amending.service import Amending
from issuer.batches.desk import BatchDesk
from issuer.bulk_acts.service import BulkActs
from issuer.cohort_file import UPLOAD, FileBound, Form
from issuer.disputes.service import Disputes
from issuer.mending.service import Mending, check
from issuer.papers.desk import PaperDesk
from issuer.pickups.service import Pickups
from issuer.service import Issuer
from issuer.superseding.service import Superseding
from kernel.access import Principal
from kernel.errors import PuenteError
from schemas.amending import AmendmentView
from schemas.disputes import DisputeView
from schemas.issuance import BatchView
from schemas.pickups import PickedUpAll, PickupRequest, PickupView

_IN_MEMORY: Final = 1 << 20
TOLD: Final = 1 << 14
"""Leaves of a log after which it is told outside, also in the middle of a batch."""
_CUT_OFF: Final = timedelta(minutes=1)
"""A request that has not sealed its rows after this time was cut off."""
_log = structlog.get_logger()
_Name = TypeVar("_Name", int, str)


@dataclass(frozen=True, kw_only=True)
class Desk(BatchDesk, PaperDesk):
    """Opens the doors of the issuer's services."""

    issuer: Callable[[], AbstractContextManager[Issuer]]
    mending: Callable[[], AbstractContextManager[Mending]]
    pickups: Callable[[], AbstractContextManager[Pickups]]
    superseding: Callable[[], AbstractContextManager[Superseding]]
    disputes: Callable[[], AbstractContextManager[Disputes]]
    bulk_acts: Callable[[], AbstractContextManager[BulkActs]]
    amending: Callable[[], AbstractContextManager[Amending]]
    has_workers: bool = False
    """Whether others take what is released."""

    def run(self, batch: str) -> int:
        """Issue a released batch to its end; gives how many passes it sealed. May be called again after a stop."""
        sealed = sum(self.seal(first) for first in self.plan(batch))
        self.end(batch)
        return sealed

    def begin(self, batch: str) -> int:
        """What follows a release: where workers take the batch, nothing."""
        return 0 if self.has_workers else self.run(batch)

    def correct(
        self, parent: str, source: IO[bytes], *, by: Principal, form: Form | None, bound: FileBound = UPLOAD
    ) -> BatchView:
        """Take in a corrected file for a batch; both files are read between two doors. Raises as `Mending` does."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as first:
            with self.mending() as opened:
                row = opened.first_file(parent, first, by=by)
            corrected = check(source, first, row, form=form, bound=bound)
        with self.mending() as opened:
            return opened.keep(parent, corrected, source, by=by)

    def wrong_rows(self, batch: str, *, by: Principal, is_english: bool) -> tuple[IO[bytes], Form]:
        """The rows in error of a batch as a file to mend, of the form that it came in. Raises as `wrong_file` does."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as source:
            with self.mending() as opened:
                wrong = opened.wrong_file(batch, source, by=by, is_english=is_english)
            made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - who gives it out closes it
            wrong.write(source, made)
        made.seek(0)
        return made, wrong.form

    def plan(self, batch: str) -> Iterator[int]:
        """Promise a released batch to its end or to a pause; gives each chunk when it is committed."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            with self.batches() as opened:
                cursor, rows = opened.copy_source(batch, file)
            with closing(rows):
                for _ in islice(rows, cursor):
                    pass
                while block := list(islice(rows, self.chunk)):
                    with self.batches() as opened:
                        if opened.is_paused(batch):
                            return
                        first = opened.promise(batch, block)
                    if first is not None:
                        yield first

    def end(self, batch: str) -> bool:
        """Finish a batch where it is whole. Planner and sealers ask after their own commit, so the last one sees it."""
        with self.batches() as opened:
            is_done, issuer = opened.end(batch), opened.store.batch(batch, issuer=None, centre=None).issuer
        if is_done:
            _tried("log_left", self._told, issuer)
        return is_done

    def seal(self, first: int) -> int:
        """One chunk: read it, sign it while no transaction is open, keep it."""
        with self.issuer() as opened:
            laid = opened.lay_out(first)
        if laid is None:
            return 0
        sealed = laid.seal()
        with self.issuer() as opened:
            count = opened.keep(first, sealed)
            issuer, untold = opened.ledger.chunk(first).issuer, opened.ledger.untold(first)
        if untold >= TOLD:
            _tried("log_left", self._told, issuer)
        return count

    def _told(self, issuer: str) -> int:
        self.tell_log(issuer)
        return 0

    def resume(self) -> int:
        """On start: seal what was promised and not sealed, supersede, go on with the batches that were released.

        What cannot be done now is told in the log and left for a later start; it stops nothing else. Raises
        Unavailable `database_unavailable`.
        """
        sealed = self._catch_up(None)
        with self.batches() as opened:
            released = opened.store.released()
        return sealed + sum(_tried("batch_left", self.run, batch) for batch in released)

    def tend(self) -> int:
        """What nobody is at: chunks of requests that were cut off, acts on many, and batches that stand still.

        As `resume`, but for a house that others work in at the same time: who is at the same meanwhile shares it.
        """
        sealed = self._catch_up(_CUT_OFF)
        with self.batches() as opened:
            for batch in opened.store.released():
                opened.jobs.defer("plan", batch)
            idle = () if self.has_workers else opened.store.idle(opened.clock.now() - _CUT_OFF)
        return sealed + sum(_tried("batch_left", self._go_on, batch) for batch in idle)

    def _go_on(self, batch: str) -> int:
        """As a planner and its sealers do: first what is promised, also of a paused one, then the rest."""
        with self.batches() as opened:
            waits, goes_on = opened.store.waiting(batch), opened.hand_out(batch)
        sealed = sum(self.seal(first) for first in waits)
        if goes_on:
            return sealed + self.run(batch)
        self.end(batch)
        return sealed

    def _catch_up(self, patience: timedelta | None) -> int:
        """Seal what was left, of those who have others at work only what is older than `patience`; and supersede."""
        with self.issuer() as opened:
            before = None if patience is None else opened.clock.now() - patience
            unsealed = opened.ledger.unsealed(before=before)
        sealed = sum(_tried("chunk_left", self.seal, first) for first in unsealed)
        with self.superseding() as opened_superseding:
            unfinished = opened_superseding.store.unfinished()
        with self.bulk_acts() as opened_acts:
            approved = opened_acts.store.unfinished(before=before)
        for bulk in approved:
            _tried("bulk_act_left", self.act_on_many, bulk)
        return sealed + sum(_tried("superseding_left", self.supersede, first) for first in unfinished)

    def work_through(self, batch: str) -> None:
        """A planner's job: hand out what waits, promise the rest while sealers are at it."""
        with self.batches() as opened:
            goes_on = opened.hand_out(batch)
        if goes_on:
            for _ in self.plan(batch):
                pass
        self.end(batch)

    def seal_chunk(self, first: int) -> int:
        """A sealer's job: one chunk, and with the last one of a batch its end."""
        with self.issuer() as opened:
            batch = opened.ledger.chunk(first).batch
        sealed = self.seal(first)
        if batch is not None:
            self.end(batch)
        return sealed

    def supersede(self, first: int) -> int:
        """New rows that were promised in the places of others: seal them, then revoke those. May be called again."""
        sealed = self.seal(first)
        with self.superseding() as opened:
            opened.finish(first)
        return sealed

    def act_on_many(self, bulk: str) -> int:
        """Do an approved act on many, a chunk in a door; gives for how many rows. May be called again after a stop."""
        with self.bulk_acts() as opened:
            left, promised = opened.left(bulk), opened.promised(bulk)
        done = sum(self._take_places(bulk, first) for first in promised)
        for first in left:
            with self.bulk_acts() as opened:
                done += opened.apply(bulk, first)
                promised = opened.promised(bulk)
            done += sum(self._take_places(bulk, new) for new in promised)
        with self.bulk_acts() as opened:
            opened.end(bulk)
        return done

    def _take_places(self, bulk: str, first: int) -> int:
        """What an act on many promised in the places of others: seal it, then revoke those."""
        self.seal(first)
        with self.bulk_acts() as opened:
            return opened.take_places(bulk, first)

    def amend(self, amendment: str, *, by: Principal) -> AmendmentView:
        """Confirm a correction; the new credential is issued before the answer. Raises what `Amending.approve` does."""
        with self.amending() as opened:
            first = opened.approve(amendment, by=by)
        self.supersede(first)
        with self.amending() as opened:
            return opened.decided(amendment, by=by)

    def decide(self, decision: str, *, by: Principal) -> DisputeView:
        """Decide a dispute; what it corrects is issued before the answer. Raises what `Disputes.approve` raises."""
        with self.disputes() as opened:
            first = opened.approve(decision, by=by)
        if first is not None:
            self.supersede(first)
        with self.disputes() as opened:
            return opened.of_decision(decision, by=by)

    def open_pickup(self, request: PickupRequest) -> PickupView:
        """Spend a try, whatever comes of it; then look at the PIN. Raises what `Pickups.open` raises."""
        with self.pickups() as opened:
            opened.count_try(request.code)
        with self.pickups() as opened:
            return opened.open(request.code, request.pin)

    def present(self, pickup: str, raw: bytes) -> PickedUpAll:
        """Promise the copies, seal them, hand them over. Raises what `Pickups.accept` raises."""
        with self.pickups() as opened:
            first = opened.accept(pickup, raw)
        self.seal(first)
        with self.pickups() as opened:
            return opened.hand_over(pickup)


def _tried(event: str, work: Callable[[_Name], int], name: _Name) -> int:
    """What `work` sealed; where it fails, nothing, and a line of the log without a name or a value in it."""
    try:
        return work(name)
    except PuenteError as error:
        _log.error(event, story="issuer", code=error.code, step=error.step)
    except (LookupError, TypeError, ValueError):  # a damaged row of the ledger must not keep the whole house closed
        _log.error(event, story="issuer", code="internal")
    return 0
