"""wallet/sync/service.py on both databases: who comes in, who waits, what is refused at the door and how it ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from kernel.ed25519 import SMALL_ORDER
from kernel.encoding import base64url_encode
from kernel.errors import BadProof, Conflict, Forbidden, NotFound
from tests.fakes import NOON
from tests.wallet.sync_world import HERE, WAIT, House, Phone, code, phone, refused, rows, within
from wallet.sync.service import CHALLENGE_LIFE, SESSION_LIFE

ANA, NEW, OTHER = phone(1), phone(2), phone(1, of="beto")
LOCATOR = bytes(range(32))


@pytest.fixture
def house(database: Engine) -> House:
    return House(engine=database)


# Coming in.


def test_the_first_device_founds_the_vault_and_is_active(house: House) -> None:
    session = ANA.enter(house)
    assert (session.state, session.opens_at, session.device) == ("active", None, ANA.name)
    assert session.expires_at == NOON + SESSION_LIFE
    assert len(session.token) == 43


def test_a_second_device_waits_and_gets_nothing(house: House) -> None:
    token = ANA.token(house)
    name, sealed = ANA.item()
    within(house, lambda sync: sync.keep_blob(token, name, sealed))
    within(house, lambda sync: sync.replace_manifest(token, ANA.manifest(1), after=0))
    session = NEW.enter(house)
    assert (session.state, session.opens_at) == ("waiting", NOON + WAIT)
    waiting = NEW.token(house)
    for act in (
        lambda sync: sync.manifest(waiting),
        lambda sync: sync.blob(waiting, name),
        lambda sync: sync.replace_manifest(waiting, ANA.manifest(2), after=1),
        lambda sync: sync.keep_blob(waiting, name, sealed),
        lambda sync: sync.drop_blob(waiting, name),
        lambda sync: sync.keep_sheet(waiting, LOCATOR, ANA.wrap()),
        lambda sync: sync.devices(waiting),
        lambda sync: sync.approve(waiting, NEW.name),
        lambda sync: sync.remove_device(waiting, ANA.name),
        lambda sync: sync.leave(waiting, at_once=True),
        lambda sync: sync.count_write(waiting),
    ):
        assert refused(house, Forbidden, act) == "device_waiting"


def test_after_the_wait_it_is_active(house: House) -> None:
    ANA.enter(house)
    NEW.enter(house)
    house.clock.at = NOON + WAIT - timedelta(seconds=1)
    assert NEW.enter(house).state == "waiting"
    house.clock.tick(1)
    assert (NEW.enter(house).state, NEW.enter(house).opens_at) == ("active", None)


def test_an_active_device_lets_it_in_at_once(house: House) -> None:
    token, waiting = ANA.token(house), NEW.token(house)
    within(house, lambda sync: sync.approve(token, NEW.name))
    assert [line.state for line in within(house, lambda sync: sync.devices(waiting)).devices] == ["active", "active"]
    house.clock.tick(60)
    within(house, lambda sync: sync.approve(token, NEW.name))
    assert NEW.enter(house).state == "active"
    assert refused(house, NotFound, lambda sync: sync.approve(token, phone(9).name)) == "not_found"


def test_the_list_names_devices_by_a_hash_and_tells_days(house: House) -> None:
    token = ANA.token(house)
    house.clock.tick(300)
    NEW.enter(house)
    mine, new = within(house, lambda sync: sync.devices(token)).devices
    assert (mine.device, mine.mine, mine.since, mine.last_seen) == (ANA.name, True, NOON, NOON.date())
    assert (new.device, new.mine, new.state) == (NEW.name, False, "waiting")
    assert new.opens_at == NOON + timedelta(seconds=300) + WAIT
    assert base64url_encode(ANA.secret) not in mine.model_dump_json()


def test_the_day_of_the_last_session_is_the_day_where_its_people_live(house: House) -> None:
    house.clock.at = NOON.replace(hour=23, minute=30)
    token = ANA.token(house)
    (mine,) = within(house, lambda sync: sync.devices(token)).devices
    assert mine.last_seen == NOON.date()
    house.clock.at = (NOON + timedelta(days=1)).replace(hour=4, minute=59)  # one minute before midnight in Bogotá
    token = ANA.token(house)
    (mine,) = within(house, lambda sync: sync.devices(token)).devices
    assert mine.last_seen == NOON.date()
    house.clock.tick(60)
    token = ANA.token(house)
    (mine,) = within(house, lambda sync: sync.devices(token)).devices
    assert mine.last_seen == NOON.date() + timedelta(days=1)


def test_a_device_that_was_signed_out_ends_and_waits_as_a_new_one(house: House) -> None:
    token, theirs = ANA.token(house), NEW.token(house)
    within(house, lambda sync: sync.approve(token, NEW.name))
    within(house, lambda sync: sync.remove_device(token, NEW.name))
    for act in (lambda sync: sync.manifest(theirs), lambda sync: sync.approve(theirs, NEW.name)):
        assert refused(house, NotFound, act) == "session_ended"
    assert NEW.enter(house).state == "waiting"
    assert refused(house, NotFound, lambda sync: sync.remove_device(token, phone(9).name)) == "not_found"


def test_a_device_cannot_come_back_as_another_by_what_the_list_told_it(house: House) -> None:
    """The list gives hashes of secrets: whoever was signed out and knows them is nobody with them."""
    token = ANA.token(house)
    listed = within(house, lambda sync: sync.devices(token)).devices[0].device
    as_listed = Phone(vault_key=ANA.vault_key, vault_id=ANA.vault_id, secret=NEW.secret)
    assert as_listed.name != listed
    assert as_listed.enter(house).state == "waiting"


def test_a_waiting_device_may_give_up_by_itself(house: House) -> None:
    ANA.enter(house)
    waiting = NEW.token(house)
    within(house, lambda sync: sync.remove_device(waiting, NEW.name))
    assert refused(house, NotFound, lambda sync: sync.manifest(waiting)) == "session_ended"


def test_the_last_device_signed_out_leaves_the_vault_and_the_next_one_waits(house: House) -> None:
    token = ANA.token(house)
    within(house, lambda sync: sync.remove_device(token, ANA.name))
    assert ANA.enter(house).state == "waiting"


def test_a_vault_has_sixteen_devices_at_most(house: House) -> None:
    for number in range(1, 17):
        phone(number).enter(house)
    assert code(Conflict, phone(17).enter, house) == "too_many_devices"
    token = ANA.token(house)
    within(house, lambda sync: sync.remove_device(token, phone(16).name))
    assert phone(17).enter(house).state == "waiting"


# What is refused at the door, all alike.


def test_a_wrong_signature_another_key_and_a_used_challenge_are_one_refusal(house: House) -> None:
    ANA.enter(house)
    other = OTHER.signer
    with house.door() as sync:
        drawn = sync.challenge(ANA.vault_name, HERE).challenge
    whole = ANA.entry(drawn)
    house.desk.enter(whole, HERE)
    told = set()
    acts: tuple[Callable[[], object], ...] = (
        lambda: ANA.enter(house, signature=bytes(64)),
        lambda: ANA.enter(house, device=NEW.secret),
        lambda: ANA.enter(house, key=other.public),
        lambda: ANA.enter(house, key=other.public, signature=other.sign(whole.message())),
        lambda: Phone(OTHER.vault_key, ANA.vault_id, ANA.secret).enter(house),
        lambda: house.desk.enter(whole, HERE),
        lambda: house.desk.enter(ANA.entry(base64url_encode(bytes(32))), HERE),
    )
    for act in acts:
        with pytest.raises(BadProof) as caught:
            act()
        told.add((caught.value.code, caught.value.pointer))
    assert told == {("invalid_signature", None)}


def test_another_key_is_refused_in_the_words_of_a_wrong_signature(house: House) -> None:
    ANA.enter(house)
    with pytest.raises(BadProof) as wrong:
        ANA.enter(house, device=NEW.secret)
    with pytest.raises(BadProof) as another:
        Phone(OTHER.vault_key, ANA.vault_id, ANA.secret).enter(house)
    assert str(wrong.value) == str(another.value)


@pytest.mark.parametrize("key", sorted(SMALL_ORDER)[:3])
def test_a_key_of_small_order_founds_nothing(house: House, key: bytes) -> None:
    assert code(BadProof, ANA.enter, house, key=key, signature=bytes([1, *bytes(63)])) == "low_order_key"
    assert rows(house)["wallet_sync_vault"] == 0


def test_a_challenge_ends_with_its_first_use_or_its_time(house: House) -> None:
    with house.door() as sync:
        one, other = (sync.challenge(ANA.vault_name, HERE) for _ in range(2))
    assert one.expires_at == NOON + CHALLENGE_LIFE
    spoiled = ANA.entry(one.challenge, signature=bytes(64))
    assert code(BadProof, house.desk.enter, spoiled, HERE) == "invalid_signature"
    assert code(BadProof, house.desk.enter, ANA.entry(one.challenge), HERE) == "invalid_signature"
    house.clock.at = other.expires_at
    assert code(BadProof, house.desk.enter, ANA.entry(other.challenge), HERE) == "invalid_signature"
    assert rows(house)["wallet_sync_vault"] == 0


def test_a_challenge_is_for_one_vault(house: House) -> None:
    with house.door() as sync:
        drawn = sync.challenge(OTHER.vault_name, HERE).challenge
    assert code(BadProof, house.desk.enter, ANA.entry(drawn), HERE) == "invalid_signature"


def test_a_challenge_looks_the_same_for_a_vault_that_is_here_and_one_that_is_not(house: House) -> None:
    ANA.enter(house)
    with house.door() as sync:
        told = [sync.challenge(each.vault_name, HERE) for each in (ANA, OTHER)]
    assert {(len(each.challenge), each.expires_at) for each in told} == {(43, NOON + CHALLENGE_LIFE)}


def test_a_session_ends_after_a_quarter_of_an_hour_and_what_ended_is_swept(house: House) -> None:
    token = ANA.token(house)
    house.clock.tick(int(SESSION_LIFE.total_seconds()) - 1)
    within(house, lambda sync: sync.devices(token))
    house.clock.tick(1)
    assert refused(house, NotFound, lambda sync: sync.devices(token)) == "session_ended"
    ANA.enter(house)
    assert rows(house) | {"wallet_sync_blob": 0} == {
        "wallet_sync_vault": 1, "wallet_sync_device": 1, "wallet_sync_session": 1, "wallet_sync_challenge": 0,
        "wallet_sync_blob": 0,
    }  # fmt: skip


def test_no_token_and_no_secret_lies_in_the_database(house: House) -> None:
    token = ANA.token(house)
    within(house, lambda sync: sync.keep_sheet(token, LOCATOR, ANA.wrap()))
    with house.engine.connect() as connection:
        told = b"".join(
            bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
            for name in rows(house)
            for row in connection.execute(text(f"SELECT * FROM {name}"))
            for cell in row
        )
    for secret in (token, ANA.secret, LOCATOR, ANA.vault_key):
        assert secret not in told
        assert base64url_encode(secret).encode() not in told
