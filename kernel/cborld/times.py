"""xsd:date and xsd:dateTime as seconds since 1970 and back; only what comes back the same (FORMAT 2.5 item 5)."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = int((datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - _EPOCH).total_seconds())
_FIRST: Final = int((datetime(1, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.([0-9]{3}))?Z", re.ASCII)
KEPT: Final = 4096
"""How many texts are remembered at most; they recur."""


def of_time(text: str) -> int | tuple[int, int] | None:
    """Seconds, or seconds and milliseconds where the text has them; None where it would not come back."""
    match = _TIME.fullmatch(text)
    seconds = None if match is None else _seconds(text[:19])
    if match is None or seconds is None:
        return None
    return seconds if match[1] is None else (seconds, int(match[1]))


def of_date(text: str) -> int | None:
    """Seconds at 00:00Z; None where it would not come back."""
    return _seconds(text + "T00:00:00") if _DATE.fullmatch(text) else None


@lru_cache(KEPT)
def instant(seconds: int) -> str | None:
    """`YYYY-MM-DDThh:mm:ss` without a zone; None outside the years 1 to 9999."""
    if not _FIRST <= seconds <= _LAST:
        return None
    return (_EPOCH + timedelta(seconds=seconds)).isoformat()[:19]


def _seconds(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
    seconds = (moment - _EPOCH) // timedelta(seconds=1)
    return seconds if instant(seconds) == text else None
