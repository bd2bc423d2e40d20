"""Acts on many: tried without a trace, proposed as they were tried, approved by another person, done a chunk at a time.

What is approved are the very rows that were counted, kept a bit each; what changed since is passed over when it is
done. Each row gets an act of its own, so its person's file, the signing process and a dispute see it like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from issuer.bulk_acts import views
from issuer.bulk_acts.counting import Counting, flags_of, told_of
from issuer.bulk_acts.ending import Ending, act_of
from issuer.bulk_acts.meaning import Meaning, What
from issuer.bulk_acts.members import Members
from issuer.bulk_acts.replacing import Replacing
from issuer.bulk_acts.showing import Showing, Words, unasked
from issuer.bulk_acts.store import BulkStore, Copy, numbers_of
from issuer.bulk_acts.tables import BulkRow
from issuer.bulk_acts.trying import Trying
from issuer.service import HOUSE, Issuer, issuer_of
from issuer.status.announcing import is_announced, require_evidence, sets_revocation
from issuer.status.service import Status
from issuer.superseding.following import Following
from issuer.superseding.store import SupersedingStore
from issuer.tables import ChunkRow
from kernel.access import Principal
from kernel.bundle import lists
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from kernel.ports import Clock, Random
from kernel.status import GROUP, LIST_SIZE
from kit.once import Once
from schemas.bulk_acts import BulkAsked, BulkCheck, BulkMembers, BulkPage, BulkRequest, BulkSample, BulkView

MANY: Final = lists.many(LIST_SIZE) - GROUP
"""More new bits of a revocation list in a day than these need the registry's word; decoys come beside them."""


