"""`registry/service.py` with its rules, acts and store, on SQLite and PostgreSQL: who may do what, once, by number."""

import pytest
from sqlalchemy import Engine

from kernel.access import Principal
from kernel.canonical import canonical, sha256
from kernel.errors import Conflict, Forbidden, NotFound, PuenteError, WrongShape
from kernel.keys import PublicKey
from kit.once import Once
from registry import rules
from schemas.json import JsonObject
from schemas.registration import AddKey, ApproveList, Change, ResetList, ScopePair, SetKeyState, SetScope
from tests.registry.world import (
    ACTIVATE,
    ADD_KEY,
    DID,
    IVAN,
    KAREN,
    KID,
    KIM,
    KOFI,
    LISTS,
    MULTIKEY,
    REGISTER,
    UMA,
    Place,
)


@pytest.fixture
def place(database: Engine) -> Place:
    return Place(database)


def refused(error: type[PuenteError], code: str) -> "pytest.RaisesExc[PuenteError]":
    return pytest.raises(error, check=lambda one: one.code == code)


def test_two_keepers_register_an_issuer(place: Place) -> None:
    proposed = place.propose(REGISTER)
    assert (proposed.stage, proposed.approvals, proposed.needed) == ("proposed", 1, 2)
    with place.registry() as registry:
        assert registry.issuers(after="", limit=10).items == []
    assert place.approve(proposed.id).event == 1
    with place.registry() as registry:
        shown = registry.issuers(after="", limit=10).items
        assert registry.issuers(after="formacion", limit=10).items == []
    assert (shown[0].did, shown[0].scope) == (DID, REGISTER.scope)


def test_nobody_approves_their_own_or_twice_or_what_is_done(place: Place) -> None:
    place.rules = rules.Rules(approvals=3, waiving=3, announced=rules.PRODUCTION.announced)
    proposed = place.propose(REGISTER)
    with refused(Forbidden, "same_hand"):
        place.approve(proposed.id, KAREN)
    # A person with two accounts is still one person.
    with refused(Forbidden, "same_hand"):
        place.approve(proposed.id, Principal(person="karen", roles=frozenset({"keeper"})))
    assert place.approve(proposed.id, KOFI).stage == "proposed"
    with refused(Conflict, "already_released"):
        place.approve(proposed.id, KOFI)
    assert place.approve(proposed.id, KIM).stage == "done"
    with refused(Conflict, "already_released"):
        place.approve(proposed.id, KIM)


def test_an_admin_speaks_of_the_own_issuer_and_needs_two_keepers(place: Place) -> None:
    place.agree(REGISTER)
    proposed = place.propose(ADD_KEY, by=IVAN)
    assert proposed.approvals == 0
    assert place.approve(proposed.id, KAREN).stage == "proposed"
    assert place.approve(proposed.id, KOFI).stage == "done"
    stranger = Principal(person="ines", roles=frozenset({"issuer_admin"}), issuer="permisos")
    for change, who in (
        (REGISTER.model_copy(update={"id": "otra"}), IVAN),
        (SetScope(issuer="formacion", scope=[]), stranger),
        (ResetList(issuer="formacion", number=1), IVAN),
        (ApproveList(issuer="formacion", number=1, hash="cd" * 32), stranger),
    ):
        with refused(Forbidden, "not_allowed"):
            place.propose(change, by=who)
    place.agree(*LISTS)
    assert place.propose(ApproveList(issuer="formacion", number=1, hash="cd" * 32), by=IVAN).approvals == 0
    with place.registry() as registry:
        assert registry.change(proposed.id, by=IVAN).stage == registry.change(proposed.id, by=UMA).stage == "done"
        with refused(NotFound, "not_found"):
            registry.change(proposed.id, by=stranger)


def test_a_key_waits_or_three_keepers_waive_it(place: Place) -> None:
    place.agree(REGISTER, ADD_KEY)
    early = place.propose(ACTIVATE)
    assert early.needed == 3
    place.approve(early.id, KOFI)
    assert place.approve(early.id, KIM).stage == "done"
    with place.registry() as registry:
        assert registry.issuers(after="", limit=1).items[0].keys[0].state == "active"


def test_a_key_announced_long_enough_takes_two(place: Place) -> None:
    place.agree(REGISTER, ADD_KEY)
    place.pass_days(14)
    assert place.propose(ACTIVATE).needed == 2


