"""What one verification stands on: bundle, times, session, replay cache. All of it came as arguments."""

from dataclasses import dataclass
from datetime import datetime

from kernel.bundle.installed import InstalledBundle, TimeFrame
from kernel.verify.marks import Mark
from kernel.verify.seen import Seen
from schemas.verification import Session

_STEPS = {"bundle_expired": "V1", "clock_behind": "V2", "clock_far": "V2"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """`now` is the device's clock, `frame.t` the time to judge by (V2)."""

    bundle: InstalledBundle
    frame: TimeFrame
    now: datetime
    session: Session | None
    seen: Seen

    @property
    def marks(self) -> list[Mark]:
        """What V1 and V2 found: every pass carries it."""
        return [Mark(_STEPS[code], code) for code in self.frame.marks]

    @property
    def is_far(self) -> bool:
        """The clock is far ahead of anything signed (V2)."""
        return "clock_far" in self.frame.marks
