"""`puente bench`: measure beside named peers, in a process of its own."""

import subprocess
import sys

import typer

from app.command_line import Commands

bench_app = Commands()


@bench_app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="puente bench kernel · puente bench national --rows 100000",
)
def bench(context: typer.Context) -> None:
    """Run the bench in a process of its own."""
    raise typer.Exit(subprocess.run([sys.executable, "-m", "bench", *context.args], check=False).returncode)  # noqa: S603 - our own module
