"""`puente wallet …`: a holder's wallet in a file. Asks, calls `wallet/commands.py`, prints; no rule lives here.

The passphrase is asked for without echo, or comes from the settings for scripts (`PUENTE_WALLET_PASSPHRASE`); it is
never an argument, which others on the machine could read.
"""

import json
import secrets
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from app.command_line import Commands
from app.copy_cli import copy_app
from app.correct_cli import correct_app
from app.fetch import HttpsFetch
from app.folder import AsJson
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.picture import PICTURE_STARTS, PictureReader
from app.wallet_asking import (
    FILE,
    DataFolder,
    WalletFile,
    ask,
    ask_new_passphrase,
    ask_passphrase,
    ask_secret,
    ask_sheet,
    open_pocket,
)
from app.wallet_words import tell_arrival, tell_line, tell_seen, to_json
from kernel import qr
from kernel.encoding import plain_utf8
from kernel.errors import Malformed
from schemas import bounds
from schemas.identifiers import Url
from wallet import commands
from wallet.choosing import Choice, Display
from wallet.commands import Pocket
from wallet.pickup import Offer
from wallet.receiving import Arrival
from wallet.showing import Manner

_PIXELS: Final = 8
_TRIES: Final = 3


wallet_app = Commands(epilog="puente wallet create · puente wallet receive foto.png · puente wallet list")

wallet_app.add_typer(copy_app)
wallet_app.add_typer(correct_app)


@wallet_app.command(
    context_settings=NAMES,
    help=_t("Crea una billetera y su hoja de recuperación.", "Make a wallet and its recovery sheet."),
    epilog="puente wallet create",
)
def create(
    wallet: WalletFile = FILE,
    written: Annotated[
        bool, typer.Option("--written", help=_t("No preguntar la hoja de vuelta.", "Do not ask the sheet back."))
    ] = False,
) -> None:
    """Make a wallet; show the sheet once; ask three of its groups back."""
    made = commands.make(open_pocket(wallet, SETTINGS.data), ask_new_passphrase())
    typer.echo(_t("Su llave: ", "Your key: ") + made.did)
    typer.echo(_t("Hoja de recuperación. Escríbala en papel; no se muestra otra vez:",
                  "Recovery sheet. Write it on paper; it is not shown again:"))  # fmt: skip
    typer.echo(f"\n  {made.sheet}\n")
    if not written and not _ask_back(made.sheet):
        raise typer.Exit(1)
    typer.echo(_t(f"Billetera guardada en {wallet}", f"Wallet kept in {wallet}"))


@wallet_app.command(
    context_settings=NAMES,
    help=_t(
        "Recibe un código, una foto, un archivo, o de un emisor.", "Receive a code, a photo, a file, or from an issuer."
    ),
    epilog="puente wallet receive foto.png · "
    "puente wallet receive --issuer https://formacion.example --code 7KQ4M-2XW9T",
)
def receive(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="INPUT",
            help=_t("Texto, foto o archivo; - es la entrada.", "Text, picture or file; - is standard input."),
        ),
    ] = None,
    issuer: Annotated[str | None, typer.Option(help=_t("Dirección del emisor.", "The issuer's address."))] = None,
    code: Annotated[str | None, typer.Option(help=_t("Las diez letras de la hoja.", "The slip's ten letters."))] = None,
    wallet: WalletFile = FILE,
    data: DataFolder = SETTINGS.data,
    as_json: AsJson = False,
) -> None:
    """Verify what came, keep what holds, explain the rest; exit 1 when something was not kept."""
    pocket = open_pocket(wallet, data)
    if (source is None) == (issuer is None):
        raise Malformed("bad_request", detail="give either an input, or --issuer with --code")
    if issuer is not None:
        slip = Offer(issuer=Url(issuer), code=code or ask("Código", "Code"), pin=ask_secret("PIN", "PIN"))
        arrivals = commands.fetch_offer(pocket, ask_passphrase(), slip, fetch=HttpsFetch(local=True))
    else:
        arrivals = commands.take(pocket, ask_passphrase(), _sent(str(source)))
    _print_arrivals(arrivals, pocket, as_json)
    raise typer.Exit(0 if all(arrival.name for arrival in arrivals) else 1)


