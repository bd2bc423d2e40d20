"""Status lists at install (TRUST section 5, step 6): what stays set, what is held back, what the registry may reset.

A stolen status key must neither clear a revocation nor annul a country in a day.
"""

from datetime import datetime, timedelta
from typing import Final

from kernel import status
from kernel.bundle.installed import Purpose, StatusList
from schemas.identifiers import Did, Url

DAY: Final = timedelta(hours=24)
MANY_LEAST: Final = 64
MANY_SHARE: Final = 50
"""One fiftieth: 2 % of the list."""


def many(size: int) -> int:
    """How many new bits a revocation list of `size` entries may set in 24 hours."""
    return max(MANY_LEAST, size // MANY_SHARE)


def first(*, url: Url, issuer: Did, purpose: Purpose, signed: bytes, signed_at: datetime, epoch: int) -> StatusList:
    """A list that was never here before: there is nothing to compare it with."""
    return StatusList(
        url=url, issuer=issuer, purpose=purpose, signed=signed, sticky=signed, signed_at=signed_at, epoch=epoch
    )


def follow(new: StatusList, *, former: StatusList, now: datetime, approved: bool) -> StatusList:
    """`new` as `first` made it, after `former`. `approved`: the registry lists its hash. Suspension: newest wins."""
    if new.purpose == "suspension":
        return new
    # A higher epoch is the registry's own word that what is no longer set may go.
    base = status.common(former.sticky, new.signed) if new.epoch > former.epoch else former.sticky
    fresh = status.count(status.without(new.signed, base))
    recent = tuple((at, bits) for at, bits in former.added if min(new.signed_at, now) - at < DAY)
    if not approved and fresh + sum(bits for _, bits in recent) > _allowance(new, former, now):
        return _with(new, signed_at=former.signed_at, sticky=base, held=True, added=recent)
    sticky = status.union(base, new.signed)
    unset = status.count(status.without(base, new.signed))
    added = (*recent, (new.signed_at, fresh)) if fresh and not approved else recent
    return _with(new, signed_at=new.signed_at, sticky=sticky, unset=unset, added=added)


def _allowance(new: StatusList, former: StatusList, now: datetime) -> int:
    """The day's share, once for each day begun since the former list; a list that is held back gains none by waiting.

    The list's own time may not run ahead of the device's, or a stolen key could give itself years.
    """
    passed = min(new.signed_at, now) - former.signed_at
    days = 1 if former.held else max(1, -(-passed // DAY))
    return many(new.size) * days


def _with(
    new: StatusList,
    *,
    signed_at: datetime,
    sticky: bytes,
    held: bool = False,
    unset: int = 0,
    added: tuple[tuple[datetime, int], ...] = (),
) -> StatusList:
    return StatusList(
        url=new.url,
        issuer=new.issuer,
        purpose=new.purpose,
        signed=new.signed,
        sticky=sticky,
        signed_at=signed_at,
        epoch=new.epoch,
        held=held,
        unset=unset,
        added=added,
    )