@pytest.mark.parametrize(
    ("former", "state", "fits"),
    [
        ("active", "retired", True),
        ("active", "announced", False),
        ("active", "destroyed", False),
        ("suspended", "active", True),
        ("compromised", "active", False),
        ("retired", "active", False),
    ],
)
def test_a_keys_life_has_its_steps(place: Place, former: str, state: str, fits: bool) -> None:
    place.settle()
    frozen = {"frozen_size": 9, "frozen_root": "ab" * 32} if former == "compromised" else {}
    if former != "active":
        place.agree(SetKeyState.model_validate({"id": KID, "state": former, **frozen}))
    change = SetKeyState.model_validate({"id": KID, "state": state})
    if fits:
        place.agree(change)
        return
    with refused(Conflict, "not_possible_now"):
        place.propose(change)


def test_a_compromised_key_needs_its_frozen_checkpoint(place: Place) -> None:
    place.settle()
    with refused(WrongShape, "schema"):
        place.propose(SetKeyState(id=KID, state="compromised"))
    with refused(WrongShape, "schema"):
        place.propose(SetKeyState(id=KID, state="retired", frozen_size=1, frozen_root="00" * 32))


FOREIGN_KEY = AddKey(issuer="formacion", id="did:web:x.example#k", public_key_multibase=MULTIKEY)
UNSOUND_KEY = ADD_KEY.model_copy(
    update={"id": f"{DID}#k9", "public_key_multibase": PublicKey(bytes([1]) + bytes(31)).multikey()}
)


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        (REGISTER, Conflict, "name_taken"),
        (ADD_KEY, Conflict, "name_taken"),
        (LISTS[0], Conflict, "name_taken"),
        (AddKey(issuer="otra", id=KID, public_key_multibase=MULTIKEY), NotFound, "not_found"),
        (FOREIGN_KEY, WrongShape, "issuer_mismatch"),
        (UNSOUND_KEY, WrongShape, "low_order_key"),
        (SetKeyState(id=f"{DID}#k7", state="active"), NotFound, "not_found"),
        (ResetList(issuer="formacion", number=7), NotFound, "not_found"),
        (SetScope(issuer="otra", scope=[]), NotFound, "not_found"),
    ],
)
def test_what_contradicts_what_stands_is_refused(
    place: Place, change: Change, error: type[PuenteError], code: str
) -> None:
    place.settle()
    with refused(error, code):
        place.propose(change)


def test_what_stands_may_have_changed_before_it_is_done(place: Place) -> None:
    first, second = place.propose(REGISTER), place.propose(REGISTER)
    place.approve(first.id)
    with refused(Conflict, "name_taken"):
        place.approve(second.id)


def test_one_person_suspends_and_keepers_lift(place: Place) -> None:
    place.settle()
    other = Principal(person="ines", roles=frozenset({"issuer_admin"}), issuer="permisos")
    with place.registry() as registry:
        with refused(NotFound, "not_found"):
            registry.suspend(KID, by=other)
        assert registry.suspend(KID, by=IVAN).paused
        assert registry.suspend(KID, by=IVAN).paused
        events = registry.events(after=0, limit=100).items
    assert [event.kind for event in events].count("suspend_key") == 1
    place.agree(SetKeyState(id=KID, state="suspended"), SetKeyState(id=KID, state="active"))
    with place.registry() as registry:
        key = registry.issuers(after="", limit=1).items[0].keys[0]
    assert (key.state, key.paused) == ("active", False)


def test_events_are_numbered_and_chained(place: Place) -> None:
    place.settle()
    place.agree(
        SetScope(issuer="formacion", scope=[ScopePair(type="CompetencePass", scheme="*")]),
        ResetList(issuer="formacion", number=1),
        ApproveList(issuer="formacion", number=1, hash="cd" * 32),
    )
    with place.registry() as registry:
        events = [*registry.events(after=0, limit=3).items, *registry.events(after=3, limit=100).items]
        people = {row.n: row.person for row in registry.store.events(after=0, limit=100)}
    assert [event.n for event in events] == list(range(1, len(events) + 1))
    before = ""
    for event in events:
        line: JsonObject = {
            "n": event.n,
            "at": event.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "person": people[event.n],
            "kind": event.kind,
            "subject": event.subject,
            "details": event.details,
            "previous": before,
        }
        assert event.hash == sha256(canonical(line)).hex()
        before = event.hash


def test_a_repeated_request_acts_once(place: Place) -> None:
    once = Once(key="a" * 8, digest=b"1" * 32)
    with place.registry() as registry:
        first = registry.propose(REGISTER, by=KAREN, once=once)
    with place.registry() as registry:
        assert registry.propose(REGISTER, by=KAREN, once=once) == first
        with refused(Conflict, "idempotency_key"):
            registry.propose(REGISTER, by=KAREN, once=Once(key="a" * 8, digest=b"2" * 32))
    yes = Once(key="b" * 8, digest=b"1" * 32)
    for _ in range(2):
        with place.registry() as registry:
            assert registry.approve(first.id, by=KOFI, once=yes).event == 1
