"""What `puente doctor` asks of the machine: room on its disk, its clock, and who may read the keys. It looks."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.backup import LAST
from app.clock import MachineClock
from app.db import reading
from app.disk import has_room
from app.findings import Finding, Say
from app.opening import KEY_FOLDER
from app.settings import Settings
from app.shelf import CONTAINER
from issuer.audit import last_told
from kernel.access import SKEW
from kernel.errors import PuenteError
from kernel.ports import Clock

_OTHERS: Final = 0o077


def disk(settings: Settings, say: Say, *, times: int = 1) -> Finding:
    """Whether new work is begun, which asks for so many `times` the least room; what was begun goes on (TRUST 12)."""
    mib = shutil.disk_usage(settings.data if settings.data.exists() else ".").free >> 20
    if has_room(settings.data, times):
        return say(True, f"Hay {mib} MiB libres de disco.", f"{mib} MiB of disk are free.")
    return say(
        False,
        f"Quedan {mib} MiB de disco: no se empieza nada nuevo hasta que usted haga lugar. Lo empezado termina.",
        f"{mib} MiB of disk are left: nothing new is begun until you make room. What was begun ends.",
    )


def clock(settings: Settings, engine: Engine, say: Say) -> Finding:
    """Whether something was written, or the database lives, in this clock's time to come: then it is behind."""
    latest = ahead(settings.data, engine, MachineClock())
    if latest is None:
        return say(True, "La hora de esta máquina va con lo guardado.", "This machine's time goes with what is kept.")
    return say(
        False,
        f"La hora de esta máquina está atrasada: hay algo guardado el {latest:%Y-%m-%d %H:%M} UTC. Ponga la hora.",
        f"This machine's time is behind: something was kept on {latest:%Y-%m-%d %H:%M} UTC. Set its clock.",
    )


def ahead(folder: Path, engine: Engine, clock: Clock) -> datetime | None:
    """The latest of what was kept in this clock's time to come: then the clock is behind."""
    return max((at for at, now in _times(folder, engine, clock) if at > now + SKEW), default=None)


def _times(folder: Path, engine: Engine, clock: Clock) -> Iterator[tuple[datetime, datetime]]:
    """When something was kept, and what time it is now by the clock that it was kept by: files' is the machine's."""
    machine = MachineClock().now()
    for file in (folder / CONTAINER, folder / LAST):
        if file.is_file():
            yield datetime.fromtimestamp(file.stat().st_mtime, UTC), machine
    try:
        with reading(engine) as session:
            if (told := last_told(session)) is not None:
                yield told, clock.now()
            if engine.dialect.name == "postgresql":
                yield session.connection().execute(text("SELECT now()")).scalar_one(), machine
    except (PuenteError, SQLAlchemyError):  # the database's own finding tells it
        return


def key_modes(settings: Settings, say: Say) -> tuple[Finding, ...]:
    """Whether others on this machine may read the keys; nothing where none are kept here, or not by who asks."""
    folder = settings.data / KEY_FOLDER
    try:
        if not folder.is_dir():
            return ()
        is_open = any(path.stat().st_mode & _OTHERS for path in (folder, *folder.rglob("*")))
    except PermissionError:
        return ()
    if is_open:
        es = f"Otros usuarios de esta máquina pueden leer las llaves: chmod -R go-rwx {folder}"
        return (say(False, es, f"Others on this machine can read the keys: chmod -R go-rwx {folder}"),)
    return (say(True, "Solo su dueño puede leer las llaves.", "Only their owner can read the keys."),)
