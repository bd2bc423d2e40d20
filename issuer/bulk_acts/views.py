"""What people see of an act on many: rows of the database -> shapes of the wire. Pure; no value of a row."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from issuer.batches.tables import BatchRow
from issuer.batches.views import batch_name
from issuer.bulk_acts.tables import BulkRow
from issuer.tables import ListRow
from kernel.status import LIST_SIZE
from schemas.bulk_acts import (
    BulkAsked,
    BulkCheck,
    BulkView,
    ByBatch,
    ByBulk,
    ByCredentials,
    ByDocuments,
    ByNorm,
    Chosen,
    LeftOut,
    ListShare,
)
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
        left_out=LeftOut(already=left["already"], disputed=left["disputed"], unsealed=left["unsealed"]),
        lists=list(shares),
        digest=digest.hex(),
    )


def bulk_view(row: BulkRow, shares: Sequence[ListShare], *, batch: BatchRow | None, applied: int) -> BulkView:
    """An act on many as it stands."""
    waits = row.state == "done" and any(share.needs_word for share in shares)
    return BulkView(
        id=row.id,
        way=row.way,
        batch=None if batch is None else batch_name(batch),
        act=row.act,  # type: ignore[arg-type]  # the table's CHECK holds the same words
        reason=row.reason,  # type: ignore[arg-type]  # written from a checked request
        count=row.count,
        left_out=LeftOut(already=row.already, disputed=row.disputed, unsealed=row.unsealed),
        lists=list(shares),
        digest=row.digest.hex(),
        state="waiting" if waits else row.state,  # type: ignore[arg-type]  # the table's CHECK holds the same words
        applied=applied,
        proposed_by=row.proposed_by,
        proposed=row.proposed,
        decided_by=row.decided_by,
        decided=row.decided,
    )
