"""Which types a file may bring, by the types' own data, and for which this issuer has status lists. Reads alone."""

from sqlmodel import col, select

from issuer.batches.service import Batches
from issuer.batches.sources import COHORT_TYPE
from issuer.cohort_file import COLUMNS
from issuer.service import issuer_of
from issuer.tables import ListRow
from kernel.access import Principal
from schemas import credential_types
from schemas.counter import BatchType, BatchTypes, ColumnName
from schemas.row_types import TYPES, Field


def offered(batches: Batches, *, by: Principal) -> BatchTypes:
    """The cohort's first, then those of rows. One without lists cannot be issued yet: no place could be given."""
    own = select(ListRow.family).where(col(ListRow.issuer) == issuer_of(by)).distinct()
    ready = set(batches.store.session.exec(own))
    cohort = credential_types.find(COHORT_TYPE)
    if cohort is None:
        raise LookupError("the cohort's type is in no table")
    columns = [ColumnName(es=name, en=name) for name in COLUMNS]
    first = BatchType(
        type=COHORT_TYPE,
        source="cohort",
        title=cohort.title_es,
        title_en=cohort.title_en,
        must=columns,
        may=[],
        ready=COHORT_TYPE in ready,
    )
    return BatchTypes(items=[first, *_of_rows(ready)])


def _of_rows(ready: set[str]) -> list[BatchType]:
    return [
        BatchType(
            type=id_,
            source="form",
            title=kind.type.title_es,
            title_en=kind.type.title_en,
            must=_names(kind.must),
            may=_names(kind.may),
            ready=id_ in ready,
        )
        for id_, kind in TYPES.items()
    ]


def _names(fields: tuple[Field, ...]) -> list[ColumnName]:
    return [ColumnName(es=field.es, en=field.en) for field in fields]
