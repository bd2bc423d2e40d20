"""What people see of an act on many: rows of the database -> shapes of the wire. Pure; no value of a row."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from issuer.batches.tables import BatchRow
from issuer.batches.views import batch_name
from issuer.bulk_acts.tables import BulkRow
from issuer.status.announcing import OPEN, is_told_as_it_stands
from issuer.tables import ListRow
from kernel.status import LIST_SIZE
from schemas.bulk_acts import (
    BulkAsked,
    BulkCheck,
    BulkNotice,
    BulkView,
    BulkWait,
    ByBatch,
    ByBulk,
    ByCredentials,
    ByDocuments,
    ByNorm,
    Chosen,
    LeftOut,
    ListShare,
)
from schemas.papers import PART
from schemas.terms import REVOCATION


def way(chosen: Chosen) -> str:
    """How it was chosen, in one line that names no person."""
    match chosen:
        case ByBatch():
            return f"batch {chosen.batch}"
        case ByCredentials():
            return f"credentials {len(chosen.credentials)}"
        case ByDocuments():
            return f"documents {len(chosen.documents)}" + (f" {chosen.norm}" if chosen.norm else "")
        case ByNorm():
            return f"norm {chosen.norm} {chosen.first_day} {chosen.last_day}"
        case ByBulk():
            return f"bulk {chosen.bulk}"


def batch_of(way: str) -> str | None:
    """The batch that an act on many is about whole, by its `way`."""
    return way.removeprefix("batch ") if way.startswith("batch ") else None


def bulk_of(way: str) -> str | None:
    """The act on many that another one is about, by its `way`."""
    return way.removeprefix("bulk ") if way.startswith("bulk ") else None


def list_share(
    row: ListRow, changes: int, *, recent: int, most: int, waits: bool | None = None, is_done: bool = False
) -> ListShare:
    """What an act does to a list; once it was approved, `waits` says whether the registry's word is missing.

    Only of an act that is done the list can be told: what is kept of it holds the bits of acts that are whole.
    """
    is_revoking = row.purpose == REVOCATION
    needs = is_revoking and changes + recent > most if waits is None else waits
    return ListShare(
        number=row.number,
        purpose="revocation" if is_revoking else "suspension",
        changes=changes,
        share=round(100 * changes / LIST_SIZE, 3),
        recent=recent,
        needs_word=needs,
        hash=sha256(row.held).hexdigest() if waits and is_done and row.held is not None else None,
    )


def check(asked: BulkAsked, count: int, left: Counter[str], shares: Sequence[ListShare], digest: bytes) -> BulkCheck:
    """A dry run."""
    return BulkCheck(
        act=asked.act,
        reason=asked.reason,
        count=count,
        left_out=LeftOut(**{name: left[name] for name in LeftOut.model_fields}),
        unknown=left["unknown"] if isinstance(asked.chosen, ByDocuments) else None,
        lists=list(shares),
        digest=digest.hex(),
    )


def bulk_view(
    row: BulkRow, shares: Sequence[ListShare], *, batch: BatchRow | None, applied: int, untold: int
) -> BulkView:
    """An act on many as it stands; `untold` of its people have not been told."""
    return BulkView(
        id=row.id,
        way=row.way,
        batch=None if batch is None else batch_name(batch),
        act=row.does if row.is_known else row.act,  # type: ignore[arg-type]  # the table's CHECK holds the same words
        reason=row.reason,  # type: ignore[arg-type]  # written from a checked request
        count=row.count,
        left_out=LeftOut(**{name: getattr(row, name) for name in LeftOut.model_fields}),
        lists=list(shares),
        digest=row.digest.hex(),
        state=_state(row, shares),  # type: ignore[arg-type]  # the table's CHECK and this hold the same words
        applied=applied,
        proposed_by=row.proposed_by,
        proposed=row.proposed,
        decided_by=row.decided_by,
        decided=row.decided,
        stopped=row.stopped,
        stopped_by=row.stopped_by,
        wait=None if row.phase is None else _wait(row, untold),
        notice=_notice(row, untold),
        card_parts=-(-applied // PART) if row.replaces and row.state == "done" else None,
    )


def _state(row: BulkRow, shares: Sequence[ListShare]) -> str:
    if row.state != "done" or row.phase == "withdrawn":
        return "withdrawn" if row.state == "done" else row.state
    if row.phase in OPEN:
        return "announced"
    if any(share.needs_word for share in shares):
        return "waiting"
    return "done" if row.stopped is None else "stopped"


def _notice(row: BulkRow, untold: int) -> BulkNotice | None:
    is_told = row.state == "done" and is_told_as_it_stands(row.does, row.reason)
    return BulkNotice(untold=untold, parts=parts(row)) if is_told else None


def parts(row: BulkRow) -> int:
    """In how many files its people's notices are printed."""
    return -(-row.count // PART)


def _wait(row: BulkRow, untold: int) -> BulkWait:
    return BulkWait(
        phase=row.phase,  # type: ignore[arg-type]  # written from the same words
        untold=untold,
        parts=parts(row),
        due=row.due,
        ended=row.ended,
        ended_by=row.ended_by,
    )
