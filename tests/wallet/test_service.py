"""wallet/service.py on both databases: sealed rows, sessions that end, one writer, another's wallet never found."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from app.db import transaction
from kernel.errors import Conflict, Invalid, Malformed, NotFound
from schemas.identifiers import Url
from schemas.verification import moment
from tests import worlds
from tests.fakes import FixedClock, SeededRandom, SmallWeb
from tests.makers import NOW
from tests.wallet.test_pickup import ASK, BASE, OPENED, row
from tests.wallet.world import PHRASE, bundle, competence, permit
from wallet.choosing import Choice
from wallet.errand import Errand
from wallet.holder import Passphrase, Sheet, open_wallet
from wallet.pickup import Offer
from wallet.service import LIFE, Ticket, Wallet
from wallet.store import WalletStore

OTHER = "tres burros y un sapo azul"


@dataclass
class House:
    """Doors to one process's wallets."""

    engine: Engine
    clock: FixedClock = field(default_factory=lambda: FixedClock(at=NOW))
    random: SeededRandom = field(default_factory=SeededRandom)
    web: SmallWeb = field(default_factory=SmallWeb)

    @contextmanager
    def door(self) -> Iterator[Wallet]:
        with transaction(self.engine) as session:
            yield self.wallet(session)

    def wallet(self, session: Session) -> Wallet:
        return Wallet(
            store=WalletStore(session=session),
            clock=self.clock,
            random=self.random,
            bundle=bundle(),
            floor=None,
        )

    @property
    def errand(self) -> Errand:
        return Errand(wallet=self.door, clock=self.clock, fetch=self.web)

    def begin(self, owner: str = "ana") -> tuple[Ticket, str]:
        with self.door() as wallet:
            entrance, sheet = wallet.begin(PHRASE, owner=owner)
        return Ticket(owner=owner, vault=entrance.vault, token=entrance.token), sheet


@pytest.fixture
def house(database: Engine) -> House:
    return House(engine=database)


def received(house: House, ticket: Ticket) -> str:
    with house.door() as wallet:
        (arrival,) = wallet.receive(ticket, worlds.text(competence()))
    assert arrival.name is not None
    return arrival.name


def test_a_wallet_is_made_filled_and_read_in_words(house: House) -> None:
    ticket, _sheet = house.begin()
    name = received(house, ticket)
    with house.door() as wallet:
        (line,) = wallet.list(ticket)
        assert wallet.look_at(ticket, name[:6]) == line
        assert wallet.mine("ana") == (ticket.vault,)
    assert (line.name, line.verdict, line.bound) == (name, "valid", False)
    assert line.words.kind == "Certificado de competencia laboral"
    assert line.words.issuer == "Servicio de Normas"
    assert line.profiles == ("interview", "hiring")


def test_nothing_readable_lies_in_the_database(house: House) -> None:
    ticket, sheet = house.begin()
    received(house, ticket)
    with house.engine.connect() as connection:
        rows = [
            repr(tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in found))
            for table in ("wallet_vault", "wallet_session")
            for found in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    kept = "".join(rows)
    for secret in ("Ana", "4821", "norma.example", "did:key", PHRASE, sheet, ticket.token):
        assert secret not in kept


def test_a_session_ends_by_time_and_by_sign_out(house: House) -> None:
    ticket, _sheet = house.begin()
    house.clock.at += LIFE
    with house.door() as wallet, pytest.raises(NotFound):
        wallet.list(ticket)
    with house.door() as wallet:
        fresh = replace(ticket, token=wallet.sign_in(ticket.vault, Passphrase(words=PHRASE), owner="ana").token)
        assert wallet.list(fresh) == ()
        wallet.sign_out(fresh)
    with house.door() as wallet, pytest.raises(NotFound):
        wallet.list(fresh)


def test_a_wrong_passphrase_and_a_wrong_token_open_nothing(house: House) -> None:
    ticket, _sheet = house.begin()
    with house.door() as wallet, pytest.raises(Malformed) as caught:
        wallet.sign_in(ticket.vault, Passphrase(words=OTHER), owner="ana")
    assert caught.value.code == "vault_unreadable"
    for token in ("", "x", "A" * 43, ticket.token[:-1], "ñ" * 43, "A" * 999):
        with house.door() as wallet, pytest.raises(NotFound):
            wallet.list(replace(ticket, token=token))


def test_another_person_s_wallet_is_not_found(house: House) -> None:
    ticket, _sheet = house.begin()
    stolen = replace(ticket, owner="rosa")
    with house.door() as wallet, pytest.raises(NotFound):
        wallet.list(stolen)
    with house.door() as wallet, pytest.raises(NotFound):
        wallet.sign_in(ticket.vault, Passphrase(words=PHRASE), owner="rosa")
    with house.door() as wallet:
        assert wallet.mine("rosa") == ()


def test_a_token_of_one_wallet_does_not_open_the_next(house: House) -> None:
    one, _sheet = house.begin()
    other, _sheet = house.begin()
    with house.door() as wallet, pytest.raises(NotFound):
        wallet.list(replace(one, token=other.token))


