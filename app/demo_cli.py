"""`puente demo`: the main job on the demo data, from two cohorts to checked codes, and the pages to try it with."""

from pathlib import Path
from typing import Annotated

import typer

from app.command_line import Commands, stop
from app.demo.run import run_demo
from app.folder import DEMO
from app.language import SETTINGS
from app.language import told as _t
from app.serve_cli import serve_world

demo_app = Commands()


@demo_app.command(epilog="puente demo · puente demo --cohort cohorte.csv --no-serve")
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
        stop(f"no existe el archivo {cohort}", f"there is no file {cohort}")
    if not run_demo(out, cohort=cohort, lang=SETTINGS.lang, port=port, serves=serve_after):
        raise typer.Exit(1)
    if serve_after:
        serve_world(SETTINGS.model_copy(update={"data": out, "port": port, **DEMO}))