@dataclass(frozen=True, kw_only=True)
class BulkActs:
    """Acts on many, on one session."""

    store: BulkStore
    issuer: Issuer
    status: Status
    clock: Clock
    random: Random
    most: int = MANY
    words: Words = unasked

    def check(self, asked: BulkAsked, *, by: Principal) -> BulkCheck:
        """How many, what is left out and why, and which share of each list. Raises NotFound for what is not hers, and
        WrongShape `evidence_needed`."""
        require_evidence(asked.act, asked.reason, asked.evidence)
        tried = self._trying.of(asked, by)
        lists = self.store.list_rows(tried.changes)
        recent = self._showing.recent(lists)
        shares = [views.list_share(row, tried.changes[row.id], recent=recent.of(row), most=self.most) for row in lists]
        return views.check(asked, tried.count, tried.left, shares, tried.digest)

    def propose(self, asked: BulkRequest, *, by: Principal, once: Once) -> BulkView:
        """Keep what was tried, for another person. Raises NotFound, Conflict: not the same now, or nothing to do."""
        session, now = self.store.session, self.clock.now()
        if (former := once.replay(session, by.person)) is not None:
            return self.look(former.decode(), by=by)
        require_evidence(asked.act, asked.reason, asked.evidence)
        tried = self._trying.of(asked, by)
        if tried.digest.hex() != asked.digest:
            raise Conflict("stale_version", detail="not what was looked at")
        if not tried.count:
            raise Conflict("not_possible_now", detail="no credential's state allows the act")
        row = BulkRow(
            id=base64url_encode(self.random(16)),
            issuer=issuer_of(by),
            centre=by.centre,
            act="revoke" if asked.act == "replace" else asked.act,
            kind=asked.act,
            replaces=asked.act == "replace",
            reason=asked.reason,
            evidence=None if asked.evidence is None else bytes.fromhex(asked.evidence),
            way=views.way(asked.chosen),
            digest=tried.digest,
            count=tried.count,
            already=tried.left["already"],
            disputed=tried.left["disputed"],
            unsealed=tried.left["unsealed"],
            suspended=tried.left["suspended"],
            superseded=tried.left["superseded"],
            waits=tried.left["waits"],
            state="proposed",
            proposed_by=by.person,
            proposed=now,
        )
        self.store.keep(row, tried.parts, tried.changes.items())
        once.keep(session, by.person, row.id.encode(), now)
        self._tell(by.person, f"bulk_{row.does}_proposed", row)
        return self._view(row)

    def approve(self, id_: str, *, by: Principal, digest: str, compared: Sequence[str] = ()) -> BulkView:
        """Another person confirms what she saw; it is done behind (`issuer/desk.py`). A revocation that people may
        answer is done as a suspension first (decision 0044).

        Raises NotFound, Forbidden `same_hand`, Conflict `stale_version`.
        """
        row = require_known(self._bulk(id_, by))
        by.require_other_hand(row.proposed_by)
        if digest != row.digest.hex():
            raise Conflict("stale_version", detail="the act on many is not the one that was looked at")
        if row.replaces:
            self._replacing.require_possible(row)
        phase = "untold" if is_announced(row.does, row.reason) else None
        decided = {"decided_by": by.person, "decided": self.clock.now(), "phase": phase}
        self.store.decide(row, was="proposed", to="approved", **decided)
        waits = () if phase is not None else self.hold_lists(row)
        self._tell(by.person, f"bulk_{row.does}_approved", row, compared=[*compared], **told_of(waits))
        return self._view(row)

    def hold_lists(self, row: BulkRow) -> Sequence[int]:
        """From here on its bits are set; those of a list of which too many change wait for the registry's word. Gives
        these lists' numbers."""
        return self._counting.begin(row)

    def refuse(self, id_: str, *, by: Principal) -> BulkView:
        """Another person says no; nothing flips. Raises NotFound, Forbidden `same_hand`, Conflict."""
        row = require_known(self._bulk(id_, by))
        by.require_other_hand(row.proposed_by)
        self.store.decide(row, was="proposed", to="refused", decided_by=by.person, decided=self.clock.now())
        self._tell(by.person, f"bulk_{row.does}_refused", row)
        return self._view(row)

    def stop(self, id_: str, *, by: Principal) -> BulkView:
        """Another person than proposed it stops what is under way: what it did stays, what it only promised takes no
        place. Raises NotFound, Forbidden `same_hand`, Conflict; one that announced is withdrawn (`notices/many.py`)."""
        row = require_known(self._bulk(id_, by, hold=True))
        by.require_other_hand(row.proposed_by)
        if row.state == "proposed" or row.phase is not None:
            raise Conflict("not_possible_now", detail="it is not under way, or it is withdrawn and not stopped")
        self._replacing.give_up(row)
        self._counting.settle(row)
        self._end(row, stopped=self.clock.now(), stopped_by=by.person)
        self._tell(by.person, f"bulk_{row.does}_stopped", row)
        return self._view(row)

    def look(self, id_: str, *, by: Principal) -> BulkView:
        """How it stands. Raises NotFound."""
        return self._view(self._bulk(id_, by))

    def list(self, *, by: Principal, after: str, limit: int) -> BulkPage:
        """Those of the caller's issuer and centre."""
        found = self.store.bulks(issuer=issuer_of(by), centre=by.centre, after=after, limit=limit)
        return BulkPage(items=[*self._showing.views(found)], next=found[-1].id if len(found) == limit else None)

    def members(self, id_: str, *, by: Principal, after: int, limit: int) -> BulkMembers:
        """The credentials that it is for, by their outside names. Raises NotFound."""
        return self.who.page(self._bulk(id_, by), after=after, limit=limit)

    def sample(self, id_: str, *, by: Principal) -> BulkSample:
        """Some of them to compare with the papers, the same each time to the same person. Raises NotFound."""
        row = self._bulk(id_, by)
        self._tell(by.person, "bulk_sampled", row)
        return self.who.drawn(row, by.person)

    def left(self, id_: str) -> Sequence[int]:
        """The chunks of an approved act in which it is not done; none of another one."""
        row = self._running(id_)
        return self.store.left(id_) if row.state == "approved" else ()

    def apply(self, id_: str, first: int) -> int:
        """Do it in one chunk, in one transaction and once; gives for how many rows."""
        row = self._running(id_)
        if row.state != "approved" or (bits := self.store.take_part(id_, first)) is None:
            return 0
        chunk = self.issuer.ledger.chunk(first)
        numbers, now = numbers_of(first, bits), self.clock.now()
        if row.ended is not None:
            return self._ending.end(row, chunk, numbers)
        what = What(act=row.does, reason=row.reason, bulk=views.bulk_of(row.way))
        meant = self._meaning.of(chunk, numbers, what, hold=True)
        if row.replaces:
            self._replacing.promise(row, chunk, meant.good)
            return 0
        acts = {n: base64url_encode(self.random(16)) for n in sorted(meant.rows)}
        self.store.act([act_of(row, chunk, n, act, at=now) for n, act in acts.items()])
        waits = self._flip(row, meant.copies, acts, chunk)
        told = {"first": str(first), "count": len(meant.good), **told_of(waits)}
        done = "done" if row.phase is None else "begun"
        self.issuer.ledger.tell(now, HOUSE, f"bulk_{row.act}_{done}", id_, told)
        return len(meant.good)

    def promised(self, id_: str) -> Sequence[int]:
        """The chunks of new rows that are to be sealed and then to `take_places`; none of another act."""
        row = self._running(id_)
        return self._replacing.promised(id_) if row.replaces and row.state == "approved" else ()

    def take_places(self, id_: str, first: int) -> int:
        """A sealed chunk of new rows takes the places of the old ones; gives of how many. Raises NotFound."""
        row = self._running(id_)
        return self._replacing.finish(row, first) if row.state == "approved" else 0

    def end(self, id_: str) -> bool:
        """Say that it is done once every chunk is; what waits for the registry's word can be told from here on."""
        row = self._running(id_)
        if row.state != "approved" or self.store.left(id_) or self.promised(id_):
            return False
        self._end(row)
        return True

    @property
    def _following(self) -> Following:
        return Following(store=SupersedingStore(session=self.store.session), ledger=self.issuer.ledger)

    @property
    def _trying(self) -> Trying:
        return Trying(store=self.store, issuer=self.issuer, meaning=self._meaning)

    @property
    def _replacing(self) -> Replacing:
        return Replacing(
            store=self.store,
            superseding=self._following.store,
            counting=self._counting,
            issuer=self.issuer,
            clock=self.clock,
            random=self.random,
        )

    @property
    def _meaning(self) -> Meaning:
        return Meaning(store=self.store, following=self._following)

    @property
    def _showing(self) -> Showing:
        return Showing(
            store=self.store,
            superseding=self._following.store,
            clock=self.clock,
            most=self.most,
            words=self.words,
        )

    @property
    def _counting(self) -> Counting:
        return Counting(store=self.store, issuer=self.issuer, meaning=self._meaning, clock=self.clock, most=self.most)

    @property
    def _ending(self) -> Ending:
        return Ending(store=self.store, issuer=self.issuer, counting=self._counting, clock=self.clock)

    @property
    def who(self) -> Members:
        """Whom one is for."""
        return Members(store=self.store, issuer=self.issuer, following=self._following)

    def _flip(self, row: BulkRow, copies: Sequence[Copy], acts: dict[int, str], chunk: ChunkRow) -> Sequence[int]:
        if sets_revocation(row.act, row.phase):  # what is revoked at once waits for no answer any more
            self.store.end(list(acts), phase="effective", by=row.decided_by, at=self.clock.now(), bulk=None)
            return self._counting.set(row, flags_of(self.issuer, chunk, copies, acts, is_revoking=True))
        if row.act == "lift":
            for begun in self.store.take_back_alone(list(acts), by=row.decided_by, at=self.clock.now()):
                self.issuer.ledger.tell(self.clock.now(), row.decided_by or HOUSE, "suspend_withdrawn", begun)
            self.store.release(copies)
        else:
            self.store.set(flags_of(self.issuer, chunk, copies, acts, is_revoking=False))
        return ()

    def _end(self, row: BulkRow, **values: Any) -> None:
        self.store.decide(row, was="approved", to="done", **values)
        self.status.wardrobe(row.issuer).hold(row.issuer)
        if row.phase == "untold":
            self._tell(HOUSE, "bulk_revoke_announced", row)
        elif row.act == "suspend":
            self._tell(HOUSE, "bulk_suspended", row)

    def _view(self, row: BulkRow) -> BulkView:
        return self._showing.views([row])[0]

    def _running(self, id_: str) -> BulkRow:
        """For who does it; nobody stops it meanwhile. Raises Conflict for what only a newer release knows and does."""
        return require_known(self.store.bulk(id_, hold=True, issuer=None, centre=None))

    def _bulk(self, id_: str, by: Principal, *, hold: bool = False) -> BulkRow:
        return self.store.bulk(id_, hold=hold, issuer=issuer_of(by), centre=by.centre)

    def _tell(self, person: str, act: str, row: BulkRow, **more: Sequence[str] | Sequence[int]) -> None:
        told = {"reason": row.reason, "count": row.count, "digest": row.digest.hex(), "way": row.way, **more}
        self.issuer.ledger.tell(self.clock.now(), person, act, row.id, told)


class BulkLooks(BulkActs):
    """The same on a session that only reads: who tries and looks waits for nobody, and nobody for her."""


def require_known(row: BulkRow) -> BulkRow:
    """Raises Conflict for what a newer release beside this one knows: that one decides of it."""
    if not row.is_known:
        raise Conflict("not_possible_now", detail="this release does not know that kind of act on many")
    return row
