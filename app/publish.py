"""Publish: every issuer's status lists, the registry's next bundle around them, and the files that are served.

The stories do not know each other; here their words are handed on. Files are written whole, what names others last.
One publication at a time: two would each hold lists in memory, and the slower one's would be the older ones.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from app.db import locked
from app.files import held, is_so, put_all
from app.hourly import tell_logs
from app.jobs import has_workers
from app.logs import fault_of
from app.provide import World
from app.told_outside import require_forward
from issuer.service import Issuer
from issuer.status.publication import PublishedList as IssuersList
from issuer.status.service import Status
from kernel.errors import Conflict, PuenteError
from registry.build import Published, PublishedList, lay_out
from registry.publishing import Publisher
from registry.service import Registry

ROOT = "root.json"
LOCK: Final = "publishing.lock"
_NUMBER: Final = 0x7075656E7465
_OUTSIDE: Final = frozenset({"database_unavailable", "database_went_back", "disk_full"})
"""Faults that are no issuer's own."""
_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    """What one issuer gives to a publication, and the urgent acts that are in it."""

    lists: tuple[PublishedList, ...]
    checkpoint: str | None
    urgent: frozenset[str]


def publish(world: World) -> Published:
    """The next bundle, signed and on disk. Raises Conflict, also where another publishes, and Unavailable; then the
    former files stay.

    An issuer whose lists cannot be had keeps its former ones; the log says so, and its lateness is an alarm.
    """
    with alone(world) as is_ours:
        if not is_ours:
            raise Conflict("not_possible_now", detail="another publication is under way")
        return publish_alone(world)


def publish_alone(world: World) -> Published:
    """The same by who has seen to it that nobody else publishes (`alone`)."""
    require_forward(world.engine, world.settings.data)
    ready, log = _gathered(world)
    with world.doors()[Publisher]() as opened:
        made: Published = opened.publish({issuer: one.lists for issuer, one in ready.items()}, log=log)
    write_files(world.settings.data, made)
    _mark(world, made, ready)
    tell_logs(world)
    return made


def _gathered(world: World) -> tuple[dict[str, _Ready], dict[str, str]]:
    """What each issuer gives, and every checkpoint; where no issuer gives anything its fault is raised."""
    doors = world.doors()
    ready: dict[str, _Ready] = {}
    log: dict[str, str] = {}
    faults: dict[str, Exception] = {}
    with doors[Issuer]() as opened:
        former = {issuer: opened.ledger.checkpoint(issuer) for issuer in opened.ledger.issuers()}
    for issuer, point in former.items():
        try:
            ready[issuer] = _ready(world, issuer)
        except (PuenteError, LookupError, TypeError, ValueError) as fault:  # a damaged row is one issuer's fault too
            if isinstance(fault, PuenteError) and fault.code in _OUTSIDE:
                raise
            faults[issuer] = fault
        note = ready[issuer].checkpoint if issuer in ready else None if point is None else point.note
        log |= {} if note is None else {issuer: note}
    if faults and not ready:
        raise next(iter(faults.values()))
    for issuer, its in faults.items():
        _log.error("lists_failed", issuer=issuer, code=getattr(its, "code", "internal"), **fault_of(its))
    return ready, log


def _ready(world: World, issuer: str) -> _Ready:
    doors = world.doors()
    with doors[Registry]() as opened:
        approved = opened.approved_lists(issuer)
    with doors[Status]() as opened:
        urgent = opened.set_out(issuer, approved=approved)
    with doors[Status]() as opened:
        publication = opened.publish(issuer)
    lists = tuple(_handed_on(one) for one in publication.lists)
    return _Ready(lists=lists, checkpoint=publication.checkpoint, urgent=urgent)


def _mark(world: World, made: Published, ready: dict[str, _Ready]) -> None:
    """Only now, when the bundle is kept and laid out: whatever stops us before leaves what is urgent urgent."""
    for issuer in made.behind:
        _log.error("issuer_left_behind", issuer=issuer)
    for issuer, one in ready.items():
        if issuer in made.versions.status and issuer not in made.behind:
            with world.doors()[Status]() as opened:
                opened.went_out(issuer, one.urgent)


def alone(world: World) -> AbstractContextManager[bool]:
    """Whether nobody else publishes while this is open, of all processes and threads: one at a time."""
    return locked(world.engine, _NUMBER) if has_workers(world.engine) else _folder(world.settings.data)


def _folder(data: Path) -> AbstractContextManager[bool]:
    """The same where one folder is the house."""
    (data / LOCK).touch(mode=0o600)
    return held(data / LOCK, waits=False)


def _handed_on(one: IssuersList) -> PublishedList:
    return PublishedList(
        number=one.number,
        url=one.url,
        purpose=one.purpose,
        bits=one.bits,
        canaries_set=one.canaries_set,
        canaries_clear=one.canaries_clear,
    )


def write_files(data: Path, made: Published) -> None:
    """Lay the public files out in the data folder, in the order that names nothing before it is there."""
    files = [(data / name, raw) for name, raw in lay_out(made).items()]
    # The first root stays the pinned one; later ones follow by the chain.
    pinned = data / ROOT
    put_all([(path, raw) for path, raw in files if not is_so(path, raw) and not (path == pinned and path.exists())])
