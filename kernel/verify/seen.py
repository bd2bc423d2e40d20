"""The replay cache of V25: which presentations were shown here in the last 300 s. Hashes only, and only in memory."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Final, Protocol

KEEP_SECONDS: Final = 300
CAPACITY: Final = 4_096
"""Hashes kept at most; the oldest goes first, so that a flood cannot grow it."""


class Seen(Protocol):
    """What remembers shown presentations for a while."""

    def look(self, digest: bytes, /, *, now: datetime) -> int | None:
        """Seconds since this hash was first looked at, or None when it is new within 300 s; remembers it."""
        ...


class MemorySeen:
    """A Seen of one device or one process."""

    def __init__(self) -> None:
        self._first: OrderedDict[bytes, datetime] = OrderedDict()
        self._lock = Lock()

    def look(self, digest: bytes, /, *, now: datetime) -> int | None:
        with self._lock:
            first = self._first.get(digest)
            if first is not None:
                age = int((now - first).total_seconds())
                if 0 <= age <= KEEP_SECONDS:
                    return age
                del self._first[digest]
            self._first[digest] = now
            if len(self._first) > CAPACITY:
                self._first.popitem(last=False)
            return None
