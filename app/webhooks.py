"""Sending webhooks: each message between two transactions, bounded, timed, to public addresses alone (`app/fetch.py`).

What is sent to whom, and when again, is `issuer/webhooks`'. The clock calls this (`app/worker.py`).
"""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

import structlog

from app.fetch import HttpsFetch, NotAnswered
from app.provide import World
from issuer.webhooks.events import Message
from issuer.webhooks.service import Webhooks
from kernel.errors import Unavailable
from kernel.ports import Api, Asked
from schemas.identifiers import Url

ANSWER: Final = 64 * 1024
_ROUND: Final = 10.0
"""Seconds after which a round ends; what is left is the next one's."""
WITHIN: Final = 10.0
"""Seconds that a system has for a message, from the connection to the end of its answer."""
AT_ONCE: Final = 4
_log = structlog.get_logger()


def tell(world: World, api: Api | None = None) -> int:
    """One round over all that is due; gives how many messages were taken. Raises Unavailable.

    A few at once, one of an issuer: a system that is slow holds up nobody else's. One that takes nothing ends its
    issuer's round, so that ten of them hold up no more than one.
    """
    asked = api or HttpsFetch(local=world.settings.env != "production", within=WITHIN)
    over = time.monotonic() + _ROUND
    with ThreadPoolExecutor(AT_ONCE) as pool:
        round_ = _Round(world=world, api=asked, pool=pool)
        while True:
            more = time.monotonic() < over and len(round_.sending) < AT_ONCE and round_.take()
            if not more and not round_.settle():
                return round_.taken


@dataclass(kw_only=True)
class _Round:
    """What is on its way, whose systems took nothing, and how many messages were taken."""

    world: World
    api: Api
    pool: ThreadPoolExecutor
    sending: dict[Future[str | None], Message] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    taken: int = 0

    def take(self) -> bool:
        """Send one more; False where none is due. The database is asked by this thread alone."""
        but = self.failed | {message.issuer for message in self.sending.values()}
        with self.world.doors()[Webhooks]() as opened:
            was_due, message = opened.take(but=but)
        if message is not None:
            self.sending[self.pool.submit(_send, message, self.api, self.world)] = message
        return bool(was_due)

    def settle(self) -> bool:
        """Wait for whichever is first; False where nothing is on its way."""
        for sent in wait(self.sending, return_when=FIRST_COMPLETED).done:
            message, failed = self.sending.pop(sent), sent.result()
            with self.world.doors()[Webhooks]() as opened:
                opened.settle(message, failed=failed)
            self.taken += failed is None
            if failed is not None:
                self.failed.add(message.issuer)
            return True
        return False


def _send(message: Message, api: Api, world: World) -> str | None:
    """Why it was not taken; None where it was."""
    headers = message.headers(world.clock.now())
    try:
        answer = api.ask(Asked(method="POST", url=Url(message.url), headers=headers, body=message.body), limit=ANSWER)
    except Unavailable as error:
        _log.warning("webhook_not_taken", code=error.code, count=message.tries + 1)
        return error.why if isinstance(error, NotAnswered) else "no_answer"
    return None if 200 <= answer.status < 300 else f"status_{answer.status}"
