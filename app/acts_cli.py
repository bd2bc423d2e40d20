"""`puente acts`: acts on many, tried, proposed as tried, decided by another person; acts on one, and corrections.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here. Numbers of documents
come in a file, never as an argument, which others on the machine could read.
"""

from collections.abc import Callable
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from app.acts_words import MANY_ACTS, REASONS, bulk_line, bulk_told, member_line, sample_lines
from app.amend_cli import amend_app
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.lost_cli import lost_app
from app.notices_cli import notices_app
from app.one_act_cli import Evidence, one_app
from app.staff import KEY_HELP, all_of, asked_now, at_work, print_rows, print_view, said
from issuer.bulk_acts.service import BulkActs, BulkLooks
from schemas.bulk_acts import BulkAsked, BulkDecision, BulkRequest, ManyName
from schemas.issuance import Reason

acts_app = Commands(
    epilog="PUENTE_KEY=pte_… puente acts one CREDENTIAL suspend --reason holder_request"
    " · puente acts check suspend --reason authority_decision --batch BATCH · " + KEY_HELP,
)
acts_app.add_typer(one_app)
acts_app.add_typer(notices_app)
acts_app.add_typer(amend_app)
acts_app.add_typer(lost_app)
Act = Annotated[ManyName, typer.Argument(help=choices(MANY_ACTS))]
Why = Annotated[Reason, typer.Option(help=choices(REASONS))]
Batch = Annotated[str | None, typer.Option(help=_t("Todo lo de un lote.", "All of a batch."))]
Bulk = Annotated[str | None, typer.Option(help=_t("Lo de otro acto masivo.", "All of another act on many."))]
Norm = Annotated[str | None, typer.Option(help=_t("Una norma; con --first-day y --last-day.", "A norm, with days."))]
Day = Annotated[str | None, typer.Option(help=_t("AAAA-MM-DD", "YYYY-MM-DD"))]
Documents = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help=_t("Números de documento, uno por línea.", "Numbers, one a line.")),
]
Named = Annotated[str, typer.Argument(metavar="BULK", help=_t("El acto masivo.", "The act on many."))]


def _chosen(
    act: Act,
    reason: Why,
    batch: Batch = None,
    bulk: Bulk = None,
    norm: Norm = None,
    first_day: Day = None,
    last_day: Day = None,
    documents: Documents = None,
    evidence: Evidence = None,
) -> BulkAsked:
    """An act, and the one way that was named; raises BadParameter for none or several."""
    numbers = None if documents is None else documents.read_text("utf-8").split()
    days = {"norm": norm, "first_day": first_day, "last_day": last_day}
    ways = [("batch", batch, {"batch": batch}), ("bulk", bulk, {"bulk": bulk}), ("norm", norm, days)]
    found: list[dict[str, Any]] = [{"way": way, **told} for way, named, told in ways if named is not None]
    if numbers is not None and batch is bulk is None:
        found = [{"way": "documents", "documents": numbers, "norm": norm}]
    elif numbers is not None or len(found) != 1:
        es, en = (
            "diga una sola: --batch, --bulk, --norm o --documents",
            "name one: --batch, --bulk, --norm, --documents",
        )
        raise typer.BadParameter(_t(es, en))
    return said(BulkAsked, act=act, reason=reason, evidence=evidence, chosen=found[0])


def _choosing(command: Callable[..., None]) -> Callable[..., None]:
    """A command of `asked` and its own options, with the options of `_chosen` in the place of `asked`: said once."""
    choice, own = signature(_chosen).parameters, dict(signature(command).parameters)
    del own["asked"]

    def called(**given: Any) -> None:
        asked = _chosen(**{name: given.pop(name) for name in choice})
        command(asked=asked, **given)

    everything = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in (*choice.values(), *own.values())]
    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__signature__ = Signature(everything)  # type: ignore[attr-defined]  # what `inspect` looks at first
    called.__annotations__ = {one.name: one.annotation for one in everything}
    return called


