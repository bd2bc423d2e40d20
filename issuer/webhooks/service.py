"""Webhooks: who listens, and what the next message to somebody is. The audit chain is the outbox.

Its lines are written in the acts' own transactions and in one order, so each place is told of each once in that order,
and again where its answer was lost. Sending is `app/webhooks.py`'s, between two transactions.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from issuer.bulk_acts.ending import undone_of
from issuer.bulk_acts.tables import BulkRow
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from issuer.service import Issuer, issuer_of
from issuer.status.announcing import OPEN
from issuer.status.tables import ActRow
from issuer.tables import AuditRow
from issuer.webhooks import events
from issuer.webhooks.events import Message
from issuer.webhooks.store import LINES, WebhookStore
from issuer.webhooks.tables import WebhookRow
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Malformed
from kernel.ports import Clock, Random
from schemas.json import JsonObject
from schemas.webhooks import NOTICES, EventName, WebhookAsk, WebhookLine, WebhookMade, WebhookPage

SLOTS: Final = 10
SENDING: Final = timedelta(minutes=1)
"""How long whoever took a message has for it, before another does."""
EVERY: Final = timedelta(seconds=5)
AGAIN: Final = tuple(
    timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 43200, 43200, 43200)
)
"""After each try in vain; after three days and the last of them it is stopped."""

PATIENCE: Final = 4
"""Tries in vain, within some ten minutes, that say nothing yet: a system is started again."""


@dataclass(frozen=True, kw_only=True)
class Webhooks:
    """Webhooks on one session. `is_private` says it of a host; None where this machine may be told, without https."""

    store: WebhookStore
    issuer: Issuer
    notices: Notices
    many: ManyNotices
    clock: Clock
    random: Random
    is_private: Callable[[str], bool] | None

    def add(self, asked: WebhookAsk, *, by: Principal) -> WebhookMade:
        """Tell that place of what happens from now on. Raises Malformed, Conflict `webhook_known`,
        `too_many_webhooks`."""
        issuer, now = issuer_of(by), self.clock.now()
        self._require_address(asked.url)
        rows = self.store.of(issuer)
        if any(row.url == asked.url for row in rows):
            raise Conflict("webhook_known", detail="the issuer has a webhook of that address", pointer="/url")
        taken = {row.slot for row in rows}
        free = [slot for slot in range(SLOTS) if slot not in taken]
        if not free:
            raise Conflict("too_many_webhooks", detail="the issuer has as many webhooks as it can")
        row = WebhookRow(
            id=base64url_encode(self.random(16)),
            issuer=issuer,
            slot=free[0],
            url=asked.url,
            events=",".join(sorted(set(asked.events))),
            created=now,
            told=self.store.end(),
            due=now,
            tries=0,
            pinged=False,
        )
        self.store.keep(row)
        self.issuer.ledger.tell(now, by.person, "webhook_added", row.id, {"events": row.events})
        return WebhookMade(id=row.id, secret=events.shown(self.issuer.secrets(issuer).hook(row.id)))

    def list(self, *, by: Principal) -> WebhookPage:
        """Of the caller's issuer."""
        return WebhookPage(items=[_line(row) for row in self.store.of(issuer_of(by))])

    def remove(self, id_: str, *, by: Principal) -> None:
        """It is told nothing more. Raises NotFound."""
        self.store.drop(self.store.find(id_, issuer_of(by)))
        self.issuer.ledger.tell(self.clock.now(), by.person, "webhook_removed", id_)

    def pause(self, id_: str, *, by: Principal) -> WebhookLine:
        """It is told nothing until it is resumed, and then all that happened meanwhile; one that stands still stays so.

        What is under way to it may still come. Raises NotFound.
        """
        row, now = self.store.find(id_, issuer_of(by)), self.clock.now()
        if row.stopped is None:
            row.stopped = now
            self.store.keep(row)
            self.issuer.ledger.tell(now, by.person, "webhook_paused", id_)
        return _line(row)

    def resume(self, id_: str, *, by: Principal) -> WebhookLine:
        """It is told again, from where it stood; one that goes stays so. Raises NotFound."""
        row, now = self.store.find(id_, issuer_of(by)), self.clock.now()
        if row.stopped is not None:
            row.stopped, row.tries, row.due = None, 0, now
            self.store.keep(row)
            self.issuer.ledger.tell(now, by.person, "webhook_resumed", id_)
        return _line(row)

    def ping(self, id_: str, *, by: Principal) -> WebhookLine:
        """Send it a test now; one that never answered goes on. Raises NotFound, Conflict of one that is paused."""
        row, now = self.store.find(id_, issuer_of(by)), self.clock.now()
        if _is_paused(row):
            raise Conflict("not_possible_now", detail="the webhook is paused")
        row.pinged, row.tries, row.stopped, row.due = True, 0, None, now
        self.store.keep(row)
        self.issuer.ledger.tell(now, by.person, "webhook_tested", id_)
        return _line(row)

    def take(self, *, but: Collection[str] = ()) -> tuple[bool, Message | None]:
        """(whether one was due, what it is to be told). Whoever takes it alone may send it, for a minute.

        `but`: issuers whose systems have no turn now.
        """
        now = self.clock.now()
        row = self.store.due(now, but=but)
        if row is None or not self.store.claim(row, now + SENDING):
            return row is not None, None
        if row.pinged:
            return True, self._message(row, None, f"{row.id}.{int(now.timestamp())}", events.write("ping", now, {}))
        lines = self.store.lines(row.told)
        for line in lines:
            name = events.name_of(line.act, row.events.split(","))
            data = None if name is None else self._data(line, row, name)
            if name is not None and data is not None:
                return True, self._message(row, line.n, f"{row.id}.{line.n}", events.write(name, line.at, data), name)
        wait = EVERY if len(lines) < LINES else timedelta(0)
        self.store.settle(row.id, told=lines[-1].n if lines else row.told, due=now + wait)
        return True, None

    def settle(self, sent: Message, *, failed: str | None) -> None:
        """How it went: why it was not taken (a word of `Failed`), or None where it was."""
        now, tries = self.clock.now(), sent.tries
        if failed is None:
            done: dict[str, object] = {"pinged": False} if sent.n is None else {"told": sent.n}
            self.store.settle(sent.webhook, tries=0, failed=None, answered=now, due=now, **done)
            if sent.n is not None and sent.is_notice:
                self._told(sent.n)
        elif tries < len(AGAIN):
            self.store.settle(sent.webhook, tries=tries + 1, failed=failed, due=now + AGAIN[tries])
        else:
            self.store.settle(sent.webhook, tries=tries + 1, failed=failed, stopped=now)

    def _message(self, row: WebhookRow, n: int | None, id_: str, body: bytes, name: EventName | None = None) -> Message:
        return Message(
            webhook=row.id,
            issuer=row.issuer,
            url=row.url,
            n=n,
            is_notice=name in NOTICES,
            id=id_,
            body=body,
            secret=self.issuer.secrets(row.issuer).hook(row.id),
            tries=row.tries,
        )

    def _data(self, line: AuditRow, row: WebhookRow, name: EventName) -> JsonObject | None:
        """The ids that a line of the chain is about; None where it is nothing of this place's issuer."""
        data: JsonObject | None = None
        if line.act == "batch_done":
            batch = self.store.batch(line.object)
            data = None if batch is None or batch.issuer != row.issuer else {"batch": batch.id}
        elif line.act == "chunk_sealed":
            data = self._issued(int(line.object), row.issuer)
        elif line.act == "status_published":
            data = {} if line.object == row.issuer else None
        elif line.act.startswith("bulk_"):
            data = self._of_many(line, row, name)
        else:
            act = self.store.act(line.object)  # a decided dispute tells the same word of itself: that is no act
            if act is not None and act.issuer == row.issuer:
                data = self._of(act, name, {"act": act.id, "credential": self.issuer.name(act.n)})
        return None if data is None else {"issuer": row.issuer, **data}

    def _of_many(self, line: AuditRow, row: WebhookRow, name: EventName) -> JsonObject | None:
        """Of an act on many; where it was withdrawn in a chunk with those that are good again, None where none is."""
        id_, first = undone_of(line.object)
        bulk = self.store.bulk(id_)
        if bulk is None or bulk.issuer != row.issuer:
            return None
        if first is None:
            return self._of(bulk, name, {"bulkAct": bulk.id})
        restored = self.many.acts.who.restored(bulk, first)
        return {"bulkAct": bulk.id, "credentials": restored} if restored else None

    def _of(self, told: ActRow | BulkRow, name: EventName, ids: JsonObject) -> JsonObject | None:
        """With what people are told of where it is a notice; None of one that is over."""
        if name not in NOTICES:
            return ids
        if told.act == "suspend":
            is_over = isinstance(told, ActRow) and not self.notices.store.is_to_tell(told.id)
            return None if is_over else {**ids, **events.notice(told.reason, None)}
        if told.phase not in OPEN:
            return None
        begun = self.clock.now() if isinstance(told, BulkRow) or told.told is None else told.told
        return {**ids, **events.notice(told.reason, self.notices.status.days.to_answer(begun))}

    def _told(self, n: int) -> None:
        """A system took the notice that the line of the chain tells of: its people are told, and their days begin."""
        line = self.store.line(n)
        if line.act.startswith("bulk_"):
            self.many.told_by_system(line.object)
        else:
            self.notices.told_by_system(line.object)

    def _issued(self, first: int, issuer: str) -> JsonObject | None:
        chunk = self.store.chunk(first)
        if chunk is None or chunk.issuer != issuer or not (numbers := self.store.issued(chunk)):
            return None
        secrets = self.issuer.secrets(issuer)
        return {"batch": chunk.batch, "credentials": [secrets.name(n) for n in numbers]}

    def _require_address(self, url: str) -> None:
        """What can be said of it before it is asked; each try looks at what its name stands for."""
        refused = Malformed("webhook_address", detail="not an https address that is public", pointer="/url")
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            port = parts.port
        except ValueError:
            raise refused from None
        if not host or parts.username is not None or parts.fragment or port == 0:
            raise refused
        if self.is_private is not None and (parts.scheme != "https" or self.is_private(host)):
            raise refused


def is_failing(row: WebhookRow) -> bool:
    """That it took nothing for a ten minutes or longer, and nobody paused it."""
    return row.tries > PATIENCE and not _is_paused(row)


def _is_paused(row: WebhookRow) -> bool:
    """Stopped by somebody: one that never answered has no try left."""
    return row.stopped is not None and row.tries <= len(AGAIN)


def _line(row: WebhookRow) -> WebhookLine:
    return WebhookLine(
        id=row.id,
        url=row.url,
        events=row.events.split(","),  # type: ignore[arg-type]  # written from a checked request
        created=row.created,
        answered=row.answered,
        tries=row.tries,
        failed=row.failed,
        stopped=row.stopped,
        paused=_is_paused(row),
    )
