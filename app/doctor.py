"""`puente doctor`: is everything in order for this process to work. It looks; it mends nothing."""

from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.backup import LAST
from app.clock import MachineClock
from app.db import open_engine, reading
from app.doctor_machine import clock, disk, key_modes
from app.doctor_work import keys, lists, queue, webhooks, went_back
from app.findings import Finding, Say, tried
from app.opening import IN_PLACE, RESTORING
from app.pages import FOLDER, PAGES
from app.punctual import standing
from app.settings import Settings
from app.shelf import Shelf
from app.words import Language
from issuer import audit
from issuer.disputes.store import DisputeStore
from issuer.pickups.service import LIFE
from kernel.errors import PuenteError
from migrations.newest import is_up_to_date


def examine(settings: Settings, *, lang: Language) -> tuple[Finding, ...]:
    """Every finding, good or not."""

    def say(good: bool | None, es: str, en: str) -> Finding:
        return Finding(good=good, words=es if lang == "es" else en)

    engine = open_engine(settings.database_url)
    try:
        return (
            _folder(settings, say),
            disk(settings, say),
            _database(engine, say),
            clock(settings, engine, say),
            _bundle(settings, say),
            _publication(settings, engine, say),
            _disputes(settings, engine, say),
            *key_modes(settings, say),
            *keys(settings, engine, say),
            *lists(engine, say),
            *queue(engine, say),
            *webhooks(engine, say),
            _backup(settings, say),
            *_half_restored(settings, say),
            *_restored(engine, say),
            *went_back(settings, engine, say),
            _pages(say),
        )
    finally:
        engine.dispose()


def _pages(say: Say) -> Finding:
    return say(
        all((FOLDER / page.strip("/") / "index.html").is_file() for page in PAGES),
        "La página del verificador está construida.",
        "The verifier's page is built.",
    )


_BACKUP_HOURS: Final = 25


def _folder(settings: Settings, say: Say) -> Finding:
    name = settings.data
    if name.is_dir():
        return say(True, f"La carpeta {name} existe.", f"The folder {name} exists.")
    return say(
        False,
        f"Falta la carpeta {name}: use puente demo o puente migrate.",
        f"No folder {name}: use puente demo or puente migrate.",
    )


def _database(engine: Engine, say: Say) -> Finding:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            current = is_up_to_date(connection)
    except SQLAlchemyError:
        return say(False, "La base de datos no responde.", "The database does not answer.")
    if current:
        return say(True, "La base de datos responde y está al día.", "The database answers and is up to date.")
    return say(False, "La base de datos necesita puente migrate.", "The database needs puente migrate.")


def _bundle(settings: Settings, say: Say) -> Finding:
    clock = MachineClock()
    try:
        bundle = Shelf(folder=settings.data, clock=clock)()
    except (PuenteError, OSError):
        return say(False, "La lista de confianza no se puede instalar.", "The trust bundle cannot be installed.")
    if bundle is None:
        return say(False, "Todavía no hay lista de confianza.", "There is no trust bundle yet.")
    if bundle.timestamp_expires <= clock.now():
        return say(
            False,
            f"La lista {bundle.version} hay que firmarla de nuevo.",
            f"Bundle {bundle.version} has to be signed again.",
        )
    return say(
        True, f"La lista de confianza {bundle.version} está en vigor.", f"Trust bundle {bundle.version} is in force."
    )


def _publication(settings: Settings, engine: Engine, say: Say) -> Finding:
    """How long ago lists and bundle were signed anew, and whether that is too long: an alarm (TRUST section 6)."""
    now = MachineClock().now()
    try:
        with reading(engine) as session:
            told = standing(session)
    except (PuenteError, SQLAlchemyError):
        return say(False, "No se sabe cuándo se publicó.", "When was published cannot be told.")
    if told.last is None:
        return say(tried(settings), "Todavía no se ha publicado.", "Nothing was published yet.")
    hours = int((now - told.last).total_seconds() // 3600)
    late = int(told.late(now).total_seconds() // 60)
    if late:
        return say(
            False,
            f"La publicación está tarde por {late} minutos; la última fue hace {hours} horas.",
            f"Publication is late by {late} minutes; the last one was {hours} hours ago.",
        )
    if told.left_out:
        names = ", ".join(sorted(told.left_out))
        es = f"En la lista publicada faltan emisores: {names}. Sus listas de estado no se pudieron firmar."
        return say(False, es, f"The published bundle lacks issuers: {names}. Their status lists could not be had.")
    return say(True, f"La última publicación fue hace {hours} horas.", f"Was published {hours} hours ago.")


def _half_restored(settings: Settings, say: Say) -> tuple[Finding, ...]:
    """That a restore was begun and not ended: until it is, the house does not open."""
    mark = settings.data / RESTORING
    if not mark.exists():
        return ()
    es, en = (
        ("puente restore --go-on", "puente restore --go-on again")
        if mark.read_bytes() == IN_PLACE
        else ("puente restore con la misma copia", "puente restore again with the same copy")
    )
    return (
        say(False, f"Una recuperación quedó a medias: llame otra vez a {es}.", f"A restore was not ended: call {en}."),
    )


def _restored(engine: Engine, say: Say) -> tuple[Finding, ...]:
    """That a copy was brought back, for as long as its slips would have lived: what people have to do after it."""
    now = MachineClock().now()
    try:
        with reading(engine) as session:
            last = audit.last_restore(session)
    except (PuenteError, SQLAlchemyError):
        return ()
    if last is None or now - last > LIFE:
        return ()
    return (
        say(
            None,
            f"El {last:%Y-%m-%d} se recuperó una copia: haga otra vez las hojas de entrega y los borrados de después.",
            f"On {last:%Y-%m-%d} a copy was restored: make the claim slips and the erasures after it again.",
        ),
    )


def _disputes(settings: Settings, engine: Engine, say: Say) -> Finding:
    """Whether a holder waits for an answer longer than the law lets her (TRUST sections 6 and 14)."""
    since = settings.working_days.overdue_before(MachineClock().now())
    try:
        with reading(engine) as session:
            late = DisputeStore(session=session).count_waiting(since)
    except (PuenteError, SQLAlchemyError):
        return say(False, "No se sabe si hay aclaraciones atrasadas.", "Whether disputes are late cannot be told.")
    if late:
        return say(
            False, f"Aclaraciones atrasadas: {late}. Vea puente disputes list.", f"Disputes that are late: {late}."
        )
    return say(True, "Ninguna aclaración está atrasada.", "No dispute is late.")


def _backup(settings: Settings, say: Say) -> Finding:
    """When the last backup was made; in production it may be a day old."""
    file = settings.data / LAST
    if not file.is_file():
        return say(tried(settings), "Todavía no hay copia de seguridad.", "There is no backup yet.")
    hours = int((MachineClock().now().timestamp() - file.stat().st_mtime) // 3600)
    good = hours < _BACKUP_HOURS
    return say(good, f"La última copia tiene {hours} horas.", f"The last backup is {hours} hours old.")
