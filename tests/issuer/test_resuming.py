"""A start seals what it can: a house without its entry promises nothing, and one bad chunk keeps no other waiting."""

import io
import json
from collections.abc import Iterator

import orjson
import pytest
import structlog
from sqlalchemy import Engine, text

from app.logs import FIELDS, set_up_logs
from issuer.rows import Wanted
from kernel import cborld
from kernel.errors import NotFound, Unavailable
from schemas.identifiers import KeyId
from tests.fakes import NOON
from tests.issuer.rooms import ENTRY
from tests.issuer.test_batches import count
from tests.issuer.test_places import row
from tests.issuer.world import DEMO, MARTA, OSCAR, House

UNKNOWN = 4_000_000
COHORT = (DEMO / "cohort-demo-excel.csv").read_bytes()


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What the log says, as the product writes it."""
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    structlog.reset_defaults()


def lines(told: io.StringIO) -> list[tuple[str, str]]:
    found = [json.loads(line) for line in told.getvalue().splitlines()]
    assert all(line.keys() <= FIELDS and line["story"] == "issuer" for line in found)
    return [(line["event"], line["code"]) for line in found]


def promise(house: House, *rows: Wanted) -> int:
    with house.issuer() as issuer:
        first, _ = issuer.promise("norma", "C06", rows, batch=None, centre=None, at=NOON)
    assert first is not None
    return first


def change(house: House, ask: str, **values: object) -> None:
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text(ask), values)


def unsealed(house: House) -> tuple[int, ...]:
    with house.issuer() as issuer:
        return issuer.ledger.unsealed()


@pytest.mark.parametrize("entry", [UNKNOWN, cborld.EMPTY_ENTRY])
def test_without_its_entry_a_house_promises_nothing_and_the_approver_hears_it(house: House, entry: int) -> None:
    batch = house.check(COHORT)
    with house.batches() as batches:
        batches.propose(batch, by=OSCAR)
        digest = batches.store.batch(batch, issuer=None, centre=None).digest.hex()
    house.entry = entry
    with pytest.raises(Unavailable) as refused, house.batches() as batches:
        batches.release(batch, by=MARTA, digest=digest, accept_errors=True)
    assert refused.value.code == "entry_unavailable"
    with pytest.raises(Unavailable) as refused:
        promise(house, row(1))
    assert refused.value.code == "entry_unavailable"
    assert (count(house, "issuer_intent"), count(house, "issuer_chunk")) == (0, 0)
    house.entry = ENTRY
    with house.batches() as batches:
        batches.release(batch, by=MARTA, digest=digest, accept_errors=True)
    assert house.desk.run(batch) == 54


def test_a_chunk_whose_entry_is_not_here_waits_and_the_others_go_on(house: House, told: io.StringIO) -> None:
    waits, goes = promise(house, row(1)), promise(house, row(2), row(3))
    for entry in (UNKNOWN, cborld.EMPTY_ENTRY):
        change(house, "UPDATE issuer_chunk SET entry = :entry WHERE first = :first", entry=entry, first=waits)
        house.desk.resume()
        assert unsealed(house) == (waits,)
    assert lines(told) == [("chunk_left", "entry_unavailable")] * 2
    assert house.credential(goes)
    assert count(house, "issuer_void") == 0
    change(house, "UPDATE issuer_chunk SET entry = :entry WHERE first = :first", entry=ENTRY, first=waits)
    assert house.desk.resume() == 1
    assert unsealed(house) == ()


def test_a_chunk_whose_key_is_not_here_waits(house: House, told: io.StringIO) -> None:
    first = promise(house, row(1))
    lost = house.keys.methods.pop(KeyId("norma/k1"))
    assert house.desk.resume() == 0
    assert lines(told) == [("chunk_left", "not_found")]
    house.keys.methods[KeyId("norma/k1")] = lost
    assert house.desk.resume() == 1
    assert house.credential(first)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"{", "schema"),
        (b"[]", "schema"),
        (b"7", "schema"),
        (orjson.dumps(["a", "290801106", "01", "1", "b", "c", "9", "28/09/2025", 1]), "schema"),
        (orjson.dumps(["a", "290801106", "01", "1", "b", "c", "3", "28/09/2025", 2**60]), "malformed_json"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_row_whose_payload_cannot_be_sealed_is_void(house: House, payload: bytes, code: str, place: int) -> None:
    first = promise(house, row(1), row(2))
    bad, good = first + place, first + 1 - place
    change(house, "UPDATE issuer_intent SET payload = :payload WHERE n = :n", payload=payload, n=bad)
    assert house.desk.resume() == 1
    assert house.credential(good)
    with house.issuer() as issuer:
        voids = issuer.ledger.session.execute(text("SELECT n, code FROM issuer_void")).all()
    assert [tuple(each) for each in voids] == [(bad, code)]
    assert unsealed(house) == ()


def test_a_damaged_chunk_stops_no_other(house: House, told: io.StringIO) -> None:
    broken, whole = promise(house, row(1)), promise(house, row(2))
    change(house, "UPDATE issuer_intent SET pair = 77 WHERE n = :n", n=broken)
    assert house.desk.resume() == 1
    assert lines(told) == [("chunk_left", "internal")]
    assert house.credential(whole)
    assert unsealed(house) == (broken,)


def test_a_batch_is_not_done_while_a_chunk_of_it_waits(house: House, told: io.StringIO) -> None:
    batch = house.check(COHORT)
    house.release(batch)
    lost = house.keys.methods.pop(KeyId("norma/k1"))
    with pytest.raises(NotFound):
        house.desk.run(batch)
    house.desk.resume()
    assert lines(told) == [("chunk_left", "not_found")]
    assert house.desk.end(batch) is False
    with house.batches() as batches:
        assert batches.look(batch, by=OSCAR).state == "released"
    house.keys.methods[KeyId("norma/k1")] = lost
    assert house.desk.resume() == 54
    with house.batches() as batches:
        assert batches.look(batch, by=OSCAR).state == "done"
