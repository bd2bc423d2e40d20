"""A backup back in its place, whole: the database, then its counters over what was published (TRUST section 13).

Between the two the house is closed by a mark in its folder: an old copy that issued on would give numbers twice.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.backup import go_on, restore
from app.db import reading
from app.files import write_whole
from app.opening import IN_PLACE, RESTORING, open_vault
from app.settings import Settings
from issuer import audit
from issuer.restoring import Restored
from kernel.access import person_of
from kernel.errors import Conflict


def bring_back(
    settings: Settings, file: Path, *, secret: str, operators: tuple[str, str], without_log: Collection[str] = ()
) -> tuple[Restored, datetime | None]:
    """Gives what it lost and ended, and the time of the copy's last act: who was erased after it is back.

    One that was interrupted is ended by calling it again. Raises Conflict where there is a database, for two operators
    that are one, and for a published log that is not there and that `without_log` does not name; BadProof, Unavailable.
    """
    _require_two(operators)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = settings.data / RESTORING
    if mark.exists():
        with suppress(Conflict):  # what was interrupted may have come so far
            restore(settings, file, secret=secret)
    else:
        _begin(mark, settings, file, secret)
    return _end(mark, settings, operators, without_log)


def go_on_from(
    settings: Settings, *, operators: tuple[str, str], without_log: Collection[str] = ()
) -> tuple[Restored, datetime | None]:
    """The same for a database that is in its place already, by other means: a snapshot, a copy that lagged.

    Raises as `bring_back`, and Conflict where a restore was begun and has not ended.
    """
    _require_two(operators)
    mark = settings.data / RESTORING
    if mark.exists() and mark.read_bytes() != IN_PLACE:
        raise Conflict("not_possible_now", detail="a restore was not ended: call it again with its copy")
    write_whole(mark, IN_PLACE, mode=0o600)
    return _end(mark, settings, operators, without_log)


def _require_two(operators: tuple[str, str]) -> None:
    if len({person_of(each) for each in operators}) != 2:
        raise Conflict("two_operators", detail="a restore is the act of two operators")


def _end(
    mark: Path, settings: Settings, operators: tuple[str, str], without_log: Collection[str]
) -> tuple[Restored, datetime | None]:
    with open_vault(settings) as world:
        with reading(world.engine) as session:
            until = audit.reaches(session)
        found = go_on(world, operators=operators, without_log=without_log)
    mark.unlink()
    return found, until


def _begin(mark: Path, settings: Settings, file: Path, secret: str) -> None:
    write_whole(mark, b"", mode=0o600)
    placed = False
    try:
        restore(settings, file, secret=secret)
        placed = True
    finally:
        if not placed:  # nothing was put there, so nothing is half done
            mark.unlink()
