"""`puente backup`, `puente restore`, `puente operator`: a sealed copy of the database, and back (TRUST 13)."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.backup import back_up
from app.bringing_back import bring_back, go_on_from
from app.command_line import Commands, stop
from app.files import require_free, write_whole
from app.folder import DataFolder, settings_of
from app.language import SETTINGS, figure
from app.language import told as _t
from app.sealed_copy import make_key
from app.sign_cli import with_halves
from issuer.restoring import Restored

backup_app = Commands()


@backup_app.command("operator", epilog="puente operator operador.txt")
def operator(
    file: Annotated[Path, typer.Argument(help=_t("Dónde guardar lo secreto.", "Where to keep the secret part."))],
) -> None:
    """The secret goes into a file that only its owner reads, in a place of its own; the public part is printed."""
    require_free(file)  # an earlier secret opens backups that nothing else of hers does
    secret, public = make_key()
    write_whole(file, secret.encode() + b"\n", mode=0o600)
    typer.echo(public)


@backup_app.command(
    "backup",
    epilog="puente backup copia.pbk --for LLAVE1 --for LLAVE2",
)
def backup(
    out: Annotated[Path, typer.Argument(help=_t("Archivo de la copia.", "The copy's file."))],
    operators: Annotated[
        list[str],
        typer.Option("--for", help=_t("Llave pública de un operador (dos).", "An operator's public key (two).")),
    ],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help=_t("Reemplaza la copia que esté ahí.", "Take the place of a copy that lies there.")
        ),
    ] = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The house works on meanwhile; either operator opens it, and no key of an issuer is in it."""
    if not replace:
        require_free(out)
    size = back_up(settings_of(data), out, operators=operators)
    mib = figure(size / 2**20, 1)
    typer.echo(_t(f"Copia de {mib} MiB en {out}", f"A copy of {mib} MiB at {out}"))


@backup_app.command(
    "restore",
    epilog="puente restore copia.pbk --key operador.txt --by ana luis --data puente-data",
)
def restore_copy(
    by: Annotated[tuple[str, str], typer.Option(help=_t("Los dos operadores.", "The two operators."))],
    file: Annotated[Path | None, typer.Argument(help=_t("Archivo de la copia.", "The copy's file."))] = None,
    key: Annotated[
        Path | None, typer.Option(help=_t("Archivo secreto de un operador.", "An operator's secret file."))
    ] = None,
    go_on: Annotated[
        bool,
        typer.Option(
            "--go-on",
            help=_t(
                "La base ya está en su lugar, por otro medio (una instantánea, otra base): solo seguir.",
                "The database is in its place already, by other means (a snapshot, another database): only go on.",
            ),
        ),
    ] = False,
    log_is_lost: Annotated[
        list[str] | None,
        typer.Option(
            help=_t(
                "Emisor cuyo registro público no está en ninguna parte: lo emitido después de la copia"
                " podría repetirse.",
                "An issuer whose public log is nowhere any more: what it issued after the copy may be given twice.",
            )
        ),
    ] = None,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The folder holds what was last published (bundle.puente, root.json, log/): what it says is never undone.

    Opens the keys itself, by their rung, so no signing process need run. One that was interrupted is called again.
    """
    settings, lost = with_halves(settings_of(data)), log_is_lost or ()
    if go_on and file is None:
        _tell(*go_on_from(settings, operators=by, without_log=lost))
    elif file is not None and key is not None and not go_on:
        _tell(*bring_back(settings, file, secret=key.read_text("utf-8", "replace"), operators=by, without_log=lost))
    else:
        stop(
            "diga la copia y la llave (--key), o solo --go-on",
            "name the copy and the key (--key), or --go-on alone",
        )


def _tell(found: Restored, until: datetime | None) -> None:
    for issuer, family in found.full:
        typer.echo(_t(f"Las listas de estado de {issuer} para {family} quedaron llenas: no puede emitir más. Abra otras"
                      f" antes de seguir: puente lists {issuer} --list {family}",
                      f"The status lists of {issuer} for {family} are full now, and it can issue no more. Open others"
                      f" before going on: puente lists {issuer} --list {family}"))  # fmt: skip
    typer.echo(_t(f"Recuperada. Asientos que solo quedan en el registro público: {found.lost}.",
                  f"Restored. Entries that only the public log still has: {found.lost}."))  # fmt: skip
    typer.echo(_t(f"Hojas de entrega que ya no sirven: {found.offers}. Haga otras: las de antes pudieron usarse después"
                  " de la copia. Lo que se recibió después y deba anularse, con puente acts lost.",
                  f"Claim slips that ended: {found.offers}. Make others: those of before may have been used after the"
                  " copy. What was picked up after it and has to be revoked: puente acts lost."))  # fmt: skip
    day = "-" if until is None else until.isoformat()
    typer.echo(_t(f"La copia llega hasta {day}. Quien fue borrado después está otra vez: bórrelo de nuevo con"
                  " puente erase. Lo dicen las solicitudes atendidas desde entonces y la auditoría exportada.",
                  f"The copy reaches {day}. Who was erased after it is back: erase her again with puente erase."
                  " The requests answered since tell who, and the audit log that was exported."))  # fmt: skip
