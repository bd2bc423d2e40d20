"""`puente keys make|list|end`: the API's keys at the machine itself; how the first one comes into the world.

What a key may do is `schemas/access.py`'s, reading one that was sent `app/entering.py`'s.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, get_args

import typer
from sqlmodel import Session, col, select

from app.clock import MachineClock
from app.command_line import Commands, stop
from app.db import bring_up_to_date, open_engine, transaction
from app.language import SETTINGS
from app.language import told as _t
from app.rotation_cli import rotation_app
from issuer.tables import IssuerRow
from kernel.access import scopes_of
from kit.api_keys import ApiKey, KeyRequest, make_key
from schemas.access import TABLE, Role

keys_app = Commands(epilog="puente keys make --person ana --role officer --issuer formacion")
keys_app.add_typer(rotation_app)
Data = Annotated[Path, typer.Option("--data", help=_t("Carpeta de los datos.", "Folder of the data."))]


def _require_scopes(roles: Sequence[str], wanted: Sequence[str]) -> None:
    """Ends the command where one is none of theirs, and says which are."""
    if wrong := ", ".join(sorted(set(wanted) - scopes_of([*roles, "public"]))):
        who, own = ", ".join(roles), ", ".join(sorted(scopes_of(roles)))
        stop(
            f"{who} no tiene un permiso llamado {wrong}. Los suyos: {own}",
            f"{who} has no scope called {wrong}. Its own: {own}",
        )


@contextmanager
def _opened(data: Path) -> Iterator[Session]:
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_engine(SETTINGS.model_copy(update={"data": data}).database_url)
    bring_up_to_date(engine)
    with transaction(engine) as session:
        yield session
    engine.dispose()


@keys_app.command(
    "make",
    help=_t("Crea una clave de API; se muestra una sola vez.", "Make an API key; it is shown once."),
    epilog="puente keys make --person ana --role officer --issuer formacion --data demo-out\n\n"
    "puente keys make --person prometheus --role auditor --scope metrics:read --days 365",
)
def make(
    person: Annotated[str, typer.Option(help=_t("Quién la usa (una persona).", "Who uses it (one person)."))],
    role: Annotated[list[str], typer.Option(help=", ".join(get_args(Role)))],
    issuer: Annotated[str | None, typer.Option(help=_t("Emisor al que pertenece.", "Issuer it belongs to."))] = None,
    centre: Annotated[str | None, typer.Option(help=_t("Centro.", "Centre."))] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            help=_t(
                "Solo para esto (recurso:verbo): batch:create, credential:read, metrics:read… Cada papel tiene los "
                "suyos; ante otro se muestran.",
                "For this alone (resource:verb): batch:create, credential:read, metrics:read… Each role has its own; "
                "they are shown where another is asked for.",
            )
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=365, help=_t("Días de vida.", "Days it lives."))] = 90,
    data: Data = SETTINGS.data,
) -> None:
    """Make an API key and print it once."""
    known: dict[str, Role] = {name: name for row in TABLE.values() for name in row}
    if unknown := ", ".join(sorted(set(role) - set(known))):
        stop(f"no hay un papel llamado {unknown}", f"there is no role called {unknown}")
    _require_scopes(role, scope or ())
    ask = KeyRequest(
        person=person,
        roles=frozenset(known[name] for name in role),
        issuer=issuer,
        centre=centre,
        life=timedelta(days=days),
        scopes=frozenset(scope) if scope else None,
    )
    with _opened(data) as session:
        if issuer is not None and session.get(IssuerRow, issuer) is None:
            stop(f"no hay un emisor {issuer} en {data}", f"there is no issuer {issuer} in {data}")
        text = make_key(session, ask, env=SETTINGS.env[:4], now=MachineClock().now(), random=secrets.token_bytes)
    typer.echo(text)


@keys_app.command(
    "list",
    help=_t("Muestra las claves de API, sin su secreto.", "Show the API keys, without their secret."),
    epilog="puente keys list --data demo-out",
)
def show(data: Data = SETTINGS.data) -> None:
    """One line a key: its id, person, roles, issuer, and until when."""
    with _opened(data) as session:
        rows = session.exec(select(ApiKey).order_by(col(ApiKey.created))).all()
    if not rows:
        typer.echo(_t("No hay claves de API todavía.", "There are no API keys yet."))
    for row in rows:
        until = _t("terminada", "ended") if row.ended is not None else f"{row.expires:%Y-%m-%d}"
        typer.echo(f"{row.id}  {row.person}  {row.roles}  {row.issuer or '-'}  {row.centre or '-'}  {until}")


@keys_app.command(
    "end",
    help=_t("Termina una clave de API desde ya.", "End an API key from now on."),
    epilog="puente keys end AbCdEfGh",
)
def end(
    key: Annotated[str, typer.Argument(help=_t("Las ocho letras de la clave.", "The key's eight letters."))],
    data: Data = SETTINGS.data,
) -> None:
    """End one key; whoever holds it is nobody from now on."""
    with _opened(data) as session:
        row = session.get(ApiKey, key)
        if row is None:
            stop("no hay una clave de API con esas letras", "there is no API key with those letters")
        row.ended, row.slot = row.ended or MachineClock().now(), None
        session.add(row)
    typer.echo(_t("La clave terminó.", "The key has ended."))
