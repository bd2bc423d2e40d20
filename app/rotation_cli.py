"""`puente keys rotate|suspend|states`: the keys that issuers sign with. API keys are `keys_cli.py`'s."""

from typing import Annotated, Final

import typer

from app.command_line import Commands
from app.folder import DataFolder
from app.language import SETTINGS
from app.language import told as _t
from app.rotation import StepName, rotate
from app.staff import KEY_HELP, asked_now, at_work
from registry.service import Registry

rotation_app = Commands()
IssuerName = Annotated[str, typer.Argument(metavar="ISSUER", help=_t("Emisor.", "Issuer."))]

_SAID: Final[dict[StepName, str]] = {
    "announce": _t("anunciada; la aprueban los custodios", "announced; keepers approve it"),
    "wait": _t("espera su fecha", "waits for its day"),
    "activate": _t("se propuso usarla; la aprueban los custodios", "proposed for use; keepers approve it"),
    "take": _t("firma desde ahora", "signs from now on"),
    "retire": _t("se propuso retirarla; la aprueban los custodios", "proposed to retire; keepers approve it"),
    "keepers": _t("falta la aprobación de los custodios", "waits for the keepers"),
}

_STATES: Final[dict[str, str]] = {
    "announced": _t("anunciada", "announced"),
    "active": _t("en uso", "in use"),
    "retired": _t("retirada", "retired"),
    "destroyed": _t("destruida", "destroyed"),
    "suspended": _t("suspendida", "suspended"),
    "compromised": _t("robada", "stolen"),
}


@rotation_app.command(
    "rotate",
    help=_t(
        "Da el siguiente paso para cambiar la llave con que firma un emisor.",
        "Make the next step towards another signing key of an issuer.",
    ),
    epilog=f"puente keys rotate formacion · {KEY_HELP}",
)
def rotate_key(issuer: IssuerName, data: DataFolder = SETTINGS.data) -> None:
    """Announce, activate, take, retire: one step a call, and what it waits for."""
    with at_work(data, "registry", "create") as (world, by):
        step = rotate(world, issuer, by=by)
    parts = (step.method, _SAID[step.name], step.change, step.until and f"{step.until:%Y-%m-%d %H:%M} UTC")
    typer.echo("  ".join(part for part in parts if part))


@rotation_app.command(
    "suspend",
    help=_t(
        "Suspende ya una llave de firma: una persona basta, solo los custodios la levantan.",
        "Suspend a signing key at once: one person is enough, only keepers lift it.",
    ),
    epilog=f"puente keys suspend did:web:…#k1 · {KEY_HELP}",
)
def suspend(
    method: Annotated[str, typer.Argument(metavar="KEY", help=_t("Nombre de la llave.", "The key's name."))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """Nothing more is signed with it; verifiers see it at the next publication."""
    with at_work(data, "issuer_key", "execute") as (world, by), world.doors()[Registry]() as registry:
        registry.suspend(method, by=by, once=asked_now(method))
    typer.echo(_t("Suspendida. Publique ya: puente publish.", "Suspended. Publish now: puente publish."))


@rotation_app.command(
    "states",
    help=_t("Muestra las llaves de firma de un emisor.", "Show an issuer's signing keys."),
    epilog="puente keys states formacion",
)
def states(issuer: IssuerName, data: DataFolder = SETTINGS.data) -> None:
    """One line a key: its name, its state, and its window."""
    with at_work(data, "issuer_key", "read") as (world, _by), world.doors()[Registry]() as registry:
        for row in registry.keys_of(issuer):
            window = f"{row.not_before or row.announced:%Y-%m-%d} … {row.not_after:%Y-%m-%d}" if row.not_after else ""
            state = _STATES["suspended"] if row.paused else _STATES[row.state]
            typer.echo(f"{row.id}  {state}  {window}")
