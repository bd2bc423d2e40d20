"""`puente webhooks`: which of an issuer's systems are told, by an administrator's key."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from app.command_line import Commands, stop
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices, figure
from app.language import told as _t
from app.staff import KEY_HELP, at_work, print_json
from issuer.webhooks.service import Webhooks
from schemas import codes
from schemas.webhooks import EVENTS, WebhookAsk

webhooks_app = Commands(
    epilog=_t(
        "PUENTE_KEY=pte_… puente webhooks add https://sistema.example/avisos · " + KEY_HELP,
        "PUENTE_KEY=pte_… puente webhooks add https://system.example/hooks · " + KEY_HELP,
    ),
)
Named = Annotated[str, typer.Argument(metavar="WEBHOOK", help=_t("Cuál.", "Which."))]
_EVENTS: Final[dict[str, str]] = {
    "batch.done": _t("un lote terminó de emitirse", "a batch was issued to its end"),
    "credentials.issued": _t("se emitieron certificados", "credentials were issued"),
    "credential.revoked": _t("se anuló un certificado", "a credential was revoked"),
    "credential.suspended": _t("se suspendió un certificado", "a credential was suspended"),
    "credential.restored": _t("un certificado vuelve a valer", "a credential holds again"),
    "credentials.revoked": _t("se anularon varios", "several were revoked"),
    "credentials.suspended": _t("se suspendieron varios", "several were suspended"),
    "credentials.restored": _t("varios vuelven a valer", "several hold again"),
    "status.published": _t("se publicaron las listas de estado", "the status lists were published"),
    "credential.revocation_announced": _t(
        "hay que avisar a una persona que su certificado se va a anular",
        "a person must be told that hers is to be revoked",
    ),
    "credentials.revocation_announced": _t(
        "hay que avisar a varias personas que los suyos se van a anular",
        "several people must be told that theirs are to be revoked",
    ),
    "credential.suspension_notice": _t(
        "hay que avisar a una persona que su certificado se suspendió", "a person must be told that hers was suspended"
    ),
    "credentials.suspension_notice": _t(
        "hay que avisar a varias personas que los suyos se suspendieron",
        "several people must be told that theirs were suspended",
    ),
}


_WHY: Final = {
    "timeout": _t("no contestó a tiempo", "it did not answer in time"),
    "refused": _t("en esa dirección nadie escucha", "nobody listens at that address"),
    "name_unknown": _t("no se encuentra ese nombre en internet", "that name is not found on the internet"),
    "not_public": _t("la dirección es de una red interna", "the address is of a private network"),
    "tls": _t("su certificado de https no es válido", "its https certificate is not valid"),
    "no_answer": _t("la conexión se cortó", "the connection broke off"),
}


@webhooks_app.command(
    help=_t("Avisa a un sistema desde ahora.", "Tell a system from now on."),
    epilog="puente webhooks add https://sistema.example/avisos",
)
def add(
    url: Annotated[str, typer.Argument(help=_t("Dónde escucha (https).", "Where it listens (https)."))],
    event: Annotated[list[str] | None, typer.Option(help=choices(_EVENTS))] = None,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Print its name and the secret that its messages are signed with; the secret is shown once."""
    if unknown := ", ".join(sorted(set(event or ()) - set(EVENTS))):
        stop(
            f"no hay un aviso llamado {unknown}; hay estos: {', '.join(EVENTS)}",
            f"there is no event called {unknown}; there are: {', '.join(EVENTS)}",
        )
    try:
        asked = WebhookAsk.model_validate({"url": url, **({"events": event} if event else {})})
    except ValueError:
        what, todo = codes.CODES["webhook_address"].told(SETTINGS.lang)
        raise typer.BadParameter(f"{what} {todo}") from None
    with at_work(data, "webhook", "create") as (world, by), world.doors()[Webhooks]() as opened:
        made = opened.add(asked, by=by)
    typer.echo(f"{made.id}  {made.secret}")


@webhooks_app.command(
    "list",
    help=_t("Muestra a quién se avisa y cómo va.", "Show who is told, and how it goes."),
    epilog="puente webhooks list --json",
)
def show(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Without their secrets."""
    with at_work(data, "webhook", "read") as (world, by), world.doors()[Webhooks]() as opened:
        rows = opened.list(by=by).items
    if as_json:
        print_json(rows)
        return
    for row in rows:
        good = _t("en marcha", "going") if not row.tries else _t("fallando; se reintenta", "failing; it is tried again")
        good = good if row.stopped is None else _t("parado", "stopped")
        good = _t("en pausa", "paused") if row.paused else good
        why = "" if row.failed is None else f" ({_why(row.failed)})"
        tries = f"  {_t('intentos en vano', 'tries in vain')}: {figure(row.tries)}{why}" if row.tries or why else ""
        typer.echo(f"{row.id}  {row.url}  {good}{tries}")
        for event in row.events:
            typer.echo(f"    {event}: {_EVENTS[event]}")


@webhooks_app.command(
    context_settings=NAMES,
    help=_t("Lo pone en pausa: no se le avisa hasta que siga.", "Pause it: it is told nothing until it goes on."),
    epilog="puente webhooks pause WEBHOOK",
)
def pause(name: Named, data: DataFolder = SETTINGS.data) -> None:
    """What happens meanwhile is told once it goes on."""
    told = _t("Está en pausa; lo que pase le llega cuando siga.", "It is paused; what happens is told once it goes on.")
    _change(Webhooks.pause, name, data, told)


@webhooks_app.command(
    context_settings=NAMES,
    help=_t("Le vuelve a avisar, desde donde quedó.", "Tell it again, from where it stood."),
    epilog="puente webhooks resume WEBHOOK",
)
def resume(name: Named, data: DataFolder = SETTINGS.data) -> None:
    """Also one that never answered for days."""
    _change(Webhooks.resume, name, data, _t("Se le vuelve a avisar.", "It is told again."))


@webhooks_app.command(
    context_settings=NAMES, help=_t("Deja de avisarle.", "Tell it no more."), epilog="puente webhooks remove WEBHOOK"
)
def remove(name: Named, data: DataFolder = SETTINGS.data) -> None:
    """From now on."""
    _change(Webhooks.remove, name, data, _t("Ya no se le avisa.", "It is told no more."))


@webhooks_app.command(
    "test",
    context_settings=NAMES,
    help=_t("Le manda una prueba; si dejó de contestar, sigue.", "Send it a test; if it had stopped, it goes on."),
    epilog="puente webhooks test WEBHOOK",
)
def send_test(name: Named, data: DataFolder = SETTINGS.data) -> None:
    """Whoever sends does so within seconds; one that was stopped goes on."""
    with at_work(data, "webhook", "execute") as (world, by), world.doors()[Webhooks]() as opened:
        opened.ping(name, by=by)
    typer.echo(_t("La prueba sale en segundos; mire puente webhooks list.", "The test goes out within seconds."))


def _why(failed: str) -> str:
    """Of the last try."""
    status = failed.removeprefix("status_")
    return _WHY.get(failed) or _t(f"contestó con el estado {status}", f"it answered with status {status}")


def _change(act: Callable[..., object], name: str, data: Path, told: str) -> None:
    """Do one of `Webhooks`' changes of a webhook that is there, and say so."""
    with at_work(data, "webhook", "change") as (world, by), world.doors()[Webhooks]() as opened:
        act(opened, name, by=by)
    typer.echo(told)
