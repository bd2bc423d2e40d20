"""Status by two people, one act for every copy; lists with canaries and decoys; the log's checkpoint."""

import json
from datetime import datetime
from typing import get_args

import pytest
from sqlalchemy import Engine

from app.db import open_engine
from issuer.status.publication import Publication
from kernel import issued_log, status
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, WrongShape
from kernel.proofs import integrity
from schemas.issuance import ActRequest, Reason
from tests.databases import PostgresServer
from tests.issuer.test_batches import public
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House

REVOKE = ActRequest(act="revoke", reason="fraud", evidence="ab" * 32)
SUSPEND = ActRequest(act="suspend", reason="issued_in_error")
LIFT = ActRequest(act="lift", reason="issued_in_error")


def test_a_revocation_wants_the_hash_of_what_shows_its_reason_unless_the_holder_asks(database: Engine) -> None:
    """A suspension, which may be lifted, wants none."""
    own = House(database).open()
    n = own.numbers(own.permits(YULEISY))[0]
    for reason in get_args(Reason):
        with own.status() as opened:
            assert opened.propose(n, ActRequest(act="suspend", reason=reason), by=OSCAR).evidence is None
            if reason == "holder_request":
                assert opened.propose(n, ActRequest(act="revoke", reason=reason), by=OSCAR).evidence is None
                continue
            with pytest.raises(WrongShape) as refused:
                opened.propose(n, ActRequest(act="revoke", reason=reason), by=OSCAR)
            assert (refused.value.code, refused.value.pointer) == ("evidence_needed", "/evidence")


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def act(house: House, n: int, request: ActRequest) -> None:
    with house.status() as opened:
        proposed = opened.propose(n, request, by=OSCAR)
    with house.status() as opened:
        opened.approve(proposed.id, by=MARTA)


def publish(house: House) -> Publication:
    with house.status() as opened:
        opened.set_out("norma")
    with house.status() as opened:
        return opened.publish("norma")


def bits_of(house: House, n: int, publication: Publication) -> tuple[bool, bool]:
    lists = {each.url: each.bits for each in publication.lists}
    first, second = (
        status.bit(lists[entry["statusListCredential"]], int(entry["statusListIndex"]))
        for entry in house.credential(n)["credentialStatus"]
    )
    return first, second


def test_suspend_lift_and_revoke_flip_the_bits(house: House) -> None:
    n = house.numbers(house.permits(YULEISY))[0]
    assert bits_of(house, n, publish(house)) == (False, False)
    act(house, n, SUSPEND)
    assert bits_of(house, n, publish(house)) == (False, True)
    act(house, n, LIFT)
    assert bits_of(house, n, publish(house)) == (False, False)
    act(house, n, REVOKE)
    assert bits_of(house, n, publish(house)) == (True, False)
    for request in (REVOKE, SUSPEND, LIFT):
        with pytest.raises(Conflict), house.status() as opened:
            opened.propose(n, request, by=OSCAR)


def test_who_proposes_never_approves(house: House) -> None:
    n = house.numbers(house.permits(YULEISY))[0]
    with house.status() as opened:
        proposed = opened.propose(n, REVOKE, by=OSCAR)
    both = Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma")
    with pytest.raises(Forbidden) as refused, house.status() as opened:
        opened.approve(proposed.id, by=both)
    assert refused.value.code == "same_hand"
    with house.status() as opened:
        opened.refuse(proposed.id, by=MARTA)
    with pytest.raises(Conflict), house.status() as opened:
        opened.approve(proposed.id, by=MARTA)
    assert bits_of(house, n, publish(house)) == (False, False)


def test_lists_have_canaries_decoys_and_a_signed_form(house: House) -> None:
    numbers = house.numbers(house.issue((DEMO / "cohort-demo-excel.csv").read_bytes()))
    for n in numbers[:3]:
        act(house, n, REVOKE)
    first = publish(house)
    for each in first.lists:
        assert status.count(each.bits) % 8 == 0
        status.require_canaries(each.bits, canaries_set=each.canaries_set, canaries_clear=each.canaries_clear)
        with house.status() as opened:
            document = json.loads(opened.store.list_credential("norma", each.number))
        integrity.check(document, key=public(house), purpose="assertionMethod")
        assert status.expand_list(document["credentialSubject"]["encodedList"]) == each.bits
        assert (document["id"], document["credentialSubject"]["statusPurpose"]) == (each.url, each.purpose)
    act(house, numbers[3], REVOKE)
    second = publish(house)
    for before, after in zip(first.lists, second.lists, strict=True):
        assert status.without(before.bits, after.bits) == status.empty()


def test_the_checkpoint_goes_on_from_the_last_one(house: House) -> None:
    assert publish(house).checkpoint is None
    house.issue((DEMO / "cohort-demo.csv").read_bytes())
    first = publish(house)
    house.issue((DEMO / "cohort-demo-excel.csv").read_bytes())
    second = publish(house)
    assert (first.size, second.size) == (162, 162 + 54)
    with house.issuer() as issuer:
        leaves = b"".join(issuer.ledger.leaves_after(1, 0))
    cut = [leaves[at : at + 32] for at in range(0, len(leaves), 32)]
    assert second.checkpoint is not None
    keys = {"did:web:norma.example#k1": public(house).raw}
    read = issued_log.read_checkpoint(second.checkpoint, origin="did:web:norma.example/log", keys=keys)
    assert (read.size, read.root) == (216, issued_log.root(cut))
    assert publish(house).checkpoint == second.checkpoint


@pytest.mark.postgres
def test_an_urgent_act_that_commits_while_lists_are_set_out_is_not_taken_for_published(
    postgres_server: PostgresServer,
) -> None:
    with postgres_server.empty() as url:
        house = House(open_engine(url), chunk=64).open()
        n = house.numbers(house.permits(YULEISY))[0]
        with house.status() as approving:
            asked = approving.propose(n, REVOKE, by=OSCAR)
        with house.status() as approving:
            approving.approve(asked.id, by=MARTA)
            with house.status() as opened:
                urgent = opened.set_out("norma")
        assert went_out(house, urgent) == house.clock.at
        with house.status() as opened:
            urgent = opened.set_out("norma")
        assert went_out(house, urgent) is None
        house.engine.dispose()


def went_out(house: House, urgent: frozenset[str]) -> datetime | None:
    with house.status() as opened:
        opened.went_out("norma", urgent)
    with house.status() as opened:
        return opened.store.urgent_since()
