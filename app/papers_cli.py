"""`puente slips` and `puente cards`: what is printed for a batch or for one credential, fifty in a file.

The files are written by `app/slips.py`; what they look like is `kit/cards.py`'s.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.command_line import Commands
from app.folder import ADDRESS_HELP, DataFolder, require_address
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.slips import print_cards, print_slips
from app.staff import KEY_HELP, at_work

papers_app = Commands()
Named = Annotated[
    str,
    typer.Argument(
        metavar="BATCH|BULK|CREDENTIAL",
        help=_t(
            "Un lote, lo que un acto masivo reemplazó, o un certificado.",
            "A batch, what an act on many replaced, or one credential.",
        ),
    ),
]
Out = Annotated[
    Path, typer.Option(help=_t("Carpeta nueva o vacía para los archivos.", "A new or empty folder for the files."))
]


@papers_app.command(
    context_settings=NAMES,
    epilog=f"PUENTE_KEY=pte_… puente slips BATCH --out hojas · puente slips CREDENTIAL --out hojas · {KEY_HELP}"
    f" · {ADDRESS_HELP}",
)
def slips(name: Named, out: Out, data: DataFolder = SETTINGS.data) -> None:
    """claim.pdf has the codes, pin.pdf the PINs; they are handed over apart. A new slip ends the one before it."""
    require_address(data)
    with at_work(data, "pickup", "create") as (world, by):
        done = print_slips(world, name, out, by=by)
    es = (
        f"{done.made} hojas en {out}: los códigos en claim.pdf y los PIN en pin.pdf. Entréguelos por separado. "
        f"Sin hoja, porque ya se recibieron o hoy no valen: {done.left}."
    )
    en = (
        f"{done.made} slips in {out}: the codes in claim.pdf, the PINs in pin.pdf. Hand them over apart. "
        f"Without one, since they were picked up or are not good today: {done.left}."
    )
    typer.echo(_t(es, en))
    if done.again:
        typer.echo(_t(f"{done.again} las hizo ya una orden que se interrumpió: llevan los mismos códigos.",
                      f"{done.again} were made by a command that was stopped: they bear the same codes."))  # fmt: skip
    if done.ended:
        typer.echo(_t(f"{done.ended} hojas anteriores dejaron de servir: entregue solo estas.",
                      f"{done.ended} earlier slips work no more: hand out these alone."))  # fmt: skip


@papers_app.command(
    context_settings=NAMES,
    epilog=f"PUENTE_KEY=pte_… puente cards BATCH --out tarjetas · puente cards CREDENTIAL --out tarjetas · {KEY_HELP}"
    f" · {ADDRESS_HELP}",
)
def cards(name: Named, out: Out, data: DataFolder = SETTINGS.data) -> None:
    """Four a sheet, of those that are good today; they fold once."""
    require_address(data)
    with at_work(data, "credential", "read") as (world, by):
        files = print_cards(world, name, out, by=by)
    typer.echo(_t(f"Archivos con tarjetas en {out}: {files}.", f"Files with cards in {out}: {files}."))
