"""Sending webhooks: each message between two transactions, bounded, timed, to public addresses alone (`app/fetch.py`).

What is sent to whom, and when again, is `issuer/webhooks`'. The clock calls this (`app/worker.py`).
"""

import time
from typing import Final

import structlog

from app.fetch import HttpsFetch
from app.provide import World
from issuer.webhooks.events import Message
from issuer.webhooks.service import Webhooks
from kernel.errors import Unavailable
from kernel.ports import Api, Asked
from schemas.identifiers import Url

ANSWER: Final = 64 * 1024
_ROUND: Final = 10.0
"""Seconds after which a round ends; what is left is the next one's."""
_log = structlog.get_logger()


def tell(world: World, api: Api | None = None) -> int:
    """One round over all that is due; gives how many messages were taken. Raises Unavailable."""
    asked = api or HttpsFetch(local=world.settings.env != "production")
    door, over, taken = world.doors()[Webhooks], time.monotonic() + _ROUND, 0
    while time.monotonic() < over:
        with door() as opened:
            was_due, message = opened.take()
        if message is not None:
            good = _send(message, asked, world)
            with door() as opened:
                opened.settle(message, taken=good)
            taken += good
        elif not was_due:
            break
    return taken


def _send(message: Message, api: Api, world: World) -> bool:
    headers = message.headers(world.clock.now())
    try:
        answer = api.ask(Asked(method="POST", url=Url(message.url), headers=headers, body=message.body), limit=ANSWER)
    except Unavailable as error:
        _log.warning("webhook_not_taken", code=error.code, count=message.tries + 1)
        return False
    return 200 <= answer.status < 300
