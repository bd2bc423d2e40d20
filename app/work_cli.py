"""`puente work`: the processes that do what is released, and publish by the clock. How is `app/supervisor.py`'s."""

from typing import Annotated

import typer

from app.command_line import Commands
from app.db import open_engine
from app.folder import DataFolder, settings_of
from app.jobs import has_workers
from app.language import SETTINGS
from app.language import told as _t
from app.logs import set_up_logs
from app.supervisor import Supervisor

work_app = Commands()


@work_app.command(epilog="PUENTE_DATABASE=postgresql+psycopg://… puente work --processes 2")
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
