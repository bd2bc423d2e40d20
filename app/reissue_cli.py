"""`puente reissue open|approve|refuse|offer|list`: a lost row given again in person, at the machine itself (DOMAIN P7).

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here.
"""

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from app.acts_words import REISSUES
from app.command_line import Commands
from app.folder import ADDRESS_HELP, AsJson, DataFolder, require_address
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.slips import write_slips
from app.staff import KEY_HELP, all_of, asked_now, at_work, print_rows, print_view
from issuer.papers.printing import slip_of
from issuer.pickups.service import Offered
from issuer.reissues.service import Reissues
from kit.words import HERE
from schemas.reissues import ReissueRequest, ReissueView

_SEEN: Final = {
    "document": _t("su documento", "her document"),
    "recovery_sheet": _t("su hoja de recuperación", "her recovery sheet"),
    "witness": _t("un testigo de una organización de la lista", "a witness of an organisation on the list"),
}
reissue_app = Commands(
    epilog=_t(
        f"PUENTE_KEY=pte_… puente reissue list --data demo-out · {KEY_HELP}",
        f"PUENTE_KEY=pte_… puente reissue list --data demo-out · {KEY_HELP}",
    ),
)

Named = Annotated[str, typer.Argument(metavar="ID", help=_t("El nombre de la solicitud.", "The reissue's name."))]


@reissue_app.command(
    "open",
    context_settings=NAMES,
    help=_t("Abre una, con la persona presente y dos pruebas vistas.", "Open one: person present, two proofs seen."),
    epilog="puente reissue open CREDENTIAL --seen document --seen witness",
)
def open_reissue(
    credential: Annotated[str, typer.Argument(help=_t("El certificado.", "The credential."))],
    seen: Annotated[list[str], typer.Option(help=choices(_SEEN))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """For a credential that was picked up."""
    try:
        asked = ReissueRequest.model_validate({"seen": seen})
    except ValidationError:
        raise typer.BadParameter(_t("dos pruebas distintas", "two different proofs")) from None
    once = asked_now(f"{credential} {asked.model_dump_json()}")
    with at_work(data, "reissue", "create") as (world, by), world.doors()[Reissues]() as opened:
        _tell(opened.propose(credential, asked, by=by, once=once), as_json)


@reissue_app.command(
    context_settings=NAMES,
    help=_t("Confirma la que abrió otra persona.", "Confirm the one another person opened."),
    epilog="puente reissue approve ID",
)
def approve(reissue: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """The wait begins."""
    with at_work(data, "reissue", "approve") as (world, by), world.doors()[Reissues]() as opened:
        _tell(opened.approve(reissue, by=by), as_json)


@reissue_app.command(
    context_settings=NAMES,
    help=_t("La rechaza, o la detiene antes de la entrega.", "Refuse it, or stop it before it is handed over."),
    epilog="puente reissue refuse ID",
)
def refuse(reissue: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Its offers end."""
    with at_work(data, "reissue", "approve") as (world, by), world.doors()[Reissues]() as opened:
        _tell(opened.refuse(reissue, by=by), as_json)


@reissue_app.command(
    context_settings=NAMES,
    help=_t("Hace el código y el PIN, después de la espera.", "Make the code and the PIN, after the wait."),
    epilog=f"puente reissue offer ID --out hojas · {ADDRESS_HELP}",
)
def offer(
    reissue: Named,
    out: Annotated[Path, typer.Option(help=_t("Carpeta para las dos hojas.", "Folder for both slips."))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """claim.pdf and pin.pdf, to be handed over apart; another offer ends the one before it."""
    require_address(data)
    with at_work(data, "reissue", "change") as (world, by):
        with world.doors()[Reissues]() as opened:
            made: Offered = opened.offer_slip(reissue, by=by)
        write_slips(out, [slip_of(made, world.bundle(), reached=world.settings.reached)])
    typer.echo(
        _t(f"Una hoja en {out}: claim.pdf y, aparte, pin.pdf.", f"One slip in {out}: claim.pdf; apart, pin.pdf.")
    )


@reissue_app.command(
    "list",
    context_settings=NAMES,
    help=_t("Muestra las del emisor y del centro.", "Show those of issuer and centre."),
    epilog="puente reissue list --json",
)
def list_reissues(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """One line each, all pages."""
    with at_work(data, "reissue", "read") as (world, by):
        rows = all_of(
            world, Reissues, lambda opened, after, most: opened.list(by=by, state=None, after=after, limit=most)
        )
        print_rows(rows, _line, as_json=as_json, none=_t("No hay ninguna.", "There are none."))


def _tell(view: ReissueView, as_json: bool) -> None:
    print_view(view, _line, as_json=as_json)


def _line(view: ReissueView) -> str:
    when = ""
    if view.ready_at is not None and view.state == "approved":
        at = view.ready_at.astimezone(HERE)
        when = _t(f", código desde {at:%Y-%m-%d %H:%M}", f", code from {at:%Y-%m-%d %H:%M}")
    return f"{view.id}  {view.credential}  {REISSUES[view.state]}{when}"
