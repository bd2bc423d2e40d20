"""Promise: two phones share one wallet through a server that sees sealed bytes only; a new phone waits or is let in.

The phones are Python's own wallet: `wallet/sync/remote.py` and `walk.py` over HTTP, `wallet/contents.py` inside.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, text

from kernel import vault, vault_keys
from kernel.encoding import base64url_encode
from kernel.errors import Forbidden, Invalid, NotFound, PuenteError
from kernel.ports import Answered, Api, Asked
from schemas.identifiers import Url
from tests.fakes import SeededRandom
from tests.journeys.inside import HOUSE, Inside
from tests.journeys.papers import row
from tests.journeys.world import Place
from wallet.contents import Contents
from wallet.holder import OpenWallet, create
from wallet.receiving import Trusted, receive_all
from wallet.sync.remote import Latchkey, Remote, Visit
from wallet.sync.walk import Walk

PHRASE = "canela y panela en la mesa"
WAIT = timedelta(hours=48)
"""The server's own setting; nothing here shortens it."""


@dataclass(frozen=True, kw_only=True)
class Slow(Inside):
    """A network on which something else happens before the first manifest arrives."""

    meanwhile: list[Callable[[], None]]

    def ask(self, asked: Asked, /, *, limit: int) -> Answered:
        if asked.method == "PUT" and asked.url.endswith("/manifest") and self.meanwhile:
            self.meanwhile.pop()()
        return super().ask(asked, limit=limit)


@dataclass
class Phone:
    """One phone with a wallet, and what it remembers of the server."""

    place: Place
    wallet: OpenWallet
    secret: bytes
    known: bytes | None = None
    waited: list[int] = field(default_factory=list)

    def enter(self, api: Api | None = None) -> Visit:
        signer = self.wallet.sync_signer()
        remote = Remote(server=Url(HOUSE), api=api or Inside(ask_app=self.place.ask))
        visit = remote.enter(Latchkey(vault_id=self.wallet.contents.vault_id, signer=signer, device=self.secret))
        self.place.private |= {visit.token, base64url_encode(self.secret), base64url_encode(self.wallet.vault_key)}
        return visit

    def sync(self, api: Api | None = None) -> None:
        """Come in, become one with the copy, keep what was sealed."""
        walk = Walk(visit=self.enter(api), random=SeededRandom(f"{self.secret!r}"), pause=self.pause)
        joined = walk.join(self.wallet, known=self.known)
        self.wallet, self.known = joined.wallet, joined.known

    def pause(self, seconds: int) -> None:
        self.waited.append(seconds)
        self.place.clock.tick(seconds)

    def receive(self, document: Any) -> None:
        """A card of hers, verified before it is kept."""
        by = Trusted(bundle=self.place.world.bundle(), now=self.place.clock.now(), floor=None)
        self.wallet, (arrival,) = receive_all(self.wallet, [document], by=by)
        assert arrival.verdict == "valid"

    def norms(self) -> list[str]:
        """What it holds, by norm."""
        return sorted(str(kept.document["credentialSubject"]["norm"]) for kept in self.wallet.passes())  # type: ignore[index, call-overload]  # a pass that was verified


@pytest.fixture
def papers(place: Place) -> list[Any]:
    """Three cards of hers, as the issuer signed them."""
    names = place.issued(*(row(norm=norm) for norm in ("290801106", "210601027", "220601038")))
    place.publish()
    return [place.good("GET", f"/v1/issuer/credentials/{name}", "oscar") for name in names]


@pytest.fixture
def ana(place: Place, papers: list[Any]) -> Phone:
    """Her phone, with one card, copied to the server, and found by her sheet."""
    wallet, sheet = create(PHRASE, random=SeededRandom("ana"))
    place.private |= {sheet, wallet.did}
    phone = Phone(place=place, wallet=wallet, secret=SeededRandom("her phone")(16))
    phone.receive(papers[0])
    phone.sync()
    locator = vault_keys.sheet_locator(vault_keys.read_sheet(sheet))
    place.private |= {base64url_encode(locator)}
    phone.enter().keep_sheet(locator, wallet.wraps[1])
    return phone


def sheet_of_ana() -> str:
    return create(PHRASE, random=SeededRandom("ana"))[1]


def recovered(place: Place, letters: str) -> Phone:
    """A new phone that has nothing but the sheet's letters."""
    secret = vault_keys.read_sheet(letters)
    remote = Remote(server=Url(HOUSE), api=Inside(ask_app=place.ask))
    vault_id, wrap = remote.find_by_sheet(vault_keys.sheet_locator(secret))
    key = vault.open_blob(wrap, key=vault_keys.sheet_key(secret, vault_id)).plaintext
    contents = Contents(vault_id=vault_id, device="nuevo", sequence=0, previous=None, seen={})
    return Phone(place=place, wallet=OpenWallet(vault_key=key, contents=contents, wraps=()), secret=b"new phone's key!")


def code(kind: type[PuenteError], act: Any, *args: Any) -> str:
    with pytest.raises(kind) as caught:
        act(*args)
    return caught.value.code


