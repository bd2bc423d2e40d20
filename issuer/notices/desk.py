"""What of notices takes several transactions: letters are set while none is open, and the clock ends one act in each.

Whoever is told is marked only once her letter is there. A stop at any moment leaves what is due to the next beat.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import structlog

from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices, Printed
from issuer.papers import printing
from kernel.access import Principal
from kernel.errors import PuenteError

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class NoticeDesk:
    """Opens the doors of notices; `act_on_many` goes through an act on many that was begun."""

    notices: Callable[[], AbstractContextManager[Notices]]
    many: Callable[[], AbstractContextManager[ManyNotices]]
    act_on_many: Callable[[str], int]

    def print_one(self, act: str, *, by: Principal) -> bytes | None:
        """The notice of one act as PDF; None where her name cannot be printed. Raises what `Notices.letter` raises."""
        with self.notices() as opened:
            found = opened.letter(act, by=by)
        return self._set(found, by)

    def print_part(self, bulk: str, part: int, *, by: Principal) -> bytes | None:
        """Notices of one part of an act on many, likewise."""
        with self.many() as opened:
            found = opened.letters(bulk, part, by=by)
        return self._set(found, by)

    def keep(self) -> int:
        """End what is due; gives how many acts ended. One that fails stops no other. Raises Unavailable."""
        with self.notices() as opened:
            acts = opened.due()
        with self.many() as opened_many:
            bulks = opened_many.due()
        return sum(self._tried(self._end, act) for act in acts) + sum(
            self._tried(self._end_many, bulk) for bulk in bulks
        )

    def _set(self, found: Printed, by: Principal) -> bytes | None:
        sheet, printed = printing.letters(found.letters)
        with self.notices() as opened:
            opened.mark([*printed, *found.gone], way="paper", at=found.at, by=by.person)
        return sheet

    def _end(self, act: str) -> int:
        with self.notices() as opened:
            return opened.end(act)

    def _end_many(self, bulk: str) -> int:
        with self.many() as opened:
            opened.begin(bulk)
        return self.act_on_many(bulk)

    def _tried(self, end: Callable[[str], int], name: str) -> int:
        try:
            return end(name)
        except PuenteError as error:
            _log.error("notice_left", story="issuer", code=error.code)
            return 0
