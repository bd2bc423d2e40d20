"""V1 and V2: whether a bundle can be used at all, and by what time to judge (TRUST section 4). Nothing is verified."""

from datetime import datetime, timedelta
from typing import Final

from kernel.bundle.installed import InstalledBundle, TimeFrame
from kernel.errors import NotInForce

SLACK: Final = timedelta(seconds=300)
FAR: Final = timedelta(days=400)


def require_usable(bundle: InstalledBundle | None, *, now: datetime, floor: datetime | None) -> TimeFrame:
    """The time to judge by. `floor` is what the caller stored: the build's time, or the highest floor it ever saw.

    Raises NotInForce at V1: `no_bundle`, `root_expired`, `canary`. Marks: `bundle_expired`, `clock_behind`,
    `clock_far`. No list, credential, presentation or HTTP date is ever asked for the time.
    """
    if bundle is None:
        raise NotInForce("no_bundle", detail="no bundle is installed", step="V1")
    low = max(filter(None, (floor, bundle.floor_off, bundle.floor_on)))
    if bundle.root_expires <= max(now, low):
        raise NotInForce("root_expired", detail="the bundle's root has expired", step="V1")
    if bundle.canary_fault:
        raise NotInForce("canary", detail="a status list in use does not hold its canaries", step="V1")
    behind = now < low - SLACK
    t = low if behind else now
    marks = (
        ("bundle_expired", bundle.timestamp_expires <= t),
        ("clock_behind", behind),
        ("clock_far", now > low + FAR),
    )
    return TimeFrame(t=t, floor=low, marks=tuple(name for name, holds in marks if holds))
