"""Who lost everything gets her row again for a new key: two proofs, two people, a wait; and nothing doubles (P7)."""

from functools import partial

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from issuer.desk import Desk
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound
from kit.once import Once
from schemas.pickups import OfferView, PickedUp
from schemas.reissues import ReissueRequest, ReissueView, Seen
from tests.issuer.killed import killed
from tests.issuer.test_disputes import code_of, decide, disputed, given, permit
from tests.issuer.test_pickup_races import race
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_status import SUSPEND, act, bits_of, publish
from tests.issuer.test_superseding_kills import spread
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House

A_DAY = 24 * 3600
SEEN: list[Seen] = ["document", "witness"]


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def named(house: House, n: int) -> str:
    with house.issuer() as issuer:
        return issuer.name(n)


def propose(house: House, n: int, by: Principal = OSCAR, key: str = "reissue-one") -> ReissueView:
    with house.reissues() as reissues:
        return reissues.propose(named(house, n), ReissueRequest(seen=SEEN), by=by, once=Once(key=key, digest=b"x" * 32))


def approve(house: House, id_: str, by: Principal = MARTA) -> ReissueView:
    with house.reissues() as reissues:
        return reissues.approve(id_, by=by)


def refuse(house: House, id_: str, by: Principal = MARTA) -> ReissueView:
    with house.reissues() as reissues:
        return reissues.refuse(id_, by=by)


def offered(house: House, id_: str) -> OfferView:
    with house.reissues() as reissues:
        return reissues.offer(id_, by=OSCAR)


def look(house: House, id_: str) -> ReissueView:
    with house.reissues() as reissues:
        return reissues.look(id_, by=OSCAR)


def ready(house: House, name: str = YULEISY.name) -> tuple[int, list[PickedUp], str]:
    """A row that was picked up, its copies, and a reissue of it whose wait is over."""
    n, copies = permit(house, name)
    asked = propose(house, n, key=f"reissue-{n}")
    approve(house, asked.id)
    house.clock.tick(A_DAY)
    return n, copies, asked.id


