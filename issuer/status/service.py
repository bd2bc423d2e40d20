"""Status acts by two people, one act for all copies; and publishing the lists with the log's checkpoint (TRUST 6, 7).

A revocation is for ever, a suspension until it is lifted. Reasons stay here: outside one bit is seen. How a list gets
its canaries and decoys is `kernel/status.py`'s, and what signs the bundle around them is the registry's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from issuer.service import HOUSE, Issuer, issuer_of, order
from issuer.status.store import StatusStore
from issuer.status.tables import ActRow, FlagRow
from issuer.tables import CheckpointRow, IntentRow, IssuerRow, ListRow
from kernel import codec, issued_log, status
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from kernel.issued_log import Checkpoint, Frontier
from kernel.ports import Clock, Random
from kernel.proofs import integrity
from kit.once import Once
from schemas.identifiers import Did, KeyId, Url
from schemas.issuance import ActName, ActPage, ActRequest, ActView, Reason
from schemas.terms import ASSERTION, REVOCATION, SUSPENSION

LIST_LIFE: Final = timedelta(days=30)
"""How long the W3C form of a list says it may be used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedList:
    """A list as it goes out: raw for the bundle, signed for those who read the W3C form."""

    number: int
    url: Url
    purpose: str
    bits: bytes
    canaries_set: tuple[int, ...]
    canaries_clear: tuple[int, ...]
    credential: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What one issuer published at one time. `checkpoint` is the log's signed note, None while the log is empty."""

    issuer: str
    at: datetime
    lists: tuple[PublishedList, ...]
    checkpoint: str | None
    size: int


