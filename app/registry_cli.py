"""`puente registry`: what keepers of the registry propose and approve at the machine itself, by two keys or more."""

from typing import Annotated, Final

import typer
from pydantic import TypeAdapter, ValidationError

from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.staff import KEY_HELP, all_of, at_work, print_rows, print_view, unclear
from registry.service import Registry
from schemas.registration import Change, ChangePage, Proposed

registry_app = Commands(epilog="puente registry list")
_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
_EXAMPLE = '{"kind":"add_list","issuer":"formacion","number":1}'

_KINDS: Final = {
    "register_issuer": _t("recibir a un emisor", "take in an issuer"),
    "set_scope": _t("cambiar lo que un emisor puede firmar", "change what an issuer may sign"),
    "add_key": _t("anunciar una llave de un emisor", "announce a key of an issuer"),
    "set_key_state": _t("cambiar el estado de una llave", "change the state of a key"),
    "add_list": _t("dejar publicar otra lista de estado", "let one more status list be published"),
    "reset_list": _t("empezar de nuevo una lista de estado", "begin a status list anew"),
    "approve_list": _t("dejar pasar una lista de estado con muchos cambios", "let through a list with many changes"),
}


def _words(told: Proposed) -> str:
    said = _t(f"{told.approvals} de {told.needed} custodios", f"{told.approvals} of {told.needed} keepers")
    return f"{told.id}  {_KINDS[told.change.kind]}  {said}"


@registry_app.command(
    "list",
    help=_t("Cambios que esperan a los custodios.", "Changes that wait for keepers."),
    epilog=f"puente registry list · {KEY_HELP}",
)
def show(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Newest first."""

    def page(opened: Registry, after: str, limit: int) -> ChangePage:
        return opened.changes(by=by, after=after, limit=limit)

    with at_work(data, "registry", "read") as (world, by):
        rows = all_of(world, Registry, page)
        print_rows(rows, _words, as_json=as_json, none=_t("No espera ninguno.", "None waits."))


@registry_app.command(
    context_settings=NAMES,
    help=_t("Propone un cambio; quien custodia y propone ya dijo que sí.",
            "Propose a change; a keeper who proposes has said yes."),
    epilog=f"puente registry propose '{_EXAMPLE}' · {KEY_HELP}",
)  # fmt: skip
def propose(
    change: Annotated[str, typer.Argument(metavar="JSON", help=_t("El cambio, como en la API.", "As in the API."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Nothing changes until enough keepers have approved."""
    try:
        asked = _CHANGE.validate_json(change)
    except ValidationError as error:
        if error.errors()[0]["loc"]:
            raise unclear(error) from error
        es = f"el cambio es JSON con un «kind» de estos: {choices(_KINDS)}"
        raise typer.BadParameter(_t(es, f"a change is JSON with a “kind” of these: {choices(_KINDS)}")) from error
    with at_work(data, "registry", "create") as (world, by), world.doors()[Registry]() as opened:
        print_view(opened.propose(asked, by=by), _words, as_json=as_json)


@registry_app.command(
    context_settings=NAMES,
    help=_t("Aprueba un cambio que propuso otra persona.", "Approve a change that another person proposed."),
    epilog=f"puente registry approve CHANGE · {KEY_HELP}",
)
def approve(
    change: Annotated[str, typer.Argument(metavar="CHANGE", help=_t("El cambio.", "The change."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The last keeper that is needed does it."""
    with at_work(data, "registry", "approve") as (world, by), world.doors()[Registry]() as opened:
        print_view(opened.approve(change, by=by), _words, as_json=as_json)
