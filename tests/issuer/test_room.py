"""Status lists that are full: what is left is counted, a pair more fills after them, a restore says what it filled."""

import pytest
from sqlalchemy import Engine, text

from app.db import reading, transaction
from issuer.restoring import Outside, Restoring
from issuer.room import Room, open_pair, rooms
from kernel import status
from kernel.errors import PuenteError, Unavailable
from tests.issuer.world import YULEISY, House


def take(house: House, places: int) -> None:
    with transaction(house.engine) as session:
        session.execute(text("UPDATE issuer_counter SET next_place = :n WHERE family = 'C01'"), {"n": places})


def left(house: House) -> int:
    with reading(house.engine) as session:
        (room,) = (each for each in rooms(session) if each.family == "C01")
    assert room == Room(issuer="norma", family="C01", left=room.left)
    return room.left


def test_a_pair_more_takes_what_the_full_ones_do_not(database: Engine) -> None:
    house = House(database).open()
    take(house, status.USED)
    assert left(house) == 0
    with pytest.raises(Unavailable) as full:
        house.permits(YULEISY)
    assert full.value.code == "lists_full"
    with transaction(database) as session:
        before = session.execute(text("SELECT max(number), max(pair) FROM issuer_list")).one()
        numbers = open_pair(house.issuer_on(session), "norma", "C01")
    assert numbers == (before[0] + 1, before[0] + 2)
    assert left(house) == status.USED
    house.permits(YULEISY.model_copy(update={"document_number": "000000009"}))
    assert left(house) == status.USED - 1
    with reading(database) as session:
        urls = session.execute(text("SELECT url FROM issuer_list ORDER BY number")).scalars().all()
        assert session.execute(text("SELECT max(pair) FROM issuer_intent")).scalar_one() == before[1] + 1
    assert [url.rpartition("/")[2] for url in urls[-2:]] == [str(number) for number in numbers]
    assert len({url.rpartition("/")[0] for url in urls}) == 1


def test_nothing_is_opened_for_who_is_not_here(database: Engine) -> None:
    house = House(database).open()
    for issuer, family, code in (("nadie", "C01", "not_found"), ("norma", "X99", "schema")):
        with pytest.raises(PuenteError) as refused, transaction(database) as session:
            open_pair(house.issuer_on(session), issuer, family)
        assert refused.value.code == code


def test_a_restore_says_which_types_it_left_without_places(database: Engine) -> None:
    house = House(database).open()
    take(house, status.USED - 65_536)
    with transaction(database) as session:
        restoring = Restoring(issuer=house.issuer_on(session), random=house.random, operators=("ana", "luis"))
        found = restoring.go_on("norma", Outside(log=0, read=lambda _name: None, lists={}))
    assert found.full == (("norma", "C01"),)
    assert (found + found).full == (("norma", "C01"), ("norma", "C01"))
