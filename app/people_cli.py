"""`puente staff invite|list|confirm|end`: the people of the house at the machine itself; how the first one comes in.

What they may do is `schemas/access.py`'s; how they come in is `staff/`'s.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from app.command_line import Commands
from app.folder import settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from kit.words import HERE
from schemas.access import STAFF
from staff.enrolling import OPERATOR
from staff.people import People, Wanted, state_of

people_app = Commands(epilog="puente staff invite --person irene --role issuer_admin --issuer formacion")
Data = Annotated[Path, typer.Option("--data", help=_t("Carpeta de los datos.", "Folder of the data."))]


_STATES: Final = {
    "invited": _t("invitada", "invited"),
    "waiting": _t("espera que otra persona la confirme", "waits for another person to confirm her"),
    "active": _t("activa", "active"),
    "ended": _t("terminada", "ended"),
}


@contextmanager
def _opened(data: Path) -> Iterator[People]:
    with open_world(settings_of(data)) as world, world.doors()[People]() as people:
        yield people


@people_app.command(
    "invite",
    help=_t("Invita a una persona; su código se muestra una sola vez.", "Invite a person; her code is shown once."),
    epilog="puente staff invite --person irene --role issuer_admin --issuer formacion",
)
def invite(
    person: Annotated[str, typer.Option(help=_t("Quién (una persona, siempre la misma).", "Who (one person)."))],
    role: Annotated[list[str], typer.Option(help=", ".join(sorted(STAFF)))],
    issuer: Annotated[str | None, typer.Option(help=_t("Emisor al que pertenece.", "Issuer she belongs to."))] = None,
    centre: Annotated[str | None, typer.Option(help=_t("Centro.", "Centre."))] = None,
    data: Data = SETTINGS.data,
) -> None:
    """For whom, where and until when on standard error; the code with which she makes her passkeys alone on output."""
    roles = frozenset(known for known in STAFF if known in role)
    if unknown := ", ".join(sorted(set(role) - roles)):
        typer.echo(f"puente: {_t('no hay un papel llamado', 'there is no role called')} {unknown}", err=True)
        raise typer.Exit(2)
    with _opened(data) as people:
        wanted = Wanted(person=person, roles=roles, issuer=issuer, centre=centre)
        made = people.invite(wanted, actor=OPERATOR)
    where, until = settings_of(data).console, f"{made.expires.astimezone(HERE):%Y-%m-%d %H:%M}"
    es = f"Código para {person}, una sola vez. Se abre en {where} y sirve hasta el {until}, hora de Colombia:"
    en = f"A code for {person}, shown once. It is used at {where} and works until {until}, Colombian time:"
    typer.echo(_t(es, en), err=True)
    typer.echo(made.code)


@people_app.command(
    "list", help=_t("Muestra las personas.", "Show the people."), epilog="puente staff list --data demo-out"
)
def show(data: Data = SETTINGS.data) -> None:
    """One line a person: name, roles, issuer, centre, and how far she is."""
    with _opened(data) as people:
        rows = people.store.people(None)
    if not rows:
        typer.echo(_t("No hay personas todavía.", "There are no people yet."))
    for row in rows:
        told = f"{row.person}  {row.roles}  {row.issuer or '-'}  {row.centre or '-'}  {_STATES[state_of(row)]}"
        typer.echo(told)


@people_app.command(
    "confirm",
    help=_t(
        "Confirma a quien entró con el código de quien administra, cuando no hay otra persona que lo haga.",
        "Confirm who came in by an administrator's code, where nobody else is there to do it.",
    ),
    epilog="puente staff confirm marta",
)
def confirm(
    person: Annotated[str, typer.Argument(help=_t("Su nombre, como en la lista.", "Her name, as listed."))],
    data: Data = SETTINGS.data,
) -> None:
    """From now on she comes in."""
    with _opened(data) as people:
        people.confirm_named(person)
    typer.echo(_t("Confirmada.", "Confirmed."))


@people_app.command(
    "end",
    help=_t("Termina el acceso de una persona desde ya.", "End a person's access from now on."),
    epilog="puente staff end irene",
)
def end(
    person: Annotated[str, typer.Argument(help=_t("Su nombre, como en la lista.", "Her name, as listed."))],
    data: Data = SETTINGS.data,
) -> None:
    """Her sessions end too; her name is never given again."""
    with _opened(data) as people:
        people.end(person, actor=OPERATOR)
    typer.echo(_t("Terminó.", "Ended."))
