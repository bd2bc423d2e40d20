"""A data folder at the command line: how it is named, and the settings for it. What is in it others know."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final

import typer

from app.command_line import stop
from app.language import SETTINGS
from app.language import told as _t
from app.settings import Settings

DataFolder = Annotated[
    Path,
    typer.Option("--data", help=_t("Carpeta de base de datos, llaves y lista.", "Folder of database, keys, bundle.")),
]
ADDRESS_HELP: Final = _t(
    "PUENTE_ADDRESS es la dirección que sale en el papel, como se escribe: puente.entidad.example",
    "PUENTE_ADDRESS is the address that the paper bears, as it is typed: puente.issuer.example",
)
"""For the help of what prints such papers."""
AsJson = Annotated[bool, typer.Option("--json", help=_t("Imprimir JSON.", "Print JSON."))]
DEMO_MARK: Final = ".puente-demo"
"""The file by which a demo's folder is known."""
DEMO_ENTRY: Final = 5790
DEMO: Final = {
    "env": "demo",
    "entry": DEMO_ENTRY,
    "database": None,
    "approvals": 2,
    "waiving": 2,
    "announced_days": 0,
    "reissue_wait_hours": 1 / 60,
}
"""Two keepers agree, a key is used on the day it is announced, and a reissue waits for a minute."""


def settings_of(data: Path, given: Settings = SETTINGS) -> Settings:
    """The settings for a folder; a demo's folder goes on as the demo ran it, where no other database is named."""
    here = given.model_copy(update={"data": data})
    if not (data / DEMO_MARK).is_file():
        return here
    demo = here.model_copy(update=DEMO)
    if here.database_url != demo.database_url:
        _say_other(data)
        return here
    return demo


@cache
def _say_other(data: Path) -> None:
    """Once a command: its settings are asked for more than once."""
    es = (
        f"la carpeta {data} es de una demo, pero PUENTE_DATABASE nombra otra base: uso esa, sin los ajustes de la demo."
        " Para seguir con la demo, quite PUENTE_DATABASE."
    )
    en = (
        f"the folder {data} is a demo's, but PUENTE_DATABASE names another database: that one is used, without the"
        " demo's settings. To go on with the demo, take PUENTE_DATABASE away."
    )
    typer.echo(f"puente: {_t(es, en)}", err=True)


def require_address(data: Path) -> None:
    """Before what people type an address from is printed: ends the command where nobody said which (not the demo), and
    warns of one that is this machine's own."""
    settings = settings_of(data)
    if settings.said is None:
        stop(
            "falta decir en qué dirección abre la gente la billetera: se imprime en los papeles. No se imprimió nada y "
            f"ningún código se gastó. Ponga PUENTE_ADDRESS (si no, saldría {settings.reached}) y repita",
            "where people open the wallet is not said, and papers bear it. Nothing was printed and no code was spent. "
            f"Set PUENTE_ADDRESS (else it would be {settings.reached}) and repeat",
        )
    if settings.stays_here:
        es = (
            f"los papeles dicen {settings.said}, que es esta máquina y no abre en otro teléfono: para darlos, ponga en"
            " PUENTE_ADDRESS la dirección que escribe la gente y repita."
        )
        en = (
            f"the papers say {settings.said}, which is this machine and opens on no other phone: to hand them out, set"
            " PUENTE_ADDRESS to the address that people type and repeat."
        )
        typer.echo(f"puente: {_t(es, en)}", err=True)
