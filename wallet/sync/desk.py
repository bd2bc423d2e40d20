"""What takes two transactions: what stays used up or counted whatever comes of the request, and then the act.

The desk has no session; it opens a door for each step. A rolled back act would roll its own count back with it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from schemas.sync import SyncSession
from wallet.sync.entry import BlobName, Entry
from wallet.sync.service import Sync


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncDesk:
    """Opens the door of sync."""

    sync: Callable[[], AbstractContextManager[Sync]]

    def enter(self, entry: Entry, near: str) -> SyncSession:
        """Use the challenge up; then look at the signature. Raises what `Sync.enter` raises."""
        with self.sync() as opened:
            opened.use_challenge(entry)
        with self.sync() as opened:
            return opened.enter(entry, near)

    def find_by_sheet(self, locator: bytes) -> tuple[str, bytes]:
        """Count the try; then look. Raises TooMany, NotFound."""
        with self.sync() as opened:
            opened.count_sheet(locator)
        with self.sync() as opened:
            return opened.find_by_sheet(locator)

    def count_write(self, token: bytes, name: BlobName | None = None) -> None:
        """Before each write. Raises TooMany, NotFound `session_ended`, Forbidden `device_waiting`."""
        with self.sync() as opened:
            opened.count_write(token, name)
