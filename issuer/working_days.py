"""Working days of a country: until when somebody may answer, and by when the house must (TRUST sections 6 and 14).

No day stands in code: weekends apart, what is no working day is the table's (`schemas/data/working_days.json`, or an
issuer's own file of that form). Of a year that the table lacks no holiday is known; then a term is never taken for
shorter than it may be for a person: she gets the longer count, and the house the shorter one. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.tables import data

_SATURDAY: Final = 5
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """So many working days in which to answer: `last` is the last of them, `end` the moment after it (UTC), and whether
    all were counted by a calendar that the table has."""

    days: int
    last: date
    end: datetime
    is_known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingDays:
    """One country's. `notice`: in which a person answers an announced revocation; `answer`: in which a dispute is
    answered; both in working days. `off` is year -> days that are none."""

    zone: ZoneInfo
    notice: int
    answer: int
    off: Mapping[int, frozenset[date]]

    def to_answer(self, told: datetime) -> Term:
        """A person's: from the day after she was told. In a year without a calendar every other weekday counts."""
        return self._term(told, self.notice, unknown=1)

    def to_be_answered(self, asked: datetime) -> Term:
        """The house's: from the day after it was asked. In a year without a calendar every weekday counts."""
        return self._term(asked, self.answer, unknown=2)

    def overdue_before(self, now: datetime) -> datetime:
        """What was asked before this moment, and is not answered, is late."""
        day = now.astimezone(self.zone).date()
        while self.to_be_answered(self._begin(day)).end > now:
            day -= _A_DAY
        return self._begin(day + _A_DAY)

    def _term(self, since: datetime, days: int, *, unknown: int) -> Term:
        """Counted in halves: a weekday of a known year is worth two, of an unknown one `unknown`."""
        day, halves, is_known = since.astimezone(self.zone).date(), 0, True
        while halves < 2 * days:
            day += _A_DAY
            listed = self.off.get(day.year)
            is_known = is_known and listed is not None
            if day.weekday() < _SATURDAY:
                halves += unknown if listed is None else 0 if day in listed else 2
        return Term(days=days, last=day, end=self._begin(day + _A_DAY), is_known=is_known)

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def read(table: Any, country: str) -> WorkingDays:
    """One country of a table of that form. Raises ValueError, which names what is wrong with it."""
    try:
        found = table[country]
        off = {int(year): frozenset(date.fromisoformat(f"{year}-{day}") for day in days)
               for year, days in found["daysOff"].items()}  # fmt: skip
        notice, answer = int(found["noticeDays"]), int(found["answerDays"])
        zone = ZoneInfo(found["zone"])
    except (KeyError, TypeError, AttributeError, ZoneInfoNotFoundError) as error:
        raise ValueError(f"no working days of {country} in that table") from error
    if min(notice, answer) < 1:
        raise ValueError("a term has a day at least")
    return WorkingDays(zone=zone, notice=notice, answer=answer, off=off)


def known(country: str) -> WorkingDays:
    """Those of the table that comes along."""
    return read(data("working_days"), country)
