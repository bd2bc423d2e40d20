"""What every command on a wallet asks for: the file, the passphrase, the sheet. Never as an argument, which others see.

The commands are `wallet_cli.py`'s and `copy_cli.py`'s.
"""

import secrets
from pathlib import Path
from typing import Annotated, Final

import typer

from app.clock import MachineClock
from app.language import SETTINGS
from app.language import told as _t
from app.shelf import Shelf
from kernel import vault_keys
from wallet.commands import Pocket
from wallet.files import VaultFile
from wallet.holder import Passphrase, Secret, Sheet
from wallet.receiving import Trusted

WalletFile = Annotated[Path, typer.Option("--wallet", help=_t("El archivo de la billetera.", "The wallet's file."))]
DataFolder = Annotated[
    Path, typer.Option("--data", help=_t("Carpeta con la lista de confianza.", "Folder with the trust bundle."))
]
FILE: Final = Path("billetera.pvw")


def open_pocket(wallet: Path, data: Path) -> Pocket:
    """The wallet in that file, judged by the bundle in that folder, now."""
    clock = MachineClock()
    bundle = Shelf(folder=data, clock=clock)()
    by = Trusted(bundle=bundle, now=clock.now(), floor=None)
    return Pocket(file=VaultFile(path=wallet), by=by, random=secrets.token_bytes, language=SETTINGS.lang)


def ask_passphrase() -> Secret:
    """Hers, from the settings or typed."""
    if SETTINGS.wallet_passphrase is not None:
        return Passphrase(words=SETTINGS.wallet_passphrase.get_secret_value())
    return Passphrase(words=ask_secret("Su frase", "Your passphrase"))


def ask_sheet() -> Sheet:
    """The letters of her sheet, typed."""
    return Sheet(letters=ask("Las 28 letras de la hoja", "The 28 letters of the sheet"))


def ask_halves() -> Sheet:
    """The letters of her two helpers' halves, typed, in either order. Raises Malformed `half_sheet`."""
    one, other = (ask("Las 28 letras de una mitad", "The 28 letters of one half") for _half in range(2))
    return Sheet(letters=vault_keys.sheet_text(vault_keys.join_halves(one, other)))


def ask_new_passphrase() -> str:
    """Typed twice, or from the settings."""
    if SETTINGS.wallet_passphrase is not None:
        return SETTINGS.wallet_passphrase.get_secret_value()
    asked = _t("Una frase nueva (12 letras o más)", "A new passphrase (12 characters or more)")
    words: str = typer.prompt(asked, hide_input=True, confirmation_prompt=True)
    return words


def ask(es: str, en: str) -> str:
    """What is typed, seen."""
    typed: str = typer.prompt(_t(es, en))
    return typed


def ask_secret(es: str, en: str) -> str:
    """What is typed, not seen."""
    typed: str = typer.prompt(_t(es, en), hide_input=True)
    return typed
