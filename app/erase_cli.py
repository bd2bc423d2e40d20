"""`puente erase`: a person's credential and all that is known of it, by two people at the machine (TRUST 10, 14)."""

from typing import Annotated

import typer

from app.command_line import Commands
from app.db import forget_freed, transaction
from app.folder import DataFolder
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.staff import KEY_HELP, at_work, second_hand
from issuer.erasing import Erasing

erase_app = Commands()


@erase_app.command(
    "erase",
    context_settings=NAMES,
    epilog=f"puente erase CERTIFICADO --reason 'reclamo 812' --yes · {KEY_HELP} "
    + _t(
        "La de quien aprueba, otra persona, de PUENTE_SECOND_KEY, o se pregunta.",
        "That of who approves, another person, from PUENTE_SECOND_KEY, or is asked for.",
    ),
)
def erase(
    credential: Annotated[str, typer.Argument(metavar="CREDENTIAL", help=_t("Su certificado.", "Her credential."))],
    reason: Annotated[
        str, typer.Option(help=_t("Número del reclamo, sin nombres.", "The request's number, no names."))
    ],
    yes: Annotated[bool, typer.Option("--yes", help=_t("Sin preguntar.", "Do not ask."))] = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """An officer asks and an approver agrees. It cannot be undone; what she holds herself stays hers."""
    if not yes:  # before the keys: what ends while she thinks it over erases nothing
        typer.confirm(_t("No se puede deshacer. ¿Borrar?", "It cannot be undone. Erase?"), abort=True)
    with at_work(data, "erasure", "create") as (world, by):
        approver = second_hand(world, "erasure", by)
        with transaction(world.engine) as session:
            erasing = Erasing(persons=world.rooms.people(session), random=world.random)
            rows = erasing.erase(credential, reason=reason, by=by, approved_by=approver)
        forget_freed(world.engine)
    typer.echo(_t(f"Borrado: {rows} copias.", f"Erased: {rows} copies."))