@wallet_app.command(
    "list",
    context_settings=NAMES,
    help=_t("Muestra los pases, en palabras.", "List the passes, in words."),
    epilog="puente wallet list --json",
)
def list_passes(wallet: WalletFile = FILE, data: DataFolder = SETTINGS.data, as_json: AsJson = False) -> None:
    """Every pass, judged now."""
    lines = commands.list_all(open_pocket(wallet, data), ask_passphrase())
    if as_json:
        typer.echo(json.dumps([to_json(line) for line in lines], ensure_ascii=False, indent=1))
    elif not lines:
        typer.echo(_t("La billetera está vacía.", "The wallet is empty."))
    else:
        typer.echo("\n\n".join(tell_line(line, SETTINGS.lang) for line in lines))


@wallet_app.command(
    context_settings=NAMES,
    help=_t("Muestra un pase completo.", "Show one pass in full."),
    epilog="puente wallet show A1b2",
)
def show(
    name: Annotated[str, typer.Argument(help=_t("Nombre, o su comienzo.", "Name, or how it begins."))],
    wallet: WalletFile = FILE,
    data: DataFolder = SETTINGS.data,
    as_json: AsJson = False,
) -> None:
    """One pass in words, or with --json the credential itself."""
    line = commands.look_at(open_pocket(wallet, data), ask_passphrase(), name)
    if as_json:
        typer.echo(json.dumps(line.document, ensure_ascii=False, indent=1))
    else:
        typer.echo(tell_line(line, SETTINGS.lang))


@wallet_app.command(
    context_settings=NAMES,
    help=_t("Hace el código para mostrar pases.", "Make the code that shows passes."),
    epilog="puente wallet present A1b2 --out codigos",
)
def present(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME…]", help=_t("Pases; sin nombres, los del perfil.", "Passes; none: what the profile shows.")
        ),
    ] = None,
    profile: Annotated[
        str, typer.Option(help=_t("interview, hiring o enterprise.", "interview, hiring or enterprise."))
    ] = "interview",
    still: Annotated[bool, typer.Option("--still", help=_t("Código fijo (copia).", "Still code (a copy)."))] = False,
    request: Annotated[
        str | None, typer.Option(help=_t("Las ocho letras del reto, o VQ1-…", "The eight letters, or VQ1-…"))
    ] = None,
    out: Annotated[Path | None, typer.Option(help=_t("Carpeta para las imágenes.", "Folder for pictures."))] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=_t("Decir qué verán; no hacer el código.", "Say what is seen; no code."))
    ] = False,
    wallet: WalletFile = FILE,
    data: DataFolder = SETTINGS.data,
) -> None:
    """A live code, a still one, or an answer to a reto; one text a line, frames in order."""
    manner: Manner = "answer" if request is not None else "static" if still else "live"
    choice = Choice(manner=manner, profile=profile, names=tuple(names) if names else None, request=request)
    if preview:
        pocket = open_pocket(wallet, data)
        for rows in commands.preview(pocket, ask_passphrase(), choice):
            typer.echo(tell_seen(rows, pocket.by.bundle, SETTINGS.lang) + "\n")
        return
    made = commands.present(open_pocket(wallet, data), ask_passphrase(), choice)
    count = len(made.shown.texts)
    for number, text in enumerate(made.shown.texts, start=1):
        typer.echo(_label(made.shown.manner, number, count), err=True)
        typer.echo(text)
    if out is not None:
        _draw(made, out)


