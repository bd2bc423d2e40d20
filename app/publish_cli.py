"""`puente publish | migrate`: what is published now, and the database brought up to date."""

import typer

from app.command_line import Commands
from app.db import bring_up_to_date, open_engine
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from app.publish import publish
from app.upkeep import erase_old

publish_app = Commands()


@publish_app.command(epilog="puente migrate --data puente-data")
def migrate(data: DataFolder = SETTINGS.data) -> None:
    """Run the revisions that are missing."""
    data.mkdir(parents=True, exist_ok=True)
    bring_up_to_date(open_engine(settings_of(data).database_url))
    typer.echo(_t("La base de datos está al día.", "The database is up to date."))


@publish_app.command("publish", epilog="puente publish --data puente-data")
def publish_now(data: DataFolder = SETTINGS.data) -> None:
    """Every issuer's lists and the next bundle around them; a running server takes it up by itself. Old data goes."""
    with open_world(settings_of(data)) as world:
        made = publish(world)
        erase_old(world)
    typer.echo(_t(f"Publicada la lista {made.versions.snapshot}.", f"Published list {made.versions.snapshot}."))
