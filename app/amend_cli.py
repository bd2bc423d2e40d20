"""`puente acts amend|amended|amendments`: what a credential says corrected by a new one, by two people.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here.
"""

from typing import Annotated

import typer

from app.acts_words import CORRECTIONS
from app.claim_words import changes
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.staff import all_of, asked_now, at_work, print_rows, print_view, said
from issuer.amending.service import Amending
from schemas.amending import AmendmentRequest, AmendmentView

amend_app = Commands()


@amend_app.command(
    context_settings=NAMES,
    help=_t("Propone corregir lo que dice un certificado.", "Propose to correct what a credential says."),
    epilog="puente acts amend CREDENTIAL --set names=Yuleisy",
)
def amend(
    credential: Annotated[str, typer.Argument(metavar="CREDENTIAL", help=_t("El certificado.", "The credential."))],
    changes: Annotated[list[str], typer.Option("--set", metavar="FIELD=VALUE", help=_t("Lo que cambia.", "Changes."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """A new credential will take its place, once another person has confirmed."""
    asked = said(AmendmentRequest, correction=dict(change.partition("=")[::2] for change in changes))
    with at_work(data, "status_act", "create") as (world, by), world.doors()[Amending]() as opened:
        made = opened.propose(credential, asked, by=by, once=asked_now(asked.model_dump_json()))
    print_view(made, _line, as_json=as_json)


@amend_app.command(
    context_settings=NAMES,
    help=_t("Confirma o rechaza una corrección de otra persona.", "Confirm or refuse another person's correction."),
    epilog="puente acts amended AMENDMENT --approve",
)
def amended(
    amendment: Annotated[str, typer.Argument(metavar="AMENDMENT", help=_t("La corrección.", "The correction."))],
    approve: Annotated[bool, typer.Option("--approve/--refuse", help=_t("Sí o no.", "Yes or no."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The new credential is issued before this ends; its holder gets a new slip."""
    with at_work(data, "status_act", "approve") as (world, by):
        if approve:
            view = world.desk.amend(amendment, by=by)
        else:
            with world.doors()[Amending]() as opened:
                view = opened.refuse(amendment, by=by)
    print_view(view, _line, as_json=as_json)


@amend_app.command(
    help=_t("Muestra las correcciones.", "Show the corrections."), epilog="puente acts amendments --json"
)
def amendments(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Those of the issuer and the centre, all pages; of those that wait, what they say now and what they should say."""
    with at_work(data, "status_act", "read") as (world, by):
        rows = all_of(world, Amending, lambda opened, after, most: opened.list(by=by, after=after, limit=most))
        print_rows(rows, _line, as_json=as_json, none=_t("No hay correcciones.", "There are no corrections."))


def _line(view: AmendmentView) -> str:
    by = view.proposed_by + (f" → {view.decided_by}" if view.decided_by else "")
    new = "" if view.replacement is None else f" → {view.replacement}"
    return f"{view.id}  {view.credential}{new}  {CORRECTIONS[view.state]}  ({by})" + "".join(
        changes(view.correction, view.present)
    )
