"""`puente batches check|propose|release|look`: a cohort at the machine itself, up to a country's; and `puente work`.

The same services as over HTTP, by the person of an API key (`app/staff.py`); a file may be 512 MiB or 3,000,000 rows,
is read as a stream, and how far it has come is told on standard error (`app/progress.py`). No rule lives here.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from app.db import open_engine
from app.jobs import has_workers
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.logs import set_up_logs
from app.progress import tell_reading, tell_sealing
from app.staff import KEY_HELP, AsJson, DataFolder, at_work, settings_of
from app.supervisor import Supervisor
from issuer.batches.service import Batches
from issuer.cohort_file import OPERATOR
from schemas.issuance import BatchView, CohortChoices

batches_app = typer.Typer(
    no_args_is_help=True,
    help=_t("Lotes: revisar, proponer y autorizar un archivo.", "Batches: check, propose and release a file."),
    epilog=_t(
        "Ejemplo: PUENTE_KEY=pte_… puente batches check pais.csv --as-of 2026-11-20 --norm 290801106:1 · " + KEY_HELP,
        "Example: PUENTE_KEY=pte_… puente batches check land.csv --as-of 2026-11-20 --norm 290801106:1 · " + KEY_HELP,
    ),
)
_STATES: Final = {
    "checked": _t("revisado", "checked"),
    "proposed": _t("espera a otra persona", "waits for another person"),
    "released": _t("en emisión", "being issued"),
    "done": _t("emitido", "issued"),
    "refused": _t("rechazado", "refused"),
}
Named = Annotated[str, typer.Argument(metavar="BATCH", help=_t("El lote.", "The batch."))]


@batches_app.command(
    context_settings=NAMES,
    help=_t("Revisa cada fila de un archivo; no emite nada.", "Judge every row of a file; nothing is issued."),
    epilog="puente batches check cohort.csv --as-of 2026-11-20 --norm 290801106:1 --norm 210601027:2",
)
def check(
    file: Annotated[Path, typer.Argument(help=_t("El archivo.", "The file."), exists=True, dir_okay=False)],
    as_of: Annotated[str, typer.Option(help=_t("Ningún juicio es posterior.", "No judgement is later."))],
    norm: Annotated[list[str], typer.Option(help=_t("Código:versión, cada norma.", "Code:version, each norm."))],
    twin: Annotated[
        bool, typer.Option(help=_t("Con cada pase, su credencial completa.", "A full credential beside each pass."))
    ] = True,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The same file with the same choices is the same batch."""
    choices = _choices(as_of, norm, twin=twin)
    with at_work(data, "batch", "create") as (world, by):
        with file.open("rb") as source, tell_reading(source), world.doors()[Batches]() as opened:
            batch = opened.check_cohort(source, choices, by=by, bound=OPERATOR)
        with world.doors()[Batches]() as opened:
            _tell(opened.look(batch, by=by), as_json)


def _choices(as_of: str, norms: list[str], *, twin: bool) -> CohortChoices:
    try:
        versions = {code: int(version) for code, _, version in (each.partition(":") for each in norms)}
        return CohortChoices(as_of=date.fromisoformat(as_of), norm_versions=versions, twin=twin)
    except ValueError:
        words = _t("la fecha es AAAA-MM-DD y cada norma código:versión", "dates are YYYY-MM-DD, norms code:version")
        raise typer.BadParameter(words) from None


@batches_app.command(
    context_settings=NAMES, help=_t("Lo deja listo para otra persona.", "Leave it for another person to release.")
)
def propose(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """From here another person decides."""
    with at_work(data, "batch", "change") as (world, by), world.doors()[Batches]() as opened:
        opened.propose(batch, by=by)
        _tell(opened.look(batch, by=by), as_json)


@batches_app.command(
    context_settings=NAMES,
    help=_t("Autoriza la emisión de lo que se miró.", "Let what was looked at be issued."),
    epilog="puente batches release BATCH --digest 9f86d081… --accept-errors",
)
def release(
    batch: Named,
    digest: Annotated[str, typer.Option(help=_t("La huella que mostró el lote.", "The digest that the batch showed."))],
    accept_errors: Annotated[bool, typer.Option(help=_t("Hay filas con error.", "Rows are in error."))] = False,
    wait: Annotated[bool, typer.Option(help=_t("Esperar hasta el final.", "Wait for the end."))] = True,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """By another person than who prepared it; where no workers are, this process does the work."""
    with at_work(data, "batch_release", "approve") as (world, by):
        doors = world.doors()

        def look() -> BatchView:
            with doors[Batches]() as opened:
                view: BatchView = opened.look(batch, by=by)
                return view

        with doors[Batches]() as opened:
            opened.release(batch, by=by, digest=digest, accept_errors=accept_errors)
        with tell_sealing(look) as ended:
            world.desk.begin(batch)
            if wait:
                ended()
        _tell(look(), as_json)


@batches_app.command(context_settings=NAMES, help=_t("Muestra cómo va.", "Show how far it has come."))
def look(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Its counts, and what was promised and sealed of it."""
    with at_work(data, "batch", "read") as (world, by), world.doors()[Batches]() as opened:
        _tell(opened.look(batch, by=by), as_json)


def _tell(view: BatchView, as_json: bool) -> None:
    if as_json:
        typer.echo(view.model_dump_json(by_alias=True, indent=1))
        return
    typer.echo(f"{view.id}  {_STATES[view.state]}  {view.digest}")
    es = f"Emite {view.issue}, no emite {view.skip}, con error {view.error}; listas {view.sealed}."
    en = f"Issues {view.issue}, passes over {view.skip}, in error {view.error}; sealed {view.sealed}."
    typer.echo(_t(es, en))


def work(
    processes: Annotated[int, typer.Option(min=1, max=64, help=_t("Cuántos firman.", "How many seal."))] = 2,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Workers for the queue and the clock, until told to stop; on SQLite the clock alone (its server seals)."""
    set_up_logs()
    is_shared = has_workers(open_engine(settings_of(data).database_url))
    supervisor = Supervisor(data=data, sealers=processes if is_shared else 0)
    supervisor.heed_signals()
    supervisor.run()
