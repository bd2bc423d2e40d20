"""What `puente doctor` asks of the house at work: its keys, its workers, whom it tells. It looks, and makes nothing."""

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app import jobs
from app.db import reading
from app.findings import Finding, Say, tried
from app.opening import has_store, open_keys
from app.own_keys import BRING, missing
from app.settings import Settings
from app.signing_client import SigningClient
from app.told_outside import contradicted
from issuer.room import FEW, rooms
from issuer.store import Ledger
from issuer.webhooks.service import is_failing
from issuer.webhooks.store import WebhookStore
from kernel.errors import PuenteError
from kernel.ports import KeyStore


def keys(settings: Settings, engine: Engine, say: Say) -> tuple[Finding, ...]:
    """At which rung keys are kept, whether what holds them answers, and has those of every issuer (TRUST section 7)."""
    if settings.rung == "K0":
        found = say(
            tried(settings),
            "Las llaves están en el peldaño K0: solo para pruebas.",
            "Keys are at rung K0: to try things.",
        )
        return found, *_at_hand(settings, engine, say)
    try:
        SigningClient(socket=settings.socket).ping()
    except PuenteError:
        return (say(False, "El proceso que firma no responde: puente sign.", "Nobody signs: puente sign."),)
    found = say(True, f"El proceso que firma responde ({settings.rung}).", f"The signer answers ({settings.rung}).")
    return found, *_at_hand(settings, engine, say)


def _at_hand(settings: Settings, engine: Engine, say: Say) -> tuple[Finding, ...]:
    try:
        with reading(engine) as session:
            kept = _kept(settings)
            issuers = Ledger(session=session).issuers()
            lacking = ", ".join(issuers if kept is None else missing(session, kept))
    except SQLAlchemyError:  # no rows yet, or an old schema: the database's own finding tells it
        return ()
    except PuenteError:
        return (say(False, "Las llaves no se abren.", "The keys do not open."),)
    if lacking:
        es, en = f"Faltan las llaves de: {lacking}. {BRING[0]}", f"The keys of these are missing: {lacking}. {BRING[1]}"
        return (say(False, es, en),)
    if not issuers:
        return ()
    return (say(True, "Las llaves de todos los emisores abren aquí.", "The keys of all issuers open here."),)


def _kept(settings: Settings) -> KeyStore | None:
    """The keys of this process, or None where there is no store: to open one that is not there would make it."""
    if settings.rung != "K0":
        return SigningClient(socket=settings.socket)
    return open_keys(settings) if has_store(settings) else None


def lists(engine: Engine, say: Say) -> tuple[Finding, ...]:
    """Which types of which issuers have no places left in their status lists, or few; nothing where all have."""
    try:
        with reading(engine) as session:
            short = [room for room in rooms(session) if room.left < FEW]
    except (PuenteError, SQLAlchemyError):  # an old schema: the database's own finding tells it
        return ()
    return tuple(
        say(
            None if room.left else False,
            f"A las listas de estado de {room.issuer} para {room.family} les quedan {room.left} lugares, y sin lugar no"
            f" se emite. Abra otras: puente lists {room.issuer} --list {room.family}",
            f"The status lists of {room.issuer} for {room.family} have {room.left} places left, and nothing is issued"
            f" without one. Open others: puente lists {room.issuer} --list {room.family}",
        )
        for room in short
    )


def queue(engine: Engine, say: Say) -> tuple[Finding, ...]:
    """Whether somebody works, and gets done what is begun; nothing where there is no queue."""
    if not jobs.has_workers(engine):
        return ()
    try:
        with reading(engine) as session:
            told = jobs.depth(session)
    except (PuenteError, SQLAlchemyError):
        return (say(False, "No se sabe cómo van los trabajos.", "How work goes cannot be told."),)
    found = [
        say(True, f"Hay {told.workers} trabajadores.", f"{told.workers} workers are heard.")
        if told.workers
        else say(
            False,
            "Ningún trabajador responde: nada se emite ni se publica a tiempo. Haga correr puente work.",
            "No worker is heard: nothing is issued, nothing published on time. Run puente work.",
        )
    ]
    if count := sum(told.failing.values()):
        found.append(
            say(
                False,
                f"Trabajos que fallan una y otra vez: {count}. La bitácora de puente work dice por qué (job_left).",
                f"Jobs that keep failing: {count}. The log of puente work says why (job_left).",
            )
        )
    return tuple(found)


def webhooks(engine: Engine, say: Say) -> tuple[Finding, ...]:
    """Whether a system takes nothing, and why, and how many were never sent a thing; nothing where none is told."""
    try:
        with reading(engine) as session:
            rows = WebhookStore(session=session).every()
            untried = sum(row.answered is None and not row.tries for row in rows)
            failing = sorted({f"{row.issuer} ({row.failed or 'no_answer'})" for row in rows if is_failing(row)})
    except (PuenteError, SQLAlchemyError):  # an old schema: the database's own finding tells it
        return ()
    found = list[Finding]()
    if failing:
        names = ", ".join(failing)
        es = f"Hay sistemas que no reciben los avisos de: {names}. Vea puente webhooks list."
        found.append(say(False, es, f"Systems take no messages of: {names}. See puente webhooks list."))
    elif untried < len(rows):
        found.append(say(True, "Los sistemas reciben sus avisos.", "Systems take their messages."))
    if untried:
        es = f"Sistemas a los que todavía no se envió nada: {untried}. Pruébelos con puente webhooks test."
        en = f"Systems that nothing was sent to yet: {untried}. Try them by puente webhooks test."
        found.append(say(None, es, en))
    return tuple(found)


def went_back(settings: Settings, engine: Engine, say: Say) -> tuple[Finding, ...]:
    """That the database is behind what its folder told outside, or another one; nothing where it goes on from it."""
    try:
        told = contradicted(engine, settings.data)
    except (PuenteError, SQLAlchemyError):  # an old schema: the database's own finding tells it
        return ()
    if not told:
        return ()
    names = ", ".join(told)
    return (
        say(
            False,
            f"La base de datos no sigue de lo que ya se publicó ({names}): volvió a un estado de antes, o alguien la"
            " cortó. Nada nuevo se emite ni se publica. Avise a quien responde por la seguridad de esta casa; si"
            " alguien puso una copia, detenga puente serve y puente work, y llame a puente restore --go-on.",
            f"The database does not go on from what was published ({names}): it went back to an earlier state, or"
            " somebody cut it. Nothing new is issued or published. Tell whoever answers for this house's security; if"
            " somebody put a copy back, stop puente serve and puente work, and call puente restore --go-on.",
        ),
    )
