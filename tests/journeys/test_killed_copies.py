"""Promise: a copy or a run of papers that is killed leaves no open copy of the database, and is made again whole.

Each is caught in the middle: the file that it writes is a pipe until then, so it waits for who reads.
"""

import multiprocessing
import os
import select
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from app.backup import back_up, restore
from app.db import open_engine, transaction
from app.sealed_copy import make_key
from app.settings import Settings
from app.slips import print_cards, print_slips
from issuer import audit
from kernel.access import Principal
from tests.journeys.papers import cohort, row
from tests.journeys.world import PEOPLE, Place

HEAD = b"SQLite format 3\0"
PATIENCE = 60


def killed(work: Callable[[], object], file: Path) -> None:
    """kill -9 of a process of its own once it writes to the file, of which a piece stays.

    `{}` in the file's name stands for the process's number. It is a new process and no fork of this one, whose other
    threads may hold locks at that moment which nobody would ever open there.
    """
    fresh = multiprocessing.get_context("spawn")
    heard, says = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_run, args=(says, work, file))
    process.start()
    says.close()  # where the process fails instead, its end is heard
    left: Path = heard.recv()
    pipe = os.open(left, os.O_RDONLY | os.O_NONBLOCK)  # that it is there lets the other side open it too
    try:
        assert select.select([pipe], [], [], PATIENCE)[0], f"nothing was written to {left.name}"
        assert os.read(pipe, 1)
    finally:
        process.kill()
        process.join(PATIENCE)
        os.close(pipe)
    left.unlink()
    left.write_bytes(b"a piece")


def _run(says: Connection, work: Callable[[], object], file: Path) -> None:
    own = file.with_name(file.name.format(os.getpid()))
    os.mkfifo(own)
    says.send(own)
    work()


def of(place: Place, work: Callable[..., object], *args: object, by: Principal) -> object:
    """Some work in the world of a place that comes from another process."""
    return work(place.world, *args, by=by)


def open_copies(folder: Path) -> list[str]:
    """Files that are a database for anybody who can read them."""
    return [path.name for path in folder.rglob("*") if path.is_file() and path.read_bytes().startswith(HEAD)]


def test_a_backup_that_is_killed_leaves_nothing_that_can_be_read_and_the_next_is_whole(
    plain: Place, tmp_path: Path
) -> None:
    plain.issued(*(row(number=f"{number:012d}") for number in range(770, 775)))
    (secret, public), (_, other) = make_key(), make_key()
    out, settings = tmp_path / "copies" / "copy.pbk", plain.world.settings
    out.parent.mkdir()
    killed(partial(back_up, settings, out, operators=[public, other]), out.with_name("copy.pbk.new"))
    assert open_copies(tmp_path) == []
    assert not out.exists()
    assert back_up(settings, out, operators=[public, other]) > 0
    assert sorted(path.name for path in out.parent.iterdir()) == ["copy.pbk"]
    (tmp_path / "again").mkdir()
    there = Settings(data=tmp_path / "again")
    restore(there, out, secret=secret)
    with transaction(open_engine(there.database_url)) as session:
        audit.recompute(session)


def test_papers_that_are_killed_are_printed_again_with_the_same_codes(plain: Place, tmp_path: Path) -> None:
    batch = plain.check(cohort(*(row(number=f"{number:012d}") for number in range(700, 760))))
    plain.release(batch)
    plain.publish()
    by, out = PEOPLE["oscar"].principal, tmp_path / "papers"
    for file, work in (("claim-002.pdf", print_slips), ("cards-002.pdf", print_cards)):
        out.mkdir(exist_ok=True)
        sent = Place(url=plain.url, folder=plain.folder, clock=plain.clock, keys=plain.keys, random=plain.random)
        killed(partial(of, sent, work, batch["id"], out, by=by), out / f"{file}.{{}}.new")
        assert not (out / file).exists()
    first = (out / "claim.pdf").read_bytes()
    printed = print_slips(plain.world, batch["id"], out, by=by)
    assert (printed.made, printed.again, printed.ended) == (60, 60, 0)
    assert (out / "claim.pdf").read_bytes() == first
    assert print_cards(plain.world, batch["id"], out, by=by) == 2
    assert {path.suffix for path in out.iterdir()} == {".pdf"}
    with transaction(plain.world.engine) as session:
        audit.recompute(session)
