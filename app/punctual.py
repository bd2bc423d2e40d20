"""Publication on time: each six hours on the clock, at once for an urgent act; and whether it is late (TRUST 6).

A bundle that is not signed again stops a nation's checkers, so being late is an alarm: `/readyz` and the log say it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

import structlog
from sqlmodel import Session

from app.db import reading
from app.provide import World
from app.publish import alone, publish_alone
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
    """When was published last, and since when an urgent act waits; None where never, and where none does.

    One that needs the registry's word waits from when it was given.
    """

    last: datetime | None
    urgent: datetime | None
    behind: datetime | None = None
    """When the issuer was published whose lists went out longest ago."""
    left_out: frozenset[str] = frozenset()
    """Issuers of the registry that never were in a bundle, because theirs could not be had."""

    def is_due(self, now: datetime) -> bool:
        """Whether a turn of the clock has passed, or something waits that must not; the first is the founder's."""
        if self.last is None:
            return False
        passed = now - self.last
        hurries = self.urgent is not None and (self.urgent >= self.last or passed >= AGAIN)
        missed = bool(self.left_out) or (self.behind is not None and self.behind < self.last)
        return _turn(now) > _turn(self.last) or hurries or (missed and passed >= MISSED)

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
    status, registry = StatusStore(session=session), RegistryStore(session=session)
    urgent = [status.urgent_since(), *_let_through(status, registry)]
    return Standing(
        last=registry.last_published(),
        urgent=min((at for at in urgent if at is not None), default=None),
        behind=status.published_since(),
        left_out=registry.left_out(),
    )


def _let_through(status: StatusStore, registry: RegistryStore) -> Iterator[datetime]:
    """When the registry gave its word for lists that hold urgent acts back: they may go out from then on."""
    for issuer, number, held in status.urgent_held():
        word = registry.word(issuer, number)
        if word is not None and word[0] == sha256(held).digest():
            yield word[1]


def is_late(world: World) -> bool:
    """Whether publication is late, or nobody can say."""
    try:
        return look(world).late(world.clock.now()) > timedelta()
    except PuenteError:
        return True


def keep_time(world: World) -> bool:
    """End what waited for people's days, publish where it is due, tell the log where it is late; gives whether it
    published. Raises Unavailable."""
    world.notice_desk.keep()  # what people's days end goes out with what is published next
    now = world.clock.now()
    if look(world).is_due(now) and _publish(world, now):
        _erase(world)
        return True
    late = look(world).late(now)
    if late:
        _log.error("publication_late", seconds=int(late.total_seconds()))
    return False


def _publish(world: World, now: datetime) -> bool:
    """Alone, and where it is due still: another may have been faster."""
    with alone(world) as is_ours:
        if not is_ours or not look(world).is_due(now):
            return False
        try:
            publish_alone(world)
        except PuenteError as error:
            _log.error("publication_failed", code=error.code)
            return False
    return True


def _erase(world: World) -> None:
    """What was published is published, also where this fails; it comes again with the next publication."""
    try:
        erase_old(world)
    except PuenteError as error:
        _log.error("erasing_failed", code=error.code)


def _turn(at: datetime) -> int:
    return (at - _START) // EVERY
