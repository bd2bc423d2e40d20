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
from issuer.batches.sources import COHORT_TYPE
from issuer.cohort_file import COLUMNS, OPERATOR
from schemas import credential_types
from schemas.credential_types import CredentialType
from schemas.issuance import BatchView, CohortChoices, FormChoices
from schemas.row_types import TYPES

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
    epilog="puente batches check cohort.csv --as-of 2026-11-20 --norm 290801106:1 · "
    "puente batches check cursos.xlsx --type C08 --as-of 2026-11-20 --reason 'Curso 000145'",
)
def check(
    file: Annotated[Path, typer.Argument(help=_t("El archivo.", "The file."), exists=True, dir_okay=False)],
    as_of: Annotated[str, typer.Option(help=_t("Ningún juicio es posterior.", "No judgement is later."))],
    norm: Annotated[list[str] | None, typer.Option(help=_t("Código:versión, cada norma.", "Code:version."))] = None,
    type_: Annotated[
        str, typer.Option("--type", help=_t("Qué se emite (`puente batches types`).", "What is issued (… types)."))
    ] = COHORT_TYPE,
    reason: Annotated[str, typer.Option(help=_t("De dónde vienen las filas.", "Where the rows come from."))] = "",
    twin: Annotated[
        bool, typer.Option(help=_t("Con cada pase, su credencial completa.", "A full credential beside each pass."))
    ] = True,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The same file with the same choices is the same batch."""
    cohort = _choices(as_of, norm or [], twin=twin) if type_ == COHORT_TYPE else None
    form = None if cohort is not None else _form_choices(type_, as_of, reason or file.name)
    with at_work(data, "batch", "create") as (world, by):
        with file.open("rb") as source, tell_reading(source), world.doors()[Batches]() as opened:
            if form is not None:
                batch = opened.check_form(source, form, by=by, form=None, bound=OPERATOR)
            elif cohort is not None:
                batch = opened.check_cohort(source, cohort, by=by, bound=OPERATOR)
        with world.doors()[Batches]() as opened:
            _tell(opened.look(batch, by=by), as_json)


@batches_app.command(help=_t("Qué se emite de qué archivo.", "What is issued from which file."))
def types() -> None:
    """Each type with the columns of its file; those in brackets may be left out."""
    cohort = ", ".join(COLUMNS)
    typer.echo(f"{COHORT_TYPE}  {_titled(credential_types.find(COHORT_TYPE))}\n      SECCL: {cohort}")
    for id_, kind in TYPES.items():
        must = [_t(field.es, field.en) for field in kind.must]
        may = [f"[{_t(field.es, field.en)}]" for field in kind.may]
        typer.echo(f"{id_}  {_titled(kind.type)}\n      {', '.join(must + may)}")


def _titled(kind: CredentialType | None) -> str:
    return "" if kind is None else _t(kind.title_es, kind.title_en)


def _form_choices(type_: str, as_of: str, reason: str) -> FormChoices:
    try:
        return FormChoices(type=type_, as_of=date.fromisoformat(as_of), reason=reason)
    except ValueError:
        raise typer.BadParameter(_t("la fecha es AAAA-MM-DD", "dates are YYYY-MM-DD")) from None


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
    typer.echo(_t(f"{view.type}: {view.title}", f"{view.type}: {view.title_en}"))
    es = f"Emite {view.issue}, no emite {view.skip}, con error {view.error}; listas {view.sealed}."
    en = f"Issues {view.issue}, passes over {view.skip}, in error {view.error}; sealed {view.sealed}."
    typer.echo(_t(es, en))


def work(
    processes: Annotated[int, typer.Option(min=1, max=64, help=_t("Cuántos firman.", "How many seal."))] = 2,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Workers for the queue and the clock, until told to stop; on SQLite its server does the same by itself."""
    set_up_logs()
    is_shared = has_workers(open_engine(settings_of(data).database_url))
    supervisor = Supervisor(data=data, sealers=processes if is_shared else 0)
    supervisor.heed_signals()
    supervisor.run()
