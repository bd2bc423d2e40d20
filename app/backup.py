"""A copy of the database, sealed to two operators, and back again; keys are never in it (TRUST 13).

SQLite by its online backup, PostgreSQL by pg_dump. After a restore nothing is given twice: `go_on` raises every counter
over what was published (`issuer/restoring.py`), and the bundle's versions over those that phones have.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Final, cast

from sqlalchemy.engine import URL, make_url

from app import sealed_copy
from app.audit_points import lay_aside
from app.db import transaction
from app.files import sync_folder, write_whole
from app.log_files import CHECKPOINT, FOLDER, published, reader, size_of
from app.provide import World
from app.settings import Settings
from issuer.restoring import Outside, Restored, Restoring
from issuer.service import Issuer
from kernel import status
from kernel.bundle.installed import InstalledBundle, StatusList
from kernel.canonical import canonical
from kernel.errors import Conflict, PuenteError, Unavailable
from registry.store import RegistryStore
from registry.tables import PublicationRow
from schemas.terms import REVOCATION

LAST: Final = "last-backup"
"""A file whose time says when the last backup was made; `puente doctor` looks at it."""
_STATUS: Final = "status-"


def back_up(settings: Settings, out: Path, *, operators: Iterable[str]) -> int:
    """Write a backup while the house works on; gives its size. Raises Malformed, Unavailable."""
    operators = tuple(operators)
    sealed_copy.publics_of(operators)  # before anything is copied or written
    with _copied(settings) as copied:
        temporary = out.with_name(out.name + ".new")
        temporary.touch(mode=0o600)
        with temporary.open("wb") as into:
            sealed_copy.seal(copied, into, operators=operators)
            into.flush()
            os.fsync(into.fileno())
    written = temporary.replace(out)
    sync_folder(out.parent)
    write_whole(settings.data / LAST, b"", mode=0o600)
    return written.stat().st_size


def restore(settings: Settings, file: Path, *, secret: str) -> None:
    """Put a backup into an empty place. Raises Conflict where there is a database, BadProof, Unavailable."""
    url = make_url(settings.database_url)
    with file.open("rb") as source:
        pieces = sealed_copy.unseal(source, secret=secret)
        if url.get_backend_name() == "sqlite":
            _restore_sqlite(Path(str(url.database)), pieces)
        else:
            _restore_postgres(url, pieces)


def go_on(world: World, *, operators: tuple[str, str], without_log: Collection[str] = ()) -> Restored:
    """After a restore, before anything else is issued; gives what was lost and ended, of all issuers together.

    `without_log` names issuers whose published log is nowhere any more: what they lost nobody can count. Raises
    Conflict where the log of another one is not in the folder, or is older than the copy.
    """
    bundle, found = world.bundle(), Restored()
    logs = _logs(world, bundle, without_log)
    for issuer, log in logs.items():
        outside = Outside(log=log, read=reader(world.settings.data)(issuer), lists=_lists(bundle))
        with transaction(world.engine) as session:
            restoring = Restoring(issuer=world.rooms.issuer(session), random=world.random, operators=operators)
            found += restoring.go_on(issuer, outside)
    if bundle is not None:
        with transaction(world.engine) as session:
            _raise_versions(RegistryStore(session=session), bundle, world)
    lay_aside(world)
    return found


def _logs(world: World, bundle: InstalledBundle | None, without: Collection[str]) -> dict[str, int]:
    """How long each issuer's log is as the folder has it; all are looked at before anything is burnt.

    A log that has no leaf yet is an empty folder; one that is shorter than the copy or the bundle know is not the last.
    """
    found: dict[str, int] = {}
    notes = {} if bundle is None else cast(Mapping[str, str], bundle.log["checkpoints"])
    with world.doors()[Issuer]() as opened:
        for issuer in opened.ledger.issuers():
            folder, point = world.settings.data / FOLDER / issuer, opened.ledger.checkpoint(issuer)
            found[issuer] = published(folder / CHECKPOINT)
            known = max(size_of(notes.get(issuer, "")), 0 if point is None else point.size)
            if issuer not in without and (found[issuer] < known or not folder.is_dir()):
                raise Conflict("log_absent", detail=f"the last published log of {issuer} is not in the folder")
    return found


def _lists(bundle: InstalledBundle | None) -> dict[str, bytes]:
    return {} if bundle is None else {str(url): _bits(one) for url, one in bundle.lists.items()}


def _bits(one: StatusList) -> bytes:
    return status.union(one.signed, one.sticky) if one.purpose == REVOCATION else one.signed


def _raise_versions(store: RegistryStore, bundle: InstalledBundle, world: World) -> None:
    """Phones refuse a lower version: what was published counts as the last publication."""
    raw = (world.settings.data / "bundle.puente").read_bytes()
    remembered, last = bundle.remembered, store.last_publication()
    if remembered is None or last is None or bundle.version <= last.snapshot:
        return
    versions = remembered.versions
    store.keep(
        PublicationRow(
            n=max(versions.get("timestamp", 0), bundle.version, last.n + 1),
            at=world.clock.now(),
            event=last.event,
            root=bundle.root_version,
            targets=versions["targets"],
            targets_at=bundle.floor_off,
            snapshot=bundle.version,
            status=canonical(
                {role.removeprefix(_STATUS): n for role, n in versions.items() if role.startswith(_STATUS)}
            ),
            raw=raw,
        )
    )


@contextmanager
def _copied(settings: Settings) -> Iterator[IO[bytes]]:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        with _run(url, "pg_dump", "--format=custom", stdout=subprocess.PIPE) as process:
            yield _pipe(process.stdout)
        return
    copy = settings.data / "backup.copy"
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(str(url.database))) as source, closing(sqlite3.connect(copy)) as into:
            into.execute("PRAGMA journal_mode=OFF")
            source.backup(into)  # in one step: in several it begins anew whenever somebody writes between them
        with copy.open("rb") as file:
            copy.unlink()
            yield file
    finally:
        copy.unlink(missing_ok=True)


def _restore_sqlite(path: Path, pieces: Iterator[bytes]) -> None:
    if path.exists():
        raise Conflict("name_taken", detail="there is a database already: a backup goes into an empty place")
    temporary = path.with_name(path.name + ".restored")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    try:
        with temporary.open("wb") as into:
            into.writelines(pieces)
        with closing(sqlite3.connect(temporary)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Unavailable("database_unavailable", detail="the restored database is damaged")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _restore_postgres(url: URL, pieces: Iterator[bytes]) -> None:
    """In one transaction: of a backup that ends in a refusal nothing stays."""
    options = ("--single-transaction", "--exit-on-error", "--no-owner")
    with _run(url, "pg_restore", *options, stdin=subprocess.PIPE) as process:
        into = _pipe(process.stdin)
        try:
            into.writelines(pieces)
            into.flush()
        except BrokenPipeError as error:
            raise Conflict("name_taken", detail="the database does not take the backup: is it empty") from error


@contextmanager
def _run(url: URL, program: str, *options: str, **pipes: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A program of PostgreSQL on this database; the password goes by its environment, which others cannot read."""
    found = shutil.which(program)
    if found is None:
        raise Unavailable("database_unavailable", detail="PostgreSQL's client programs are not installed")
    where = without_password(url)
    environment = {"PGPASSWORD": url.password} if url.password else {}
    process = subprocess.Popen([found, *options, f"--dbname={where}"], env=environment, **pipes)  # type: ignore[call-overload]  # noqa: S603 - our own words
    try:
        yield process
    except (PuenteError, OSError):
        process.kill()
        raise
    finally:
        for pipe in filter(None, (process.stdin, process.stdout)):
            with suppress(BrokenPipeError):
                pipe.close()
        process.wait()
    if process.returncode:
        raise Unavailable("database_unavailable", detail="PostgreSQL's client program failed")


def without_password(url: URL) -> str:
    """Where a database is, for PostgreSQL's own programs."""
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("the program has no such pipe")
    return pipe