@dataclass(frozen=True, kw_only=True)
class Status:
    """Status on one session."""

    store: StatusStore
    issuer: Issuer
    clock: Clock
    random: Random

    def propose(self, n: int, request: ActRequest, *, by: Principal) -> ActRow:
        """An officer asks for an act on a credential of hers (`Issuer.find`) and all its copies. Raises Conflict."""
        ledger, now = self.issuer.ledger, self.clock.now()
        origin = ledger.origin_of(n)
        chunk = ledger.chunk_of(origin)
        self.require_possible(request.act, ledger.intent(origin))
        act = ActRow(
            id=base64url_encode(self.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=origin,
            act=request.act,
            reason=request.reason,
            evidence=None if request.evidence is None else bytes.fromhex(request.evidence),
            state="proposed",
            proposed_by=by.person,
            proposed=now,
        )
        self.store.keep(act)
        ledger.tell(now, by.person, f"{act.act}_proposed", act.id, {"reason": act.reason, "evidence": request.evidence})
        return act

    def propose_named(self, name: str, request: ActRequest, *, by: Principal, once: Once) -> ActView:
        """As `propose`, for a credential by its outside name, and asked for once. Raises Conflict `idempotency_key`."""
        session = self.issuer.ledger.session
        former = once.replay(session, by.person)
        if former is not None:
            return ActView.model_validate_json(former)
        view = self.view(self.propose(self.issuer.find(name, by=by), request, by=by))
        once.keep(session, by.person, view.model_dump_json(by_alias=True).encode(), self.clock.now())
        return view

    def view(self, act: ActRow) -> ActView:
        """An act as it stands."""
        return ActView(
            id=act.id,
            credential=self.issuer.secrets(act.issuer).name(act.n),
            act=act.act,  # type: ignore[arg-type]  # the table's CHECK holds the same words
            reason=act.reason,  # type: ignore[arg-type]  # written from a checked request
            state=act.state,  # type: ignore[arg-type]  # the table's CHECK holds the same words
            proposed_by=act.proposed_by,
            proposed=act.proposed,
            decided_by=act.decided_by,
            decided=act.decided,
        )

    def list(self, *, by: Principal, state: str | None, after: str, limit: int) -> ActPage:
        """Those of the caller's issuer and centre."""
        found = self.store.acts(issuer=issuer_of(by), centre=by.centre, state=state, after=after, limit=limit)
        return ActPage(items=[self.view(act) for act in found], next=found[-1].id if len(found) == limit else None)

    def approve(self, id_: str, *, by: Principal) -> ActRow:
        """Another person confirms: the bits of all copies flip in this one transaction.

        Raises NotFound, Forbidden `same_hand`, Conflict where it was decided or is no longer possible, and
        `under_dispute` for what would end an open dispute (TRUST section 6).
        """
        act = self._open(id_, by)
        if act.act != "suspend" and self.store.is_disputed(act.n):
            raise Conflict("under_dispute", detail="the holder disputes it: the dispute decides")
        self.require_possible(act.act, self.issuer.ledger.intent(act.n))
        self.store.decide(act, to="approved", by=by.person, at=self.clock.now())
        self._flip(act, by.person)
        return act

    def act_at_once(self, n: int, act: ActName, reason: Reason, *, proposed_by: str, approved_by: str) -> None:
        """An act that two people agreed on elsewhere: a decided dispute, a row that was superseded.

        What was still proposed for the row has no object any more and is refused. Raises Conflict.
        """
        now, chunk = self.clock.now(), self.issuer.ledger.chunk_of(n)
        for open_ in self.store.proposed(n):
            self.store.decide(open_, to="refused", by=approved_by, at=now)
        row = ActRow(
            id=base64url_encode(self.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=n,
            act=act,
            reason=reason,
            state="approved",
            proposed_by=proposed_by,
            proposed=now,
            decided_by=approved_by,
            decided=now,
        )
        self.store.keep(row)
        self._flip(row, approved_by)

    def confirm_revocation(self, n: int, *, by: Principal) -> None:
        """What is proposed to revoke the row, confirmed: its dispute was decided so. Raises Forbidden `same_hand`."""
        for act in self.store.proposed(n):
            if act.act == "revoke":
                by.require_other_hand(act.proposed_by)
                self.store.decide(act, to="approved", by=by.person, at=self.clock.now())
                self._flip(act, by.person)

    def refuse(self, id_: str, *, by: Principal) -> ActRow:
        """Another person says no; nothing flips."""
        act = self._open(id_, by)
        self.store.decide(act, to="refused", by=by.person, at=self.clock.now())
        self.issuer.ledger.tell(self.clock.now(), by.person, f"{act.act}_refused", act.id)
        return act

    def is_usable(self, intent: IntentRow) -> bool:
        """Whether no bit is set for a row: only such a row gives a holder new copies."""
        lists = self.store.lists_of(intent.pair)
        marked = self.store.is_set(lists[REVOCATION], intent.revocation)
        return not marked and not self.store.is_set(lists[SUSPENSION], intent.suspension)

    def publish(self, issuer: str) -> Publication:
        """All lists of an issuer as they stand, signed, and the checkpoint of its log. Raises NotFound, Unavailable."""
        by, now = self.issuer.ledger.issuer(issuer), self.clock.now()
        places = self.issuer.secrets(issuer).places
        lists = tuple(self._publish_list(by, row, places, now) for row in self.store.lists(issuer))
        checkpoint = self._checkpoint(by, now)
        told = {"lists": len(lists), "size": checkpoint.size if checkpoint else 0}
        self.issuer.ledger.tell(now, HOUSE, "status_published", issuer, told)
        return Publication(
            issuer=issuer,
            at=now,
            lists=lists,
            checkpoint=None if checkpoint is None else checkpoint.note,
            size=0 if checkpoint is None else checkpoint.size,
        )

    def _publish_list(self, by: IssuerRow, row: ListRow, places: bytes, now: datetime) -> PublishedList:
        url = Url(row.url)
        rest = status.reserve(order(places, url))
        own = status.set_bits(status.empty(), self.store.places(row.id))
        former = status.empty() if row.bits is None else row.bits
        bits = status.dress(own, former=former, rest=rest, purpose=row.purpose, random=self.random)
        unsigned = status.list_credential(
            url=url, issuer=Did(by.did), purpose=row.purpose, bits=bits, valid_from=now, valid_until=now + LIST_LIFE
        )
        signed = integrity.add(unsigned, signer=self.issuer.keys.signer(KeyId(by.key)), purpose=ASSERTION)
        raw = codec.write(signed)
        self.store.keep_list(row, bits=bits, published=now, raw=raw)
        return PublishedList(
            number=row.number,
            url=url,
            purpose=row.purpose,
            bits=bits,
            canaries_set=rest.canaries_set,
            canaries_clear=rest.canaries_clear,
            credential=raw,
        )

    def _checkpoint(self, by: IssuerRow, now: datetime) -> CheckpointRow | None:
        """The tree of the longest sealed prefix, gone on with from the last one; no leaf is read twice."""
        ledger = self.issuer.ledger
        former = ledger.checkpoint(by.id)
        edge = Frontier() if former is None else Frontier(former.size, _cut(former.frontier))
        chunks = ledger.leaves_after(by.number, edge.size)
        if not chunks:
            return former
        for chunk in chunks:
            edge = edge.append(_cut(chunk.leaves))
        signer = self.issuer.keys.signer(KeyId(by.key))
        head = Checkpoint(origin=f"{by.did}/log", size=edge.size, root=edge.root())
        note = issued_log.sign_checkpoint(head, name=by.method, public=by.public, signer=signer)
        row = CheckpointRow(
            issuer=by.id, size=edge.size, root=edge.root(), frontier=b"".join(edge.hashes), note=note, at=now
        )
        self.store.keep_checkpoint(row)
        return row

    def _open(self, id_: str, by: Principal) -> ActRow:
        act = self.store.act(id_, issuer=issuer_of(by), centre=by.centre)
        by.require_other_hand(act.proposed_by)
        return act

    def _flip(self, act: ActRow, by: str) -> None:
        copies = self.issuer.ledger.family_of(act.n)
        flags = self._flags(act, copies)
        if act.act == "lift":
            self.store.clear([(flag.list, flag.place) for flag in flags])
        else:
            self.store.set([flag for flag in flags if not self.store.is_set(flag.list, flag.place)])
        self.issuer.ledger.tell(self.clock.now(), by, f"{act.act}_approved", act.id, {"copies": len(copies)})

    def require_possible(self, act: str, intent: IntentRow) -> None:
        """Raises Conflict: nothing follows a revocation, no suspension is doubled, only a suspension is lifted."""
        lists = self.store.lists_of(intent.pair)
        revoked = self.store.is_set(lists[REVOCATION], intent.revocation)
        suspended = self.store.is_set(lists[SUSPENSION], intent.suspension)
        if revoked or (act == "suspend" and suspended) or (act == "lift" and not suspended):
            raise Conflict("stale_version", detail="the credential's status does not allow this act")

    def _flags(self, act: ActRow, copies: Sequence[IntentRow]) -> Sequence[FlagRow]:
        """One bit a copy, in the list of the act's purpose."""
        purpose = REVOCATION if act.act == "revoke" else SUSPENSION
        flags = []
        for copy in copies:
            place = copy.revocation if purpose == REVOCATION else copy.suspension
            list_ = self.store.lists_of(copy.pair)[purpose]
            flags.append(FlagRow(list=list_, place=place, n=copy.n, act=act.id))
        return flags


def _cut(hashes: bytes) -> tuple[bytes, ...]:
    return tuple(hashes[at : at + 32] for at in range(0, len(hashes), 32))
