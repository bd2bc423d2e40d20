"""`puente work`: the processes that do what is released, and publish by the clock. How is `app/supervisor.py`'s."""

from typing import Annotated

import typer

from app.command_line import Commands, stop
from app.folder import DataFolder, settings_of
from app.jobs import has_workers
from app.language import SETTINGS
from app.language import told as _t
from app.logs import set_up_logs
from app.opening import open_world
from app.own_keys import BRING, without_keys
from app.settings import Settings
from app.supervisor import Supervisor
from app.told_outside import contradicted

work_app = Commands()


@work_app.command(epilog="PUENTE_DATABASE=postgresql+psycopg://… puente work --processes 2")
def work(
    processes: Annotated[int, typer.Option(min=1, max=64, help=_t("Cuántos firman.", "How many seal."))] = 2,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Workers for the queue and the clock, until told to stop; on SQLite its server does the same by itself.

    Refuses to start where this process does not reach the keys of every issuer, and where the database went back.
    """
    set_up_logs()
    supervisor = Supervisor(data=data, sealers=processes if _is_ready(settings_of(data)) else 0)
    supervisor.heed_signals()
    supervisor.run()


def _is_ready(settings: Settings) -> bool:
    """Whether there is a queue to seal from; ends the command where the keys are not here. Raises Unavailable."""
    with open_world(settings) as world:
        if missing := ", ".join(without_keys(world.engine, world.keys)):
            stop(
                f"este proceso no tiene las llaves de: {missing}. No tomó ningún trabajo. {BRING[0]}",
                f"this process lacks the keys of: {missing}. It took no job. {BRING[1]}",
            )
        if told := ", ".join(contradicted(world.engine, world.settings.data)):
            stop(
                f"la base de datos no sigue de lo que ya se publicó ({told}). No se tomó ningún trabajo."
                " Vea puente doctor.",
                f"the database does not go on from what was published ({told}). No job was taken. See puente doctor.",
            )
        return has_workers(world.engine)
