"""Clock from the machine: aware UTC, whole seconds."""

from datetime import UTC, datetime


class MachineClock:
    """The machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)
