"""The command line, `puente --help`: each command makes one call.

Spanish first; English with `PUENTE_LANG=en`. What the commands do stands in the files they call.
"""

import json
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer
import uvicorn

from app import doctor
from app.acts_cli import acts_app
from app.batches_cli import batches_app, work
from app.db import open_engine
from app.delta_command import delta_app
from app.demo.run import run_demo
from app.disputes_cli import disputes_app
from app.following import following
from app.house_cli import house_app
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.logs import set_up_logs
from app.main import create_app
from app.opening import open_world, take_up
from app.people_cli import people_app
from app.picture import PictureReader
from app.publish import publish
from app.receipt_words import tell_receipt, tell_refused_receipt
from app.reissue_cli import reissue_app
from app.settings import Settings
from app.slips import print_slips
from app.staff import KEY_HELP, AsJson, DataFolder, at_work, settings_of
from app.upkeep import erase_old
from app.verify_command import FILE_LIMIT, Judged, Receipted, Trust, is_missing_file, judge_all, open_trust
from app.wallet_cli import wallet_app
from app.webhooks_cli import webhooks_app
from app.words import tell
from app.worker import tending
from kernel.errors import PuenteError
from migrations.apply import upgrade
from schemas import codes
from schemas.json import JsonObject

cli = typer.Typer(
    name="puente",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help=_t(
        "Certificados en un código QR que se comprueban sin internet. (English: PUENTE_LANG=en)",
        "Credentials in a QR code, checked with no internet. (Español: PUENTE_LANG=es)",
    ),
    epilog=_t(
        "Ejemplos: puente demo · puente verify demo-out/qr/fila-003.png · puente serve --data demo-out",
        "Examples: puente demo · puente verify demo-out/qr/fila-003.png · puente serve --data demo-out",
    ),
)
cli.add_typer(house_app)
cli.add_typer(people_app, name="staff")
cli.add_typer(batches_app, name="batches")
cli.command(help=_t("Trabajadores de la cola (PostgreSQL).", "Workers of the queue (PostgreSQL)."))(work)
cli.add_typer(acts_app, name="acts")
cli.add_typer(wallet_app, name="wallet")
cli.add_typer(webhooks_app, name="webhooks")
cli.add_typer(disputes_app, name="disputes")
cli.add_typer(reissue_app, name="reissue")
cli.add_typer(delta_app)

_MARKS: Final = {True: "✓", None: "!", False: "✗"}
Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT…", help=_t("Texto, foto o archivo (- lee la entrada).", "Text, picture, file (- is stdin).")
    ),
]
BundleFile = Annotated[Path | None, typer.Option(help=_t("Lista de confianza (.puente).", "Trust bundle (.puente)."))]
RootFile = Annotated[Path | None, typer.Option(help=_t("Raíz fijada (root.json).", "Pinned root (root.json)."))]
AtTime = Annotated[str | None, typer.Option(help=_t("Juzgar a esta hora (ISO 8601).", "Judge at this time."))]
Letters = Annotated[str | None, typer.Option(help=_t("Letras del reto.", "The challenge's letters."))]
ShortName = Annotated[
    str | None, typer.Option(help=_t("Nombre corto que iba con el reto.", "Short name that went with the challenge."))
]


@cli.command(help=_t("Hace el trabajo principal con los datos de muestra.", "Run the main job on the demo data."))
def demo(
    out: Annotated[Path, typer.Option(help=_t("Dónde escribir.", "Where to write."))] = Path("demo-out"),
    cohort: Annotated[Path | None, typer.Option(help=_t("Otra cohorte CSV.", "Another cohort CSV."))] = None,
    serve_after: Annotated[
        bool, typer.Option("--serve/--no-serve", help=_t("Servirlo al final.", "Serve it after."))
    ] = True,
    port: Annotated[int, typer.Option(help=_t("Puerto.", "Port."))] = SETTINGS.port,
) -> None:
    """Run the main job, then serve it."""
    if cohort is not None and not cohort.is_file():
        _usage(_t(f"no existe el archivo {cohort}", f"there is no file {cohort}"))
    if not run_demo(out, cohort=cohort, lang=SETTINGS.lang, port=port, serves=serve_after):
        raise typer.Exit(1)
    if serve_after:
        _serve(settings_of(out), port)


