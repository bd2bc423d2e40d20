"""A pick-up while another row takes the place, or an act is decided: wherever either stops, nothing old stays good, and
she gets the new pass."""

from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import Engine

from issuer.desk import Desk
from kernel.errors import Conflict
from schemas.issuance import ActRequest
from schemas.pickups import PickedUp
from tests.issuer import test_amending
from tests.issuer.killed import killed
from tests.issuer.test_notices import ORDINARY
from tests.issuer.test_pickup_races import race
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_status import REVOKE, SUSPEND, bits_of, publish
from tests.issuer.world import MARTA, OSCAR, YULEISY, House

MOMENTS = [(stop, when) for stop in range(1, 6) for when in ("before", "after")]


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def family(house: House, n: int) -> list[int]:
    with house.issuer() as issuer:
        assert issuer.ledger.unsealed() == ()
        return [copy.n for copy in issuer.ledger.family_of(n)]


def require_new_alone(house: House, old: int, new: int) -> None:
    """All that stands in the old place is revoked; the new row is good, and a new slip gives its copies."""
    published = publish(house)
    assert {bits_of(house, n, published) for n in family(house, old)} == {(True, False)}
    opened = open_(house, offer(house, new))
    assert house.desk.present(opened.id, prove(opened, holder())).credentials
    published = publish(house)
    assert {bits_of(house, n, published) for n in family(house, new)} == {(False, False)}


@pytest.mark.parametrize(("stop", "when"), MOMENTS)
def test_wherever_a_correction_stops_she_who_comes_then_ends_with_the_new_pass(
    house: House, database_url: str, stop: int, when: str
) -> None:
    (n,) = house.numbers(house.permits(YULEISY))
    opened = open_(house, offer(house, n))
    made = test_amending.propose(house, n, name="Yuleisi Rojas")
    assert killed(house, database_url, stop, when, partial(Desk.amend, amendment=made.id, by=MARTA))
    got: list[PickedUp] = []
    with suppress(Conflict):
        got = house.desk.present(opened.id, prove(opened, holder())).credentials
    house.desk.resume()
    done = house.desk.amend(made.id, by=MARTA)
    with house.issuer() as issuer:
        new = issuer.find(done.replacement or "", by=OSCAR)
        assert {issuer.find(each.id, by=OSCAR) for each in got} <= {copy.n for copy in issuer.ledger.family_of(n)}
    require_new_alone(house, n, new)


@pytest.mark.parametrize(("stop", "when"), [(stop, when) for stop in range(1, 5) for when in ("before", "after")])
def test_wherever_a_pick_up_stops_a_correction_leaves_nothing_of_it_good(
    house: House, database_url: str, stop: int, when: str
) -> None:
    (n,) = house.numbers(house.permits(YULEISY))
    opened = open_(house, offer(house, n))
    proof = prove(opened, holder())
    made = test_amending.propose(house, n, name="Yuleisi Rojas")
    assert killed(house, database_url, stop, when, partial(Desk.present, pickup=opened.id, raw=proof))
    done = house.desk.amend(made.id, by=MARTA)
    house.desk.resume()
    with house.issuer() as issuer:
        new = issuer.find(done.replacement or "", by=OSCAR)
    require_new_alone(house, n, new)


@pytest.mark.parametrize("asked", [SUSPEND, REVOKE, ORDINARY], ids=["suspended", "revoked", "announced"])
def test_an_act_and_a_pick_up_at_once_leave_no_copy_that_the_act_misses(house: House, asked: ActRequest) -> None:
    for n in house.numbers(house.permits(*(YULEISY.model_copy(update={"name": f"Ana {each}"}) for each in "ABCD"))):
        opened = open_(house, offer(house, n))
        proof = prove(opened, holder())
        with house.status() as status:
            act = status.propose(n, asked, by=OSCAR).id

        def decide(act: str = act) -> None:
            with house.status() as status:
                status.approve(act, by=MARTA)

        _, lost = race(partial(house.desk.present, opened.id, proof), decide)
        assert set(lost) <= {"not_possible_now", "stale_version"}
        published = publish(house)
        bits = {bits_of(house, each, published) for each in family(house, n)}
        assert bits == ({(True, False)} if asked is REVOKE else {(False, True)})
