"""wallet/sync/service.py on both databases: one manifest, unchangeable blobs, the sheet, leaving; the bounds."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Malformed, NotFound, TooMany, Unavailable
from kernel.vault import MAX_PADDED, Kind
from kit.near import network_of
from tests.fakes import NOON
from tests.wallet.sync_world import HERE, House, code, phone, refused, rows, within
from wallet.sync.entry import BlobName, Manifest
from wallet.sync.service import LEAVING, STRAY_SHEETS

ANA, NEW, OTHER = phone(1), phone(2), phone(1, of="beto")
LOCATOR = bytes(range(32))


@pytest.fixture
def house(database: Engine) -> House:
    return House(engine=database)


def replace(house: House, token: bytes, sealed: bytes, after: int) -> Manifest:
    with house.door() as sync:
        return sync.replace_manifest(token, sealed, after=after)


def keep(house: House, token: bytes, name: BlobName, sealed: bytes) -> None:
    with house.door() as sync:
        sync.keep_blob(token, name, sealed)


def keep_sheet(house: House, token: bytes, locator: bytes, wrap: bytes) -> None:
    with house.door() as sync:
        sync.keep_sheet(token, locator, wrap)


# The manifest.


def test_a_manifest_takes_the_place_of_the_one_it_names(house: House) -> None:
    token = ANA.token(house)
    assert refused(house, NotFound, lambda sync: sync.manifest(token)) == "not_found"
    replace(house, token, ANA.manifest(1), 0)
    replace(house, token, ANA.manifest(5), 1)
    found = within(house, lambda sync: sync.manifest(token))
    assert (found.sequence, found.sealed) == (5, ANA.manifest(5))
    for sequence, after in ((2, 1), (6, 4), (6, 0), (9, 7)):
        assert code(Conflict, replace, house, token, ANA.manifest(sequence), after) == "stale_version"
    assert within(house, lambda sync: sync.manifest(token)).sequence == 5


def test_the_same_manifest_again_is_the_same_answer(house: House) -> None:
    token = ANA.token(house)
    for _ in range(2):
        made = replace(house, token, ANA.manifest(1), 0)
        assert made.sequence == 1
    other = ANA.manifest(1, b"other")
    assert code(Conflict, replace, house, token, other, 0) == "stale_version"


@pytest.mark.parametrize(
    ("sealed", "after", "pointer"),
    [
        (ANA.manifest(3), 3, "/sequence"),
        (ANA.manifest(3), 4, "/sequence"),
        (ANA.manifest(0), 0, "/sequence"),
        (ANA.manifest(2**53), 0, "/sequence"),
        (OTHER.manifest(1), 0, "/vault"),
        (ANA.item()[1], 0, "/kind"),
        (ANA.wrap(), 0, "/kind"),
        (b"PVL1", 0, "/length"),
        (bytes(640), 0, "/version"),
    ],
)
def test_a_manifest_whose_header_says_otherwise_is_refused(
    house: House, sealed: bytes, after: int, pointer: str
) -> None:
    token = ANA.token(house)
    with pytest.raises(Malformed) as caught:
        replace(house, token, sealed, after)
    assert (caught.value.code, caught.value.pointer) == ("vault_unreadable", pointer)


# Blobs.


def test_a_blob_is_kept_once_given_back_and_dropped(house: House) -> None:
    token = ANA.token(house)
    name, sealed = ANA.item()
    for _ in range(2):
        keep(house, token, name, sealed)
    assert rows(house)["wallet_sync_blob"] == 1
    assert within(house, lambda sync: sync.blob(token, name)) == sealed
    within(house, lambda sync: sync.drop_blob(token, name))
    for act in (lambda sync: sync.blob(token, name), lambda sync: sync.drop_blob(token, name)):
        assert refused(house, NotFound, act) == "not_found"


def test_a_blob_is_what_its_name_and_header_say(house: House) -> None:
    token = ANA.token(house)
    name, sealed = ANA.item()
    wrong = (
        (BlobName(item=name.item, hash=base64url_encode(bytes(32))), sealed, "/hash"),
        (name, sealed[:-1] + bytes([sealed[-1] ^ 1]), "/hash"),
        (name, OTHER.item()[1], "/vault"),
        (name, ANA.manifest(1), "/kind"),
        (name, sealed[:-1], "/length"),
    )
    for each, raw, pointer in wrong:
        with pytest.raises(Malformed) as caught:
            keep(house, token, each, raw)
        assert (caught.value.code, caught.value.pointer) == ("vault_unreadable", pointer)
    assert rows(house)["wallet_sync_blob"] == 0


def test_another_vaults_rows_are_not_found(house: House) -> None:
    token, theirs = ANA.token(house), OTHER.token(house)
    name, sealed = ANA.item()
    keep(house, token, name, sealed)
    replace(house, token, ANA.manifest(1), 0)
    for act in (
        lambda sync: sync.blob(theirs, name),
        lambda sync: sync.drop_blob(theirs, name),
        lambda sync: sync.manifest(theirs),
        lambda sync: sync.approve(theirs, ANA.name),
        lambda sync: sync.remove_device(theirs, ANA.name),
    ):
        assert refused(house, NotFound, act) == "not_found"
    within(house, lambda sync: sync.leave(theirs, at_once=True))
    assert within(house, lambda sync: sync.blob(token, name)) == sealed
    assert [each.device for each in within(house, lambda sync: sync.devices(token)).devices] == [ANA.name]


def test_twenty_mebibytes_and_no_more(house: House) -> None:
    token = ANA.token(house)
    large = [ANA.item(bytes([n]) * (MAX_PADDED - 1)) for n in range(3)]
    for name, sealed in large[:2]:
        keep(house, token, name, sealed)
    replace(house, token, ANA.manifest(1), 0)
    name, sealed = large[2]
    assert code(Conflict, keep, house, token, name, sealed) == "vault_full"
    wide = ANA.manifest(2, bytes(MAX_PADDED - 1))
    assert code(Conflict, replace, house, token, wide, 1) == "vault_full"
    assert within(house, lambda sync: sync.manifest(token)).sequence == 1
    keep(house, token, *large[0])
    within(house, lambda sync: sync.drop_blob(token, large[0][0]))
    keep(house, token, name, sealed)
    with house.engine.connect() as connection:
        size = connection.execute(text("SELECT size FROM wallet_sync_vault")).scalar_one()
        held = "SELECT sum(length(sealed)) + (SELECT length(manifest) FROM wallet_sync_vault) FROM wallet_sync_blob"
        assert size == connection.execute(text(held)).scalar_one()


def test_sixty_writes_a_minute(house: House) -> None:
    token, theirs = ANA.token(house), OTHER.token(house)
    for _ in range(60):
        house.desk.count_write(token)
    house.clock.tick(20)
    with pytest.raises(TooMany) as caught:
        house.desk.count_write(token)
    assert (caught.value.code, caught.value.retry_after) == ("too_many_requests", 40)
    house.desk.count_write(theirs)
    house.clock.tick(40)
    house.desk.count_write(token)


def test_a_phone_that_begins_again_gets_further_though_it_sends_what_is_there(house: House) -> None:
    token = ANA.token(house)
    blobs = [ANA.item(bytes([n])) for n in range(70)]

    def send() -> int:
        for sent, (name, sealed) in enumerate(blobs):
            try:
                house.desk.count_write(token, name)
            except TooMany:
                return sent
            keep(house, token, name, sealed)
        return len(blobs)

    assert send() == 60
    house.clock.tick(60)
    assert send() == 70


def test_a_full_disk_takes_no_new_vault_and_no_blob_but_gives_back(house: House) -> None:
    token = ANA.token(house)
    name, sealed = ANA.item()
    keep(house, token, name, sealed)
    house.is_full = True
    assert code(Unavailable, OTHER.enter, house) == "disk_full"
    assert code(Unavailable, keep, house, token, name, sealed) == "disk_full"
    assert within(house, lambda sync: sync.blob(token, name)) == sealed
    replace(house, token, ANA.manifest(1), 0)


# The sheet, and leaving.


def test_a_sheet_finds_its_vault_and_a_newer_one_takes_its_place(house: House) -> None:
    token = ANA.token(house)
    keep_sheet(house, token, LOCATOR, ANA.wrap())
    assert house.desk.find_by_sheet(LOCATOR) == (ANA.vault_name, ANA.wrap())
    newer = bytes(32)
    keep_sheet(house, token, newer, ANA.wrap())
    assert code(NotFound, house.desk.find_by_sheet, LOCATOR) == "not_found"
    assert house.desk.find_by_sheet(newer)[1] == ANA.wrap()


def test_only_the_wrap_of_a_sheet_is_kept_as_one(house: House) -> None:
    token = ANA.token(house)
    for wrap, pointer in (
        (ANA.wrap(Kind.WRAP_PASSPHRASE), "/kind"), (OTHER.wrap(), "/vault"), (b"", "/length"),
        (ANA.item(bytes(600))[1], "/wrap"),
    ):  # fmt: skip
        with pytest.raises(Malformed) as caught:
            keep_sheet(house, token, LOCATOR, wrap)
        assert (caught.value.code, caught.value.pointer) == ("vault_unreadable", pointer)


def test_a_locator_of_another_vault_is_a_conflict(house: House) -> None:
    token, theirs = ANA.token(house), OTHER.token(house)
    keep_sheet(house, token, LOCATOR, ANA.wrap())
    assert code(Conflict, keep_sheet, house, theirs, LOCATOR, OTHER.wrap()) == "stale_version"


def test_strangers_tries_are_counted_though_refused_and_never_slow_an_owner(house: House) -> None:
    token = ANA.token(house)
    keep_sheet(house, token, LOCATOR, ANA.wrap())
    for _ in range(3):
        assert code(NotFound, house.desk.find_by_sheet, bytes(32)) == "not_found"
    with house.engine.begin() as connection:
        more = text("UPDATE kit_pace SET count = count + 597 WHERE name = 'sync-sheets' RETURNING count")
        assert connection.execute(more).scalar_one() == STRAY_SHEETS.most
    assert code(TooMany, house.desk.find_by_sheet, bytes(32)) == "too_many_requests"
    for _ in range(10):
        assert house.desk.find_by_sheet(LOCATOR)
    assert code(TooMany, house.desk.find_by_sheet, LOCATOR) == "too_many_requests"
    house.clock.tick(300)
    assert house.desk.find_by_sheet(LOCATOR)


def test_asked_for_at_once_everything_goes_at_once(house: House) -> None:
    token = ANA.token(house)
    NEW.enter(house)
    keep(house, token, *ANA.item())
    keep_sheet(house, token, LOCATOR, ANA.wrap())
    within(house, lambda sync: sync.leave(token, at_once=True))
    assert set(rows(house).values()) == {0}
    assert code(NotFound, house.desk.find_by_sheet, LOCATOR) == "not_found"
    assert refused(house, NotFound, lambda sync: sync.manifest(token)) == "session_ended"


def test_else_it_goes_after_ninety_days(house: House) -> None:
    token = ANA.token(house)
    NEW.enter(house)
    keep(house, token, *ANA.item())
    within(house, lambda sync: sync.leave(token, at_once=False))
    assert refused(house, NotFound, lambda sync: sync.manifest(token)) == "session_ended"
    house.clock.at = NOON + LEAVING - timedelta(seconds=1)
    with house.door() as sync:
        sync.challenge(OTHER.vault_name, HERE)
    assert rows(house)["wallet_sync_blob"] == 1
    house.clock.tick(1)
    with house.door() as sync:
        sync.challenge(OTHER.vault_name, HERE)
    assert rows(house) | {"wallet_sync_challenge": 0} == dict.fromkeys(rows(house), 0)


def test_an_active_device_that_comes_back_before_takes_it_back(house: House) -> None:
    token = ANA.token(house)
    within(house, lambda sync: sync.leave(token, at_once=False))
    NEW.enter(house)
    with house.engine.connect() as connection:
        assert connection.execute(text("SELECT leaves FROM wallet_sync_vault")).scalar_one() is not None
    ANA.enter(house)
    house.clock.at = NOON + LEAVING
    assert ANA.enter(house).state == "active"
    assert rows(house)["wallet_sync_vault"] == 1


def test_thirty_foundings_a_minute_of_one_network_and_nobody_elsewhere_waits(house: House) -> None:
    for number in range(30):
        phone(1, of=f"person {number}").enter(house)
    assert code(TooMany, phone(1, of="late").enter, house) == "too_many_requests"
    assert phone(2, of="person 1").enter(house).state == "waiting"
    assert phone(1, of="late").enter(house, near=network_of("203.0.113.7")).state == "active"


def test_challenges_are_counted_by_network(house: House) -> None:
    for _ in range(240):
        with house.door() as sync:
            sync.challenge(ANA.vault_name, HERE)
    assert code(TooMany, ANA.enter, house) == "too_many_requests"
    assert ANA.enter(house, near=network_of("203.0.113.7")).state == "active"
    house.clock.tick(60)
    assert ANA.enter(house).state == "active"
