"""`puente acts one|list|approve|refuse`: an act on one credential and all its copies, by two people.

One is replaced as an act on many with one member (decision 0060), which `puente acts decide` decides.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here.
"""

from typing import Annotated, Literal

import typer

from app.acts_words import MANY_ACTS, REASONS, act_line, bulk_told
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.staff import all_of, asked_now, at_work, print_rows, print_view, said
from issuer.bulk_acts.service import BulkActs
from issuer.status.service import Status
from kernel.access import Principal
from schemas.bulk_acts import BulkAsked, BulkCheck, BulkRequest, ManyName
from schemas.issuance import ActRequest, Phase, Reason

one_app = Commands()
State = Literal["proposed", "approved", "refused"]
Named = Annotated[str, typer.Argument(metavar="ACT", help=_t("El acto.", "The act."))]
Evidence = Annotated[
    str | None,
    typer.Option(
        help=_t(
            "SHA-256 del archivo que lo prueba (sha256sum ARCHIVO), que no se sube; para revocar se necesita.",
            "SHA-256 of the file that proves it (sha256sum FILE), which is not sent; to revoke it is needed.",
        )
    ),
]


@one_app.command(
    context_settings=NAMES,
    help=_t("Propone un acto sobre un certificado; otra persona decide.", "Propose an act on one credential."),
    epilog="puente acts one CREDENTIAL suspend --reason holder_request"
    " · puente acts one CREDENTIAL lift --reason issued_in_error"
    " · puente acts one CREDENTIAL replace --reason issued_in_error",
)
def one(
    credential: Annotated[str, typer.Argument(metavar="CREDENTIAL", help=_t("El certificado.", "The credential."))],
    act: Annotated[ManyName, typer.Argument(help=choices(MANY_ACTS))],
    reason: Annotated[Reason, typer.Option(help=choices(REASONS))],
    evidence: Evidence = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Another person confirms it with `approve`; the lists show it when they are next published."""
    if act == "replace":
        chosen = {"way": "credentials", "credentials": [credential]}
        many = said(BulkAsked, act=act, reason=reason, evidence=evidence, chosen=chosen)
        with at_work(data, "status_act", "create") as (world, by), world.doors()[BulkActs]() as opened:
            made = _proposed(opened, many, by)
        print_view(made, bulk_told, as_json=as_json)
        raise typer.Exit(0 if made.count else 1)
    asked = said(ActRequest, act=act, reason=reason, evidence=evidence)
    once = asked_now(f"{credential} {asked.model_dump_json()}")
    with at_work(data, "status_act", "create") as (world, by), world.doors()[Status]() as opened:
        view = opened.propose_named(credential, asked, by=by, once=once)
    print_view(view, act_line, as_json=as_json)


def _proposed(opened: BulkActs, asked: BulkAsked, by: Principal) -> BulkCheck:
    """What was proposed; where nothing can be replaced, the count that says why."""
    check = opened.check(asked, by=by)
    if not check.count:
        return check
    request = said(BulkRequest, **dict(asked), digest=check.digest)
    return opened.propose(request, by=by, once=asked_now(request.model_dump_json()))


@one_app.command(
    context_settings=NAMES,
    help=_t("Confirma un acto que propuso otra persona.", "Confirm an act that another person proposed."),
    epilog="puente acts approve ACT",
)
def approve(act: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """For the paper and all copies; a revocation is never undone."""
    with at_work(data, "status_act", "approve") as (world, by), world.doors()[Status]() as opened:
        view = opened.view(opened.approve(act, by=by))
    print_view(view, act_line, as_json=as_json)


@one_app.command(
    context_settings=NAMES,
    help=_t("Rechaza un acto que propuso otra persona.", "Refuse an act that another person proposed."),
    epilog="puente acts refuse ACT",
)
def refuse(act: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """The credential stays as it is."""
    with at_work(data, "status_act", "approve") as (world, by), world.doors()[Status]() as opened:
        view = opened.view(opened.refuse(act, by=by))
    print_view(view, act_line, as_json=as_json)


@one_app.command(
    "list",
    help=_t("Muestra los actos sobre un certificado cada uno.", "Show the acts, each on one credential."),
    epilog="puente acts list --state proposed · puente acts list --phase untold",
)
def list_acts(
    state: Annotated[State | None, typer.Option(help=_t("Solo estos.", "Only these."))] = None,
    phase: Annotated[
        Phase | None, typer.Option(help=_t("Los que esperan: untold, a quién falta avisar.", "Those that wait."))
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Those of the issuer and the centre, all pages."""
    with at_work(data, "status_act", "read") as (world, by):
        rows = all_of(
            world,
            Status,
            lambda opened, after, most: opened.list(by=by, state=state, phase=phase, after=after, limit=most),
        )
        print_rows(rows, act_line, as_json=as_json, none=_t("No hay actos.", "There are no acts."))
