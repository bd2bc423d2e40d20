"""`puente sign` and `puente halves`: the signing process, and how two operators come to their halves (rung K1)."""

import secrets
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from app.command_line import Commands
from app.files import require_free, write_whole
from app.folder import DataFolder, settings_of
from app.keystore import make_halves
from app.language import SETTINGS
from app.language import told as _t
from app.logs import set_up_logs
from app.opening import open_vault
from app.settings import Settings
from app.signing import serving

sign_app = Commands()


@sign_app.command(
    "sign",
    epilog="PUENTE_RUNG=K1 puente sign --data puente-data",
)
def sign(data: DataFolder = SETTINGS.data) -> None:
    """Answer on the socket in the data folder until it is stopped."""
    set_up_logs()
    settings = with_halves(settings_of(data))
    with open_vault(settings) as world, serving(settings.socket, world) as process:
        typer.echo(
            _t(
                f"Firmando en {settings.socket} (Ctrl+C para terminar)",
                f"Signing at {settings.socket} (Ctrl+C to stop)",
            )
        )
        process.serve_forever()


def with_halves(settings: Settings) -> Settings:
    """The two halves are asked for where they are not set, one operator after the other, without echo."""
    if settings.rung != "K1":
        return settings
    asked = {
        name: SecretStr(typer.prompt(_t(es, en), hide_input=True))
        for name, es, en in (
            ("key_half_one", "La mitad del primer operador", "The first operator's half"),
            ("key_half_two", "La mitad del segundo operador", "The second operator's half"),
        )
        if getattr(settings, name) is None
    }
    return settings.model_copy(update=asked)


@sign_app.command("halves", epilog="puente halves mitad-ana.txt mitad-luis.txt")
def halves(
    one: Annotated[Path, typer.Argument(help=_t("Archivo del primer operador.", "The first operator's file."))],
    two: Annotated[Path, typer.Argument(help=_t("Archivo del segundo operador.", "The second operator's file."))],
) -> None:
    """Two files that only their owner reads; each operator takes one away and it is deleted here."""
    require_free(one, two)  # halves of before open keys that these do not
    for path, text in zip((one, two), make_halves(secrets.token_bytes), strict=True):
        write_whole(path, text.encode() + b"\n", mode=0o600)
    typer.echo(
        _t(
            "Cada operador se lleva la suya; ninguna sola abre nada. Bórrelas de esta máquina.",
            "Each operator takes theirs away; neither opens anything alone. Delete them from this machine.",
        )
    )
