"""Batches: check a source, propose it, release it by another hand, and go through it block by block.

Nothing is issued before the release (DOMAIN P1); the rows then are the very bytes that were checked. Each method is one
transaction of its door; a batch goes on where its cursor stands, so a stopped one is simply gone on with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice
from typing import IO, Final

from issuer.batches import drawing, sources
from issuer.batches.former import former_of
from issuer.batches.progress import WINDOW, progress_view
from issuer.batches.sources import Checked, Said
from issuer.batches.store import BatchStore
from issuer.batches.tables import BatchRow
from issuer.batches.views import batch_view, earlier_view, finding_view, sample_row
from issuer.cohort_file import UPLOAD, FileBound, Form
from issuer.kinds import PROFILES
from issuer.rows import Wanted
from issuer.service import HOUSE, Issuer, issuer_of
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from kernel.ports import Clock, Jobs, Random
from schemas.counter import BatchSample
from schemas.identifiers import BatchId
from schemas.issuance import (
    BatchPage,
    BatchView,
    CohortChoices,
    CredentialPage,
    CredentialView,
    FindingPage,
    FormChoices,
    Outcome,
)
from schemas.rows import Rows

SOURCE_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Batches:
    """Batches on one session."""

    store: BatchStore
    issuer: Issuer
    clock: Clock
    random: Random
    jobs: Jobs
    require_room: Callable[[], None]
    """Raises Unavailable `disk_full`: no new work on a disk that is nearly full (TRUST 12)."""

    def check_cohort(
        self,
        source: IO[bytes],
        choices: CohortChoices,
        *,
        by: Principal,
        form: Form | None = None,
        bound: FileBound = UPLOAD,
    ) -> BatchId:
        """The dry run: judge every row, keep the source and what was found; the same file is the same batch.

        Reading comes first: a long file holds no lock. Raises as the reader, and Conflict for another centre's file.
        """
        self.require_room()
        checked = sources.check_cohort(source, choices, form=form, bound=bound)
        return self.keep(sources.COHORT_TYPE, "cohort", checked, source, by)

    def check_form(
        self, source: IO[bytes], choices: FormChoices, *, by: Principal, form: Form | None, bound: FileBound = UPLOAD
    ) -> BatchId:
        """As a cohort, from a file of rows of one type."""
        self.require_room()
        return self.keep(choices.type, "form", sources.check_form(source, choices, form=form, bound=bound), source, by)

    def check_rows(self, request: Rows, source: IO[bytes], *, by: Principal) -> BatchId:
        """As a cohort, from rows; `source` is an empty file that takes them."""
        self.require_room()
        family, checked, lines = sources.check_rows(request)
        source.write(lines)
        return self.keep(family, "rows", checked, source, by)

    def propose(self, id_: str, *, by: Principal) -> None:
        """Say that it is ready for the approver. Raises NotFound, Conflict."""
        batch = self._batch(id_, by)
        self.store.move(batch, was=("checked",), to="proposed", proposed_by=by.person)
        self._tell(by, "batch_proposed", batch)

    def release(
        self, id_: str, *, by: Principal, digest: str, accept_errors: bool, compared: Sequence[int] = ()
    ) -> None:
        """Let it be issued: by another person than those who prepared and proposed it (TRUST 10).

        `digest` is the one she saw, `compared` the rows of her sample. Raises Unavailable, NotFound, Conflict.
        """
        self.require_room()
        self.issuer.require_entry()
        batch = self._batch(id_, by)
        self.issuer.require_forward(batch.issuer)
        by.require_other_hand(batch.prepared_by)
        by.require_other_hand(batch.proposed_by or "")
        if digest != batch.digest.hex():
            raise Conflict("stale_version", detail="the batch is not the one that was looked at")
        if batch.error and not accept_errors:
            raise Conflict("errors_not_accepted", detail="the batch has rows in error that were not accepted")
        self.store.move(batch, was=("proposed",), to="released", released_by=by.person, released=self.clock.now())
        self.jobs.defer("plan", id_)
        self._tell(by, "batch_released", batch, compared=[*compared])

    def refuse(self, id_: str, *, by: Principal) -> None:
        """Send it back: it will not be issued, its file goes. Raises NotFound, Forbidden `same_hand`, Conflict."""
        batch = self._batch(id_, by)
        by.require_other_hand(batch.prepared_by)
        forget = (self.clock.now() + SOURCE_KEPT).date()
        self.store.move(batch, was=("checked", "proposed"), to="refused", forget=forget)
        self._tell(by, "batch_refused", batch)

    def pause(self, id_: str, *, by: Principal) -> None:
        """Promise nothing more of a released batch; what is promised is sealed. Raises NotFound, Conflict."""
        batch = self._being_issued(id_, by)
        self.store.pause(id_, self.clock.now())
        self._tell(by, "batch_paused", batch)

    def resume(self, id_: str, *, by: Principal) -> None:
        """Go on where it stands. Raises NotFound, Conflict."""
        batch = self._being_issued(id_, by)
        self.store.pause(id_, None)
        self.jobs.defer("plan", id_)
        self._tell(by, "batch_resumed", batch)

    def is_paused(self, id_: str) -> bool:
        """Asked in the transaction that promises: who pauses waits for it, and the next one sees it."""
        return self.store.progress(id_, lock=True).paused is not None

    def look(self, id_: str, *, by: Principal) -> BatchView:
        """How it stands, and of a released one how far it is. Raises NotFound."""
        batch = self._batch(id_, by)
        progress, chunks = self.store.progress(id_), self.store.chunk_states(id_)
        view = batch_view(batch, progress, sum(size for size, is_sealed in chunks if is_sealed))
        to_mend = 0 if batch.source == "rows" else self.store.to_mend(id_)
        view = view.model_copy(update={"to_mend": to_mend, "corrects": self.store.parents([id_]).get(id_)})
        if batch.released is None:
            former = former_of(self.store.session, batch, centre=by.centre)
            return view.model_copy(update={"issued_before": earlier_view(former)})
        recent, faults = self.store.sealed_lately(batch, WINDOW, now=self.clock.now()), self.store.faults(id_)
        progress_told = progress_view(batch, progress, chunks, faults=faults, recent=recent)
        return view.model_copy(update={"progress": progress_told})

    def list(self, *, by: Principal, after: str, limit: int) -> BatchPage:
        """Those of the caller's issuer and centre."""
        found = self.store.batches(issuer=issuer_of(by), centre=by.centre, after=after, limit=limit)
        parents = self.store.parents(row.id for row in found)
        items = [self._view(row).model_copy(update={"corrects": parents.get(row.id)}) for row in found]
        return BatchPage(items=items, next=found[-1].id if len(found) == limit else None)

    def findings(
        self, id_: str, *, by: Principal, outcome: Outcome | None, after: int, limit: int, is_english: bool,
        is_warned: bool = False,
    ) -> FindingPage:  # fmt: skip
        """The rows that do not issue, or issue with a warning. Raises NotFound."""
        batch = self._batch(id_, by)
        found = self.store.findings(batch.id, outcome=outcome, after=after, limit=limit, is_warned=is_warned)
        return FindingPage(
            items=[finding_view(row, is_english=is_english) for row in found],
            next=str(found[-1].row) if len(found) == limit else None,
        )

    def credentials(self, id_: str, *, by: Principal, after: int, limit: int) -> CredentialPage:
        """The passes of a batch by their outside names, in the order of its rows. Raises NotFound."""
        batch = self._batch(id_, by)
        secrets, chunks = self.issuer.secrets(batch.issuer), self.store.chunks(id_)
        numbers = list(islice(chain.from_iterable(chunk.passes for chunk in chunks), after, after + limit))
        items = [
            CredentialView(id=secrets.name(n), row=line, profile=PROFILES[profile])
            for n, line, profile in self.store.sealed_rows(numbers)
        ]
        return CredentialPage(items=items, next=str(after + limit) if len(numbers) == limit else None)

    def copy_source(self, id_: str, into: IO[bytes]) -> tuple[int, Said]:
        """Copy the source of a released batch into a file; gives its cursor and its rows from the start.

        The rows are read from the file, not through this session.
        """
        batch = self._released(id_)
        return self.store.progress(id_).cursor, sources.rows_of(batch, self.store.copy_source(id_, into))

    def drawn(self, id_: str, *, by: Principal) -> BatchSample:
        """What `issuer/batches/desk.py` shows of it. Raises NotFound, Unavailable."""
        batch = self._batch(id_, by)
        rows = drawing.drawn(batch, person=by.person, store=self.store, secrets=self.issuer.secrets(batch.issuer))
        return BatchSample(rows=[sample_row(batch, row) for row in rows])

    def tell_sampled(self, id_: str, *, by: Principal) -> None:
        """That she was shown some of its rows. Raises NotFound."""
        self._tell(by, "batch_sampled", self._batch(id_, by))

    def promise(self, id_: str, block: Sequence[tuple[int, Wanted | None]]) -> int | None:
        """T1 for one block of source rows: its first number when there is something to seal.

        A block that was gone through already is passed over. Raises Conflict where the batch is not released.
        """
        batch = self._released(id_)
        progress = self.store.progress(id_, lock=True)
        if block[0][0] <= progress.cursor or batch.released is None:
            return None
        wanted = [row for _, row in block if row is not None]
        first, known = self.issuer.promise(
            batch.issuer, batch.type, wanted, batch=id_, centre=batch.centre, at=batch.released,
            with_twins=sources.has_twins(batch),
        )  # fmt: skip
        self.store.advance(id_, cursor=block[-1][0], promised=len(wanted) - known, known=known)
        if first is not None:
            self.jobs.defer("seal", str(first))
        return first

    def hand_out(self, id_: str) -> bool:
        """Let the chunks that wait be sealed, again where somebody had them; gives whether rows are left.

        Of a batch that is not being issued nothing is handed out and nothing is left.
        """
        batch = self.store.batch(id_, issuer=None, centre=None)
        if batch.state != "released":
            return False
        self.jobs.defer("seal", *map(str, self.store.waiting(id_)))
        return not self._is_planned(batch) and self.store.progress(id_).paused is None

    def _is_planned(self, batch: BatchRow) -> bool:
        return self.store.progress(batch.id).cursor >= batch.issue + batch.skip + batch.error

    def end(self, id_: str) -> bool:
        """Say that a batch is done, once every row of it is gone through and sealed; gives whether this call said so.

        Its source then has a day on which it goes. A paused batch ends too where nothing of it is left.
        """
        batch = self.store.batch(id_, issuer=None, centre=None)
        if batch.state != "released" or not self._is_planned(batch) or self.store.waiting(id_, limit=1):
            return False
        now = self.clock.now()
        if not self.store.step(batch, was=("released",), to="done", forget=(now + SOURCE_KEPT).date()):
            return False  # two were last, and the other was faster
        progress = self.store.progress(id_)
        told = {"promised": progress.promised, "known": progress.known, "digest": batch.digest.hex()}
        self.issuer.ledger.tell(now, HOUSE, "batch_done", id_, told)
        return True

    def forget_old(self) -> int:
        """Erase the sources and findings whose day has come (TRUST 14); what was issued stays. At each publishing."""
        now = self.clock.now()
        gone = self.store.forget(now.date())
        if gone:
            self.issuer.ledger.tell(now, HOUSE, "sources_erased", str(gone))
        return gone

    def _view(self, row: BatchRow) -> BatchView:
        return batch_view(row, self.store.progress(row.id), self.store.sealed(row.id))

    def _being_issued(self, id_: str, by: Principal) -> BatchRow:
        return self._released(self._batch(id_, by).id)

    def _released(self, id_: str) -> BatchRow:
        batch = self.store.batch(id_, issuer=None, centre=None)
        if batch.state != "released":
            raise Conflict("not_possible_now", detail="the batch is not being issued")
        return batch

    def _batch(self, id_: str, by: Principal) -> BatchRow:
        return self.store.batch(id_, issuer=issuer_of(by), centre=by.centre)

    def keep(self, type_id: str, source: str, checked: Checked, content: IO[bytes], by: Principal) -> BatchId:
        """A batch of what was read; the same content is the same batch. Raises Conflict `batch_elsewhere`."""
        issuer = issuer_of(by)
        if (former := self.store.by_digest(issuer, checked.digest)) is None:
            self.issuer.ledger.issuer(issuer)
            batch = sources.batch_of(
                checked, id=base64url_encode(self.random(16)), issuer=issuer, centre=by.centre, type=type_id,
                source=source, prepared_by=by.person, prepared=self.clock.now(),
            )  # fmt: skip
            if self.store.keep(batch, content, checked.findings):
                self._tell(by, "batch_checked", batch)
                return BatchId(batch.id)
            if (former := self.store.by_digest(issuer, checked.digest)) is None:
                raise Conflict("stale_version", detail="the same source came and was taken back at the same moment")
        if by.centre not in (None, former.centre):
            # Rows are issued once an issuer, so it is no new batch; and it is not hers to look at.
            raise Conflict("batch_elsewhere", detail="the issuer has the same source from outside this centre")
        return BatchId(former.id)

    def _tell(self, by: Principal, act: str, batch: BatchRow, **more: Sequence[int]) -> None:
        told = {"digest": batch.digest.hex(), "issue": batch.issue, "skip": batch.skip, "error": batch.error, **more}
        self.issuer.ledger.tell(self.clock.now(), by.person, act, batch.id, told)
