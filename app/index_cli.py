"""`puente index`: the index of people for what was issued before there was one, at the machine itself."""

import typer

from app.command_line import Commands
from app.db import transaction
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world

index_app = Commands()


@index_app.command("index", epilog="puente index --data puente-data")
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
