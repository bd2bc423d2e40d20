"""What an issuer hands on to whoever publishes it: its lists as they go out, and the checkpoint of its log."""

from dataclasses import dataclass
from datetime import datetime

from schemas.identifiers import Url


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedList:
    """A list as it goes out in the bundle; its W3C form is signed beside it and kept."""

    number: int
    url: Url
    purpose: str
    bits: bytes
    canaries_set: tuple[int, ...]
    canaries_clear: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What one issuer published at one time. `checkpoint` is the log's signed note, None while the log is empty."""

    issuer: str
    at: datetime
    lists: tuple[PublishedList, ...]
    checkpoint: str | None
    size: int
