"""`puente doctor`: is everything in order. What is looked at is `app/doctor.py`'s."""

from typing import Final

import typer

from app import doctor
from app.command_line import Commands
from app.folder import DataFolder, settings_of
from app.language import SETTINGS

doctor_app = Commands()
_MARKS: Final = {True: "✓", None: "!", False: "✗"}


@doctor_app.command("doctor", epilog="puente doctor --data puente-data")
def check_up(data: DataFolder = SETTINGS.data) -> None:
    """Look at data folder, database, keys, bundle, disk, clock."""
    findings = doctor.examine(settings_of(data), lang=SETTINGS.lang)
    for finding in findings:
        typer.echo(f"{_MARKS[finding.good]} {finding.words}")
    raise typer.Exit(1 if any(finding.good is False for finding in findings) else 0)
