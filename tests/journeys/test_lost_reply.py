"""Promise: what a holder asks of who signed her pass is never lost by a network that does not answer (P6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import NotFound, Unavailable
from kernel.ports import Fetch, Fetched
from schemas.identifiers import Url
from tests.journeys.inside import HOUSE
from tests.journeys.objecting import proposed
from tests.journeys.papers import row
from tests.journeys.test_correction import DISPUTES, opened, pocket
from tests.journeys.world import Place
from wallet import commands
from wallet.disputing import Objection
from wallet.holder import Passphrase
from wallet.pickup import Offer

PHRASE = Passphrase(words="canela y panela en la mesa")
RIGHT = "Yuleisy Rojas Peña"


@dataclass
class Losing:
    """A network that loses what one path answers, or what is sent there too."""

    fetch: Fetch
    path: str
    arrives: bool

    def get(self, url: Url, /, *, accept: str, limit: int) -> Fetched:
        return self.fetch.get(url, accept=accept, limit=limit)

    def post(self, url: Url, body: bytes, /, *, media_type: str, limit: int) -> Fetched:
        lost = url.endswith(self.path)
        if lost and not self.arrives:
            raise Unavailable("network_unavailable", detail="lost on the way there")
        answer = self.fetch.post(url, body, media_type=media_type, limit=limit)
        if lost:
            raise Unavailable("network_unavailable", detail="lost on the way back")
        return answer


@dataclass
class Hers:
    """A wallet with one pass for its key."""

    place: Place
    folder: Path
    credential: str
    name: str

    def do(self, act: Callable[..., Any], *asked: Any, fetch: Any = None) -> Any:
        return act(pocket(self.place, self.folder), PHRASE, *asked, fetch=fetch or self.place.world.fetch)

    def ask(self, right: str = RIGHT, *, fetch: Any = None) -> Any:
        objection = Objection(name=self.name, kind="name", text="Mi nombre está mal", right=right)
        self.place.private |= {objection.text, right}
        return self.do(commands.correct, objection, Url(HOUSE), fetch=fetch)

    def at_desk(self) -> list[tuple[str, str]]:
        return [(one["state"], one["name"]) for one in self.place.good("GET", DISPUTES, "oscar")["items"]]


@pytest.fixture
def hers(plain: Place, tmp_path: Path) -> Hers:
    (name,) = plain.issued(row(name="Yuleysi"))
    offer = plain.offer(name)
    plain.publish()
    made = commands.make(pocket(plain, tmp_path), PHRASE.words)
    plain.private |= {made.sheet, made.did, PHRASE.words}
    slip = Offer(issuer=Url(HOUSE), code=offer["code"], pin=offer["pin"])
    commands.fetch_offer(pocket(plain, tmp_path), PHRASE, slip, fetch=plain.world.fetch)
    bound = next(line for line in commands.list_all(pocket(plain, tmp_path), PHRASE) if line.bound)
    return Hers(plain, tmp_path, name, bound.name)


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("minutes", [1, 11])
def test_what_was_asked_stands_once_and_its_answer_comes(hers: Hers, arrives: bool, minutes: int) -> None:
    place = hers.place
    assert hers.ask(fetch=Losing(place.world.fetch, "/disputes", arrives)) == "unsure"
    place.clock.at += timedelta(minutes=minutes)
    for _ in range(2):
        (told,) = hers.do(commands.answers, None)
        assert (told.state, told.unsent, hers.at_desk()) == ("open", False, [("open", RIGHT)])
    decision = proposed(place, opened(place)["id"], "correct", correction={"names": "Yuleisy"})
    place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    place.publish()
    (told,) = hers.do(commands.answers, None)
    assert (told.state, told.taken) == ("corrected", True)


def test_what_was_answered_before_she_had_its_ticket_comes_all_the_same(hers: Hers) -> None:
    place = hers.place
    hers.ask(fetch=Losing(place.world.fetch, "/disputes", arrives=True))
    decision = proposed(place, opened(place)["id"], "correct", correction={"names": "Yuleisy"})
    place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    place.publish()
    place.clock.at += timedelta(days=3)
    (told,) = hers.do(commands.answers, None)
    assert (told.state, told.taken) == ("corrected", True)


@pytest.mark.parametrize("arrives", [True, False])
def test_what_is_taken_back_without_its_ticket_stands_nowhere(hers: Hers, arrives: bool) -> None:
    hers.ask(fetch=Losing(hers.place.world.fetch, "/disputes", arrives))
    hers.place.clock.at += timedelta(minutes=11)
    with pytest.raises(Unavailable):
        hers.do(commands.withdraw, hers.name, None, fetch=Losing(hers.place.world.fetch, "/disputes", arrives=False))
    assert hers.do(commands.withdraw, hers.name, None).state == "withdrawn"
    assert hers.at_desk() == ([("withdrawn", RIGHT)] if arrives else [])
    with pytest.raises(NotFound):
        hers.do(commands.withdraw, hers.name, None)
    assert hers.ask() == "sent"


def test_what_her_wallet_forgot_is_found_by_asking_again(hers: Hers) -> None:
    file = hers.folder / "hers.pvw"
    before = file.read_bytes()
    hers.ask()
    file.write_bytes(before)
    hers.place.clock.at += timedelta(minutes=11)
    assert hers.ask("Yuleisi Rojas Peña") == "already"
    assert hers.at_desk() == [("open", RIGHT)]
    assert [told.state for told in hers.do(commands.answers, None)] == ["open"]
    assert hers.do(commands.withdraw, hers.name, None).state == "withdrawn"
    assert hers.at_desk() == [("withdrawn", RIGHT)]


def test_what_cannot_be_sent_any_more_is_told(hers: Hers) -> None:
    hers.ask(fetch=Losing(hers.place.world.fetch, "/disputes", arrives=False))
    once = {"Idempotency-Key": "one-correction-of-it"}
    path = f"/v1/issuer/credentials/{hers.credential}/amendments"
    asked = {"correction": {"names": "Yuleisy"}}
    change = hers.place.good("POST", path, "oscar", json=asked, headers=once)
    hers.place.good("POST", f"/v1/issuer/amendments/{change['id']}/approval", "marta")
    hers.place.clock.at += timedelta(minutes=11)
    (told,) = hers.do(commands.answers, None)
    assert (told.unsent, hers.at_desk()) == (True, [])
    assert hers.do(commands.answers, None) == ()
