"""`puente batches list|look|findings|wrong|credentials|sample|corrections`: what is known of batches and their rows."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app.claim_words import compared
from app.command_line import Commands
from app.files import require_free, write_whole
from app.folder import AsJson, DataFolder
from app.language import NAMES, SETTINGS, choices, figure
from app.language import told as _t
from app.staff import all_of, at_work, print_rows, print_view
from issuer.batches.service import Batches
from issuer.cohort_words import WARNINGS
from issuer.mending.service import Mending
from kit.words import HERE
from schemas.counter import BatchSample, MendingView
from schemas.issuance import BatchView, CredentialView, FindingView, Outcome

rows_app = Commands()
Named = Annotated[str, typer.Argument(metavar="BATCH", help=_t("El lote.", "The batch."))]
_STATES: Final = {
    "checked": _t("revisado", "checked"),
    "proposed": _t("espera a otra persona", "waits for another person"),
    "released": _t("en emisión", "being issued"),
    "done": _t("emitido", "issued"),
    "refused": _t("rechazado", "refused"),
}
_OUTCOMES: Final = {
    "issue": _t("se emite", "issued"),
    "skip": _t("no se emite", "passed over"),
    "error": _t("por corregir", "to be corrected"),
}
_SEPARATORS: Final = {
    ",": _t("comas", "commas"),
    ";": _t("punto y coma", "semicolons"),
    "\t": _t("tabulador", "tabs"),
}
_PROFILES: Final = {
    "interview": _t("Entrevista", "Interview"),
    "hiring": _t("Contratación", "Hiring"),
    "badge": _t("Credencial completa", "Full credential"),
}


@rows_app.command(
    "list",
    help=_t("Muestra los lotes.", "Show the batches."),
    epilog="puente batches list · puente batches list --json",
)
def list_batches(as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Those of the issuer and the centre, all pages."""
    with at_work(data, "batch", "read") as (world, by):
        rows = all_of(world, Batches, lambda opened, after, most: opened.list(by=by, after=after, limit=most))
        print_rows(rows, _line, as_json=as_json, none=_t("No hay lotes.", "There are no batches."))


