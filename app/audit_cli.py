"""`puente audit verify|checkpoint`: recompute the audit chain, and take its length and hash outside."""

from pathlib import Path
from typing import Annotated

import typer

from app.audit_points import known_key, read_point, write_point
from app.command_line import Commands
from app.db import open_engine, reading
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from issuer import audit
from kernel.errors import NotFound
from kernel.keys import read_multikey
from schemas.bounds import BASE58

audit_app = Commands(epilog="puente audit verify · puente audit checkpoint > punto.txt")
Against = Annotated[
    Path | None, typer.Option(help=_t("Punto de control guardado afuera.", "A checkpoint that was kept outside."))
]
Key = Annotated[
    str | None, typer.Option(help=_t("Llave de auditoría (z6Mk…), de afuera.", "The audit key (z6Mk…), from outside."))
]


@audit_app.command(
    "verify",
    help=_t(
        "Recalcula todo el registro; con --against descubre un final cortado.",
        "Recompute the whole log; with --against a cut end is found.",
    ),
    epilog="puente audit verify --against punto.txt",
)
def verify(against: Against = None, key: Key = None, data: DataFolder = SETTINGS.data) -> None:
    """Exit 0 when the chain holds, and goes on from the checkpoint where one is given."""
    engine = open_engine(settings_of(data).database_url)
    with reading(engine) as session:
        count, head = audit.recompute(session)
        if against is not None:
            public = known_key(data) if key is None else read_multikey(key[: BASE58.size])
            if public is None:
                raise NotFound("not_found", detail="no audit key is known: give it with --key")
            point = read_point(against.read_text("utf-8"), public)
            audit.require_goes_on_from(session, point.size, point.root)
    engine.dispose()
    typer.echo(
        _t(f"El registro está completo: {count} líneas, {head.hex()}", f"The log is whole: {count} lines, {head.hex()}")
    )


@audit_app.command(
    "checkpoint",
    help=_t(
        "Firma el largo y la huella del registro, para guardarlos afuera.",
        "Sign the log's length and hash, to be kept outside.",
    ),
    epilog="puente audit checkpoint > punto.txt",
)
def checkpoint(data: DataFolder = SETTINGS.data) -> None:
    """Print the note itself, and beside it, on standard error, where it lies; every publication makes one too."""
    with open_world(settings_of(data)) as world:
        file = write_point(world)
    typer.echo(file.read_text("utf-8"), nl=False)
    typer.echo(str(file), err=True)
