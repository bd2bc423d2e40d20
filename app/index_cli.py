"""`puente index`: the index of people for what was issued before there was one, at the machine itself."""

import typer

from app.db import transaction
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from app.staff import DataFolder, settings_of

index_app = typer.Typer()


@index_app.command(
    "index",
    help=_t(
        "Hace el índice de personas de lo emitido antes de que lo hubiera. Se puede repetir.",
        "Make the index of people for what was issued before there was one. May be repeated.",
    ),
)
def index(data: DataFolder = SETTINGS.data) -> None:
    """A chunk in a transaction; stopped, it goes on where it was."""
    with open_world(settings_of(data)) as world:
        with transaction(world.engine) as session:
            left = world.rooms.indexing(session).left()
        rows = 0
        for first in left:
            with transaction(world.engine) as session:
                rows += world.rooms.indexing(session).index(first)
    typer.echo(_t(f"Indexadas: {rows} filas.", f"Indexed: {rows} rows."))