def test_a_new_phone_with_the_sheet_alone_is_let_in_by_the_old_one(place: Place, ana: Phone) -> None:
    new = recovered(place, sheet_of_ana())
    visit = new.enter()
    assert visit.opens_at == place.clock.now() + WAIT
    assert code(Forbidden, new.sync) == "device_waiting"
    (waiting,) = (line for line in ana.enter().devices() if line.state == "waiting")
    assert waiting.device == visit.device
    ana.enter().approve(waiting.device)
    new.sync()
    assert new.norms() == ["290801106"]
    assert new.wallet.did == ana.wallet.did


def test_where_nobody_lets_it_in_it_waits_forty_eight_hours(place: Place, ana: Phone) -> None:
    new = recovered(place, sheet_of_ana())
    new.enter()
    place.clock.at += WAIT - timedelta(seconds=1)
    assert code(Forbidden, new.sync) == "device_waiting"
    place.clock.tick(1)
    new.sync()
    assert new.norms() == ana.norms()


def test_a_refused_phone_gets_nothing_and_waits_anew(place: Place, ana: Phone) -> None:
    new = recovered(place, sheet_of_ana())
    visit = new.enter()
    ana.enter().remove_device(visit.device)
    assert code(NotFound, visit.manifest) == "session_ended"
    place.clock.at += WAIT
    assert new.enter().opens_at == place.clock.now() + WAIT


def test_two_phones_that_changed_things_at_once_lose_nothing(place: Place, ana: Phone, papers: list[Any]) -> None:
    new = recovered(place, sheet_of_ana())
    ana.enter().approve(new.enter().device)
    new.sync()
    ana.receive(papers[1])
    new.receive(papers[2])
    for phone in (ana, new, ana):
        phone.sync()
    assert ana.norms() == new.norms() == ["210601027", "220601038", "290801106"]
    assert ana.known == new.known


def test_a_phone_that_comes_late_in_its_walk_begins_again(place: Place, ana: Phone, papers: list[Any]) -> None:
    new = recovered(place, sheet_of_ana())
    ana.enter().approve(new.enter().device)
    ana.receive(papers[1])
    new.receive(papers[2])

    ana.sync(Slow(ask_app=place.ask, meanwhile=[new.sync]))
    assert ana.norms() == ["210601027", "220601038", "290801106"]
    assert any("stale_version" in problem for problem in place.problems)


def test_a_pass_that_one_phone_deleted_goes_from_the_other_with_its_holder_s_yes(
    place: Place, ana: Phone, papers: list[Any]
) -> None:
    new = recovered(place, sheet_of_ana())
    ana.enter().approve(new.enter().device)
    ana.receive(papers[1])
    for phone in (ana, new):
        phone.sync()
    ana.wallet = ana.wallet.drop(ana.wallet.passes()[0].name)
    for phone in (ana, new, ana, new):
        phone.sync()
    assert [kept.gone for kept in new.wallet.passes()] == [True, False]
    assert ana.norms() == ["210601027"]
    assert ana.known == new.known
    new.wallet = new.wallet.retain(new.wallet.passes()[0].name)
    for phone in (new, ana):
        phone.sync()
    assert ana.norms() == new.norms() == ["210601027", "290801106"]


def test_the_server_cannot_go_back_unnoticed(place: Place, ana: Phone, papers: list[Any]) -> None:
    ask = text("SELECT sequence, manifest FROM wallet_sync_vault")
    put = text("UPDATE wallet_sync_vault SET sequence = :sequence, manifest = :manifest")
    with place.world.engine.begin() as connection:
        former = dict(connection.execute(ask).mappings().one())
    ana.receive(papers[1])
    ana.sync()
    with place.world.engine.begin() as connection:
        connection.execute(put, former)
    assert code(Invalid, ana.sync) == "stale_server"
    assert ana.norms() == ["210601027", "290801106"]


def test_a_long_history_goes_up_at_the_server_s_pace(place: Place, ana: Phone) -> None:
    for n in range(70):
        ana.wallet = ana.wallet.note_show(
            {"manner": "live", "profile": f"p{n}", "passes": []},
            now=place.clock.now(),
            random=SeededRandom(f"show {n}"),
        )
    ana.sync()
    assert len(ana.waited) == 1
    assert 0 < ana.waited[0] <= 60
    new = recovered(place, sheet_of_ana())
    ana.enter().approve(new.enter().device)
    new.sync()
    assert len(new.wallet.shows()) == 70


def test_the_server_holds_sealed_bytes_and_opaque_ids_and_nothing_else(place: Place, ana: Phone) -> None:
    """Every cell of every row is looked at, whole and in base64url."""
    told = {*place.private, "Yuleisy", "Rojas", "290801106"}
    known = {value.encode() for value in told} | {ana.wallet.vault_key, ana.secret}
    with place.world.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name.startswith("wallet_sync_")]
        cells = [
            bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
            for name in tables
            for line in connection.execute(text(f"SELECT * FROM {name}"))
            for cell in line
        ]
    assert len(cells) > 10
    assert not [value for value in known for cell in cells if value in cell]


def test_forgotten_at_once_nothing_is_left(place: Place, ana: Phone) -> None:
    ana.enter().leave(at_once=True)
    with place.world.engine.connect() as connection:
        for name in ("vault", "blob", "device", "session"):
            assert connection.execute(text(f"SELECT count(*) FROM wallet_sync_{name}")).scalar_one() == 0
    assert code(NotFound, recovered, place, sheet_of_ana()) == "not_found"
    ana.known = None
    ana.sync()
    assert ana.norms() == ["290801106"]
