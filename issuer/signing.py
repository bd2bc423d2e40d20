"""What the signing process does: it reads what it is asked to sign, looks for the four eyes behind it, and signs.

No bytes come in, only names (TRUST section 7). A chunk needs a release by another person than prepared it, a bit of a
list needs an act of two people, a checkpoint needs the leaves. How a task comes here is `app/`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from issuer import audit
from issuer.batches.sources import has_twins
from issuer.batches.tables import BatchRow
from issuer.bulk_acts.tables import BulkRow
from issuer.kinds import BADGE
from issuer.places import reserve
from issuer.seal import sign as sign_rows
from issuer.service import Issuer
from issuer.status.tables import ActRow, FlagRow
from issuer.store import Ledger
from issuer.superseding.tables import SupersedingRow
from issuer.tables import ChunkRow, IntentRow, IssuerRow, ListRow
from kernel import codec, status
from kernel.encoding import multibase_encode
from kernel.errors import Conflict, Forbidden, NotFound
from kernel.issued_log import Checkpoint, Frontier, cut
from kernel.keys import PublicKey
from kernel.ports import SigningTask
from kernel.proofs import integrity, registry
from schemas.identifiers import Did, DidUrl, KeyId, Url
from schemas.json import JsonObject
from schemas.terms import ASSERTION, EDDSA_JCS_2022, REVOCATION

AUDIT: Final = "puente-audit"
NOT_SET_OUT: Final = "the list was not set out"
AUDIT_KEY: Final = KeyId("house/audit")
"""Signs checkpoints of the audit chain and nothing else."""
LIST_LIFE: Final = timedelta(days=30)
"""How long the W3C form of a list says it may be used."""


def list_words(by: IssuerRow, unsigned: JsonObject) -> bytes:
    """What is signed of a list."""
    return registry.find(EDDSA_JCS_2022).hash(unsigned, _list_options(by, unsigned))


def list_bytes(by: IssuerRow, unsigned: JsonObject, signature: bytes) -> bytes:
    """The W3C form of a list with that signature."""
    proof = {**_list_options(by, unsigned), "proofValue": multibase_encode(signature)}
    return codec.write({**unsigned, "proof": proof})


def unsigned_list(by: IssuerRow, row: ListRow) -> JsonObject:
    """The W3C form of a list that was set out, as yet without a proof. Raises Conflict."""
    if row.bits is None or row.published is None:
        raise Conflict("not_possible_now", detail=NOT_SET_OUT)
    return status.list_credential(
        url=Url(row.url),
        issuer=Did(by.did),
        purpose=row.purpose,
        bits=row.bits,
        valid_from=row.published,
        valid_until=row.published + LIST_LIFE,
    )


def _list_options(by: IssuerRow, unsigned: JsonObject) -> JsonObject:
    return integrity.options(unsigned, method=DidUrl(by.method), purpose=ASSERTION)


def edge(ledger: Ledger, by: IssuerRow, *, size: int | None = None) -> Frontier:
    """The log's right edge, gone on with from the last checkpoint; `size` says where to stop. Raises Conflict."""
    former = ledger.checkpoint(by.id)
    found = Frontier() if former is None else Frontier(former.size, cut(former.frontier))
    if former is not None and found.root() != former.root:
        raise Conflict("record_broken", detail="the log's edge is not that of its checkpoint")
    for leaves in ledger.leaves_after(by.number, found.size):
        if found.size == size:
            break
        found = found.append(cut(leaves))
    if size not in (None, found.size):
        raise Conflict("not_possible_now", detail="the log has no such size")
    return found


def head(by: IssuerRow, edge: Frontier) -> Checkpoint:
    """The checkpoint of a log at that edge."""
    return Checkpoint(origin=f"{by.did}/log", size=edge.size, root=edge.root())


def audit_point(size: int, hash_: bytes) -> Checkpoint:
    """The audit chain's length and last hash, as a checkpoint: in the same form as a log's, under a name of its own."""
    return Checkpoint(origin=AUDIT, size=size, root=hash_)


