"""The issued log for those outside: its tiles as they grow, and a wallet's proof that a pass stands in it (TRUST 7).

A log proof says nothing of a person; whoever knows a credential's name, 128 bits that only its holder and the issuer
have, may ask for it. Files are written and read by `app/log_files.py`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from issuer.rows import LEAF_BITS
from issuer.secrets import NO_CREDENTIAL
from issuer.service import Issuer
from issuer.store import Ledger
from kernel import issued_log, log_tiles
from kernel.encoding import multibase_decode
from kernel.errors import Conflict, NotFound
from kernel.issued_log import Frontier, LogProof
from kernel.log_tiles import Read
from schemas.identifiers import CredentialId, DidUrl

_PROOF_VALUE = 89


STEP: Final = 1 << 16
"""Leaves taken at a time: so a country's log stays small in memory."""
ReadOf = Callable[[str], Read]
"""Issuer -> how a file of its log is read."""


@dataclass(frozen=True, kw_only=True)
class LogBook:
    """The logs of one house, on one session. `read` gives the bytes of a public file of an issuer's log."""

    issuer: Issuer
    read: ReadOf

    def grow(self, issuer: str, former: int, size: int) -> dict[str, bytes]:
        """The tiles that are new since the log had `former` leaves. Raises NotFound, Conflict."""
        ledger = self.issuer.ledger
        joined = ledger.leaves(ledger.issuer(issuer).number, former, size)
        if len(joined) != (size - former) * issued_log.HASH:
            raise Conflict("record_broken", detail="the log has fewer leaves than its checkpoint")
        return log_tiles.grow(self.read(issuer), issued_log.cut(joined), former=former)

    def require_root(self, issuer: str, size: int, root: bytes) -> None:
        """Raise Conflict `record_broken` unless the log's first leaves, so many, have that root."""
        require_root(self.issuer.ledger, issuer, size, root)

    def proof(self, name: str, *, size: int | None) -> str:
        """`VR1-R…` for a credential by its name, in the tree of that checkpoint, or of the latest.

        Raises NotFound for a name that nobody gave, for a pass that no checkpoint covers yet, and for a size that
        none has.
        """
        issuer, n = self._row(CredentialId(name))
        ledger, leaf = self.issuer.ledger, n & (1 << LEAF_BITS) - 1
        point = ledger.checkpoint(issuer) if size is None else ledger.checkpoint_of(issuer, size)
        if point is None or leaf >= point.size:
            raise NotFound("not_found", detail="no such checkpoint covers the pass yet")
        intent, chunk, document = ledger.intent(n), ledger.chunk_of(n), self.issuer.credential(n)
        pair = next(each for each in ledger.pairs(issuer, chunk.family) if each.number == intent.pair)
        signature = multibase_decode(str(document["proof"]["proofValue"]), limit=_PROOF_VALUE)
        made = LogProof(
            method=DidUrl(chunk.method),
            signature_hash=hashlib.sha256(signature).digest(),
            list_url=pair.revocation_url,
            index=intent.revocation,
            salt=issued_log.salt(self.issuer.secrets(issuer).leaves, n),
            leaf_index=leaf,
            size=point.size,
            path=log_tiles.path(self.read(issuer), leaf, size=point.size),
        )
        issued_log.check_path(made.leaf(), index=leaf, size=point.size, path=made.path, root=point.root)
        return issued_log.write_proof(made)

    def _row(self, name: CredentialId) -> tuple[str, int]:
        for issuer in self.issuer.ledger.issuers():
            try:
                return issuer, self.issuer.secrets(issuer).number(name)
            except NotFound:
                continue
        raise NotFound("not_found", detail=NO_CREDENTIAL)


def require_root(ledger: Ledger, issuer: str, size: int, root: bytes) -> None:
    """Raise Conflict `record_broken` unless the first leaves of an issuer's log, so many, have that root."""
    number, edge = ledger.issuer(issuer).number, Frontier()
    while edge.size < size:
        leaves = ledger.leaves(number, edge.size, min(size, edge.size + STEP))
        if not leaves:
            break
        edge = edge.append(issued_log.cut(leaves))
    if (edge.size, edge.root()) != (size, root):
        raise Conflict("record_broken", detail="the log's leaves are not those of its checkpoint")
