"""`puente batches`: a cohort at the machine itself, up to a country's: checked, corrected; its turns and its rows.

The same services as over HTTP, by the person of an API key (`app/staff.py`); a file may be 512 MiB or 3,000,000 rows,
is read as a stream, and how far it has come is told on standard error (`app/progress.py`). No rule lives here.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from app.batch_rows_cli import Named, issued_already, rows_app, tell_batch
from app.batch_turns_cli import turns_app
from app.command_line import Commands
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.progress import tell_reading
from app.staff import KEY_HELP, at_work, said
from issuer.batches.service import Batches
from issuer.batches.sources import COHORT_TYPE
from issuer.cohort_file import COLUMNS, OPERATOR
from schemas import credential_types
from schemas.credential_types import CredentialType
from schemas.issuance import CohortChoices, FormChoices
from schemas.row_types import TYPES

batches_app = Commands(
    epilog="PUENTE_KEY=pte_… puente batches check cohort.csv --as-of 2026-11-20 --norm 290801106:1 · " + KEY_HELP
)
Source = Annotated[Path, typer.Argument(help=_t("El archivo.", "The file."), exists=True, dir_okay=False)]
Encoding = Literal["utf-8", "windows-1252", "utf-16"]
Separator = Literal["comma", "semicolon", "tab"]
_SEPARATORS: Final[dict[Separator | None, Literal[",", ";", "\t"] | None]] = {
    "comma": ",", "semicolon": ";", "tab": "\t", None: None,
}  # fmt: skip


@batches_app.command(
    context_settings=NAMES,
    help=_t(
        "Revisa cada fila de un archivo; no emite nada. Código de salida 1 si hay filas con error.",
        "Judge every row of a file; nothing is issued. Exit code 1 where rows are in error.",
    ),
    epilog="puente batches check cohort.csv --as-of 2026-11-20 --norm 290801106:1 · "
    "puente batches check cursos.xlsx --type C08 --as-of 2026-11-20 --reason 'Curso 000145'",
)
def check(
    file: Source,
    as_of: Annotated[str, typer.Option(help=_t("AAAA-MM-DD: nada es posterior.", "YYYY-MM-DD: nothing is later."))],
    norm: Annotated[list[str] | None, typer.Option(help=_t("Código:versión, cada norma.", "Code:version."))] = None,
    type_: Annotated[
        str, typer.Option("--type", help=_t("Qué se emite (`puente batches types`).", "What is issued (… types)."))
    ] = COHORT_TYPE,
    reason: Annotated[str, typer.Option(help=_t("De dónde vienen las filas.", "Where the rows come from."))] = "",
    document_type: Annotated[
        str, typer.Option(help=_t("De qué documento es el número.", "Which document the number is of."))
    ] = "PPT",
    encoding: Annotated[Encoding | None, typer.Option(help=_t("Si no, se detecta.", "Else it is found out."))] = None,
    separator: Annotated[Separator | None, typer.Option(help=_t("Si no, se detecta.", "Else it is found out."))] = None,
    twin: Annotated[
        bool, typer.Option(help=_t("Con cada pase, su credencial completa.", "A full credential beside each pass."))
    ] = True,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """The same file with the same choices is the same batch. Exit code 1 where rows are in error."""
    read: dict[str, Any] = {"encoding": encoding, "separator": _SEPARATORS[separator]}
    if type_ == COHORT_TYPE:
        choices = _choices(as_of, norms=norm or [], document_type=document_type, twin=twin, **read)
    else:
        choices = _choices(as_of, type=type_, reason=reason or file.name, **read)
    with at_work(data, "batch", "create") as (world, by):
        with file.open("rb") as source, tell_reading(source), world.doors()[Batches]() as opened:
            judge = opened.check_cohort if isinstance(choices, CohortChoices) else opened.check_form
            batch = judge(source, choices, by=by, form=None, bound=OPERATOR)
        with world.doors()[Batches]() as opened:
            view = opened.look(batch, by=by)
        if view.released is not None:
            typer.echo(issued_already(view.id, view.released), err=True)
        tell_batch(view, as_json=as_json)
    raise typer.Exit(1 if view.error else 0)


@batches_app.command(
    context_settings=NAMES,
    help=_t("Recibe un archivo corregido de un lote.", "Take in a corrected file for a batch."),
    epilog="puente batches correct BATCH corregido.csv",
)
def correct(batch: Named, file: Source, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """The whole file or just those rows; only what was in error goes on, as a batch of its own."""
    with at_work(data, "batch", "create") as (world, by):
        with file.open("rb") as source, tell_reading(source):
            child = world.desk.correct(batch, source, by=by, form=None, bound=OPERATOR)
        tell_batch(child, as_json=as_json)


@batches_app.command(
    help=_t("Qué se emite de qué archivo.", "What is issued from which file."), epilog="puente batches types"
)
def types() -> None:
    """Each type with the columns of its file; those in brackets may be left out."""
    cohort = ", ".join(COLUMNS)
    typer.echo(f"{COHORT_TYPE}  {_titled(credential_types.find(COHORT_TYPE))}\n      SECCL: {cohort}")
    for id_, kind in TYPES.items():
        must = [_t(field.es, field.en) for field in kind.must]
        may = [f"[{_t(field.es, field.en)}]" for field in kind.may]
        typer.echo(f"{id_}  {_titled(kind.type)}\n      {', '.join(must + may)}")


def _choices(as_of: str, *, norms: list[str] | None = None, **more: object) -> CohortChoices | FormChoices:
    """What is chosen for a cohort where norms are said, else for a file of rows. Raises BadParameter."""
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        raise typer.BadParameter(_t("la fecha es AAAA-MM-DD", "dates are YYYY-MM-DD")) from None
    if norms is None:
        return said(FormChoices, as_of=day, **more)
    versions = {code: version for code, _, version in (each.partition(":") for each in norms)}
    return said(CohortChoices, as_of=day, norm_versions=versions, **more)


def _titled(kind: CredentialType | None) -> str:
    return "" if kind is None else _t(kind.title_es, kind.title_en)


batches_app.add_typer(turns_app)
batches_app.add_typer(rows_app)
