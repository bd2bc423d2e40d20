"""Who works at the command line: the world of a data folder, and the person of an API key, as over HTTP.

A key comes from the settings (`PUENTE_KEY`) or is asked for without echo; it is never an argument, which others on the
machine could read. So four eyes hold here too: two people have two keys.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol, TypeVar

import typer
from pydantic import BaseModel, SecretStr, ValidationError

from app.entering import enter
from app.folder import settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.not_yours import NotYours
from app.opening import open_world
from app.provide import World
from kernel.access import Policy, Principal
from kernel.encoding import base64url_encode
from kernel.errors import Forbidden
from kit.once import Once
from schemas.access import Resource, Verb

KEY_HELP: Final = _t(
    "La clave de API viene de PUENTE_KEY, o se pregunta.", "The API key comes from PUENTE_KEY, or is asked for."
)

_MOST: Final = 100
_Row_co = TypeVar("_Row_co", bound=BaseModel, covariant=True)
_Row = TypeVar("_Row", bound=BaseModel)
_Service = TypeVar("_Service")


class Page(Protocol[_Row_co]):
    """A page of what a service lists, and after what the next one begins."""

    @property
    def items(self) -> Sequence[_Row_co]: ...

    @property
    def next(self) -> str | None: ...


@contextmanager
def at_work(data: Path, resource: Resource, verb: Verb) -> Iterator[tuple[World, Principal]]:
    """The world of a folder, and the person who may do that in it. Raises NotSignedIn, Forbidden."""
    text = _typed(SETTINGS.key, _t("Su clave de API", "Your API key"))
    with open_world(settings_of(data)) as world:
        yield world, _enter(world, text, Policy(resource=resource, verb=verb))


def second_hand(world: World, resource: Resource, by: Principal) -> Principal:
    """Another person, who approves at the same machine and at once. Raises NotSignedIn, Forbidden."""
    text = _typed(SETTINGS.second_key, _t("Clave de API de quien aprueba", "API key of who approves"))
    other = _enter(world, text, Policy(resource=resource, verb="approve"))
    other.require_other_hand(by.person)
    return other


def _typed(said: SecretStr | None, prompt: str) -> str:
    text: str = typer.prompt(prompt, hide_input=True, err=True) if said is None else said.get_secret_value()
    return text


def _enter(world: World, text: str, policy: Policy) -> Principal:
    try:
        return enter(world.engine, world.clock, text, policy)
    except Forbidden as error:
        raise NotYours(policy, detail=error.detail) from error


def all_of(world: World, kind: type[_Service], ask: Callable[[_Service, str, int], Page[_Row_co]]) -> Iterator[_Row_co]:
    """The rows of all pages of a service, a door a page: `ask` is told after what it begins, and how many at most."""
    after: str | None = ""
    while after is not None:
        with world.doors()[kind]() as opened:
            page = ask(opened, after, _MOST)
        yield from page.items
        after = page.next


def print_json(rows: Iterable[BaseModel]) -> None:
    """As one JSON list, a line each, as they come."""
    lines = (row.model_dump_json(by_alias=True) for row in rows)
    typer.echo("[" + next(lines, ""), nl=False)
    for line in lines:
        typer.echo(",\n" + line, nl=False)
    typer.echo("]")


def print_rows(rows: Iterable[_Row], line: Callable[[_Row], str], *, as_json: bool, none: str) -> None:
    """A list: as JSON, or a line each, as they come; `none` says that it is empty."""
    if as_json:
        print_json(rows)
        return
    many = 0
    for many, row in enumerate(rows, 1):  # noqa: B007 - counted past the end
        typer.echo(line(row))
    if not many:
        typer.echo(none)


def print_view(view: _Row, words: Callable[[_Row], str], *, as_json: bool) -> None:
    """One thing: as JSON, or in words."""
    typer.echo(view.model_dump_json(by_alias=True, indent=1) if as_json else words(view))


def asked_now(what: str) -> Once:
    """A command is asked for once: it has a key that nobody sent before."""
    return Once(key=base64url_encode(secrets.token_bytes(16)), digest=hashlib.sha256(what.encode()).digest())


def said(kind: type[_Row], /, **members: object) -> _Row:
    """What was typed, as the shape that a service takes. Raises BadParameter, as `unclear` says."""
    try:
        return kind.model_validate(members)
    except ValidationError as error:
        raise unclear(error) from None


def unclear(error: ValidationError) -> typer.BadParameter:
    """Names the field and not what was typed in it."""
    where = ".".join(str(part) for part in error.errors()[0]["loc"])
    return typer.BadParameter(_t(f"revise {where}", f"look at {where}"))