@rows_app.command(
    context_settings=NAMES,
    help=_t("Muestra cómo va un lote.", "Show how far a batch has come."),
    epilog="puente batches look BATCH · puente batches look BATCH --json",
)
def look(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Its counts, and what was promised and sealed of it."""
    with at_work(data, "batch", "read") as (world, by), world.doors()[Batches]() as opened:
        tell_batch(opened.look(batch, by=by), as_json=as_json)


@rows_app.command(
    context_settings=NAMES,
    help=_t("Muestra las filas con error, saltadas o con aviso.", "Show rows in error, passed over or with a warning."),
    epilog="puente batches findings BATCH --outcome error",
)
def findings(
    batch: Named,
    outcome: Annotated[Outcome | None, typer.Option(help=choices(_OUTCOMES))] = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Row, column, code and how to mend it; never a value of the row."""
    english = SETTINGS.lang == "en"
    with at_work(data, "batch", "read") as (world, by):
        rows = all_of(
            world,
            Batches,
            lambda opened, after, most: opened.findings(
                batch, by=by, outcome=outcome, after=int(after or 0), limit=most, is_english=english
            ),
        )
        print_rows(rows, _finding, as_json=as_json, none=_t("No hay ninguna.", "There are none."))


@rows_app.command(
    context_settings=NAMES,
    help=_t("Guarda en un archivo las filas por corregir.", "Keep the rows to be corrected in a file."),
    epilog="puente batches wrong BATCH --out por-corregir.csv",
)
def wrong(
    batch: Named,
    out: Annotated[Path, typer.Option(help=_t("El archivo, que todavía no existe.", "The file, which is not there."))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """As CSV or .xlsx, whichever came; before its cells, what is wrong with each row. Mended, they come back by
    `correct`. Who takes them is written down."""
    require_free(out)
    with at_work(data, "batch", "change") as (world, by):
        file, _ = world.desk.wrong_rows(batch, by=by, is_english=SETTINGS.lang == "en")
        with file:
            write_whole(out, file.read(), mode=0o600)
    typer.echo(_t(f"Quedaron en {out}.", f"They are in {out}."))


@rows_app.command(
    context_settings=NAMES,
    help=_t("Muestra los certificados de un lote.", "Show the credentials of a batch."),
    epilog="puente batches credentials BATCH --json",
)
def credentials(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """By their outside names, in the order of its rows."""
    with at_work(data, "batch", "read") as (world, by):
        rows = all_of(
            world,
            Batches,
            lambda opened, after, most: opened.credentials(batch, by=by, after=int(after or 0), limit=most),
        )
        print_rows(rows, _credential, as_json=as_json, none=_t("Todavía no hay.", "There are none yet."))


@rows_app.command(
    context_settings=NAMES,
    help=_t("Muestra diez filas al azar, para comparar con los papeles.", "Show ten rows by chance, to compare."),
    epilog="puente batches sample BATCH",
)
def sample(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """With what their credentials would say; the same to you each time. Who looks is written down. When you
    release, say which you compared."""
    with at_work(data, "batch", "read") as (world, by):
        print_view(world.desk.sample(batch, by=by), _sample, as_json=as_json)


@rows_app.command(
    context_settings=NAMES,
    help=_t("Muestra qué archivos corrigen un lote.", "Show which files correct a batch."),
    epilog="puente batches corrections BATCH",
)
def corrections(batch: Named, as_json: AsJson = False, data: DataFolder = SETTINGS.data) -> None:
    """Row by row, and which batch it corrects itself."""
    with at_work(data, "batch", "read") as (world, by), world.doors()[Mending]() as opened:
        print_view(opened.look(batch, by=by), _mending, as_json=as_json)


def tell_batch(view: BatchView, *, as_json: bool) -> None:
    """A batch as it stands."""
    print_view(view, _told, as_json=as_json)


def issued_already(batch: str, at: datetime, *, again: int = 0) -> str:
    """What is said of a file that was issued before; `again` rows of it at most would go out a second time now."""
    day = f"{at.astimezone(HERE):%Y-%m-%d}"
    if again:
        return _t(
            f"Este mismo archivo ya se emitió como lote {batch} el {day}, con otras opciones. Con las de ahora saldrían"
            f" por segunda vez hasta {figure(again)} filas. Compare antes las versiones de norma y la codificación.",
            f"This very file was issued already as batch {batch} on {day}, with other choices. With those of now up to"
            f" {figure(again)} rows would go out a second time. Compare the norms' versions and the encoding first.",
        )
    return _t(
        f"Este mismo archivo ya se emitió como lote {batch} el {day}: nada se emite dos veces.",
        f"This very file was issued already as batch {batch} on {day}: nothing is issued twice.",
    )


def _line(view: BatchView) -> str:
    what = None if view.norm is None else view.norm.title if SETTINGS.lang == "es" else view.norm.title_en
    title = what or _t(view.title, view.title_en)
    mends = "" if view.corrects is None else _t(f"  corrige {view.corrects}", f"  corrects {view.corrects}")
    return f"{view.id}  {_state(view)}  {figure(view.sealed)}/{figure(view.issue)}  {view.type}: {title}{mends}"


def _state(view: BatchView) -> str:
    return _t("en pausa", "paused") if view.paused else _STATES[view.state]


def _told(view: BatchView) -> str:
    issue, skip, error, done = map(figure, (view.issue, view.skip, view.error, view.sealed))
    es = f"Filas que se emiten: {issue}; que no se emiten: {skip}; por corregir: {error}. Ya emitidas: {done}."
    en = f"Rows to be issued: {issue}; passed over: {skip}; to be corrected: {error}. Issued so far: {done}."
    title = f"{view.type}: {_t(view.title, view.title_en)}"
    warned = figure(view.warned)
    look = [_t(f"Con un aviso que mirar: {warned}.", f"With a warning to look at: {warned}.")] if view.warned else []
    stopped = [_t("En pausa: no se promete nada más.", "Paused: nothing more is promised.")] if view.paused else []
    former = view.issued_before
    before = [] if former is None else [issued_already(former.id, former.released, again=former.again)]
    head = [f"{view.id}  {_state(view)}  {view.digest}", title, *_file(view)]
    return "\n".join([*head, _t(es, en), *before, *look, *stopped])


def _file(view: BatchView) -> list[str]:
    """How the file was read, as the console says it, and what is warned of it as a whole."""
    if view.file is None:
        return []
    read = _t("Leído como libro de Excel.", "Read as an Excel workbook.")
    if view.file.encoding is not None and view.file.separator is not None:
        encoding, separator = view.file.encoding.upper(), _SEPARATORS[view.file.separator]
        read = _t(f"Leído como {encoding}, separado por {separator}.", f"Read as {encoding}, separated by {separator}.")
    warned = [WARNINGS[code] for code in view.warnings]
    told = [" ".join(filter(None, (_t(word.es, word.en), _t(word.mend_es, word.mend_en)))) for word in warned]
    return [read, *(_t(f"Aviso de todo el archivo: {one}", f"Warning of the whole file: {one}") for one in told)]


def _finding(one: FindingView) -> str:
    where = f"{_t('fila', 'row')} {one.row}" + (f", {one.column}" if one.column else "")
    why = ", ".join(part for part in (one.code, *one.warnings) if part)
    return f"{where}  {_OUTCOMES[one.outcome]}  [{why}]  {one.sentence} {one.mend}".rstrip()


def _credential(one: CredentialView) -> str:
    return f"{one.id}  {_t('fila', 'row')} {one.row}  {_PROFILES[one.profile]}"


def _sample(drawn: BatchSample) -> str:
    return "\n".join(map(compared, drawn.rows))


def _mending(view: MendingView) -> str:
    parent = [] if view.parent is None else [_t("Corrige el lote ", "Corrects batch ") + view.parent.id]
    children = [
        f"{one.batch.id}  {_t('arregla las filas', 'mends rows')} {', '.join(map(str, one.mended))}"
        for one in view.corrections
    ]
    return "\n".join(parent + children) or _t("Nadie lo ha corregido.", "Nobody has corrected it.")
