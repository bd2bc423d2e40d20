"""Publication on time: each six hours on the clock, at once for an urgent act; and whether it is late (TRUST 6).

A bundle that is not signed again stops a nation's checkers, so being late is an alarm: `/readyz` and the log say it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlmodel import Session

from app.db import reading
from app.provide import World
from app.publish import publish
from app.upkeep import erase_old
from issuer.status.store import StatusStore
from kernel.errors import PuenteError
from registry.store import RegistryStore

EVERY: Final = timedelta(hours=6)
GRACE: Final = timedelta(minutes=30)
URGENT: Final = timedelta(minutes=15)
AGAIN: Final = timedelta(minutes=5)
"""Where a publication could not take up something urgent, the next try; a bundle at each beat would help nobody."""
MISSED: Final = timedelta(hours=1)
"""The same for an issuer whose lists it could not take up."""
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """When was published last, and since when an urgent act waits; None where never, and where none does."""

    last: datetime | None
    urgent: datetime | None
    behind: datetime | None = None
    """When the issuer was published whose lists went out longest ago."""

    def is_due(self, now: datetime) -> bool:
        """Whether a turn of the clock has passed, or something waits that must not; the first is the founder's."""
        if self.last is None:
            return False
        passed = now - self.last
        hurries = self.urgent is not None and (self.urgent >= self.last or passed >= AGAIN)
        missed = self.behind is not None and self.behind < self.last and passed >= MISSED
        return _turn(now) > _turn(self.last) or hurries or missed

    def late(self, now: datetime) -> timedelta:
        """By how much what should be out is not; zero where nothing is late. A clock that went back is late too."""
        if self.last is None:
            return timedelta()
        oldest = self.last if self.behind is None else min(self.last, self.behind)
        waits = [now - oldest - EVERY - GRACE, self.last - now - GRACE]
        if self.urgent is not None:
            waits.append(now - self.urgent - URGENT)
        return max(timedelta(), *waits)


def look(world: World) -> Standing:
    """Raises Unavailable."""
    with reading(world.engine) as session:
        return standing(session)


def standing(session: Session) -> Standing:
    """As the rows stand."""
    status = StatusStore(session=session)
    return Standing(
        last=RegistryStore(session=session).last_published(),
        urgent=status.urgent_since(),
        behind=status.published_since(),
    )


def is_late(world: World) -> bool:
    """Whether publication is late, or nobody can say."""
    try:
        return look(world).late(world.clock.now()) > timedelta()
    except PuenteError:
        return True


def keep_time(world: World) -> bool:
    """Publish where it is due, tell the log where it is late; gives whether it published. Raises Unavailable."""
    standing, now = look(world), world.clock.now()
    if standing.is_due(now):
        try:
            publish(world)
        except PuenteError as error:
            _log.error("publication_failed", code=error.code)
        else:
            _erase(world)
            return True
    late = standing.late(now)
    if late:
        _log.error("publication_late", seconds=int(late.total_seconds()))
    return False


def _erase(world: World) -> None:
    """What was published is published, also where this fails; it comes again with the next publication."""
    try:
        erase_old(world)
    except PuenteError as error:
        _log.error("erasing_failed", code=error.code)


def _turn(at: datetime) -> int:
    return (at - _START) // EVERY
