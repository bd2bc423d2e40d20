"""A house that lost what it issued after its last checkpoint goes on; no number and no place of that is given again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text

from app.db import open_engine, reading, transaction
from issuer.places import order
from issuer.restoring import Outside, Restoring
from kernel import status
from tests.databases import SqliteFiles
from tests.fakes import SeededRandom
from tests.issuer.test_status import publish
from tests.issuer.world import YULEISY, House

LOST = 1_100
"""More than a thousand, which was once all that a restore burnt."""


def rows(engine: Engine, since: int) -> set[tuple[int, ...]]:
    with reading(engine) as session:
        ask = text("SELECT n, pair, revocation, suspension FROM issuer_intent WHERE n > :since")
        return {tuple(map(int, row)) for row in session.execute(ask, {"since": since})}


def issue(house: House, start: int, count: int) -> None:
    people = [YULEISY.model_copy(update={"document_number": f"{number:09d}"}) for number in range(start, start + count)]
    for at in range(0, count, 250):
        house.permits(*people[at : at + 250])


def test_what_was_issued_after_the_last_checkpoint_is_not_given_again(
    tmp_path: Path, sqlite_files: SqliteFiles
) -> None:
    with sqlite_files.empty() as url:
        house = House(open_engine(url)).open()
        issue(house, 1, 5)
        publish(house)
        with (
            closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as source,
            closing(sqlite3.connect(tmp_path / "copy.db")) as into,
        ):
            source.backup(into)
        with house.issuer() as opened:
            size, known = opened.ledger.issuer("norma").next_leaf, max(n for n, *_ in rows(house.engine, 0))
        issue(house, 1_000, LOST)
        lost = rows(house.engine, known)
        house.engine.dispose()
    other = House(
        open_engine(f"sqlite:///{tmp_path / 'copy.db'}"), clock=house.clock, keys=house.keys, random=SeededRandom("b")
    )
    with transaction(other.engine) as session:
        restoring = Restoring(issuer=other.issuer_on(session), random=other.random, operators=("ana", "luis"))
        assert restoring.go_on("norma", Outside(log=size, read=lambda _name: None, lists={})).lost == 0
    issue(other, 5_000, LOST)
    fresh = rows(other.engine, known)
    assert len(lost) == len(fresh) == LOST
    assert {n for n, *_ in lost}.isdisjoint(n for n, *_ in fresh)
    for at in (2, 3):
        assert {(row[1], row[at]) for row in lost}.isdisjoint((row[1], row[at]) for row in fresh)
    other.engine.dispose()


def test_a_bit_whose_row_was_lost_is_nobodys(database: Engine) -> None:
    house = House(database).open()
    batch = house.permits(YULEISY)
    (n,) = house.numbers(batch)
    published = next(one for one in publish(house).lists if one.url.endswith("/s/3"))
    with house.issuer() as opened:
        lost = order(opened.secrets("norma").places, published.url)[7]
    lists = {str(published.url): status.set_bits(published.bits, [lost])}
    with transaction(database) as session:
        restoring = Restoring(issuer=house.issuer_on(session), random=house.random, operators=("ana", "luis"))
        restoring.go_on("norma", Outside(log=1, read=lambda _name: None, lists=lists))
    with house.status() as opened_status:
        assert opened_status.store.places(opened_status.store.lists("norma")[2].id) == [lost]
        assert opened_status.store.marked([n]) == set()