@dataclass(frozen=True, kw_only=True)
class Signing:
    """The signing of one house, on one session that only reads."""

    issuer: Issuer

    def sign(self, task: SigningTask) -> tuple[bytes, ...]:
        """The port `Hand`. Raises NotFound, Forbidden `same_hand`, Conflict, Unavailable."""
        match task.kind:
            case "chunk":
                return self._chunk(int(task.of))
            case "list":
                return (self._list(int(task.of)),)
            case "log":
                return (self._log(task.of, task.size),)
            case "audit":
                return (self._audit(task.size),)

    def _chunk(self, first: int) -> tuple[bytes, ...]:
        ledger = self.issuer.ledger
        chunk = ledger.chunk(first)
        if ledger.is_sealed(first):
            raise Conflict("stale_version", detail="the chunk is sealed already")
        self.issuer.require_key(DidUrl(chunk.method), chunk.at)
        self._require_twins(chunk)
        if chunk.batch is None:
            self._require_copies(chunk)
        else:
            self._require_release(chunk, chunk.batch)
        press, signer = self.issuer.press(chunk), self.issuer.keys.signer(KeyId(chunk.key))
        return tuple(sign_rows(ledger.intents(first, chunk.size), press, signer))

    def _require_release(self, chunk: ChunkRow, batch: str) -> None:
        """The batch was released by another person than prepared or proposed it, for as many rows as it has."""
        session = self.issuer.ledger.session
        row = session.get(BatchRow, batch)
        if row is None or (row.issuer, row.type, row.released) != (chunk.issuer, chunk.family, chunk.at):
            raise Forbidden("same_hand", detail="no release stands behind the chunk")
        _require_two((row.prepared_by, row.proposed_by), row.released_by)
        promised = session.exec(select(func.sum(ChunkRow.size - ChunkRow.twins)).where(ChunkRow.batch == batch)).one()
        if promised > row.issue or (chunk.twins and not has_twins(row)):
            raise Forbidden("same_hand", detail="more rows than were released")

    def _require_twins(self, chunk: ChunkRow) -> None:
        """The last rows of a chunk are the full form of the first ones, each with its payload, and no other row is."""
        session, row, twin = self.issuer.ledger.session, aliased(IntentRow), aliased(IntentRow)
        last = chunk.first + chunk.size - 1
        full = (col(twin.n) >= chunk.first) & (col(twin.n) <= last) & (col(twin.profile) == BADGE)
        paired = (col(row.n) == col(twin.n) - chunk.size + chunk.twins) & (col(row.n) == col(twin.origin))
        same = select(func.count()).select_from(twin).join(row, paired).where(full, row.payload == twin.payload)
        every = select(func.count()).select_from(twin).where(full)
        if not session.exec(same).one() == session.exec(every).one() == chunk.twins:
            raise Forbidden("same_hand", detail="a full credential that is not the released row's")

    def _require_copies(self, chunk: ChunkRow) -> None:
        """Copies show what their released origin holds; a row in another's place was agreed on by two people."""
        ledger = self.issuer.ledger
        agreed = ledger.session.exec(select(SupersedingRow).where(SupersedingRow.first == chunk.first)).first()
        if agreed is not None:
            _require_two((agreed.proposed_by,), agreed.approved_by)
            if agreed.bulk is not None:
                self._require_replaced(chunk, agreed.bulk)
            return
        rows = ledger.session.exec(
            select(IntentRow).where(IntentRow.n >= chunk.first, IntentRow.n < chunk.first + chunk.size)
        ).all()
        for row in rows:
            if row.origin is None or ledger.intent(row.origin).payload != row.payload:
                raise Forbidden("same_hand", detail="no release stands behind the row")
            self._require_origin(ledger.chunk_of(row.origin), chunk)

    def _require_replaced(self, chunk: ChunkRow, bulk: str) -> None:
        """Each row says what the one says whose place it takes by this act on many, which two people agreed on."""
        session, old, new = self.issuer.ledger.session, aliased(IntentRow), aliased(IntentRow)
        act = session.get(BulkRow, bulk)
        if act is None or not act.replaces or act.state not in ("approved", "done") or act.issuer != chunk.issuer:
            raise Forbidden("same_hand", detail="no approved act on many stands behind the rows")
        _require_two((act.proposed_by,), act.decided_by)
        within = (SupersedingRow.first >= chunk.first, SupersedingRow.first <= chunk.passes[-1])
        agreed = select(func.count()).select_from(SupersedingRow).where(SupersedingRow.bulk == bulk, *within)
        agreed = agreed.join(old, col(old.n) == SupersedingRow.old).join(new, col(new.n) == SupersedingRow.first)
        same = agreed.where(old.payload == new.payload, col(new.origin).is_(None), col(new.subject).is_(None))
        if session.exec(same).one() != len(chunk.passes):
            raise Forbidden("same_hand", detail="a row that is not the one whose place it takes")

    def _require_origin(self, origin: ChunkRow, chunk: ChunkRow) -> None:
        if (origin.issuer, origin.family) != (chunk.issuer, chunk.family):
            raise Forbidden("same_hand", detail="a copy of another issuer's row")
        # What is sealed went through here; so one look is enough, and copies of copies there are none.
        if not self.issuer.ledger.is_sealed(origin.first):
            raise Conflict("not_possible_now", detail="the origin is not sealed")

    def _list(self, id_: int) -> bytes:
        """Only bits that an act of two people set, and of the reserve: places that nobody has.

        One that was announced revokes nothing until it is in effect; one person alone suspends for fraud, for a day.
        """
        session = self.issuer.ledger.session
        row = session.get(ListRow, id_)
        if row is None:
            raise NotFound("not_found", detail="no such list")
        by = self._in_force(row.issuer)
        words = list_words(by, unsigned_list(by, row))
        acted = session.exec(
            select(FlagRow.place)
            .join(ActRow, col(ActRow.id) == col(FlagRow.act))
            .where(FlagRow.list == id_, _stands(row.purpose))
        ).all()
        rest = reserve(self.issuer.secrets(row.issuer).places, Url(row.url))
        free = (*rest.canaries_set, *rest.decoys)
        allowed = status.set_bits(status.set_bits(status.empty(), acted), free)
        if status.count(status.without(row.bits or b"", allowed)):
            raise Forbidden("same_hand", detail="a bit is set that no act of two people set")
        return self._sign(by, words)

    def _log(self, issuer: str, size: int) -> bytes:
        self.issuer.require_forward(issuer)
        by = self._in_force(issuer)
        return self._sign(by, head(by, edge(self.issuer.ledger, by, size=size)).text().encode())

    def _audit(self, size: int) -> bytes:
        words = audit_point(size, audit.hash_at(self.issuer.ledger.session, size)).text().encode()
        return self.issuer.keys.signer(AUDIT_KEY).sign(words)

    def _in_force(self, issuer: str) -> IssuerRow:
        by = self.issuer.ledger.issuer(issuer)
        self.issuer.require_key(DidUrl(by.method), self.issuer.clock.now())
        return by

    def _sign(self, by: IssuerRow, words: bytes) -> bytes:
        signature = self.issuer.keys.signer(KeyId(by.key)).sign(words)
        PublicKey(by.public).check(words, signature)
        return signature


def _stands(purpose: str) -> ColumnElement[bool]:
    """Which acts may stand behind a bit of a list of that purpose."""
    two = and_(col(ActRow.state) == "approved", col(ActRow.decided_by) != col(ActRow.proposed_by))
    if purpose == REVOCATION:
        return and_(two, col(ActRow.phase).is_(None) | (col(ActRow.phase) == "effective"))
    return or_(
        two, and_(col(ActRow.act) == "suspend", col(ActRow.reason) == "fraud", col(ActRow.phase) == "unconfirmed")
    )


def _require_two(hands: Sequence[str | None], other: str | None) -> None:
    """Raises Forbidden `same_hand`."""
    if not other or not any(hands) or other in hands:
        raise Forbidden("same_hand", detail="one person alone stands behind it")
