"""`puente disputes list|show|propose|decide`: what holders object to, for the issuer's people at the machine itself.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here.
"""

from datetime import datetime
from typing import Annotated, Final

import typer

from app.acts_words import DISPUTES
from app.claim_words import changes
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices
from app.language import told as _t
from app.staff import KEY_HELP, all_of, asked_now, at_work, print_rows, said
from issuer.disputes.service import Disputes
from kit.words import HERE, day
from schemas.disputes import Correction, Decision, DecisionRequest, DecisionView, DisputeState, DisputeView

_KINDS: Final = {
    "name": _t("el nombre está mal", "the name is wrong"),
    "data": _t("un dato está mal", "something is wrong"),
    "cancelled": _t("lo anularon o está en revisión", "it was cancelled or is under review"),
    "other": _t("otra cosa", "something else"),
}
_DECISIONS: Final = {
    "correct": _t("corregir", "correct"),
    "lift": _t("quitar la revisión", "lift"),
    "uphold": _t("mantener", "uphold"),
    "reject": _t("dejar como está", "reject"),
}

disputes_app = Commands(
    epilog=_t(
        f"PUENTE_KEY=pte_… puente disputes list --data demo-out · {KEY_HELP}",
        f"PUENTE_KEY=pte_… puente disputes list --data demo-out · {KEY_HELP}",
    ),
)


@disputes_app.command(
    "list",
    context_settings=NAMES,
    help=_t("Muestra las aclaraciones del emisor y del centro.", "Show the disputes of issuer and centre."),
    epilog="puente disputes list --state open",
)
def list_disputes(
    state: Annotated[DisputeState | None, typer.Option(help=_t("Solo estos.", "Only these."))] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """One line a dispute, all pages."""
    with at_work(data, "dispute", "read") as (world, by):
        rows = all_of(
            world, Disputes, lambda opened, after, most: opened.list(by=by, state=state, after=after, limit=most)
        )
        print_rows(rows, _line, as_json=as_json, none=_t("No hay aclaraciones.", "There are no disputes."))


def _line(one: DisputeView) -> str:
    until = "" if one.answer_by is None else _t(" · responder antes del ", " · answer before ") + _day(one.answer_by)
    return f"{one.id}  {DISPUTES[one.state]}  {_day(one.opened)}  {_KINDS[one.kind]}{until}"


@disputes_app.command(
    context_settings=NAMES,
    help=_t("Muestra una aclaración completa.", "Show one dispute in full."),
    epilog="puente disputes show ID",
)
def show(
    dispute: Annotated[str, typer.Argument(help=_t("Su nombre.", "Its name."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """What the holder says, and the decisions about it."""
    with at_work(data, "dispute", "read") as (world, by), world.doors()[Disputes]() as opened:
        _tell(opened.look(dispute, by=by), as_json)


@disputes_app.command(
    context_settings=NAMES,
    help=_t("Propone una decisión; otra persona la toma.", "Propose a decision; another person takes it."),
    epilog='puente disputes propose ID correct --sentence "Corregimos su nombre." --set names=Yuleisy',
)
def propose(
    dispute: Annotated[str, typer.Argument(help=_t("La aclaración.", "The dispute."))],
    decision: Annotated[Decision, typer.Argument(help=choices(_DECISIONS))],
    sentence: Annotated[str, typer.Option(help=_t("Lo que se le dice a la persona.", "What the holder is told."))],
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help=_t("Lo que cambia.", "What changes."))
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Fields: names, surnames, norm, normVersion, judgement (C06); name, country, permitStatus… (C01)."""
    asked = _request(decision, sentence, changes or [])
    with at_work(data, "dispute", "change") as (world, by), world.doors()[Disputes]() as opened:
        made = opened.propose(dispute, asked, by=by, once=asked_now(asked.model_dump_json()))
    typer.echo(made.model_dump_json(by_alias=True) if as_json else _decision(made))


@disputes_app.command(
    context_settings=NAMES,
    help=_t("Toma o rechaza una decisión propuesta por otra persona.", "Take or refuse another person's proposal."),
    epilog="puente disputes decide DECISION --approve",
)
def decide(
    decision: Annotated[str, typer.Argument(help=_t("La decisión propuesta.", "The proposed decision."))],
    approve: Annotated[bool, typer.Option("--approve/--refuse", help=_t("Sí o no.", "Yes or no."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """A correction is issued before this ends; `puente publish` then takes the former copies out of force."""
    with at_work(data, "dispute", "approve") as (world, by):
        if approve:
            view = world.desk.decide(decision, by=by)
        else:
            with world.doors()[Disputes]() as opened:
                view = opened.refuse(decision, by=by)
    _tell(view, as_json)


def _day(at: datetime) -> str:
    return day(at, HERE)


def _request(decision: Decision, sentence: str, changes: list[str]) -> DecisionRequest:
    """Raises BadParameter."""
    members = dict(change.partition("=")[::2] for change in changes)
    correction = said(Correction, **members) if members else None
    return said(DecisionRequest, decision=decision, sentence=sentence, correction=correction)


def _tell(view: DisputeView, as_json: bool) -> None:
    if as_json:
        typer.echo(view.model_dump_json(by_alias=True, indent=1))
        return
    facts = (
        (_t("Aclaración", "Dispute"), f"{view.id}  {DISPUTES[view.state]}"),
        (_t("Certificado", "Credential"), view.credential),
        (_t("Dice que", "Says that"), _KINDS[view.kind]),
        (_t("Con sus palabras", "In her words"), view.text),
        (_t("Debe decir", "Should read"), view.name or ""),
        (_t("Lo reemplaza", "Replaced by"), view.replacement or ""),
    )
    typer.echo("\n".join([f"{name}: {fact}" for name, fact in facts if fact] + [_decision(d) for d in view.decisions]))


def _decision(one: DecisionView) -> str:
    by = one.proposed_by + (f" → {one.decided_by}" if one.decided_by else "")
    state = {
        "proposed": _t("espera a otra persona", "waits for another person"),
        "approved": _t("tomada", "taken"),
        "refused": _t("rechazada", "refused"),
        "withdrawn": _t("terminó con la aclaración", "ended with the dispute"),
    }[one.state]
    told = f"{one.id}  {_DECISIONS[one.decision]}: {state} ({by})\n  «{one.sentence}»"
    return told + "".join(changes(one.correction, one.present))