def test_a_new_key_gets_the_row_and_the_former_copies_are_revoked(house: House) -> None:
    n, copies = permit(house)
    asked = propose(house, n)
    assert (asked.state, asked.seen, asked.ready_at) == ("proposed", SEEN, None)
    assert propose(house, n) == asked
    assert code_of(Conflict, propose, house, n, key="another-key") == "stale_version"
    assert code_of(Conflict, offered, house, asked.id) == "not_possible_now"
    assert approve(house, asked.id) == approve(house, asked.id)
    for _ in range(2):
        assert code_of(Conflict, offered, house, asked.id) == "reissue_waiting"
        house.clock.tick(A_DAY // 2)
    first, second = offered(house, asked.id), offered(house, asked.id)
    assert code_of(Conflict, open_, house, first) == "offer_used"
    opened = open_(house, second)
    hers = house.desk.present(opened.id, prove(opened, holder(2)))
    assert house.desk.present(opened.id, prove(opened, holder(2))) == hers
    did = holder(2).method.partition("#")[0]
    before = [each.credential["credentialSubject"] for each in copies]
    wanted = [{**subject, "id": did} if "id" in subject else subject for subject in before]
    assert [each.credential["credentialSubject"] for each in hers.credentials] == wanted
    done = look(house, asked.id)
    assert (done.state, done.decided_by) == ("done", "marta")
    published = publish(house)
    with house.issuer() as issuer:
        olds = [row.n for row in issuer.ledger.family_of(n)]
        names = [str(done.replacement), *(each.id for each in hers.credentials)]
        news = [issuer.find(name, by=OSCAR) for name in names]
    assert [bits_of(house, each, published) for each in olds] == [(True, False)] * 4
    assert [bits_of(house, each, published) for each in news] == [(False, False)] * 4
    # What was given again is lost again by another reissue, and never by an offer or by the former name.
    assert code_of(Conflict, offered, house, asked.id) == "not_possible_now"
    assert code_of(Conflict, offer, house, news[0]) == "offer_used"
    assert code_of(Conflict, propose, house, n, key="once-more") == "not_possible_now"
    assert code_of(Conflict, refuse, house, asked.id) == "not_possible_now"
    assert propose(house, news[0], key="the-next-one").state == "proposed"


def test_a_competence_comes_back_with_the_copies_of_its_type(house: House) -> None:
    n = house.numbers(house.issue((DEMO / "cohort-demo-excel.csv").read_bytes()))[0]
    given(house, n)
    asked = propose(house, n)
    approve(house, asked.id)
    house.clock.tick(A_DAY)
    opened = open_(house, offered(house, asked.id))
    hers = house.desk.present(opened.id, prove(opened, holder(2))).credentials
    assert ["id" in each.credential["credentialSubject"] for each in hers] == [True, False]


def test_who_may_and_for_what(house: House) -> None:
    n, _ = permit(house)
    (waiting,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": "Rosa"})))
    assert code_of(Conflict, propose, house, waiting) == "not_possible_now"
    for by in (Principal(person="eva", roles=OSCAR.roles, issuer="otra"), replace_centre("D9")):
        assert code_of(NotFound, propose, house, n, by=by) == "not_found"
    asked = propose(house, n)
    both = Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma")
    for attempt in (approve, refuse):
        assert code_of(Forbidden, attempt, house, asked.id, by=both) == "same_hand"
        assert code_of(NotFound, attempt, house, asked.id, by=replace_centre("D9")) == "not_found"
    with house.reissues() as reissues:
        assert [each.id for each in reissues.list(by=MARTA, state="proposed", after="", limit=5).items] == [asked.id]
        assert reissues.list(by=replace_centre("D9"), state=None, after="", limit=5).items == []


def replace_centre(centre: str) -> Principal:
    return Principal(person="rita", roles=frozenset({"officer", "approver"}), issuer="norma", centre=centre)


@pytest.mark.parametrize("seen", [["document"], ["document", "document"], ["document", "witness", "recovery_sheet"]])
def test_it_takes_two_different_proofs(seen: list[Seen]) -> None:
    with pytest.raises(ValidationError):
        ReissueRequest(seen=seen)


def test_who_got_no_answer_fetches_what_took_the_place_of_her_former_copies(house: House) -> None:
    n, former, id_ = ready(house)
    slip = offered(house, id_)
    opened = open_(house, slip)
    with house.pickups() as pickups:
        pickups.accept(opened.id, prove(opened, holder(2)))  # the house stops here, and no answer goes out
    house.clock.tick(A_DAY)
    house.desk.tend()
    assert bits_of(house, n, publish(house)) == (True, False)
    again = open_(house, slip)
    given_out = house.desk.present(again.id, prove(again, holder(2)))
    assert house.desk.present(opened.id, prove(opened, holder(2))) == given_out
    assert len(given_out.credentials) == len(former)
    assert code_of(Conflict, house.desk.present, again.id, prove(again, holder(1))) == "another_phone"


def test_a_stopped_one_gives_nothing_and_another_may_be_opened(house: House) -> None:
    n, _, id_ = ready(house)
    given_out = offered(house, id_)
    opened = open_(house, given_out)
    assert refuse(house, id_).state == "refused"
    assert code_of(Conflict, open_, house, given_out) == "offer_used"
    assert code_of(Conflict, house.desk.present, opened.id, prove(opened, holder(2))) == "offer_used"
    assert code_of(Conflict, offered, house, id_) == "not_possible_now"
    assert code_of(Conflict, approve, house, id_, by=Principal(person="pia", roles=MARTA.roles, issuer="norma"))
    again = propose(house, n, key="once-more")
    approve(house, again.id)
    house.clock.tick(A_DAY)
    assert open_(house, offered(house, again.id)).summary


def test_who_still_has_her_key_stops_it_by_a_dispute(house: House) -> None:
    _, copies, id_ = ready(house)
    opened = open_(house, offered(house, id_))
    _, view = disputed(house, copies[0], kind="other", text="Yo no pedí esto")
    assert code_of(Conflict, house.desk.present, opened.id, prove(opened, holder(2))) == "under_dispute"
    assert code_of(Conflict, offered, house, id_) == "under_dispute"
    decide(house, view, "reject")
    assert house.desk.present(opened.id, prove(opened, holder(2))).credentials


def test_what_is_under_review_is_not_given_again(house: House) -> None:
    n, _, id_ = ready(house)
    given_out = offered(house, id_)
    act(house, n, SUSPEND)
    assert code_of(Conflict, open_, house, given_out) == "not_possible_now"
    assert code_of(Conflict, offered, house, id_) == "not_possible_now"


def test_of_several_at_once_one_gets_it(house: House) -> None:
    _, _, id_ = ready(house)
    given_out = offered(house, id_)
    opened = [open_(house, given_out) for _ in range(3)]
    proofs = [prove(each, holder(10 + at)) for at, each in enumerate(opened)]
    before = spread(house)
    attempts = [partial(house.desk.present, each.id, proof) for each, proof in zip(opened, proofs, strict=True)]
    won, lost = race(*attempts, partial(refuse, house, id_))
    assert len(won) == 1
    assert set(lost) <= {"another_phone", "offer_used", "stale_version", "not_possible_now", "decided_already"}
    added = [now - was for now, was in zip(spread(house), before, strict=True)]
    assert added == ([0] * 5 if isinstance(won[0], ReissueView) else [4, 4, 1, 4, 1])
    assert look(house, id_).state == ("refused" if isinstance(won[0], ReissueView) else "done")


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_each_transaction_it_is_given_once(database: Engine, database_url: str, when: str) -> None:
    house = House(database, chunk=64).open()
    for stop in range(1, 5):  # accept, lay out, keep, revoke and hand over
        n, _, id_ = ready(house, f"Yuleisy {stop}")
        opened = open_(house, offered(house, id_))
        proof, before = prove(opened, holder(2)), spread(house)
        assert killed(house, database_url, stop, when, partial(Desk.present, pickup=opened.id, raw=proof))
        house.desk.resume()
        assert len(house.desk.present(opened.id, proof).credentials) == 3
        added = [now - was for now, was in zip(spread(house), before, strict=True)]
        assert added == [4, 4, 1, 4, 1]
        assert look(house, id_).state == "done"
        with house.issuer() as issuer:
            olds = [row.n for row in issuer.ledger.family_of(n)]
        assert [bits_of(house, each, publish(house)) for each in olds] == [(True, False)] * 4