@acts_app.command(
    "check",
    help=_t("Cuenta a quién tocaría; no cambia nada.", "Count whom it would touch; nothing changes."),
    epilog="puente acts check suspend --reason authority_decision --batch BATCH"
    " · puente acts check replace --reason key_compromise --batch BATCH",
    context_settings=NAMES,
)
@_choosing
def check(asked: BulkAsked, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """How many, who is left out, and what share of each list changes."""
    with at_work(data, "status_act", "read") as (world, by), world.doors()[BulkLooks]() as opened:
        print_view(opened.check(asked, by=by), bulk_told, as_json=as_json)


@acts_app.command(
    "propose",
    help=_t("Propone lo que se contó; otra persona decide.", "Propose what was counted; another person decides."),
    epilog="puente acts propose suspend --reason authority_decision --batch BATCH --digest 9f86d081…"
    " · puente acts propose replace --reason key_compromise --batch BATCH --digest 9f86d081…",
    context_settings=NAMES,
)
@_choosing
def propose(
    asked: BulkAsked,
    digest: Annotated[str, typer.Option(help=_t("La huella que mostró check.", "The digest that check showed."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Just those rows: where they changed since, it is refused."""
    told = said(BulkRequest, **dict(asked), digest=digest)
    with at_work(data, "status_act", "create") as (world, by), world.doors()[BulkActs]() as opened:
        view = opened.propose(told, by=by, once=asked_now(told.model_dump_json()))
    print_view(view, bulk_told, as_json=as_json)


@acts_app.command(
    context_settings=NAMES,
    help=_t("Confirma o rechaza un acto masivo de otra persona.", "Confirm or refuse another person's act on many."),
    epilog="puente acts decide BULK --digest 9f86d081… --compared CREDENTIAL --approve"
    " · puente acts decide BULK --refuse",
)
def decide(
    bulk: Named,
    approve: Annotated[bool, typer.Option("--approve/--refuse", help=_t("Sí o no.", "Yes or no."))],
    digest: Annotated[str, typer.Option(help=_t("La huella que se miró.", "The digest that was looked at."))] = "",
    compared: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CREDENTIAL",
            help=_t("De la muestra, cada uno que se comparó con las actas.", "Of the sample, each that was compared."),
        ),
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """It is done before this ends; a revocation is never undone. What was compared is written down."""
    saw = said(BulkDecision, digest=digest, compared=compared or []) if approve else None
    with at_work(data, "status_act", "approve") as (world, by):
        with world.doors()[BulkActs]() as opened:
            if saw is None:
                view = opened.refuse(bulk, by=by)
            else:
                view = opened.approve(bulk, by=by, digest=saw.digest, compared=saw.compared)
        if approve:
            world.desk.act_on_many(bulk)
            with world.doors()[BulkLooks]() as looking:
                view = looking.look(bulk, by=by)
    print_view(view, bulk_told, as_json=as_json)


@acts_app.command(
    context_settings=NAMES,
    help=_t("Detiene un acto masivo que no ha terminado.", "Stop an act on many that is not done."),
    epilog="puente acts stop BULK",
)
def stop(bulk: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """By another person than who proposed it. What it did stays done; the others can be proposed anew."""
    with at_work(data, "status_act", "approve") as (world, by), world.doors()[BulkActs]() as opened:
        print_view(opened.stop(bulk, by=by), bulk_told, as_json=as_json)


@acts_app.command(
    context_settings=NAMES,
    help=_t("Muestra diez al azar, para comparar con las actas.", "Show ten by chance, to compare with the papers."),
    epilog="puente acts sample BULK",
)
def sample(bulk: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """With what they say; the same to you each time. Who looks is written down. Say which you compared when you
    decide."""
    with at_work(data, "status_act", "read") as (world, by), world.doors()[BulkActs]() as opened:
        print_view(opened.sample(bulk, by=by), sample_lines, as_json=as_json)


@acts_app.command(
    context_settings=NAMES,
    help=_t("Muestra cómo va un acto masivo.", "Show how far an act on many is."),
    epilog="puente acts look BULK --json",
)
def look(bulk: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """And of each list that waits, the hash that the registry must say."""
    with at_work(data, "status_act", "read") as (world, by), world.doors()[BulkLooks]() as opened:
        print_view(opened.look(bulk, by=by), bulk_told, as_json=as_json)


@acts_app.command(
    help=_t("Muestra los actos masivos.", "Show the acts on many."), epilog="puente acts many · puente acts many --json"
)
def many(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Those of the issuer and the centre, all pages."""
    with at_work(data, "status_act", "read") as (world, by):
        rows = all_of(world, BulkLooks, lambda opened, after, most: opened.list(by=by, after=after, limit=most))
        print_rows(rows, bulk_line, as_json=as_json, none=_t("No hay ninguno.", "There are none."))


@acts_app.command(
    context_settings=NAMES,
    help=_t("Muestra los certificados de un acto masivo.", "Show the credentials of an act on many."),
    epilog="puente acts members BULK",
)
def members(bulk: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """By their outside names, and the row each came from."""
    with at_work(data, "status_act", "read") as (world, by):
        rows = all_of(
            world, BulkLooks, lambda opened, after, most: opened.members(bulk, by=by, after=int(after or 0), limit=most)
        )
        print_rows(rows, member_line, as_json=as_json, none=_t("No hay ninguno.", "There are none."))
