"""What is told outside each hour: every issuer's log with its checkpoint, and the audit chain's (TRUST 7 and 13)."""

from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from app import audit_points
from app.audit_points import write_point
from app.provide import World
from issuer.service import Issuer
from kernel.errors import PuenteError

EVERY: Final = timedelta(hours=1)
_log = structlog.get_logger()


def keep_logs(world: World) -> bool:
    """Where an hour has passed since the last time; gives whether it did. A failure is told and tried again."""
    newest = max(
        (file.stat().st_mtime for file in (world.settings.data / audit_points.FOLDER).glob("checkpoint-*.txt")),
        default=0.0,
    )
    if datetime.now(UTC) - datetime.fromtimestamp(newest, UTC) < EVERY:
        return False
    return tell_logs(world)


def tell_logs(world: World) -> bool:
    """At once; gives whether it could. What was published stands without it, so a failure is told in the log.

    One issuer's fault is its own: the others' logs and the audit chain are told all the same.
    """
    try:
        with world.doors()[Issuer]() as opened:
            issuers = opened.ledger.issuers()
        told = [_tell(world, issuer) for issuer in issuers]
        write_point(world)
    except PuenteError as error:
        _log.error("checkpoint_failed", code=error.code)
        return False
    return all(told)


def _tell(world: World, issuer: str) -> bool:
    try:
        world.tell_log(issuer)
    except PuenteError as error:
        _log.error("checkpoint_failed", issuer=issuer, code=error.code)
        return False
    return True
