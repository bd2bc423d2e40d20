"""`puente acts check|propose|decide|look`: acts on many credentials; `amend`, `amended`: a misspelt name corrected.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here. Numbers of documents
come in a file, never as an argument, which others on the machine could read.
"""

from pathlib import Path
from typing import Annotated, Any, Final, get_args

import typer
from pydantic import ValidationError

from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.staff import KEY_HELP, DataFolder, asked_now, at_work, unclear
from issuer.amending.service import Amending
from issuer.bulk_acts.service import BulkActs
from schemas.amending import AmendmentRequest
from schemas.bulk_acts import BulkAsked, BulkCheck, BulkRequest, BulkView
from schemas.issuance import ActName, Reason

acts_app = typer.Typer(
    no_args_is_help=True,
    help=_t("Actos sobre muchos certificados, y correcciones.", "Acts on many credentials, and corrections."),
    epilog=_t(
        f"Ejemplo: PUENTE_KEY=pte_… puente acts check suspend --reason authority_decision --batch LOTE · {KEY_HELP}",
        f"Example: PUENTE_KEY=pte_… puente acts check suspend --reason authority_decision --batch BATCH · {KEY_HELP}",
    ),
)
Act = Annotated[ActName, typer.Argument(help=", ".join(get_args(ActName)))]
Why = Annotated[Reason, typer.Option(help=", ".join(get_args(Reason)))]
Batch = Annotated[str | None, typer.Option(help=_t("Todo lo de un lote.", "All of a batch."))]
Bulk = Annotated[str | None, typer.Option(help=_t("Lo de otro acto masivo.", "All of another act on many."))]
Norm = Annotated[str | None, typer.Option(help=_t("Una norma; con --first-day y --last-day.", "A norm, with days."))]
Day = Annotated[str | None, typer.Option(help="AAAA-MM-DD")]
Documents = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help=_t("Números de documento, uno por línea.", "Numbers, one a line.")),
]
_STATES: Final = {
    "proposed": _t("espera a otra persona", "waits for another person"),
    "approved": _t("en curso", "under way"),
    "waiting": _t("hecho; el registro debe aprobar la huella", "done; the registry must say the hash"),
    "done": _t("hecho", "done"),
    "refused": _t("rechazado", "refused"),
}
Decision = Annotated[bool, typer.Option("--approve/--refuse", help=_t("Sí o no.", "Yes or no."))]


@acts_app.command(
    context_settings=NAMES,
    help=_t("Cuenta a quién tocaría; no cambia nada.", "Count whom it would touch; nothing changes."),
    epilog="puente acts check suspend --reason authority_decision --batch BATCH",
)
def check(
    act: Act,
    reason: Why,
    batch: Batch = None,
    bulk: Bulk = None,
    norm: Norm = None,
    first_day: Day = None,
    last_day: Day = None,
    documents: Documents = None,
    data: DataFolder = SETTINGS.data,
) -> None:
    """How many, who is left out, and what share of each list changes."""
    asked = _asked(act, reason, _chosen(batch, bulk, norm, first_day, last_day, documents))
    with at_work(data, "status_act", "read") as (world, by), world.doors()[BulkActs]() as opened:
        _tell(opened.check(asked, by=by))


