"""Which rows were promised before: by what a row is known again by, and by its payload, as earlier releases named it.

Not here: what makes two rows the same (`issuer/cohort.py`), and repeats inside a file (`issuer/repeats.py`).
"""

from collections.abc import Callable, Sequence

from issuer.rows import Wanted
from issuer.secrets import Secrets


def name_of(secrets: Secrets, family: str, row: Wanted) -> bytes:
    """The keyed name under which a row is promised."""
    return secrets.row(family, row.same or row.payload, row.copy)


def fresh(
    secrets: Secrets, family: str, rows: Sequence[Wanted], known: Callable[[Sequence[bytes]], set[bytes]]
) -> dict[bytes, Wanted]:
    """Those not promised before, by their names; a row that comes twice counts once.

    `known` says which of some names the ledger has.
    """
    named = {name_of(secrets, family, row): row for row in reversed(rows)}
    former = {secrets.row(family, row.payload, row.copy): name for name, row in named.items() if row.same}
    found = known((*named, *former))
    found |= {former[name] for name in found & former.keys()}
    return {name: row for name, row in reversed(named.items()) if name not in found}