@cli.command(help=_t("Sirve la API y la página del verificador.", "Serve the API and the verifier's page."))
def serve(
    port: Annotated[int, typer.Option(help=_t("Puerto.", "Port."))] = SETTINGS.port,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Serve the app with the data of a folder."""
    _serve(settings_of(data), port)


def _serve(settings: Settings, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, port))
        except OSError:
            _usage(_t(f"el puerto {port} está ocupado; use --port", f"port {port} is taken; use --port"))
    set_up_logs()
    with open_world(settings) as world, following(world), tending(world):
        take_up(world)
        typer.echo(_t(f"Puente sirve en http://{settings.host}:{port}/verifier/ (Ctrl+C para terminar)",
                      f"Puente serves at http://{settings.host}:{port}/verifier/ (Ctrl+C to stop)"))  # fmt: skip
        uvicorn.run(
            create_app(world), host=settings.host, port=port, log_level="warning", access_log=False, server_header=False
        )


@cli.command(
    help=_t(
        "Comprueba códigos, fotos o archivos con la lista de confianza.",
        "Check codes, photos or files with the bundle.",
    ),
    epilog=_t(
        "Ejemplos: puente verify foto.png · puente verify 'VC1-R…' · cat qr.txt | puente verify - --json",
        "Examples: puente verify photo.png · puente verify 'VC1-R…' · cat qr.txt | puente verify - --json",
    ),
)
def verify(
    inputs: Inputs,
    bundle: BundleFile = None,
    root: RootFile = None,
    at: AtTime = None,
    challenge: Letters = None,
    domain: ShortName = None,
    as_json: AsJson = False,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Judge inputs; exit 0 only when all are valid or valid_as_of."""
    now = _time(at)
    if bundle is not None and not bundle.is_file():
        _usage(_t(f"no existe el archivo {bundle}", f"there is no file {bundle}"))
    folder = data if bundle is not None or (data / "bundle.puente").exists() else Path("demo-out")
    trust = open_trust(bundle, root=root, data=folder, now=min(now, datetime.now(UTC)))
    if trust.root == "first-use":
        es = f"Aviso: confío en la raíz que trae la lista (SHA-256 {trust.fingerprint}). Fíjela con --root."
        en = f"Note: I trust the root that came in the bundle (SHA-256 {trust.fingerprint}). Pin it with --root."
        typer.echo(_t(es, en), err=True)
    if trust.root == "none":
        typer.echo(_t("Aviso: no hay lista de confianza; use --bundle ARCHIVO o --data CARPETA.",
                      "Note: there is no trust bundle; use --bundle FILE or --data FOLDER."), err=True)  # fmt: skip
    for name in inputs:
        if is_missing_file(name):
            _usage(_t(f"no encuentro el archivo {name}", f"I cannot find the file {name}"))
    stdin = sys.stdin.buffer.read(FILE_LIMIT + 1) if "-" in inputs else b""
    asked = {"challenge": challenge, "domain": domain}
    judged = judge_all(inputs, stdin=stdin, trust=trust, picture=PictureReader(), now=now, **asked)
    if as_json:
        typer.echo(json.dumps([_to_json(one, trust) for one in judged], ensure_ascii=False, indent=1))
    else:
        typer.echo("\n\n".join(_told(one, trust) for one in judged))
    raise typer.Exit(0 if judged and all(one.good for one in judged) else 1)


def _to_json(one: Judged | Receipted, trust: Trust) -> JsonObject:
    if isinstance(one, Receipted):
        return one.to_json()
    return {"input": one.input, "root": trust.root, **one.report.to_json()}


def _told(one: Judged | Receipted, trust: Trust) -> str:
    if isinstance(one, Judged):
        return tell(one.report, trust.bundle, SETTINGS.lang)
    if one.receipt is None:
        return tell_refused_receipt(str(one.refused), SETTINGS.lang)
    return tell_receipt(one.receipt, trust.bundle, SETTINGS.lang)


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        _usage(_t("la hora se escribe como 2026-11-22T12:00:00Z", "write the time like 2026-11-22T12:00:00Z"))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _usage(text: str) -> NoReturn:
    typer.echo(f"puente: {text}", err=True)
    raise typer.Exit(2)


@cli.command(help=_t("Pone al día la base de datos.", "Bring the database up to date."))
def migrate(data: DataFolder = SETTINGS.data) -> None:
    """Run the revisions that are missing."""
    data.mkdir(parents=True, exist_ok=True)
    upgrade(open_engine(settings_of(data).database_url))
    typer.echo(_t("La base de datos está al día.", "The database is up to date."))


@cli.command(
    "publish", help=_t("Firma y publica los estados y la lista de confianza.", "Sign and publish statuses and bundle.")
)
def publish_now(data: DataFolder = SETTINGS.data) -> None:
    """Every issuer's lists and the next bundle around them; a running server takes it up by itself. Old data goes."""
    with open_world(settings_of(data)) as world:
        made = publish(world)
        erase_old(world)
    typer.echo(_t(f"Publicada la lista {made.versions.snapshot}.", f"Published list {made.versions.snapshot}."))


@cli.command(
    context_settings=NAMES,
    help=_t(
        "Imprime las hojas de reclamo de un lote o de un certificado, y sus PIN aparte.",
        "Print the claim slips of a batch or of one credential, and their PINs apart.",
    ),
    epilog=_t(
        f"Ejemplo: PUENTE_KEY=pte_… puente slips LOTE --data puente-data --out hojas · {KEY_HELP}",
        f"Example: PUENTE_KEY=pte_… puente slips BATCH --data puente-data --out slips · {KEY_HELP}",
    ),
)
def slips(
    name: Annotated[str, typer.Argument(metavar="BATCH|CREDENTIAL", help=_t("Lote o certificado.", "Which."))],
    out: Annotated[Path, typer.Option(help=_t("Carpeta para los dos archivos.", "Folder for both files."))],
    data: DataFolder = SETTINGS.data,
) -> None:
    """New offers end those that were open; claim.pdf and pin.pdf are handed over apart."""
    with at_work(data, "pickup", "create") as (world, by):
        done = print_slips(world, name, out, by=by)
    typer.echo(_t(f"{done.made} hojas en {out}: claim.pdf y, aparte, pin.pdf. Sin hoja: {done.left}.",
                  f"{done.made} slips in {out}: claim.pdf and, apart, pin.pdf. No slip: {done.left}."))  # fmt: skip
    if done.again:
        typer.echo(_t(f"{done.again} las hizo ya una orden que se interrumpió: llevan los mismos códigos.",
                      f"{done.again} were made by a command that was stopped: they bear the same codes."))  # fmt: skip
    if done.ended:
        typer.echo(_t(f"{done.ended} hojas anteriores dejaron de servir: entregue solo estas.",
                      f"{done.ended} earlier slips work no more: hand out these alone."))  # fmt: skip


@cli.command(
    help=_t("Mide junto a otros (kernel, bulk, national…).", "Measure beside peers (kernel, bulk, national…)."),
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def bench(context: typer.Context) -> None:
    """Run the bench in a process of its own."""
    raise typer.Exit(subprocess.run([sys.executable, "-m", "bench", *context.args], check=False).returncode)  # noqa: S603 - our own module


@cli.command("doctor", help=_t("Revisa si todo está en orden.", "Check whether all is in order."))
def check_up(data: DataFolder = SETTINGS.data) -> None:
    """Look at data folder, database, keys, bundle, disk, clock."""
    findings = doctor.examine(settings_of(data), lang=SETTINGS.lang)
    for finding in findings:
        typer.echo(f"{_MARKS[finding.good]} {finding.words}")
    raise typer.Exit(1 if any(finding.good is False for finding in findings) else 0)


def main() -> None:
    """The console script: our errors become one clear line and exit code 2."""
    try:
        cli()
    except PuenteError as error:
        row = codes.CODES[error.code]
        where = f" ({error.pointer})" if error.pointer else ""
        typer.echo(f"puente: {_t(row.title_es, row.title_en)}{where} [{error.code}: {error.detail}]", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