@acts_app.command(
    context_settings=NAMES,
    help=_t("Propone lo que se contó; otra persona decide.", "Propose what was counted; another person decides."),
    epilog="puente acts propose suspend --reason authority_decision --batch BATCH --digest 9f86d081…",
)
def propose(
    act: Act,
    reason: Why,
    digest: Annotated[str, typer.Option(help=_t("La huella que mostró check.", "The digest that check showed."))],
    batch: Batch = None,
    bulk: Bulk = None,
    norm: Norm = None,
    first_day: Day = None,
    last_day: Day = None,
    documents: Documents = None,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Just those rows: where they changed since, it is refused."""
    asked = _asked(act, reason, _chosen(batch, bulk, norm, first_day, last_day, documents))
    told = BulkRequest(**dict(asked), digest=digest)
    with at_work(data, "status_act", "create") as (world, by), world.doors()[BulkActs]() as opened:
        _tell(opened.propose(told, by=by, once=asked_now(told.model_dump_json())))


@acts_app.command(
    context_settings=NAMES,
    help=_t("Confirma o rechaza un acto masivo de otra persona.", "Confirm or refuse another person's act on many."),
    epilog="puente acts decide BULK --digest 9f86d081… --approve",
)
def decide(
    bulk: Annotated[str, typer.Argument(help=_t("El acto.", "The act."))],
    approve: Decision,
    digest: Annotated[str, typer.Option(help=_t("La huella que se miró.", "The digest that was looked at."))] = "",
    data: DataFolder = SETTINGS.data,
) -> None:
    """It is done before this ends; a revocation is never undone."""
    with at_work(data, "status_act", "approve") as (world, by):
        with world.doors()[BulkActs]() as opened:
            view = opened.approve(bulk, by=by, digest=digest) if approve else opened.refuse(bulk, by=by)
        if approve:
            world.desk.act_on_many(bulk)
            with world.doors()[BulkActs]() as opened:
                view = opened.look(bulk, by=by)
    _tell(view)


@acts_app.command(context_settings=NAMES, help=_t("Muestra cómo va.", "Show how far it is."))
def look(
    bulk: Annotated[str, typer.Argument(help=_t("El acto.", "The act."))], data: DataFolder = SETTINGS.data
) -> None:
    """And of each list that waits, the hash that the registry must say."""
    with at_work(data, "status_act", "read") as (world, by), world.doors()[BulkActs]() as opened:
        _tell(opened.look(bulk, by=by))


@acts_app.command(
    context_settings=NAMES,
    help=_t("Propone corregir lo que dice un certificado.", "Propose to correct what a credential says."),
    epilog="puente acts amend CREDENTIAL --set names=Yuleisy",
)
def amend(
    credential: Annotated[str, typer.Argument(help=_t("El certificado.", "The credential."))],
    changes: Annotated[list[str], typer.Option("--set", metavar="FIELD=VALUE", help=_t("Lo que cambia.", "Changes."))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """A new credential will take its place, once another person has confirmed."""
    try:
        asked = AmendmentRequest.model_validate({"correction": dict(change.partition("=")[::2] for change in changes)})
    except ValidationError as error:
        raise unclear(error) from None
    with at_work(data, "status_act", "create") as (world, by), world.doors()[Amending]() as opened:
        made = opened.propose(credential, asked, by=by, once=asked_now(asked.model_dump_json()))
    typer.echo(f"{made.id}  {_STATES[made.state]}")


@acts_app.command(
    context_settings=NAMES,
    help=_t("Confirma o rechaza una corrección de otra persona.", "Confirm or refuse another person's correction."),
    epilog="puente acts amended AMENDMENT --approve",
)
def amended(
    amendment: Annotated[str, typer.Argument(help=_t("La corrección.", "The correction."))],
    approve: Decision,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Prints the new credential's name; its holder gets a new slip."""
    with at_work(data, "status_act", "approve") as (world, by):
        if approve:
            typer.echo(world.desk.amend(amendment, by=by).replacement)
            return
        with world.doors()[Amending]() as opened:
            opened.refuse(amendment, by=by)
    typer.echo(_STATES["refused"])


def _chosen(
    batch: str | None, bulk: str | None, norm: str | None, first: str | None, last: str | None, documents: Path | None
) -> dict[str, Any]:
    """The one way that was named; raises BadParameter for none or several."""
    numbers = None if documents is None else documents.read_text("utf-8").split()
    if numbers is not None and batch is bulk is None:
        return {"way": "documents", "documents": numbers, "norm": norm}
    days = {"norm": norm, "first_day": first, "last_day": last}
    ways = [("batch", batch, {"batch": batch}), ("bulk", bulk, {"bulk": bulk}), ("norm", norm, days)]
    found = [{"way": way, **told} for way, named, told in ways if named is not None]
    if numbers is not None or len(found) != 1:
        words = (
            "diga una sola: --batch, --bulk, --norm o --documents",
            "name one: --batch, --bulk, --norm, --documents",
        )
        raise typer.BadParameter(_t(*words))
    return found[0]


def _asked(act: ActName, reason: Reason, chosen: dict[str, Any]) -> BulkAsked:
    try:
        return BulkAsked.model_validate({"act": act, "reason": reason, "chosen": chosen})
    except ValidationError as error:
        raise unclear(error) from None


def _tell(view: BulkCheck) -> None:
    left = view.left_out
    es = f"{view.count} certificados; fuera: {left.already} por su estado, {left.disputed} con reclamo."
    en = f"{view.count} credentials; left out: {left.already} by their state, {left.disputed} disputed."
    head = f"{view.id}  {_STATES[view.state]}  {view.applied}" if isinstance(view, BulkView) else ""
    lines = [line for line in (head, view.digest, _t(es, en)) if line]
    for one in view.lists:
        word = _t(" · necesita la palabra del registro", " · needs the registry's word") if one.needs_word else ""
        lines.append(f"  {one.number}  {one.changes}  {one.share} %{word}" + (f"  {one.hash}" if one.hash else ""))
    typer.echo("\n".join(lines))
