"""Status acts by two people, one act for all copies; and publishing the lists with the log's checkpoint (TRUST 6, 7).

A revocation is for ever, a suspension until it is lifted. Reasons stay here: outside one bit is seen. How a list gets
its canaries and decoys is `kernel/status.py`'s, and what signs the bundle around them is the registry's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from issuer import signing
from issuer.places import reserve
from issuer.secrets import Secrets
from issuer.service import HOUSE, Issuer, issuer_of
from issuer.status.agreeing import Agreeing
from issuer.status.announcing import is_announced, require_evidence
from issuer.status.flipping import Flipping
from issuer.status.holding import Wardrobe
from issuer.status.publication import Publication, PublishedList
from issuer.status.store import StatusStore
from issuer.status.tables import ActRow
from issuer.status.views import notice_view, wait_view
from issuer.tables import CheckpointRow, IntentRow, IssuerRow, ListRow
from issuer.working_days import WorkingDays
from kernel import issued_log
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Unavailable
from kernel.keys import PublicKey
from kernel.ports import Clock, Random, SigningTask
from kit.once import Once
from schemas.identifiers import DidUrl, KeyId, Url
from schemas.issuance import ActPage, ActRequest, ActView

DISPUTED: Final = "the holder disputes it: the dispute decides"


@dataclass(frozen=True, kw_only=True)
class Status:
    """Status on one session."""

    store: StatusStore
    issuer: Issuer
    clock: Clock
    random: Random
    days: WorkingDays

    def propose(self, n: int, request: ActRequest, *, by: Principal) -> ActRow:
        """An officer asks for an act on a credential of hers (`Issuer.find`) and all its copies. Raises Conflict, and
        WrongShape `evidence_needed`."""
        require_evidence(request.act, request.reason, request.evidence)
        ledger, now = self.issuer.ledger, self.clock.now()
        origin = ledger.origin_of(n)
        chunk = ledger.chunk_of(origin)
        self.flipping.require_possible(request.act, ledger.intent(origin))
        self._require_not_announced(request.act, request.reason, [origin])
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

    def view(self, act: ActRow, secrets: Secrets | None = None) -> ActView:
        """An act as it stands; `secrets` where they are at hand."""
        return ActView(
            id=act.id,
            credential=(secrets or self.issuer.secrets(act.issuer)).name(act.n),
            bulk=act.bulk,
            act=act.act,  # type: ignore[arg-type]  # the table's CHECK holds the same words
            reason=act.reason,  # type: ignore[arg-type]  # written from a checked request
            evidence=None if act.evidence is None else act.evidence.hex(),
            state=act.state,  # type: ignore[arg-type]  # the table's CHECK holds the same words
            proposed_by=act.proposed_by,
            proposed=act.proposed,
            decided_by=act.decided_by,
            decided=act.decided,
            wait=None if act.phase is None else wait_view(act, self.days),
            notice=notice_view(act),
        )

    def list(self, *, by: Principal, state: str | None, phase: str | None, after: str, limit: int) -> ActPage:
        """Those of the caller's issuer and centre."""
        found = self.store.acts(
            issuer=issuer_of(by), centre=by.centre, state=state, phase=phase, after=after, limit=limit
        )
        secrets = self.issuer.secrets(issuer_of(by))
        return ActPage(
            items=[self.view(act, secrets) for act in found], next=found[-1].id if len(found) == limit else None
        )

    def approve(self, id_: str, *, by: Principal) -> ActRow:
        """Another person confirms: the bits of all copies flip in this one transaction, and of what took their place.

        A revocation that its person may answer begins to wait, under review (decision 0044). Raises NotFound,
        Forbidden `same_hand`, Conflict where it was decided or is no longer possible, `revocation_announced` for what
        waits itself, and `under_dispute` for what would end an open dispute (TRUST section 6).
        """
        act = self._open(id_, by)
        rows = self.flipping.held(act.n)
        self.store.require_open(act)
        if act.phase == "unconfirmed":
            return self.agreeing.confirm(act, by=by.person)
        if act.act != "suspend" and any(map(self.store.is_disputed, rows)):
            raise Conflict("under_dispute", detail=DISPUTED)
        self.flipping.require_possible(act.act, self.issuer.ledger.intent(rows[-1]))
        self._require_not_announced(act.act, act.reason, rows)
        self.agreeing.agree(act, rows, by=by.person)
        return act

    def refuse(self, id_: str, *, by: Principal) -> ActRow:
        """Another person says no; nothing flips, and what one person alone began is lifted, unless its revocation was
        announced meanwhile: then it stays under review for that."""
        act = self._open(id_, by)
        self.flipping.held(act.n)  # nobody announces meanwhile what relies on its bits
        self.flipping.say_no(act, by=by.person)
        self.issuer.ledger.tell(self.clock.now(), by.person, f"{act.act}_refused", act.id)
        return act

    def require_usable(self, n: int) -> None:
        """Raises Conflict where a bit is set for a row."""
        if not self.is_usable(self.issuer.ledger.intent(n)):
            raise Conflict("not_possible_now", detail="the credential is under review or was cancelled")

    def is_usable(self, intent: IntentRow) -> bool:
        """Whether no bit is set for a row: only such a row gives a holder new copies."""
        return not self.store.marked([intent.n])

    def _require_not_announced(self, act: str, reason: str, rows: Sequence[int]) -> None:
        """Raises Conflict `revocation_announced`: that is withdrawn and not lifted, and not announced again."""
        if (act == "lift" or is_announced(act, reason)) and self.store.announced(*rows):
            raise Conflict("revocation_announced", detail="an announced revocation is withdrawn or takes effect")

    @property
    def agreeing(self) -> Agreeing:
        """What two people agreed on, carried out."""
        return Agreeing(flipping=self.flipping)

    @property
    def flipping(self) -> Flipping:
        """What sets and lifts the bits."""
        return Flipping(store=self.store, ledger=self.issuer.ledger, clock=self.clock, random=self.random)

    def set_out(self, issuer: str, *, approved: Mapping[int, bytes] | None = None) -> frozenset[str]:
        """The first of three transactions: the lists as they are to be published, for whoever signs to read; `approved`
        is list number -> the hash that the registry lets through although it sets many bits.

        Gives the urgent acts that are in them, for the third. Raises Unavailable, also where the database went back.
        """
        self.issuer.require_forward(issuer)
        return self.wardrobe(issuer).set_out(issuer, approved=approved or {}, at=self.clock.now())

    def wardrobe(self, issuer: str) -> Wardrobe:
        """What dresses the lists of an issuer."""
        places = self.issuer.secrets(issuer).places
        return Wardrobe(store=self.store, reserve=lambda row: reserve(places, Url(row.url)), random=self.random)

    def publish(self, issuer: str) -> Publication:
        """The second: all lists as they were set out, signed, and the checkpoint of the log. Raises NotFound,
        Unavailable.

        While the key may not sign, the W3C forms and the checkpoint stay as they were; the bundle goes on (TRUST 12).
        """
        by, now = self.issuer.ledger.issuer(issuer), self.clock.now()
        places = self.issuer.secrets(issuer).places
        is_in_force = self._is_in_force(by, now)
        lists = tuple(self._publish_list(by, row, places, is_in_force) for row in self.store.lists(issuer))
        checkpoint = self._checkpoint(by, now) if is_in_force else self.issuer.ledger.checkpoint(issuer)
        told = {"lists": len(lists), "size": checkpoint.size if checkpoint else 0, "signed": is_in_force}
        self.issuer.ledger.tell(now, HOUSE, "status_published", issuer, told)
        return Publication(
            issuer=issuer,
            at=now,
            lists=lists,
            checkpoint=None if checkpoint is None else checkpoint.note,
            size=0 if checkpoint is None else checkpoint.size,
        )

    def went_out(self, issuer: str, urgent: Iterable[str]) -> None:
        """The third: the bundle with the lists is kept, so these acts do not hurry any more."""
        self.store.went_out(issuer, sorted(urgent), at=self.clock.now())

    def checkpoint(self, issuer: str) -> CheckpointRow | None:
        """The log's latest checkpoint, a new one where something was sealed since. Raises NotFound, Unavailable."""
        by, now = self.issuer.ledger.issuer(issuer), self.clock.now()
        return self._checkpoint(by, now) if self._is_in_force(by, now) else self.issuer.ledger.checkpoint(issuer)

    def _is_in_force(self, by: IssuerRow, now: datetime) -> bool:
        try:
            self.issuer.require_key(DidUrl(by.method), now)
        except Unavailable:
            return False
        return True

    def _publish_list(self, by: IssuerRow, row: ListRow, places: bytes, is_signed: bool) -> PublishedList:
        if row.bits is None:
            raise Conflict("not_possible_now", detail=signing.NOT_SET_OUT)
        if is_signed:
            self.store.keep_list(row, raw=self._signed(by, row))
        rest = reserve(places, Url(row.url))
        return PublishedList(
            number=row.number,
            url=Url(row.url),
            purpose=row.purpose,
            bits=row.bits,
            canaries_set=rest.canaries_set,
            canaries_clear=rest.canaries_clear,
        )

    def _signed(self, by: IssuerRow, row: ListRow) -> bytes:
        task = SigningTask(kind="list", of=str(row.id))
        unsigned = signing.unsigned_list(by, row)
        signature = self._by_hand(by, task, signing.list_words(by, unsigned))
        return signing.list_bytes(by, unsigned, signature)

    def _checkpoint(self, by: IssuerRow, now: datetime) -> CheckpointRow | None:
        """The tree of the longest sealed prefix, gone on with from the last one; no leaf is read twice."""
        self.issuer.require_forward(by.id)
        self.store.lock_log(by.number)
        former = self.issuer.ledger.checkpoint(by.id)
        edge = signing.edge(self.issuer.ledger, by)
        if (former is not None and edge.size == former.size) or not edge.size:
            return former
        head = signing.head(by, edge)
        signature = self._by_hand(by, SigningTask(kind="log", of=by.id, size=edge.size), head.text().encode())
        row = CheckpointRow(
            issuer=by.id,
            size=edge.size,
            root=head.root,
            frontier=b"".join(edge.hashes),
            note=issued_log.note(head, name=by.method, public=by.public, signature=signature),
            at=now,
        )
        self.store.keep_checkpoint(row)
        return row

    def _by_hand(self, by: IssuerRow, task: SigningTask, words: bytes) -> bytes:
        """One signature, checked here too, whoever made it. Raises Unavailable, BadProof."""
        if self.issuer.hand is None:
            signature = self.issuer.keys.signer(KeyId(by.key)).sign(words)
        else:
            (signature,) = self.issuer.hand.sign(task)
        PublicKey(by.public).check(words, signature)
        return signature

    def _open(self, id_: str, by: Principal) -> ActRow:
        act = self.store.act(id_, issuer=issuer_of(by), centre=by.centre)
        by.require_other_hand(act.proposed_by)
        return act
