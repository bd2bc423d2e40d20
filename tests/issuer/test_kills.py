"""Nothing acknowledged is lost or doubled: a process is killed at random points of a batch and another goes on (P9)."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.db import open_engine
from issuer import audit
from issuer.cohort_file import COLUMNS
from issuer.rows import LEAF_BITS
from issuer.service import Issuer
from kernel import cborld
from kernel.proofs import integrity
from tests.issuer.rooms import dictionary
from tests.issuer.test_batches import public
from tests.issuer.world import House

ROOT = Path(__file__).resolve().parents[2]
ROWS = 900
CHUNK = 64
KILLS = 4


def cohort() -> bytes:
    lines = [f"000202541701,290801106,01,{n:012d},Rincón Yépez,Julián,3,28/09/2025" for n in range(1, ROWS + 1)]
    return "\n".join([",".join(COLUMNS), *lines, ""]).encode()


def start(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.issuer.press_run", url, str(CHUNK)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_at(url: str, wanted: int, wait: float) -> list[str]:
    """Let it seal `wanted` chunks, wait a little more, kill it; gives its acknowledgements."""
    process = start(url)
    assert process.stdout is not None
    said = [line for _, line in zip(range(wanted), process.stdout, strict=False)]
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    if process.stderr is not None:
        process.stderr.close()
    return said


def finish(url: str) -> list[str]:
    process = start(url)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.splitlines()


def test_killed_again_and_again_each_row_is_issued_once(database: Engine, database_url: str) -> None:
    house = House(database, chunk=CHUNK).open()
    batch = house.check(cohort())
    house.release(batch)
    database.dispose()
    dice = random.Random(7)  # the same points in every run, as far as a clock allows
    said: list[str] = []
    for _ in range(KILLS):
        said += kill_at(database_url, dice.randint(0, 3), dice.random() * 0.03)
    said += finish(database_url)
    house = House(open_engine(database_url), keys=house.keys, chunk=CHUNK)
    try:
        require_whole(house, batch, said)
    finally:
        house.engine.dispose()


def require_whole(house: House, batch: str, said: list[str]) -> None:
    numbers = house.numbers(batch)
    assert len(numbers) == len(set(numbers)) == ROWS
    acknowledged = [int(line.split()[0]) for line in said if line.split()[1] != "0"]
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= set(numbers)
    with house.issuer() as issuer:
        session = issuer.ledger.session
        for index in ("revocation", "suspension"):
            ask = text(f"SELECT count(DISTINCT {index}), count(*) FROM issuer_intent")
            assert tuple(session.execute(ask).one()) == (ROWS, ROWS)
        documents = session.execute(text("SELECT n, payload FROM issuer_intent")).all()
        assert len({bytes(payload) for _, payload in documents}) == ROWS
        assert issuer.ledger.unsealed() == ()
        assert issuer.ledger.sealed_count() == ROWS
        audit.recompute(session)
        require_log(issuer, numbers)
        sealed = [issuer.ledger.pass_bytes(n) for n in numbers]
    for packed in sealed[::30]:
        document = cborld.decode(packed, dictionary=dictionary()).documents[0]
        integrity.check(document, key=public(house), purpose="assertionMethod")


def require_log(issuer: Issuer, numbers: list[int]) -> None:
    """Leaf numbers without a gap, and a leaf for each."""
    chunks = issuer.ledger.leaves_after(1, 0)
    assert sum(map(len, chunks)) == 32 * ROWS
    assert numbers == [(1 << LEAF_BITS) + leaf for leaf in range(ROWS)]


def test_sealing_again_gives_the_same_bytes(database: Engine) -> None:
    """What a crash left is sealed to the very bytes that were lost, so an acknowledgement can never differ."""
    house = House(database, chunk=CHUNK).open()
    house.issue(cohort())
    with house.issuer() as issuer:
        before = [issuer.ledger.pass_bytes(n) for n in promised(issuer)]
        leaves = list(issuer.ledger.leaves_after(1, 0))
        session = issuer.ledger.session
        for table in ("issuer_sealed", "issuer_log_chunk"):
            session.execute(text(f"DELETE FROM {table}"))
    assert house.desk.resume() == ROWS
    with house.issuer() as issuer:
        assert [issuer.ledger.pass_bytes(n) for n in promised(issuer)] == before
        assert list(issuer.ledger.leaves_after(1, 0)) == leaves


def promised(issuer: Issuer) -> list[int]:
    ask = text("SELECT n FROM issuer_intent ORDER BY n")
    return [int(n) for n in issuer.ledger.session.execute(ask).scalars()]


@pytest.mark.parametrize("rows", [1, 63, 64, 65])
def test_one_code_path_from_one_row_on(database: Engine, rows: int) -> None:
    house = House(database, chunk=CHUNK).open()
    raw = b"\n".join(cohort().splitlines()[: rows + 1]) + b"\n"
    assert len(house.numbers(house.issue(raw))) == rows
