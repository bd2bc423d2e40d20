"""Who works at the command line: the world of a data folder, and the person of an API key, as over HTTP.

A key comes from the settings (`PUENTE_KEY`) or is asked for without echo; it is never an argument, which others on the
machine could read. So four eyes hold here too: two people have two keys.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final, Protocol, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from app.auth import enter
from app.demo import founding
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from app.provide import World
from app.settings import Settings
from kernel.access import Policy, Principal
from kernel.encoding import base64url_encode
from kit.once import Once
from schemas.access import Resource, Verb

DataFolder = Annotated[
    Path,
    typer.Option("--data", help=_t("Carpeta de base de datos, llaves y lista.", "Folder of database, keys, bundle.")),
]
AsJson = Annotated[bool, typer.Option("--json", help=_t("Imprimir JSON.", "Print JSON."))]
KEY_HELP: Final = _t(
    "La llave de acceso viene de PUENTE_KEY, o se pregunta.", "The access key comes from PUENTE_KEY, or is asked for."
)

_MOST: Final = 100
_Row_co = TypeVar("_Row_co", bound=BaseModel, covariant=True)


class Page(Protocol[_Row_co]):
    """A page of what a service lists, and after what the next one begins."""

    @property
    def items(self) -> Sequence[_Row_co]: ...

    @property
    def next(self) -> str | None: ...


def settings_of(data: Path) -> Settings:
    """The settings for a folder; a demo's folder goes on as the demo ran it."""
    own = founding.SETTINGS if (data / founding.MARK).is_file() else {}
    return SETTINGS.model_copy(update={"data": data, **own})


@contextmanager
def at_work(data: Path, resource: Resource, verb: Verb) -> Iterator[tuple[World, Principal]]:
    """The world of a folder, and the person who may do that in it. Raises NotSignedIn, Forbidden."""
    text: str = (
        typer.prompt(_t("Su llave de acceso", "Your access key"), hide_input=True)
        if SETTINGS.key is None
        else SETTINGS.key.get_secret_value()
    )
    with open_world(settings_of(data)) as world:
        yield world, enter(world.engine, world.clock, text, Policy(resource=resource, verb=verb))


def every(ask: Callable[[str, int], Page[_Row_co]]) -> list[_Row_co]:
    """All pages, as `ask` gives them for what they come after and how many at the most."""
    found: list[_Row_co] = []
    after: str | None = ""
    while after is not None:
        page = ask(after, _MOST)
        found += page.items
        after = page.next
    return found


def print_json(rows: Sequence[BaseModel]) -> None:
    """As one JSON list, a line each."""
    typer.echo("[" + ",\n".join(row.model_dump_json(by_alias=True) for row in rows) + "]")


def asked_now(what: str) -> Once:
    """A command is asked for once: it has a key that nobody sent before."""
    return Once(key=base64url_encode(secrets.token_bytes(16)), digest=hashlib.sha256(what.encode()).digest())


def unclear(error: ValidationError) -> typer.BadParameter:
    """Names the field and not what was typed in it."""
    where = ".".join(str(part) for part in error.errors()[0]["loc"])
    return typer.BadParameter(_t(f"revise {where}", f"look at {where}"))
