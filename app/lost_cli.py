"""`puente acts lost`: revoke by list and place what a restored copy does not know, by two people with their keys."""

from typing import Annotated

import typer

from app.acts_words import REASONS
from app.command_line import Commands
from app.entering import enter
from app.folder import DataFolder
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.staff import KEY_HELP, at_work
from issuer.status.by_place import ByPlace
from issuer.status.service import Status
from kernel.access import Policy
from schemas.issuance import AT_ONCE, Reason

lost_app = Commands()


@lost_app.command(
    "lost",
    context_settings=NAMES,
    help=_t("Anula por lista y lugar lo que una copia recuperada no conoce; entre dos personas.",
            "Revoke by list and place what a restored copy does not know; by two people."),
    epilog=f"puente acts lost https://norma.example/s/1 4711 --reason fraud · {KEY_HELP}",
)  # fmt: skip
def lost(
    list_url: Annotated[str, typer.Argument(metavar="LIST", help=_t("statusListCredential del pase.", "The pass's."))],
    place: Annotated[int, typer.Argument(metavar="PLACE", help=_t("statusListIndex del pase.", "The pass's."))],
    reason: Annotated[Reason, typer.Option(help=choices({reason: REASONS[reason] for reason in sorted(AT_ONCE)}))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """The second person's key is always asked for here. It is never undone; the next publication shows it."""
    with at_work(data, "status_act", "create") as (world, by):
        second: str = typer.prompt(
            _t("La clave de API de quien aprueba", "The approver's API key"), hide_input=True, err=True
        )
        approver = enter(world.engine, world.clock, second, Policy(resource="status_act", verb="approve"))
        with world.doors()[Status]() as opened:
            act = ByPlace(status=opened).revoke(list_url, place, reason, by=by, approver=approver)
    typer.echo(_t(f"Anulado: acto {act.id}", f"Revoked: act {act.id}"))
