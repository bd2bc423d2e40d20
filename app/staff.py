"""Who works at the command line: the world of a data folder, and the person of an API key, as over HTTP.

A key comes from the settings (`PUENTE_KEY`) or is asked for without echo; it is never an argument, which others on the
machine could read. So four eyes hold here too: two people have two keys.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from app.auth import enter
from app.demo import founding
from app.language import SETTINGS
from app.language import told as _t
from app.provide import World, open_world
from app.settings import Settings
from kernel.access import Policy, Principal
from schemas.access import Resource, Verb

DataFolder = Annotated[
    Path,
    typer.Option("--data", help=_t("Carpeta de base de datos, llaves y lista.", "Folder of database, keys, bundle.")),
]
AsJson = Annotated[bool, typer.Option("--json", help=_t("Imprimir JSON.", "Print JSON."))]
KEY_HELP: Final = _t(
    "La llave de acceso viene de PUENTE_KEY, o se pregunta.", "The access key comes from PUENTE_KEY, or is asked for."
)


def settings_of(data: Path) -> Settings:
    """The settings for a folder; a demo's folder goes on as the demo ran it."""
    own = founding.SETTINGS if (data / founding.MARK).is_file() else {}
    return SETTINGS.model_copy(update={"data": data, **own})


@contextmanager
def at_work(data: Path, resource: Resource, verb: Verb) -> Iterator[tuple[World, Principal]]:
    """The world of a folder, and the person who may do that in it. Raises NotSignedIn, Forbidden."""
    text: str = (
        typer.prompt(_t("Su llave de acceso", "Your access key"), hide_input=True)
        if SETTINGS.key is None
        else SETTINGS.key.get_secret_value()
    )
    with open_world(settings_of(data)) as world:
        yield world, enter(world.engine, world.clock, text, Policy(resource=resource, verb=verb))
