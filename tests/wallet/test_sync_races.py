"""Who comes at the same moment, on both databases: one manifest wins, no byte counts twice, nobody is left hanging."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from kernel.errors import BadProof, Conflict, PuenteError, TooMany
from kernel.vault import MAX_PADDED
from tests.wallet.sync_world import HERE, House, phone
from wallet.sync.entry import BlobName

ANA, NEW, OTHER = phone(1), phone(2), phone(1, of="beto")


@pytest.fixture
def house(database: Engine) -> House:
    return House(engine=database)


def race(*attempts: Callable[[], object]) -> list[object]:
    """All at the same moment: what each was given, or its refusal."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        start.wait()
        try:
            return attempt()
        except PuenteError as error:
            return error

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def codes(results: list[object]) -> list[str]:
    return sorted(each.code for each in results if isinstance(each, PuenteError))


def replace(house: House, token: bytes, sealed: bytes, after: int) -> bytes:
    with house.door() as sync:
        return sync.replace_manifest(token, sealed, after=after).sealed


def keep(house: House, token: bytes, name: BlobName, sealed: bytes) -> None:
    with house.door() as sync:
        sync.keep_blob(token, name, sealed)


def test_of_two_devices_that_replace_the_manifest_at_once_exactly_one_wins(house: House) -> None:
    token, theirs = ANA.token(house), NEW.token(house)
    with house.door() as sync:
        sync.approve(token, NEW.name)
    for turn in range(20):
        mine, new = ANA.manifest(turn + 1, b"mine"), NEW.manifest(turn + 1, b"theirs")
        results = race(partial(replace, house, token, mine, turn), partial(replace, house, theirs, new, turn))
        (won,) = (each for each in results if not isinstance(each, PuenteError))
        assert codes(results) == ["stale_version"]
        with house.door() as sync:
            found = sync.manifest(token)
        assert (found.sequence, found.sealed) == (turn + 1, won)


def test_blobs_that_come_and_go_at_once_are_counted_once(house: House) -> None:
    token = ANA.token(house)
    blobs = [ANA.item(bytes([n]) * 900) for n in range(3)]

    def drop(name: BlobName) -> None:
        with house.door() as sync:
            sync.drop_blob(token, name)

    for _turn in range(5):
        results = race(
            *(partial(keep, house, token, *blob) for blob in blobs),
            *(partial(keep, house, token, *blob) for blob in blobs),
            *(partial(drop, name) for name, _sealed in blobs),
            partial(ANA.enter, house),
        )
        assert set(codes(results)) <= {"not_found"}
        with house.engine.connect() as connection:
            size = connection.execute(text("SELECT size FROM wallet_sync_vault")).scalar_one()
            held = connection.execute(
                text("SELECT coalesce(sum(length(sealed)), 0) FROM wallet_sync_blob")
            ).scalar_one()
        assert size == held


def test_two_large_blobs_at_once_do_not_pass_the_bound_together(house: House) -> None:
    token = ANA.token(house)
    large = [ANA.item(bytes([n]) * (MAX_PADDED - 1)) for n in range(3)]
    keep(house, token, *large[0])
    results = race(*(partial(keep, house, token, *blob) for blob in large[1:]))
    assert codes(results) == ["vault_full"]


def test_one_challenge_opens_one_session_however_often_it_is_sent(house: House) -> None:
    with house.door() as sync:
        drawn = sync.challenge(ANA.vault_name, HERE).challenge
    results = race(*(partial(house.desk.enter, ANA.entry(drawn), HERE) for _ in range(4)))
    assert [type(each) for each in results if isinstance(each, PuenteError)] == [BadProof] * 3


def test_a_vault_is_founded_once(house: House) -> None:
    """The other finds it there and waits, or is asked to come again."""
    results = race(partial(ANA.enter, house), partial(NEW.enter, house))
    states = [getattr(each, "state", None) for each in results]
    assert states.count("active") == 1
    assert all(isinstance(each, Conflict) for each in results if isinstance(each, PuenteError))


def test_writes_at_once_are_all_counted(house: House) -> None:
    token = ANA.token(house)
    for _ in range(56):
        house.desk.count_write(token)
    results = race(*(partial(house.desk.count_write, token) for _ in range(8)))
    assert [type(each) for each in results if isinstance(each, PuenteError)] == [TooMany] * 4


def test_leaving_in_the_midst_of_writing_leaves_nothing_behind(house: House) -> None:
    for turn in range(5):
        mine = phone(1, of=f"ana, turn {turn}")
        token = mine.token(house)

        def leave(token: bytes = token) -> None:
            with house.door() as sync:
                sync.leave(token, at_once=True)

        blobs = [mine.item(bytes([n]) * 900) for n in range(4)]
        results = race(leave, *(partial(keep, house, token, *blob) for blob in blobs))
        assert set(codes(results)) <= {"session_ended", "stale_version"}
        with house.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM wallet_sync_blob")).scalar_one() == 0
