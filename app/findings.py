"""What a look at the house finds, and in whose words. Who looks are `app/doctor.py` and `app/doctor_work.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from app.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at: in order, not in order, or (None) fit to try things with and not for production."""

    good: bool | None
    words: str


Say = Callable[[bool | None, str, str], Finding]
"""Whether it is good, in Spanish, in English."""


def tried(settings: Settings) -> bool | None:
    """What production may not be without and a trial may."""
    return False if settings.env == "production" else None
