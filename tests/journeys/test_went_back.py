"""Promise: a database that went back to an older state, by whatever hand, gives no place or leaf twice."""

from collections.abc import Iterator
from functools import partial

import pytest

from app.audit_points import write_point
from app.backup import go_on
from app.doctor import examine
from app.log_files import CHECKPOINT, FOLDER
from app.publish import publish
from issuer.service import Issuer
from kernel.errors import Conflict, Unavailable
from tests.databases import PostgresServer, SqliteFiles
from tests.fakes import SeededRandom
from tests.issuer.test_disputes import code_of
from tests.journeys.papers import cohort, row
from tests.journeys.test_restore import OPERATORS, leaves, places, places_of
from tests.journeys.world import Place


@pytest.fixture
def back(place: Place, request: pytest.FixtureRequest) -> Iterator[Place]:
    """The house on a snapshot of before; since then two people got passes, and all of it was published."""
    place.numbered(1)
    place.publish()
    place.close()
    source: SqliteFiles | PostgresServer
    source = request.getfixturevalue("sqlite_files" if place.url.startswith("sqlite") else "postgres_server")
    with source.empty(like=place.url) as url:
        for number in (2, 3):
            place.numbered(number)
        place.publish()
        random = SeededRandom("back")
        older = Place(url=url, folder=place.folder, clock=place.clock, keys=place.keys, random=random)
        yield older
        older.close()


def test_nothing_new_is_given_or_published_until_it_went_on(place: Place, back: Place) -> None:
    log, folder = back.folder / FOLDER / "formacion" / CHECKPOINT, back.folder
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "log" in path.parts}
    batch = back.check(cohort(row(number=f"{4:012d}")))["id"]
    back.good("POST", f"/v1/issuer/batches/{batch}/proposal", "oscar")
    size = leaves(back)
    with back.world.doors()[Issuer]() as opened:
        promise = partial(opened.promise, batch=None, centre=None, at=back.clock.now())
        assert code_of(Unavailable, promise, "formacion", "x", ()) == "database_went_back"
    assert code_of(Unavailable, publish, back.world) == "database_went_back"
    assert code_of(Unavailable, back.world.tell_log, "formacion") == "database_went_back"
    assert code_of(Conflict, write_point, back.world) == "record_broken"
    assert leaves(back) == size
    assert {path: path.read_bytes() for path in before} == before, "what was published stays"
    ready = back.client.get("/readyz")
    assert (ready.status_code, ready.json()["record"], ready.json()["bundle"]) == (503, False, True)
    told = [each.words for each in examine(back.world.settings, lang="es") if each.good is False]
    assert any("(formacion, audit)" in each and "puente restore --go-on" in each for each in told)
    assert log.is_file()
    assert places(place) >= places(back)


def test_a_release_is_refused_with_a_problem_that_says_what_to_do(back: Place) -> None:
    with pytest.raises(AssertionError):
        back.numbered(4)
    assert any("database_went_back" in body and "puente restore --go-on" in body for body in back.problems)


def test_it_goes_on_and_gives_no_place_twice(place: Place, back: Place) -> None:
    used = places(place)
    assert go_on(back.world, operators=OPERATORS).lost == leaves(place) - 2, "one person: a pass and its twin"
    name = back.numbered(4)
    assert places_of(back, name).isdisjoint(used)
    back.publish()
    assert back.judged(back.text(name))["verdict"] == "valid"
    assert back.good("GET", "/readyz")["status"] == "ok"
    write_point(back.world)
