"""A data folder that follows the database: what another process published is laid out here too (PostgreSQL).

Processes on one database need no shared folder: rows hold the bundle and the log's leaves, and files are made of them.
Nothing is signed here, and nothing newer is put back: after a restore the folder may know more than the rows.
"""

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import Engine

from app.beside import repeating
from app.db import reading
from app.files import alone
from app.jobs import has_workers
from app.log_files import CHECKPOINT, FOLDER, published
from app.provide import World
from app.publish import write_files
from issuer.service import Issuer
from issuer.tables import CheckpointRow
from kernel.errors import PuenteError
from registry.publishing import published_of
from registry.store import RegistryStore

_EVERY: Final = 30.0
_log = structlog.get_logger()


def follow_bundle(engine: Engine, data: Path, version: int) -> None:
    """Lay out the last published bundle where it is newer than that version. Raises Unavailable."""
    with reading(engine) as session:
        store = RegistryStore(session=session)
        if (store.last_version() or 0) <= version or (last := store.last_publication()) is None:
            return
        made = published_of(last)
    write_files(data, made)


def follow_logs(world: World) -> None:
    """Lay out what the logs have grown by since the files in this folder. Raises Unavailable."""
    doors = world.doors()
    with doors[Issuer]() as opened:
        points = [opened.ledger.checkpoint(issuer) for issuer in opened.ledger.issuers()]
    for point in points:
        if point is not None:
            _follow_log(world, point)


def _follow_log(world: World, point: CheckpointRow) -> None:
    folder = world.settings.data / FOLDER / point.issuer
    with alone(folder):
        if published(folder / CHECKPOINT) < point.size:
            world.lay_log(point)


def following(world: World) -> AbstractContextManager[None]:
    """While this is open a thread follows the logs; where one process does all there is nobody to follow."""
    return repeating(partial(_look, world), every=_EVERY) if has_workers(world.engine) else nullcontext()


def _look(world: World) -> None:
    try:
        follow_logs(world)
    except PuenteError as error:
        _log.warning("log_not_followed", code=error.code)
