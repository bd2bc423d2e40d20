"""`puente verify`: judge texts, pictures and files by a bundle alone. How is `app/verify_command.py`'s."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.command_line import Commands, stop
from app.folder import AsJson, DataFolder
from app.language import SETTINGS
from app.language import told as _t
from app.picture import PictureReader
from app.receipt_words import tell_receipt, tell_refused_receipt
from app.verify_command import FILE_LIMIT, Judged, Receipted, Trust, is_missing_file, judge_all, open_trust
from app.words import tell
from schemas.json import JsonObject

verify_app = Commands()

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


@verify_app.command(
    epilog=_t(
        "puente verify foto.png · puente verify 'VC1-R…' · cat qr.txt | puente verify - --json",
        "puente verify photo.png · puente verify 'VC1-R…' · cat qr.txt | puente verify - --json",
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
        stop(f"no existe el archivo {bundle}", f"there is no file {bundle}")
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
            stop(f"no encuentro el archivo {name}", f"I cannot find the file {name}")
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
        stop("la hora se escribe como 2026-11-22T12:00:00Z", "write the time like 2026-11-22T12:00:00Z")
    return at if at.tzinfo else at.replace(tzinfo=UTC)
