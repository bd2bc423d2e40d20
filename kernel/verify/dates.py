"""Reading dates, and V18 and V19: has it begun, has it ended. By the verifier's own time, never the document's.

The grammar is XML Schema 1.1 `dateTimeStamp` in the years 1 to 9999 of UTC, cut to milliseconds, without second 60 and
hour 24: one rule in Python and TypeScript, so that no text means two times.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from kernel.errors import WrongShape
from kernel.verify.marks import Mark
from schemas.json import JsonValue

BEGIN_TOLERANCE: Final = timedelta(seconds=300)
_STAMP: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)


def read_date_time(value: JsonValue, *, pointer: str) -> datetime:
    """Text -> aware UTC time; raises `schema` at V10 for anything else."""
    match = _STAMP.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _unreadable(pointer)
    year, month, day, hour, minute, second, fraction, sign, east_hours, east_minutes = match.groups()
    try:
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        if fraction is not None:
            at += timedelta(milliseconds=int(fraction[:3].ljust(3, "0")))
        if sign is not None:
            at -= _offset(sign, int(east_hours), int(east_minutes))
    except (ValueError, OverflowError):
        raise _unreadable(pointer) from None
    return at


def _offset(sign: str, hours: int, minutes: int) -> timedelta:
    """XML Schema allows up to 14:00 either way."""
    total = hours * 60 + minutes
    if minutes > 59 or total > 14 * 60:
        raise ValueError
    return timedelta(minutes=total if sign == "+" else -total)


def _unreadable(pointer: str) -> WrongShape:
    return WrongShape("schema", detail="a date that is no dateTimeStamp", pointer=pointer, step="V10")


def look_at_dates(
    *, valid_from: datetime | None, valid_until: datetime | None, t: datetime, floor: datetime, is_far: bool
) -> list[Mark]:
    """V18 `not_yet_valid`; V19 `expired`, or `clock_doubt` when only a clock far ahead says that it has ended."""
    marks = []
    if valid_from is not None and valid_from > t + BEGIN_TOLERANCE:
        marks.append(Mark("V18", "not_yet_valid"))
    if valid_until is not None and valid_until < t:
        marks.append(Mark("V19", "clock_doubt" if is_far and valid_until >= floor else "expired"))
    return marks
