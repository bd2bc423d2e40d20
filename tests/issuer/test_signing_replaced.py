"""Rows that an act on many put in the places of others are signed where two people agreed and each says what the old
one said: what the signing process looks at by itself."""

import pytest
from sqlalchemy import Engine, text

from issuer.signing import Signing
from kernel.errors import Forbidden
from kernel.ports import SigningTask
from schemas.bulk_acts import ByBatch
from tests.issuer import test_replacing_many
from tests.issuer.world import YULEISY, House


def sign(house: House, task: SigningTask) -> tuple[bytes, ...]:
    with house.issuer() as issuer:
        return Signing(issuer=issuer).sign(task)


@pytest.mark.parametrize(
    ("lie", "is_signed"),
    [
        ("UPDATE issuer_bulk SET reason = reason", True),
        ("UPDATE issuer_bulk SET decided_by = proposed_by", False),
        ("UPDATE issuer_bulk SET state = 'proposed'", False),
        ("UPDATE issuer_bulk SET replaces = (1 = 0)", False),
        ("UPDATE issuer_superseding SET approved_by = proposed_by", False),
        ("UPDATE issuer_intent SET payload = :blank WHERE n = (SELECT max(n) FROM issuer_intent)", False),
        ("DELETE FROM issuer_superseding WHERE first = (SELECT max(first) FROM issuer_superseding)", False),
    ],
)
def test_many_that_take_others_places_are_signed_where_two_people_agreed_and_each_says_the_same(
    database: Engine, lie: str, is_signed: bool
) -> None:
    house = House(database, chunk=16).open()
    batch = house.permits(YULEISY, YULEISY.model_copy(update={"name": "Ana"}))
    view = test_replacing_many.propose(house, ByBatch(way="batch", batch=batch))
    test_replacing_many.approve(house, view)
    with house.bulk_acts() as opened:
        opened.apply(view.id, opened.left(view.id)[0])
        (first,) = opened.promised(view.id)
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text(lie), {"blank": b"{}"} if ":blank" in lie else {})
    task = SigningTask(kind="chunk", of=str(first))
    if is_signed:
        assert len(sign(house, task)) == 2
        return
    with pytest.raises(Forbidden) as caught:
        sign(house, task)
    assert caught.value.code == "same_hand"
