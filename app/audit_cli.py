"""`puente audit verify|checkpoint`: recompute the audit chain, and take its length and hash outside."""

from pathlib import Path
from typing import Annotated

import typer

from app.audit_points import known_key, newest, read_point, write_point
from app.command_line import Commands
from app.db import open_engine, reading
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from issuer import audit
from kernel.errors import NotFound
from kernel.issued_log import Checkpoint
from kernel.keys import read_multikey
from schemas.bounds import BASE58

audit_app = Commands(epilog="puente audit verify · puente audit checkpoint > punto.txt")
Against = Annotated[
    Path | None,
    typer.Option(
        help=_t("Punto de control guardado afuera.", "A checkpoint that was kept outside."), exists=True, dir_okay=False
    ),
]
Key = Annotated[
    str | None, typer.Option(help=_t("Llave de auditoría (z6Mk…), de afuera.", "The audit key (z6Mk…), from outside."))
]


@audit_app.command(
    "verify",
    help=_t(
        "Recalcula todo el registro y lo compara con el último punto de control de la carpeta, y con el de --against.",
        "Recompute the whole log, and compare it with the folder's last checkpoint and with that of --against.",
    ),
    epilog="puente audit verify --against punto.txt",
)
def verify(against: Against = None, key: Key = None, data: DataFolder = SETTINGS.data) -> None:
    """Exit 0 when the chain holds, and goes on from each checkpoint that there is to compare with."""
    # Read before the chain is: a process that writes may tell of more lines meanwhile.
    points = {file: _point(file, key, data) for file in (newest(data), against) if file is not None}
    engine = open_engine(settings_of(data).database_url)
    with reading(engine) as session:
        count, head = audit.recompute(session)
        for file, point in points.items():
            typer.echo(_t(f"Se compara con {file}: {point.size} líneas.", f"Compared with {file}: {point.size} lines."))
            audit.require_goes_on_from(session, point.size, point.root)
    engine.dispose()
    typer.echo(_found(count, head.hex(), max((point.size for point in points.values()), default=None)))


def _point(file: Path, key: str | None, data: Path) -> Checkpoint:
    public = known_key(data) if key is None else read_multikey(key[: BASE58.size])
    if public is None:
        raise NotFound("not_found", detail="no audit key is known: give it with --key")
    return read_point(file.read_text("utf-8"), public)


def _found(count: int, head: str, told: int | None) -> str:
    """What is known of a chain that holds: where nobody told its length outside, its end may have been cut."""
    if told is None:
        return _t(
            f"El registro está completo hasta su propia última línea: {count} líneas, {head}. Si se le cortó el final,"
            " solo lo muestra un punto de control guardado afuera (--against).",
            f"The log is whole up to its own last line: {count} lines, {head}. Whether its end was cut, only a"
            " checkpoint kept outside shows (--against).",
        )
    return _t(
        f"El registro está completo hasta la línea {told}, y bien encadenado hasta su propia última línea:"
        f" {count} líneas, {head}. Si se cortó algo que vino después de la línea {told}, solo lo muestra un punto de"
        " control más nuevo guardado afuera (--against).",
        f"The log is whole up to line {told}, and holds up to its own last line: {count} lines, {head}. Whether"
        f" anything that came after line {told} was cut, only a newer checkpoint kept outside shows (--against).",
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