@wallet_app.command(
    context_settings=NAMES,
    help=_t("Copia la billetera, cerrada, a otro archivo.", "Copy the sealed wallet to a file."),
    epilog="puente wallet export copia.pvw",
)
def export(
    target: Annotated[Path, typer.Argument(help=_t("Archivo nuevo.", "New file."))], wallet: WalletFile = FILE
) -> None:
    """Only what opens is copied."""
    commands.export(open_pocket(wallet, SETTINGS.data), ask_passphrase(), target)
    typer.echo(_t(f"Copia cerrada en {target}", f"Sealed copy in {target}"))


@wallet_app.command(
    context_settings=NAMES,
    help=_t("Trae una billetera de su copia.", "Bring a wallet back from its copy."),
    epilog="puente wallet restore copia.pvw",
)
def restore(
    source: Annotated[Path, typer.Argument(help=_t("La copia cerrada.", "The sealed copy."))],
    by_sheet: Annotated[
        bool, typer.Option("--sheet", help=_t("Abrir con la hoja de recuperación.", "Open with the recovery sheet."))
    ] = False,
    wallet: WalletFile = FILE,
) -> None:
    """By the sheet or by the passphrase; a new passphrase is asked for."""
    pocket = open_pocket(wallet, SETTINGS.data)
    secret = ask_sheet() if by_sheet else ask_passphrase()
    did = commands.bring_back(pocket, source, secret, ask_new_passphrase())
    typer.echo(_t(f"Billetera de {did} en {wallet}", f"Wallet of {did} in {wallet}"))


def _ask_back(sheet: str) -> bool:
    """Three groups typed back: a sheet that was not written down is no way back."""
    for number in commands.groups_to_ask(secrets.token_bytes):
        for _try in range(_TRIES):
            if commands.is_group(sheet, number, ask(f"Grupo {number} de la hoja", f"Group {number} of the sheet")):
                break
        else:
            typer.echo(_t("No coincide. La billetera existe, pero su hoja no está comprobada.",
                          "It does not match. The wallet is there, but its sheet is not checked."))  # fmt: skip
            return False
    return True


def _sent(source: str) -> str | bytes:
    path = Path(source)
    if source == "-":
        raw = sys.stdin.buffer.read(bounds.PICTURE.size + 1)
    elif len(source) < 1024 and "\0" not in source and path.is_file():
        with path.open("rb") as file:
            raw = file.read(bounds.PICTURE.size + 1)
    else:
        return source
    if raw.startswith(PICTURE_STARTS):
        return "\n".join(PictureReader().texts(raw))
    raw = plain_utf8(raw)
    return raw if raw.lstrip()[:1] == b"{" else raw.decode("utf-8", "replace")


def _print_arrivals(arrivals: tuple[Arrival, ...], pocket: Pocket, as_json: bool) -> None:
    if as_json:
        rows = [
            {"verdict": one.verdict, "reasons": list(one.reasons), "name": one.name, "replaces": one.replaces}
            for one in arrivals
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n\n".join(tell_arrival(one, pocket.by.bundle, SETTINGS.lang) for one in arrivals))


def _label(manner: Manner, number: int, count: int) -> str:
    """What the text under it is; beside the codes (stderr), so that a pipe gets codes alone."""
    what = {
        "static": _t("Código fijo (una copia)", "Still code (a copy)"),
        "live": _t("Código en vivo: sirve unos 90 segundos", "Live code: good for about 90 seconds"),
        "answer": _t("Respuesta a la pregunta del verificador", "Answer to the verifier's question"),
    }[manner]
    return f"{what}:" if count == 1 else _t(f"{what}. Parte {number} de {count}:", f"{what}. Part {number} of {count}:")


def _draw(made: Display, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(made.shown.texts, start=1):
        name = "mostrar.png" if len(made.shown.texts) == 1 else f"mostrar-{number}.png"
        (out / name).write_bytes(qr.png(qr.symbol(text, level=made.shown.level), _PIXELS))
