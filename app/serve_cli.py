"""`puente serve`: the API, the pages and the bundle of a folder on one port."""

import socket
from typing import Annotated

import structlog
import typer
import uvicorn

from app.command_line import Commands, stop
from app.folder import DataFolder, settings_of
from app.following import following
from app.language import SETTINGS
from app.language import told as _t
from app.logs import set_up_logs
from app.main import create_app
from app.opening import open_world, take_up
from app.settings import Settings
from app.told_outside import contradicted
from app.worker import tending

serve_app = Commands()
_log = structlog.get_logger()


@serve_app.command(epilog="puente serve --data demo-out --port 8710")
def serve(
    port: Annotated[int, typer.Option(help=_t("Puerto.", "Port."))] = SETTINGS.port,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Serve the app with the data of a folder."""
    serve_world(settings_of(data).model_copy(update={"port": port}))


def serve_world(settings: Settings) -> None:
    """The app on a folder, until it is stopped; exit 2 where another has the port."""
    port = settings.port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, port))
        except OSError:
            stop(f"el puerto {port} está ocupado; use --port", f"port {port} is taken; use --port")
    set_up_logs()
    with open_world(settings) as world, following(world), tending(world):
        if told := contradicted(world.engine, settings.data):  # what was published is served and judged all the same
            _log.error("database_went_back", step=",".join(told))
        take_up(world)
        typer.echo(_t(f"Puente sirve en http://{settings.host}:{port}/verifier/ (Ctrl+C para terminar)",
                      f"Puente serves at http://{settings.host}:{port}/verifier/ (Ctrl+C to stop)"))  # fmt: skip
        uvicorn.run(
            create_app(world), host=settings.host, port=port, log_level="warning", access_log=False, server_header=False
        )