def test_what_fails_is_explained_and_the_row_stays_as_it_was(house: House) -> None:
    ticket, _sheet = house.begin()
    before = exported(house, ticket)
    with house.door() as wallet:
        (arrival,) = wallet.receive(ticket, b"{}")
    assert (arrival.verdict, arrival.name) == ("cannot_verify", None)
    assert exported(house, ticket) == before


def exported(house: House, ticket: Ticket) -> bytes:
    with house.door() as wallet:
        return wallet.export(ticket)


def test_a_pick_up_is_verified_and_kept(house: House) -> None:
    ticket, _sheet = house.begin()
    with house.door() as wallet:
        did = wallet.sign_in(ticket.vault, Passphrase(words=PHRASE), owner="ana").did
    passes = [competence(did), permit(did), permit("did:key:z6MkotherotherOther")]  # type: ignore[arg-type]  # a stranger's
    house.web.pages = {
        ASK: json.dumps(OPENED).encode(),
        f"{ASK}/{OPENED['id']}/present": json.dumps({"credentials": [row(each) for each in passes]}).encode(),
    }
    arrivals = house.errand.pick_up(ticket, Offer(issuer=Url(BASE), code="7KQ4M2XW9T", pin="402917"))
    assert [arrival.verdict for arrival in arrivals] == ["valid", "valid", "cannot_verify"]
    with house.door() as wallet:
        assert [line.bound for line in wallet.list(ticket)] == [True, True]


def test_what_was_shown_is_noted_inside_the_vault(house: House) -> None:
    ticket, _sheet = house.begin()
    received(house, ticket)
    choice = Choice(manner="static", profile="interview", names=None, request=None)
    with house.door() as wallet:
        made = wallet.show(ticket, choice)
        assert made.shown.texts[0].startswith("VC1-R")
    raw = exported(house, ticket)
    (noted,) = open_wallet(raw, Passphrase(words=PHRASE)).shows()
    assert (noted["manner"], noted["profile"], noted["at"]) == ("static", "interview", moment(NOW))


def test_a_profile_that_the_bundle_does_not_hold_shows_nothing(house: House) -> None:
    ticket, _sheet = house.begin()
    name = received(house, ticket)
    with house.door() as wallet, pytest.raises(Invalid) as caught:
        wallet.show(ticket, Choice(manner="static", profile="health", names=(name,), request=None))
    assert caught.value.code == "over_asking"


def test_two_writers_at_once_lose_nothing(house: House) -> None:
    ticket, _sheet = house.begin()
    with house.door() as wallet:
        stale = wallet.store.load(ticket.vault, owner="ana")
    received(house, ticket)
    late = open_wallet(stale, Passphrase(words=PHRASE)).keep(permit(), now=NOW)
    with house.door() as wallet, pytest.raises(Conflict):
        wallet.store.keep(ticket.vault, late.sealed(house.random), owner="ana", now=NOW)
    with house.door() as wallet:
        assert len(wallet.list(ticket)) == 1


def test_a_pass_is_thrown_away_by_its_name(house: House) -> None:
    ticket, _sheet = house.begin()
    name = received(house, ticket)
    with house.door() as wallet:
        wallet.drop(ticket, name)
    with house.door() as wallet:
        assert wallet.list(ticket) == ()
    with house.door() as wallet, pytest.raises(NotFound):
        wallet.drop(ticket, name)


def test_a_lost_passphrase_is_replaced_by_way_of_the_sheet(house: House) -> None:
    ticket, sheet = house.begin()
    received(house, ticket)
    with house.door() as wallet:
        entrance = wallet.sign_in(ticket.vault, Sheet(letters=sheet), owner="ana")
    by_sheet = replace(ticket, token=entrance.token)
    with house.door() as wallet:
        wallet.change_passphrase(by_sheet, OTHER)
    for gone in (ticket, by_sheet):
        with house.door() as wallet, pytest.raises(NotFound):
            wallet.list(gone)
    with house.door() as wallet:
        token = wallet.sign_in(ticket.vault, Passphrase(words=OTHER), owner="ana").token
        assert len(wallet.list(replace(ticket, token=token))) == 1


def test_a_wallet_moves_to_another_house_sealed(house: House) -> None:
    ticket, sheet = house.begin()
    received(house, ticket)
    raw = exported(house, ticket)
    with pytest.raises(Conflict), house.door() as wallet:
        wallet.restore(raw, owner="ana")
    with house.engine.begin() as connection:
        connection.execute(text("DELETE FROM wallet_vault"))
    with house.door() as wallet:
        assert wallet.restore(raw, owner="rosa") == ticket.vault
    with house.door() as wallet:
        token = wallet.sign_in(ticket.vault, Sheet(letters=sheet), owner="rosa").token
        assert len(wallet.list(Ticket(owner="rosa", vault=ticket.vault, token=token))) == 1


def test_bytes_that_are_no_wallet_are_refused(house: House) -> None:
    for raw in (b"", b"PVW1", b"x" * 1000):
        with house.door() as wallet, pytest.raises(Malformed):
            wallet.restore(raw, owner="ana")


def test_ended_sessions_are_forgotten(house: House) -> None:
    ticket, _sheet = house.begin()
    house.clock.at += LIFE + timedelta(seconds=1)
    with house.door() as wallet:
        wallet.sign_in(ticket.vault, Passphrase(words=PHRASE), owner="ana")
    with house.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM wallet_session")).scalar() == 1
