"""`puente people search|show` and `puente numbers`: what the counter and who administers ask, at the machine itself.

The same services as over HTTP, by the person of an API key (`app/staff.py`); no rule lives here. What is looked for is
asked or read from the standard input, never an argument, which others on the machine could read; who looks is told in
the audit chain.
"""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from app.acts_words import ACTS, CORRECTIONS, DISPUTES, REASONS, REISSUES, STATES
from app.claim_words import changes
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS
from app.language import figure as counted
from app.language import told as _t
from app.staff import KEY_HELP, at_work, print_view, said
from app.words import day
from issuer.figures.service import Figures
from issuer.people.service import Persons
from schemas.counter import CredentialLine, FigureLine, NumbersView, PeoplePage, PersonFile, PersonLine, SearchRequest

counter_app = Commands()
people_app = Commands(
    epilog=f"echo 'Yuleisy 2345' | PUENTE_KEY=pte_… puente people search · puente people show PERSON · {KEY_HELP}"
)
counter_app.add_typer(people_app, name="people")
_STATES: Final = {
    "valid": _t("Válido", "Valid"),
    "suspended": _t("En revisión", "Under review"),
    "revoked": _t("Anulado", "Revoked"),
    "replaced": _t("Reemplazado", "Replaced"),
}
_WHOLE: Final = (
    "palabras completas, en cualquier orden, con o sin tildes",
    "whole words, in any order, with or without accents",
)


@people_app.command(
    help=_t(
        f"Busca personas por lo que se dice en el mostrador: {_WHOLE[0]}.",
        f"Find people by what is said at the counter: {_WHOLE[1]}.",
    ),
    epilog="puente people search · echo 'Yuleisy 2345' | PUENTE_KEY=pte_… puente people search --json",
)
def search(
    after: Annotated[
        str | None, typer.Option(help=_t("Sigue la página anterior.", "Where the page before ended."))
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Number, its last four figures, words of the name, norm, project, credential or batch; every word must fit."""
    with at_work(data, "credential", "read") as (world, by):
        text = typer.prompt(_t("Documento, nombre, norma o lote", "Document, name, norm or batch"), err=True)
        asked = said(SearchRequest, text=text, after=after)
        with world.doors()[Persons]() as opened:
            page = opened.search(asked, by=by)
    print_view(page, _page, as_json=as_json)


@people_app.command(
    context_settings=NAMES,
    help=_t("Muestra la ficha de una persona.", "Show one person's file."),
    epilog="puente people show PERSON --json",
)
def show(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=_t("Como la nombra search.", "As search names her."))],
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Her credentials, acts, disputes, offers and reissues; the document's number is never told whole."""
    with at_work(data, "credential", "read") as (world, by), world.doors()[Persons]() as opened:
        found = opened.look(person, by=by)
    print_view(found, _file, as_json=as_json)


@counter_app.command(epilog="puente numbers · puente numbers --json")
def numbers(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Groups of fewer than ten are hidden, the rest is rounded to five."""
    with at_work(data, "figure", "read") as (world, by), world.doors()[Figures]() as opened:
        print_view(opened.look(by=by), _numbers, as_json=as_json)


def _page(page: PeoplePage) -> str:
    es = f"No hay nadie así. Se busca por {_WHOLE[0]}: Yul no encuentra a Yuleisy."
    en = f"There is nobody like that. It is looked for by {_WHOLE[1]}: Yul does not find Yuleisy."
    lines = [_person(person) for person in page.people] or [_t(es, en)]
    more = [] if page.next is None else [_t("Hay más: ", "There is more: ") + f"--after={page.next}"]
    return "\n".join(lines + more)


def _person(person: PersonLine) -> str:
    return "\n".join([f"{person.name}  {person.document}  {person.id}", *map(_credential, person.credentials)])


def _credential(one: CredentialLine) -> str:
    what = " ".join(str(part) for part in (one.title, one.norm, one.level) if part)
    return f"  {one.id}  {_STATES[one.state]}  {day(one.issued, SETTINGS.lang)}  {what}"


def _file(person: PersonFile) -> str:
    acts = [f"{ACTS[act.act]} ({REASONS[act.reason]}): {STATES[act.state]}  {act.credential}" for act in person.acts]
    disputes = [f"{one.id}: {DISPUTES[one.state]}  {one.credential}" for one in person.disputes]
    offers = [
        f"{_t('hasta', 'until')} {day(one.expires_at, SETTINGS.lang)}: "
        + (_t("recibido", "picked up") if one.used_at else _t("abierto", "open") if one.stands else _t("fin", "ended"))
        + f"  {one.credential}"
        for one in person.offers
    ]
    reissues = [f"{one.id}: {REISSUES[one.state]}  {one.credential}" for one in person.reissues]
    amendments = [
        f"{one.id}: {CORRECTIONS[one.state]}  {one.credential}" + "".join(changes(one.correction, one.present))
        for one in person.amendments
    ]
    parts = (
        (_t("Actos", "Acts"), acts),
        (_t("Aclaraciones", "Disputes"), disputes),
        (_t("Correcciones", "Corrections"), amendments),
        (_t("Hojas", "Slips"), offers),
        (_t("Vueltas a emitir", "Reissues"), reissues),
    )
    told = [f"{title}:\n" + "\n".join(f"  {line}" for line in lines) for title, lines in parts if lines]
    return "\n".join([_person(person), *told])


def _numbers(view: NumbersView) -> str:
    facts = (
        (_t("Emitidos", "Issued"), view.issued),
        (_t("Anulados", "Revoked"), view.revoked),
        (_t("En revisión", "Under review"), view.suspended),
        (_t("Aclaraciones por responder", "Open disputes"), view.disputes_open),
        (_t("Aclaraciones respondidas", "Answered disputes"), view.disputes_answered),
    )
    lines = [f"{title}: {_figure(figure)}" for title, figure in facts]
    if view.is_overdue:
        lines.append(_t("Alguien espera una respuesta más de lo debido.", "Someone has waited too long for an answer."))
    groups = ((_t("Por centro", "By centre"), view.by_centre), (_t("Por tipo", "By type"), view.by_type))
    return "\n".join(lines + [f"{title}: {_groups(rows)}" for title, rows in groups if rows])


def _groups(rows: Sequence[FigureLine]) -> str:
    return ", ".join(f"{row.group or _t('sin centro', 'no centre')} {_figure(row.issued)}" for row in rows)


def _figure(many: int | None) -> str:
    return _t("menos de 10", "fewer than 10") if many is None else counted(many)
