"""What an act on many would touch, chunk by chunk, without a trace: who tries it and who proposes it count the same."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from issuer.bulk_acts import views
from issuer.bulk_acts.choosing import Choosing
from issuer.bulk_acts.counting import lists_of
from issuer.bulk_acts.meaning import Meaning, What
from issuer.bulk_acts.store import BulkStore, bits_of
from issuer.service import Issuer
from kernel.access import Principal
from kernel.canonical import canonical
from schemas.bulk_acts import BulkAsked


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What an act would touch: parts (first, bits, count), places by list, and why others are left out."""

    parts: Sequence[tuple[int, bytes, int]]
    changes: Counter[int]
    left: Counter[str]
    digest: bytes

    @property
    def count(self) -> int:
        return sum(count for _, _, count in self.parts)


@dataclass(frozen=True, kw_only=True)
class Trying:
    """Trying on one session."""

    store: BulkStore
    issuer: Issuer
    meaning: Meaning

    def of(self, asked: BulkAsked, by: Principal) -> Tried:
        """Raises NotFound for what is not hers."""
        parts, changes, left = list[tuple[int, bytes, int]](), Counter[int](), Counter[str]()
        told = canonical(asked.model_dump(mode="json", include={"act", "reason", "evidence"}))
        digest, reached = hashlib.sha256(told), set[int]()
        what = What(act=asked.act, reason=asked.reason, bulk=views.bulk_of(views.way(asked.chosen)))
        following, revoking = self.meaning.following, asked.act in ("revoke", "replace")
        choosing = Choosing(store=self.store, issuer=self.issuer, following=following, by=by, left=left)
        for chunk, found in choosing.rows(asked.chosen):
            numbers = [n for n in found if n not in reached]
            if not numbers:
                continue
            meant = self.meaning.of(chunk, numbers, what)
            reached |= meant.others
            left.update(meant.left)
            if meant.good:
                bits = bits_of(chunk.first, chunk.size, meant.good)
                parts.append((chunk.first, bits, len(meant.good)))
                digest.update(chunk.first.to_bytes(8) + bits)
                changes.update(lists_of(self.issuer, chunk, meant.copies, is_revoking=revoking))
        return Tried(parts=parts, changes=changes, left=left, digest=digest.digest())
