"""`puente acts notices|tell|withdraw|alone`: people are told of an announced revocation or of a suspension, and what is
taken back; and a suspension that cannot wait for a second person.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here.
"""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from app.acts_words import act_line, bulk_told
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.slips import is_many, print_notices
from app.staff import asked_now, at_work, print_view, said
from issuer.bulk_acts.service import BulkLooks
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from schemas.issuance import AtOnce

notices_app = Commands()
WayTold = Literal["message", "post", "counter"]
_WAYS: Final = {
    "message": _t("por mensaje o llamada", "by message or call"),
    "post": _t("por correo", "by post"),
    "counter": _t("en el centro", "at the centre"),
}
_PRINTED: Final = _t(
    "Queda anotado que se avisó a cada persona; de una anulación empiezan sus 5 días hábiles. ¿Imprimir?",
    "Each person is written down as told; of a revocation their 5 working days begin. Print?",
)
Named = Annotated[
    str, typer.Argument(metavar="ACT|BULK", help=_t("Un acto, o un acto masivo.", "An act, or an act on many."))
]


@notices_app.command(
    context_settings=NAMES,
    help=_t(
        "Imprime los avisos de una anulación o una suspensión. Imprimir cuenta como avisar.",
        "Print the notices of a revocation or suspension. Printing counts as telling.",
    ),
    epilog="puente acts notices ACT --out avisos · puente acts notices BULK --out avisos --yes",
)
def notices(
    name: Named,
    out: Annotated[Path, typer.Option(help=_t("Carpeta para los archivos.", "A folder for the files."))],
    yes: Annotated[bool, typer.Option("--yes", help=_t("Sin preguntar.", "Do not ask."))] = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """A letter a person, fifty in a file; of a revocation her five working days begin when hers is printed first."""
    with at_work(data, "credential", "read") as (world, by):
        if not yes:
            typer.confirm(_PRINTED, abort=True, err=True)
        files = print_notices(world, name, out, by=by)
    typer.echo(_t(f"Archivos con avisos en {out}: {files}.", f"Files with notices in {out}: {files}."))


@notices_app.command(
    context_settings=NAMES,
    help=_t("Anota que ya se avisó a la persona, o a todas.", "Write down that the person, or all, were told."),
    epilog="puente acts tell ACT --way post · puente acts tell BULK --way message",
)
def tell(
    name: Named,
    way: Annotated[WayTold, typer.Option(help=choices(_WAYS))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """By the issuer's own means; of a revocation their days begin now. Who had been told keeps her day."""
    with at_work(data, "status_act", "create") as (world, by):
        if is_many(world, name, by):
            with world.doors()[ManyNotices]() as many:
                print_view(many.tell(name, way, by=by), bulk_told, as_json=as_json)
            return
        with world.doors()[Notices]() as opened:
            print_view(opened.tell(name, way, by=by), act_line, as_json=as_json)


@notices_app.command(
    context_settings=NAMES,
    help=_t("Retira una anulación antes de que se cumpla.", "Withdraw a revocation before it takes effect."),
    epilog="puente acts withdraw ACT · puente acts withdraw BULK",
)
def withdraw(name: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """By another person than who proposed it; the credentials are under review no more."""
    with at_work(data, "status_act", "approve") as (world, by):
        if not is_many(world, name, by):
            with world.doors()[Notices]() as opened:
                print_view(opened.withdraw(name, by=by), act_line, as_json=as_json)
            return
        with world.doors()[ManyNotices]() as many:
            many.withdraw(name, by=by)
        world.desk.act_on_many(name)
        with world.doors()[BulkLooks]() as looking:
            print_view(looking.look(name, by=by), bulk_told, as_json=as_json)


@notices_app.command(
    context_settings=NAMES,
    help=_t("Suspende ya por engaño, una persona sola.", "Suspend now for fraud, one person alone."),
    epilog="puente acts alone CREDENTIAL",
)
def alone(
    credential: Annotated[str, typer.Argument(metavar="CREDENTIAL", help=_t("El certificado.", "The credential."))],
    evidence: Annotated[
        str | None, typer.Option(help=_t("SHA-256 de la prueba, que no se sube.", "SHA-256 of the evidence."))
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Another person confirms it with `approve` within 24 hours, or it lapses."""
    asked = said(AtOnce, evidence=evidence)
    once = asked_now(f"{credential} {asked.model_dump_json()}")
    with at_work(data, "status_act", "approve") as (world, by), world.doors()[Notices]() as opened:
        print_view(opened.suspend(credential, asked, by=by, once=once), act_line, as_json=as_json)
