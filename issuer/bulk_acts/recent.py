"""How much of each revocation list changed in a day or is about to: many acts in a day are one large. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from issuer.tables import ListRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Recent:
    """Bits by list, as they were counted at once for all lists of a page; a suspension list is never held back and has
    none."""

    done: Mapping[int, int]
    """List -> bits that were set."""
    coming: Mapping[tuple[int, str], int]
    """(list, act on many) -> bits that it will set."""

    def of(self, list_: ListRow, *, but: str | None = None) -> int:
        """Of one list; `but`: without what this act itself will set."""
        coming = (bits for (of, bulk), bits in self.coming.items() if of == list_.id and bulk != but)
        return self.done.get(list_.id, 0) + sum(coming)
