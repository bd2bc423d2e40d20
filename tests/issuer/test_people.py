"""A search finds people by what a counter hears, in its own centre alone; it leaves no text; a person can be erased."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text

from issuer import audit, words
from issuer.forgetting import Forgetting
from issuer.kinds import KINDS
from issuer.people.indexing import Indexing
from issuer.rows import Wanted
from issuer.secrets import Secrets
from kernel.errors import NotFound, PuenteError, TooMany
from schemas.counter import PeoplePage, SearchRequest
from schemas.issuance import ActRequest
from tests.fakes import NOON
from tests.issuer.test_places import row
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House

OLGA = replace(OSCAR, person="olga", centre="D101")
COHORT = (DEMO / "cohort-demo.csv").read_bytes()


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def search(house: House, said: str, *, by: Any = OSCAR, after: str | None = None) -> PeoplePage:
    with house.people() as people:
        return people.search(SearchRequest(text=said, after=after), by=by)


def names(page: PeoplePage) -> list[str]:
    return [person.name for person in page.people]


def test_a_person_is_found_by_number_tail_name_norm_project_credential_and_batch(house: House) -> None:
    batch = house.issue(COHORT)
    found = search(house, "rincon YEPEZ julián").people
    assert len(found) == 1
    (person,) = found
    (line,) = person.credentials
    assert (line.type, line.norm, line.norm_version, line.state, line.batch) == ("C06", "290801106", 1, "valid", batch)
    assert person.document.startswith("…")
    assert len(person.document) == 5
    with house.issuer() as issuer:
        payload = issuer.ledger.intent(issuer.secrets("norma").number(line.id)).payload
    number = payload.decode().split(",")[3].strip('"')
    assert names(search(house, number)) == [person.name]
    assert names(search(house, f"{number[:-3]}.{number[-3:]}")) == [person.name]
    assert person.name in names(search(house, number[-4:]))
    assert names(search(house, line.id)) == [person.name]
    assert search(house, "julián", after=line.id).people == []
    assert len(search(house, "290801106").people) > 20
    assert len(search(house, "000202541701").people) > 5
    everybody, after = [], None
    while (page := search(house, batch, after=after)).next is not None or page.people:
        everybody += [each.id for person in page.people for each in person.credentials]
        after = page.next
        if after is None:
            break
    assert len(everybody) == len(set(everybody)) == 162


def test_whose_credentials_are_is_told_to_her_centre_and_that_it_was_stands_in_the_chain(house: House) -> None:
    batch = house.issue(COHORT)
    asked = [line.id for person in search(house, batch).people[:2] for line in person.credentials]
    with house.people() as people:
        named = people.named([*asked, "x" * 22], by=MARTA)
        elsewhere = people.named(asked, by=OLGA)
        lines = people.store.session.execute(text("SELECT actor FROM issuer_audit WHERE act = 'people_named'"))
        assert [actor for (actor,) in lines] == [MARTA.person]
    assert sorted(line.id for person in named.people for line in person.credentials) == sorted(asked)
    assert all(person.name and person.document.startswith("…") for person in named.people)
    assert elsewhere.people == []


def test_what_was_issued_before_there_was_an_index_is_found_once_it_is_made(house: House) -> None:
    house.issue(COHORT)
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text("DELETE FROM issuer_word"))
        erased, *_ = issuer.ledger.session.execute(text("SELECT max(n) FROM issuer_intent")).one()
        blank = "UPDATE issuer_intent SET payload = :payload WHERE n = :n"
        issuer.ledger.session.execute(text(blank), {"payload": b"[]", "n": erased})
    assert search(house, "rincon yepez julian").people == []
    with house.issuer() as issuer:
        left = Indexing(session=issuer.ledger.session, issuer=issuer).left()
    made = []
    for first in (*left, *left):
        with house.issuer() as issuer:
            made.append(Indexing(session=issuer.ledger.session, issuer=issuer).index(first))
    assert (sum(made), sum(made[len(left) :])) == (161, 0)
    with house.issuer() as issuer:
        assert Indexing(session=issuer.ledger.session, issuer=issuer).left() == []
    assert len(search(house, "rincon yepez julian").people) == 1


STRANGE = (
    "nadie", "de la", "%", "' OR 1=1 --", "_", "0", "x" * 22, "A" * 22, "…", "ffffffffffffffffffffff", "ﬀ", "\U0001f600"
)  # fmt: skip


def test_what_names_nobody_finds_nobody(house: House) -> None:
    house.issue(COHORT)
    for said in STRANGE:
        assert search(house, said) == PeoplePage(people=[], next=None), said


@pytest.mark.parametrize("said", ["", " ", "x" * 201, "a\u202eb", "a\x00b"])
def test_a_text_has_bounds(said: str) -> None:
    with pytest.raises(ValidationError):
        SearchRequest(text=said)


def test_another_centre_and_another_issuer_find_nothing(house: House) -> None:
    with house.issuer() as issuer:
        for n, centre in enumerate(("D101", "D102", None)):
            first, _ = issuer.promise("norma", "C06", [row(n)], batch=None, centre=centre, at=NOON)
            assert first is not None
    assert search(house, "julian").people == []  # nothing of it is sealed yet
    house.desk.resume()
    assert len(search(house, "julian").people) == 3
    ours = search(house, "julian", by=OLGA)
    (person,) = ours.people
    for other in (person.credentials[0].id, "0002"):
        assert search(house, other, by=replace(OLGA, centre="D102")).people == []
    with house.people() as people, pytest.raises(NotFound):
        people.look(person.id, by=replace(OLGA, centre="D102"))
    with house.people() as people, pytest.raises(PuenteError):
        people.look(person.id, by=replace(OLGA, issuer="otra"))


def test_the_chain_tells_that_somebody_searched_and_never_what(house: House) -> None:
    house.issue(COHORT)
    (person,) = search(house, "rincon yepez julian").people
    with house.people() as people:
        people.look(person.id, by=MARTA)
    with house.issuer() as issuer:
        lines = issuer.ledger.session.execute(
            text("SELECT actor, act, object FROM issuer_audit ORDER BY n DESC LIMIT 2")
        )
        assert [tuple(each) for each in lines] == [
            ("marta", "person_read", person.id), ("oscar", "people_searched", "norma"),
        ]  # fmt: skip
        audit.recompute(issuer.ledger.session)


def test_thirty_a_minute(house: House) -> None:
    for _ in range(30):
        search(house, "nadie")
    with pytest.raises(TooMany):
        search(house, "nadie")
    assert search(house, "nadie", by=MARTA).people == []
    house.clock.at += timedelta(minutes=1)
    assert search(house, "nadie").people == []


def test_one_persons_file_shows_what_was_done(house: House) -> None:
    house.permits(YULEISY)
    house.issue(COHORT)
    (person,) = search(house, "yuleisy rojas").people
    (line,) = person.credentials
    assert (line.type, line.norm, line.level, line.state) == ("C01", None, None, "valid")
    with house.pickups() as pickups:
        pickups.offer_named(line.id, by=OSCAR)
    with house.status() as status:
        n = status.issuer.find(line.id, by=OSCAR)
        act = status.propose(n, ActRequest(act="suspend", reason="authority_decision"), by=OSCAR).id
    with house.status() as status:
        status.approve(act, by=MARTA)
    with house.people() as people:
        file = people.look(person.id, by=OSCAR)
    assert [each.state for each in file.credentials] == ["suspended"]
    assert [(each.act, each.state, each.decided_by) for each in file.acts] == [("suspend", "approved", "marta")]
    assert [(each.made_by, each.stands, each.tries) for each in file.offers] == [("oscar", True, 0)]
    assert (file.disputes, file.reissues) == ([], [])
    for strange in ("A" * 22, "x", "é" * 22):
        with house.people() as people, pytest.raises(PuenteError):
            people.look(strange, by=OSCAR)


def test_an_erased_person_is_found_no_more_and_the_others_are(house: House) -> None:
    house.issue(COHORT)
    (person,) = search(house, "rincon yepez julian").people
    with house.issuer() as issuer:
        n = issuer.find(person.credentials[0].id, by=OSCAR)
        Forgetting(ledger=issuer.ledger, random=house.random).forget_words([n])
    assert search(house, "rincon yepez julian").people == []
    with house.people() as people, pytest.raises(NotFound):
        people.look(person.id, by=OSCAR)
    assert names(search(house, "lucia avila nunez")) == ["Lucía Ávila Núñez"]
    assert names(search(house, person.credentials[0].id)) == [person.name]  # the row itself is not the index's


def test_the_index_holds_no_word_and_only_its_key_opens_it(house: House) -> None:
    house.issue(COHORT)
    with house.issuer() as issuer:
        kept = b"".join(issuer.ledger.session.execute(text("SELECT entries FROM issuer_word")).scalars())
        secrets = issuer.secrets("norma")
    assert b"rincon" not in kept.lower()
    assert secrets.word("rincon")[1:5] in kept
    bare = Secrets(
        **{part: bytes(32) for part in ("places", "rows", "leaves", "names", "codes", "words", "hooks", "looks")}
    )
    assert bare.word("rincon")[1:5] not in kept


def test_two_words_with_one_hash_are_told_apart() -> None:
    kind, same = KINDS["C06"], bytes(16)
    rows = [(0, frozenset({"rosa"})), (1, frozenset({"ana"}))]
    ((shelf, entries),) = words.shelve(rows, lambda _: same)
    assert (shelf, list(words.places(entries, same))) == (0, [0, 1])
    assert words.without(entries, {0}) == words.shelve(rows[1:], lambda _: same)[0][1]
    cells = ["000202541701", "290801106", "01", "000012345678", "D'Angelo Müller", "Zoë", "3", "28/09/2025", 1]
    assert words.of_row(kind, cells) == {
        "zoe", "angelo", "muller", "000012345678", "5678", "290801106", "000202541701"
    }  # fmt: skip


def test_a_tag_across_two_entries_is_not_an_entry() -> None:
    key = b"\x00abcd" + bytes(11)
    entries = b"xxab" + b"\x63\x64" + b"abcd" + b"\x00\x05"
    assert list(words.places(entries, b"\x00abcd" + bytes(11))) == [5]
    assert list(words.places(b"", key)) == []


def test_a_chunk_of_4096_is_256_rows_of_the_index(house: House) -> None:
    cells = [Wanted(line=n, payload=row(n, f"Ana{n % 97}").payload) for n in range(4096)]
    with house.issuer() as issuer:
        issuer.promise("norma", "C06", cells, batch=None, centre=None, at=NOON)
        shelves, size = issuer.ledger.session.execute(
            text("SELECT count(*), sum(length(entries)) FROM issuer_word")
        ).one()
    assert shelves == 256
    assert size / 4096 < 50
