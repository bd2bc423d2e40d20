"""`puente backup`, `puente restore`, `puente operator`: a sealed copy of the database, and back (TRUST 13)."""

from pathlib import Path
from typing import Annotated

import typer

from app.backup import back_up
from app.bringing_back import bring_back
from app.command_line import Commands
from app.files import write_whole
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.sealed_copy import make_key
from app.sign_cli import with_halves

backup_app = Commands()


@backup_app.command("operator", epilog="puente operator operador.txt")
def operator(
    file: Annotated[Path, typer.Argument(help=_t("Dónde guardar lo secreto.", "Where to keep the secret part."))],
) -> None:
    """The secret goes into a file that only its owner reads; the public part is printed."""
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
    data: DataFolder = SETTINGS.data,
) -> None:
    """The house works on meanwhile; either operator opens it, and no key of an issuer is in it."""
    size = back_up(settings_of(data), out, operators=operators)
    typer.echo(_t(f"Copia de {size} bytes en {out}", f"A copy of {size} bytes at {out}"))


@backup_app.command(
    "restore",
    epilog="puente restore copia.pbk --key operador.txt --by ana luis --data puente-data",
)
def restore_copy(
    file: Annotated[Path, typer.Argument(help=_t("Archivo de la copia.", "The copy's file."))],
    key: Annotated[Path, typer.Option(help=_t("Archivo secreto de un operador.", "An operator's secret file."))],
    by: Annotated[tuple[str, str], typer.Option(help=_t("Los dos operadores.", "The two operators."))],
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
    settings = with_halves(settings_of(data))
    found, until = bring_back(
        settings, file, secret=key.read_text("utf-8"), operators=by, without_log=log_is_lost or ()
    )
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
