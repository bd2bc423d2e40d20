"""`puente establish`: an issuer comes into this house, with its keys and its lists. That it is trusted keepers decide.

`puente lists`: two lists more for a type whose lists are full, also after a restore, which burns places.

What is printed is what the registry is asked to take up (`POST /v1/registry/changes`).
"""

import json
from typing import Annotated

import typer

from app.command_line import Commands
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.opening import open_world
from issuer import kinds
from issuer.room import open_pair
from issuer.service import Issuer, IssuerSetUp
from kernel.keys import PublicKey
from schemas.identifiers import Did, DidUrl

establish_app = Commands()


@establish_app.command(
    "establish",
    epilog="puente establish formacion --number 0 --host formacion.example --list C06 --name 'Servicio (DEMO)'",
)
def establish(
    name: Annotated[str, typer.Argument(metavar="ISSUER", help=_t("Nombre corto.", "Short name."))],
    number: Annotated[int, typer.Option(min=0, max=1023, help=_t("Número, uno por emisor.", "Number, one an issuer."))],
    host: Annotated[str, typer.Option(help=_t("Donde están sus listas y su DID.", "Where its lists and DID stand."))],
    families: Annotated[
        list[str], typer.Option("--list", help=_t("Tipo de cada par de listas.", "Type of each pair."))
    ],
    called: Annotated[
        str, typer.Option("--name", help=_t("Cómo se llama en lo que emite.", "What it is called in what it issues."))
    ] = "",
    data: DataFolder = SETTINGS.data,
) -> None:
    """Its first key is `#k1`. By whoever has the machine (TRUST section 10); the audit chain tells it."""
    did = Did(f"did:web:{host}")
    method = DidUrl(f"{did}#k1")
    for family in families:
        kinds.find(family)
    setup = IssuerSetUp(id=name, number=number, did=did, method=method, host=host, lists=tuple(families), name=called)
    with open_world(settings_of(data)) as world, world.doors()[Issuer]() as opened:
        public = PublicKey(opened.establish(setup)).multikey()
    told = {"issuer": name, "did": did, "key": method, "publicKeyMultibase": public, "lists": 2 * len(families)}
    typer.echo(json.dumps(told))


@establish_app.command(
    "lists",
    epilog="puente lists formacion --list C06",
)
def lists(
    name: Annotated[str, typer.Argument(metavar="ISSUER", help=_t("Nombre corto.", "Short name."))],
    family: Annotated[str, typer.Option("--list", help=_t("Tipo del par de listas.", "Type of the pair."))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """They fill after those the type has. By whoever has the machine (TRUST section 10); the audit chain tells it."""
    with open_world(settings_of(data)) as world, world.doors()[Issuer]() as opened:
        numbers = open_pair(opened, name, family)
    one, two = numbers
    typer.echo(_t(f"Listas {one} y {two} abiertas para {family}. Falta que los custodios las dejen publicar: hasta"
                  " entonces el emisor sigue con las listas que publicó. Que propongan y aprueben:",
                  f"Lists {one} and {two} are open for {family}. The keepers have to let them be published: until then"
                  " the issuer stays with the lists that it published. Have them propose and approve:"))  # fmt: skip
    for number in numbers:
        change = json.dumps({"kind": "add_list", "issuer": name, "number": number}, separators=(",", ":"))
        typer.echo(f"  puente registry propose '{change}'")
