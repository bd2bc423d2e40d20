"""A process that is killed at any transaction of a correction loses nothing and doubles nothing (TRUST 12, P9)."""

from functools import partial

import pytest
from sqlalchemy import Engine, text

from issuer import audit
from issuer.desk import Desk
from tests.issuer.killed import killed
from tests.issuer.test_disputes import NORA, answer, disputed, permit, propose
from tests.issuer.test_status import bits_of, publish
from tests.issuer.world import OSCAR, House

DOORS = 5
"""Of a decision that corrects: decide, lay out, keep, revoke, look."""
TABLES = ("issuer_intent", "issuer_sealed", "issuer_superseding", "issuer_flag", "issuer_act")


def spread(house: House) -> list[int]:
    """How many rows, passes, records of superseding, bits and acts there are."""
    with house.issuer() as issuer:
        session = issuer.ledger.session
        return [int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()) for table in TABLES]


@pytest.mark.parametrize("goes_on", ["a start", "the approver"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_each_transaction_a_correction_is_made_once(
    database: Engine, database_url: str, when: str, goes_on: str
) -> None:
    house = House(database, chunk=64).open()
    for stop in range(1, DOORS + 1):
        n, copies = permit(house, f"Yuleisy {stop}")
        ticket, view = disputed(house, copies[0])
        decision = propose(house, view, "correct", name=f"Yuleisi {stop}")
        before = spread(house)
        assert killed(house, database_url, stop, when, partial(Desk.decide, decision=decision, by=NORA))
        told = answer(house, ticket)
        assert (told.state, len(told.credentials)) in {("open", 0), ("corrected", 3)}
        if goes_on == "a start":
            house.desk.resume()
        assert house.desk.decide(decision, by=NORA).state == "corrected"
        told = answer(house, ticket)
        assert (told.state, len(told.credentials)) == ("corrected", 3)
        added = [now - was for now, was in zip(spread(house), before, strict=True)]
        assert added == [4, 4, 1, 4, 1]
        require_whole(house, n, [each.id for each in told.credentials])


def test_a_start_alone_ends_what_was_decided(database: Engine, database_url: str) -> None:
    house = House(database, chunk=64).open()
    n, copies = permit(house)
    ticket, view = disputed(house, copies[0])
    decision = propose(house, view, "correct", name="Yuleisi")
    assert killed(house, database_url, 1, "after", partial(Desk.decide, decision=decision, by=NORA))
    assert killed(house, database_url, 4, "after", Desk.resume)
    assert house.desk.resume() == 0
    told = answer(house, ticket)
    assert (told.state, len(told.credentials)) == ("corrected", 3)
    require_whole(house, n, [each.id for each in told.credentials])


def require_whole(house: House, n: int, names: list[str]) -> None:
    published = publish(house)
    with house.issuer() as issuer:
        olds = [row.n for row in issuer.ledger.family_of(n)]
        news = [issuer.find(name, by=OSCAR) for name in names]
        audit.recompute(issuer.ledger.session)
        assert issuer.ledger.unsealed() == ()
    assert [bits_of(house, each, published) for each in olds] == [(True, False)] * 4
    assert [bits_of(house, each, published) for each in news] == [(False, False)] * 3
