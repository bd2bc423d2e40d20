"""Promise: a person is erased from what was issued; log and audit stay whole, and the pass she holds stays good."""

import pytest
from sqlalchemy import inspect, text

from app.db import reading, transaction
from issuer import audit
from issuer.erasing import Erasing
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound
from tests.journeys.papers import CSV, cohort, row
from tests.journeys.world import Place

OSCAR = Principal(person="oscar", roles=frozenset({"officer"}), issuer="formacion")
MARTA = Principal(person="marta", roles=frozenset({"approver"}), issuer="formacion")
NUMBER, SURNAME = "000000770001", "Zuluaga Quirós"


def issued(place: Place) -> list[str]:
    """Two people of one file, whoever seals it here: on PostgreSQL that is a worker's, and there is none."""
    batch = place.check(cohort(row(number=NUMBER, surname=SURNAME), row(number="000000770002")))
    place.release(batch)
    place.world.desk.resume()
    return place.names(batch)


def everything(place: Place) -> bytes:
    """Every value of every table of the issuer, one after the other."""
    with reading(place.world.engine) as session:
        names = [name for name in inspect(place.world.engine).get_table_names() if name.startswith("issuer_")]
        rows = [session.execute(text(f"SELECT * FROM {name}")).all() for name in names]
    values = [value for table in rows for line in table for value in line]
    return b"\n".join(bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in values)


def erase(place: Place, name: str, approved_by: Principal = MARTA) -> int:
    with transaction(place.world.engine) as session:
        erasing = Erasing(persons=place.world.rooms.people(session), random=place.random)
        return erasing.erase(name, reason="reclamo 812", by=OSCAR, approved_by=approved_by)


def test_nothing_of_her_stays_and_the_other_is_untouched(place: Place) -> None:
    hers, other = issued(place)
    held, theirs = place.text(hers), place.text(other)
    place.publish()
    before = everything(place)
    assert NUMBER.encode() in before
    assert SURNAME.encode() in before
    assert erase(place, hers) == 2
    after = everything(place)
    assert not [each for each in (NUMBER, SURNAME, "Zuluaga", "Quirós") if each.encode() in after]
    assert place.code("GET", f"/v1/issuer/credentials/{hers}", "oscar") == (404, "not_found")
    assert place.text(other) == theirs
    place.publish()
    assert place.judged(held)["verdict"] == "valid"


def test_it_takes_two_people_of_her_issuer_and_the_chain_tells_both(place: Place) -> None:
    hers, _ = issued(place)
    for other, code in (
        (Principal(person="oscar", roles=frozenset({"approver"}), issuer="formacion"), "same_hand"),
        (Principal(person="rita", roles=frozenset({"approver"}), issuer="otra"), "not_found"),
        (Principal(person="rita", roles=frozenset({"approver"}), issuer="formacion", centre="9"), "not_found"),
    ):
        with pytest.raises((Forbidden, NotFound)) as refused:
            erase(place, hers, other)
        assert refused.value.code == code
    assert NUMBER.encode() in everything(place)
    assert erase(place, hers) == 2
    with reading(place.world.engine) as session:
        told = session.execute(text("SELECT actor, act FROM issuer_audit ORDER BY n DESC LIMIT 2")).all()
    assert [tuple(line) for line in told] == [("marta", "person_erased"), ("oscar", "erasure_asked")]


def test_log_and_audit_stay_whole_and_her_place_is_burnt(place: Place) -> None:
    hers, _ = issued(place)
    place.publish()
    with place.world.engine.connect() as connection:
        ask = text("SELECT pair, revocation, suspension FROM issuer_intent ORDER BY n")
        places = connection.execute(ask).all()
    point = issued_log_of(place)
    erase(place, hers)
    with place.world.engine.connect() as connection:
        assert connection.execute(ask).all() == places
    with reading(place.world.engine) as session:
        audit.recompute(session)
    assert place.world.desk.resume() == 0
    place.publish()
    assert issued_log_of(place) == point


def issued_log_of(place: Place) -> str:
    return place.client.get("/bundle/log/formacion/checkpoint").text


def test_who_is_gone_is_not_found_again(place: Place) -> None:
    hers, _ = issued(place)
    erase(place, hers)
    found = place.good("POST", "/v1/issuer/searches", "oscar", json={"text": NUMBER})
    assert found["people"] == []
    with pytest.raises(NotFound):
        erase(place, "A" * 22)


def test_she_goes_from_the_file_that_corrects_hers_once_that_has_ended(plain: Place) -> None:
    hers, other = row(number=NUMBER, surname=SURNAME), row(number="000000770002")
    batch = plain.check(cohort(hers, other.replace("28/09/2025", "31/02/2025")))
    plain.release(batch)
    (name,) = plain.names(batch)
    path = f"/v1/issuer/batches/{batch['id']}/corrections"
    child = plain.good("POST", path, "oscar", content=cohort(hers, other), headers=CSV)
    assert child["issue"] == 1
    with pytest.raises(Conflict) as refused:
        erase(plain, name)
    assert child["id"] in refused.value.detail
    plain.good("POST", f"/v1/issuer/batches/{child['id']}/refusal", "marta")
    assert erase(plain, name) == 2
    assert NUMBER.encode() not in everything(plain)
