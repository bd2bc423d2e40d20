"""`puente drill`: the worst day, rehearsed. A copy is brought back into an empty place and looked at, step by step.

No key is opened and nothing is signed, published or raised there: the house goes on meanwhile, and the place is thrown
away. Bringing a copy back in earnest is `app/bringing_back.py`'s.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from app.backup import restore
from app.command_line import Commands
from app.db import bring_up_to_date, open_engine, reading
from app.folder import DataFolder, settings_of
from app.language import SETTINGS
from app.language import told as _t
from app.log_files import CHECKPOINT, FOLDER, published
from app.settings import Settings
from issuer import audit
from issuer.logbook import require_root
from issuer.store import Ledger
from kernel.errors import PuenteError

drill_app = Commands()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the copy is brought back, and the folder of the house that it is compared with."""

    settings: Settings
    house: Path

    def bring_back(self, file: Path, secret: str) -> str:
        """Opened, put in place, brought up to date. Raises BadProof, Conflict, Unavailable."""
        began = time.monotonic()
        restore(self.settings, file, secret=secret)
        engine = open_engine(self.settings.database_url)
        bring_up_to_date(engine)
        engine.dispose()
        seconds = round(time.monotonic() - began)
        return _t(f"La copia se abrió y volvió en {seconds} s.", f"The copy opened and came back in {seconds} s.")

    def look(self, at: Callable[[Session], str]) -> str:
        """One look into the database that came back. Raises what the look raises."""
        engine = open_engine(self.settings.database_url)
        try:
            with reading(engine) as session:
                return at(session)
        finally:
            engine.dispose()

    def audit(self, session: Session) -> str:
        """Raises Conflict."""
        count, _ = audit.recompute(session)
        return _t(
            f"La auditoría está completa hasta la última línea de la copia: {count} líneas.",
            f"The audit chain is whole up to the copy's last line: {count} lines.",
        )

    def logs(self, session: Session) -> str:
        """Every log anew from its leaves, against its last checkpoint, and what the house published since."""
        ledger, entries, since = Ledger(session=session), 0, 0
        for issuer in ledger.issuers():
            point, size = ledger.checkpoint(issuer), 0
            if point is not None:
                require_root(ledger, issuer, point.size, point.root)
                size = point.size
            entries += size
            since += max(0, published(self.house / FOLDER / issuer / CHECKPOINT) - size)
        return _t(
            f"El registro está completo: {entries} asientos; otros {since} solo quedan en lo publicado.",
            f"The log is whole: {entries} entries; {since} more stand only in what was published.",
        )

    def unsealed(self, session: Session) -> str:
        """What would be sealed again."""
        waiting = len(Ledger(session=session).unsealed())
        return _t(f"Quedarían {waiting} bloques por firmar de nuevo.", f"{waiting} chunks would be sealed again.")


def rehearse(house: Settings, file: Path, *, secret: str, empty: str | None) -> Iterator[tuple[bool, str]]:
    """(passed, in words) step by step, until one does not. `empty` is a database for a copy of PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="puente-drill") as name:
        place = Place(settings=house.model_copy(update={"data": Path(name), "database": empty}), house=house.data)
        steps: tuple[Callable[[], str], ...] = (
            lambda: place.bring_back(file, secret),
            lambda: place.look(place.audit),
            lambda: place.look(place.logs),
            lambda: place.look(place.unsealed),
        )
        for step in steps:
            try:
                yield True, step()
            except PuenteError as error:
                yield False, f"{error.code}: {error.detail}"
                return


@drill_app.command(
    "drill",
    epilog="puente drill copia.pbk --key operador.txt",
)
def drill(
    file: Annotated[Path, typer.Argument(help=_t("Archivo de la copia.", "The copy's file."), exists=True)],
    key: Annotated[Path, typer.Option(help=_t("Archivo secreto de un operador.", "An operator's secret file."))],
    empty: Annotated[
        str | None, typer.Option(help=_t("Base vacía, si es de PostgreSQL.", "An empty database, of PostgreSQL."))
    ] = None,
    data: DataFolder = SETTINGS.data,
) -> None:
    """Exit 0 when every step passed. No key of an issuer is opened, and nothing is signed."""
    all_good = True
    for good, words in rehearse(settings_of(data), file, secret=key.read_text("utf-8", "replace"), empty=empty):
        typer.echo(f"{'✓' if good else '✗'} {words}")
        all_good = all_good and good
    raise typer.Exit(0 if all_good else 1)
