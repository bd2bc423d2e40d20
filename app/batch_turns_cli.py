"""`puente batches propose|discard|release|refuse|pause|resume`: whose turn it is with a batch, and what is decided."""

from typing import Annotated

import typer

from app.batch_rows_cli import Named, tell_batch
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.progress import tell_sealing
from app.provide import World
from app.staff import at_work, said
from issuer.batches.service import Batches
from issuer.mending.service import Mending
from kernel.access import Principal
from schemas.issuance import BatchView, Release

turns_app = Commands()
Wait = Annotated[
    bool,
    typer.Option(
        help=_t(
            "Esperar hasta el final; sin trabajadores (SQLite), siempre.", "Wait for the end; without workers, always."
        )
    ),
]


@turns_app.command(
    context_settings=NAMES,
    help=_t("Lo deja listo para otra persona.", "Leave it for another person to release."),
    epilog="puente batches propose BATCH",
)
def propose(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """From here another person decides."""
    with at_work(data, "batch", "change") as (world, by), world.doors()[Batches]() as opened:
        opened.propose(batch, by=by)
        tell_batch(opened.look(batch, by=by), as_json=as_json)


@turns_app.command(
    context_settings=NAMES,
    help=_t("Descarta un lote revisado que nadie ha enviado.", "Discard a checked batch that nobody has sent."),
    epilog="puente batches discard BATCH · puente batches discard BATCH --yes",
)
def discard(
    batch: Named,
    yes: Annotated[bool, typer.Option("--yes", help=_t("Sin preguntar.", "Do not ask."))] = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The batch and its file go; nothing of it was signed, and the same file may come again."""
    if not yes:
        typer.confirm(
            _t("El lote y su archivo se borran. ¿Descartar?", "The batch and its file go. Discard?"), abort=True
        )
    with at_work(data, "batch", "change") as (world, by), world.doors()[Mending]() as opened:
        opened.discard(batch, by=by)
    typer.echo(_t("Descartado.", "Discarded."))


@turns_app.command(
    context_settings=NAMES,
    help=_t("Autoriza la emisión de lo que se miró.", "Let what was looked at be issued."),
    epilog="puente batches release BATCH --digest 9f86d081… --compared 3 --compared 17 --accept-errors",
)
def release(
    batch: Named,
    digest: Annotated[str, typer.Option(help=_t("La huella que mostró el lote.", "The digest that the batch showed."))],
    accept_errors: Annotated[
        bool, typer.Option(help=_t("Las filas con error quedan fuera; lo demás se emite.", "Rows in error stay out."))
    ] = False,
    compared: Annotated[
        list[int] | None,
        typer.Option(
            metavar="ROW",
            help=_t("De la muestra, cada fila que se comparó con las actas.", "Of the sample, each row compared."),
        ),
    ] = None,
    wait: Wait = True,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """By another person than who prepared it; what was compared is written down. Where no workers are, this process
    does the work."""
    saw = said(Release, digest=digest, accept_errors=accept_errors, compared=compared or [])
    with at_work(data, "batch_release", "approve") as (world, by):
        with world.doors()[Batches]() as opened:
            opened.release(batch, by=by, digest=saw.digest, accept_errors=saw.accept_errors, compared=saw.compared)
        _go_on(world, batch, by, wait=wait, as_json=as_json)


@turns_app.command(
    context_settings=NAMES,
    help=_t("Devuelve un lote: no se emitirá.", "Send a batch back: it will not be issued."),
    epilog="puente batches refuse BATCH",
)
def refuse(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """By another person than who prepared it; its file goes."""
    with at_work(data, "batch_release", "approve") as (world, by), world.doors()[Batches]() as opened:
        opened.refuse(batch, by=by)
        tell_batch(opened.look(batch, by=by), as_json=as_json)


@turns_app.command(
    context_settings=NAMES,
    help=_t("Detiene un lote que se está emitiendo.", "Hold a batch that is being issued."),
    epilog="puente batches pause BATCH",
)
def pause(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """From the next chunk on, whoever works on it; what is promised is sealed."""
    with at_work(data, "batch_release", "execute") as (world, by), world.doors()[Batches]() as opened:
        opened.pause(batch, by=by)
        tell_batch(opened.look(batch, by=by), as_json=as_json)


@turns_app.command(
    context_settings=NAMES,
    help=_t("Sigue con un lote detenido.", "Go on with a batch that was held."),
    epilog="puente batches resume BATCH",
)
def resume(batch: Named, wait: Wait = True, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Where it stands: nothing is issued twice. Where no workers are, this process does the work."""
    with at_work(data, "batch_release", "execute") as (world, by):
        with world.doors()[Batches]() as opened:
            opened.resume(batch, by=by)
        _go_on(world, batch, by, wait=wait, as_json=as_json)


def _go_on(world: World, batch: str, by: Principal, *, wait: bool, as_json: bool) -> None:
    """The work on a released batch, told as it goes; another process may have paused it before its end."""

    def look() -> BatchView:
        with world.doors()[Batches]() as opened:
            view: BatchView = opened.look(batch, by=by)
            return view

    if not wait and not world.desk.has_workers:
        told = _t("Aquí no hay trabajadores: este proceso emite el lote.", "No workers here: this process issues it.")
        typer.echo(told, err=True)
    with tell_sealing(look) as ended:
        world.desk.begin(batch)
        if wait:
            ended()
    tell_batch(look(), as_json=as_json)
