"""`puente wallet sync | recover | devices`: a wallet's copy at a server. Asks, calls `wallet/sync/commands.py`, prints.

The server sees sealed bytes. A wallet file and a page's vault with the same recovery sheet share one copy.
"""

import time
from datetime import datetime
from typing import Annotated

import typer

from app.command_line import Commands
from app.correct_cli import take_answers
from app.fetch import HttpsFetch
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.wallet_asking import (
    FILE,
    DataFolder,
    WalletFile,
    ask_halves,
    ask_new_passphrase,
    ask_passphrase,
    ask_sheet,
    open_pocket,
)
from kernel.errors import Malformed
from schemas.identifiers import Url
from schemas.sync import DeviceLine
from wallet.commands import Pocket
from wallet.holder import Secret
from wallet.sync import commands
from wallet.sync.commands import Copied, Server

copy_app = Commands()

At = Annotated[str, typer.Option("--server", help=_t("Dirección del servidor.", "The server's address."))]


@copy_app.command(
    context_settings=NAMES,
    help=_t("Une la billetera con su copia en un servidor.", "Make the wallet and its copy at a server one."),
    epilog="puente wallet sync --server https://formacion.example --sheet",
)
def sync(
    server: At,
    by_sheet: Annotated[
        bool,
        typer.Option(
            "--sheet",
            help=_t("Que un teléfono nuevo la encuentre con su hoja.", "Let a new phone find it by your sheet."),
        ),
    ] = False,
    wallet: WalletFile = FILE,
    data: DataFolder = SETTINGS.data,
) -> None:
    """What is newer comes, what is new goes, issuers' answers too; exit 1 while this device waits."""
    pocket, secret = open_pocket(wallet, data), ask_passphrase()
    _copy(pocket, secret, server)
    if any(answered.unsent or answered.state != "open" for answered in take_answers(pocket, secret, Url(server))):
        _copy(pocket, secret, server)
    if by_sheet:
        commands.let_sheet_find(pocket, ask_sheet(), _server(server))
        typer.echo(_t("Su hoja encuentra esta copia.", "Your sheet finds this copy."))


@copy_app.command(
    context_settings=NAMES,
    help=_t(
        "Recupera la billetera con la hoja, en un equipo nuevo.", "Recover the wallet by its sheet, on a new device."
    ),
    epilog="puente wallet recover --server https://formacion.example",
)
def recover(
    server: At,
    halves: Annotated[
        bool, typer.Option("--halves", help=_t("Con las mitades de dos ayudantes.", "By the halves of two helpers."))
    ] = False,
    wallet: WalletFile = FILE,
) -> None:
    """The sheet's letters and a new passphrase; the passes come at once, or after the wait."""
    pocket = open_pocket(wallet, SETTINGS.data)
    sheet = ask_halves() if halves else ask_sheet()
    did = commands.recover(pocket, sheet, ask_new_passphrase(), _server(server))
    typer.echo(_t(f"Billetera de {did} en {wallet}", f"Wallet of {did} in {wallet}"))
    _copy(pocket, sheet, server)


@copy_app.command(
    context_settings=NAMES,
    help=_t("Equipos que usan la copia; acepta o quita uno.", "Devices of the copy; let one in or out."),
    epilog="puente wallet devices --server https://formacion.example --accept DEVICE",
)
def devices(
    server: At,
    accept: Annotated[str | None, typer.Option(help=_t("Aceptar el que espera.", "Let in one that waits."))] = None,
    remove: Annotated[str | None, typer.Option(help=_t("Quitar uno.", "Sign one out."))] = None,
    wallet: WalletFile = FILE,
) -> None:
    """One line a device; with --accept or --remove that is done first."""
    if accept is not None and remove is not None:
        raise Malformed("bad_request", detail="either --accept or --remove")
    pocket, secret = open_pocket(wallet, SETTINGS.data), ask_passphrase()
    named = accept or remove
    if named is not None:
        commands.decide(pocket, secret, _server(server), device=named, let_in=accept is not None)
    for line in commands.devices(pocket, secret, _server(server)):
        typer.echo(_told(line))


def _copy(pocket: Pocket, secret: Secret, server: str) -> None:
    copied = commands.copy(pocket, secret, _server(server))
    if copied.opens_at is not None:
        until = _moment(copied.opens_at)
        typer.echo(
            _t(
                f"Este equipo es nuevo para su billetera. Espere hasta {until}, o acéptelo desde otro equipo suyo.",
                f"This device is new to your wallet. Wait until {until}, or let it in from another of yours.",
            )
        )
        raise typer.Exit(1)
    for sentence in _sentences(copied):
        typer.echo(sentence)


def _sentences(copied: Copied) -> list[str]:
    said = [_t(f"La copia está al día. Pases: {copied.passes}.", f"The copy is up to date. Passes: {copied.passes}.")]
    if copied.asked:
        said.append(
            _t(
                f"Pases que usted borró en otro equipo: {copied.asked}. Aquí siguen.",
                f"Passes that you deleted on another device: {copied.asked}. They are still here.",
            )
        )
    if copied.waiting:
        said.append(
            _t(
                f"Equipos nuevos que esperan: {copied.waiting}. Si no son suyos, quítelos: puente wallet devices",
                f"New devices that wait: {copied.waiting}. If they are not yours, remove them: puente wallet devices",
            )
        )
    return said


def _told(line: DeviceLine) -> str:
    state = (
        _t("activo", "active")
        if line.opens_at is None
        else _t("espera hasta ", "waits until ") + _moment(line.opens_at)
    )
    mine = _t(" (este)", " (this one)") if line.mine else ""
    return f"{line.device}{mine}  {state}  {_t('visto', 'seen')} {line.last_seen.isoformat()}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _server(url: str) -> Server:
    return Server(url=Url(url), api=HttpsFetch(local=True), pause=time.sleep)
