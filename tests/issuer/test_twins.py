"""The full Open Badges credential beside a pass: both or none, no place twice, one act for both, no person twice."""

import pytest
from sqlalchemy import Engine, func, text
from sqlmodel import select

from issuer import audit
from issuer.erasing import Erasing
from issuer.figures.service import Figures
from issuer.figures.store import FigureStore
from issuer.kinds import BADGE
from issuer.rows import Wanted
from issuer.signing import Signing
from issuer.tables import ChunkRow, IntentRow, LogChunkRow
from kernel import claims
from kernel.errors import Forbidden, NotFound
from kernel.ports import SigningTask
from kernel.proofs import integrity
from schemas.counter import SearchRequest
from schemas.json import JsonObject
from schemas.terms import BADGE_CONTEXTS
from tests.fakes import NOON
from tests.issuer.rooms import COLOMBIA
from tests.issuer.test_batches import public
from tests.issuer.test_disputes import decide, disputed
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_places import row
from tests.issuer.test_status import REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import CHOICES, DEMO, MARTA, OSCAR, House

TWINS = CHOICES.model_copy(update={"twin": True})
EXCEL = (DEMO / "cohort-demo-excel.csv").read_bytes()
ROWS = 54
TEXT: JsonObject = {"type": "string", "minLength": 1}


def of(kind: str, *needed: str, **members: JsonObject) -> JsonObject:
    """An object of Open Badges 3.0, annex B.1: its `type`, what it must have, and no member beside those named."""
    names: JsonObject = {"type": {"type": "array", "items": {"enum": [kind]}, "minItems": 1}, **members}
    return {"type": "object", "required": ["type", *needed], "properties": names, "additionalProperties": False}


def many(each: JsonObject, least: int = 1) -> JsonObject:
    return {"type": "array", "items": each, "minItems": least}


LEVEL = of("RubricCriterionLevel", "id", "name", id=TEXT, name=TEXT, level=TEXT)
RESULT_KIND = of(
    "ResultDescription", "id", "name", "resultType",
    id=TEXT, name=TEXT, resultType={"enum": ["RubricCriterionLevel"]}, rubricCriterionLevel=many(LEVEL, 3),
)  # fmt: skip
ALIGNMENT = of(
    "Alignment", "targetName", "targetUrl", targetName=TEXT, targetUrl=TEXT, targetCode=TEXT, targetFramework=TEXT
)
IDENTITY: JsonObject = {
    "type": "object",
    "required": ["type", "hashed", "identityHash", "identityType"],
    "properties": {
        "type": {"enum": ["IdentityObject"]},
        "hashed": {"enum": [False]},
        "identityHash": TEXT,
        "identityType": {"enum": ["name", "ext:idTail"]},
    },
    "additionalProperties": False,
}
ACHIEVEMENT = of(
    "Achievement", "id", "criteria", "description", "name",
    id=TEXT, name=TEXT, description=TEXT, inLanguage={"enum": ["es"]}, achievementType={"enum": ["Competency"]},
    criteria={"type": "object", "required": ["narrative"], "properties": {"narrative": TEXT}},
    alignment=many(ALIGNMENT), resultDescription=many(RESULT_KIND),
)  # fmt: skip
SUBJECT = of(
    "AchievementSubject", "achievement", "identifier",
    identifier=many(IDENTITY, 2), achievement=ACHIEVEMENT,
    result=many(of("Result", "resultDescription", "achievedLevel", resultDescription=TEXT, achievedLevel=TEXT)),
)  # fmt: skip
OPEN_BADGE: JsonObject = {
    "type": "object",
    "required": ["@context", "id", "type", "issuer", "validFrom", "credentialSubject", "credentialStatus", "proof"],
    "properties": {
        "issuer": of("Profile", "id", id=TEXT, name=TEXT),
        "credentialSubject": SUBJECT,
        "credentialStatus": {"type": "array", "minItems": 2, "maxItems": 2},
    },
}
"""What annex B.1 asks, closed: what we write beyond it would be a mistake."""


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=32).open()


def twin_of(house: House, n: int) -> int:
    with house.issuer() as issuer:
        found = issuer.ledger.twin_of(n)
    assert found is not None
    return found


def test_each_competence_goes_out_as_a_pass_and_as_an_open_badge(house: House) -> None:
    batch = house.issue(EXCEL, choices=TWINS)
    numbers = house.numbers(batch)
    assert len(numbers) == ROWS
    shape = claims.compile_schema(OPEN_BADGE)
    ids = set()
    for n in numbers:
        shown, full = house.credential(n), house.credential(twin_of(house, n))
        shape.check(full)
        integrity.check(full, key=public(house), purpose="assertionMethod")
        assert full["@context"] == full["proof"]["@context"] == list(BADGE_CONTEXTS)
        assert (full["issuer"]["id"], full["validFrom"]) == (shown["issuer"], shown["validFrom"])
        said, subject = shown["credentialSubject"], full["credentialSubject"]
        assert [each["identityHash"] for each in subject["identifier"]] == [said["name"], said["idTail"]]
        assert subject["achievement"]["id"].endswith(f"/nscl/{said['norm']}/{said['normVersion']}")
        assert subject["result"][0]["achievedLevel"] == f"{subject['achievement']['id']}#{said['level']}"
        ids.add(full["id"])
    assert len(ids) == ROWS
    with house.batches() as batches:
        view = batches.look(batch, by=OSCAR)
        assert (view.promised, view.sealed, view.already_issued, view.twin) == (ROWS, ROWS, 0, True)
        for one in batches.drawn(batch, by=OSCAR).rows:
            assert one.achieved is not None
            assert one.achieved.strftime(";%-d/%m/%Y\r") in EXCEL.decode("cp1252").split("\n")[one.row - 1]
        assert view.norm is None  # of several
        assert view.progress is not None
        assert (view.progress.sealed, view.progress.faults) == (ROWS, 0)
        assert len(batches.credentials(batch, by=OSCAR, after=0, limit=100).items) == ROWS
    with house.issuer() as issuer:
        assert issuer.text(numbers[0]).startswith("VC1-R")
        with pytest.raises(NotFound):
            issuer.text(issuer.ledger.twin_of(numbers[0]) or 0)
        figures = Figures(store=FigureStore(session=issuer.ledger.session), issuer=issuer, days=COLOMBIA).look(by=OSCAR)
        assert figures.issued == 55
        assert issuer.ledger.sealed_count() == 2 * ROWS
        kept = [len(issuer.ledger.pass_bytes(issuer.ledger.twin_of(n) or 0)) for n in numbers]
        assert max(kept) < 700
    assert house.numbers(house.issue(EXCEL + b"\r\n", choices=TWINS)) == []


def test_no_two_copies_of_thousands_share_a_place(house: House) -> None:
    wanted = [row(n) for n in range(3000)]
    with house.issuer() as issuer:
        first, known = issuer.promise("norma", "C06", wanted, batch=None, centre=None, at=NOON, with_twins=True)
        again = issuer.promise("norma", "C06", wanted, batch=None, centre=None, at=NOON, with_twins=True)
        assert (known, again) == (0, (None, 3000))
        session = issuer.ledger.session
        rows = session.exec(select(IntentRow)).all()
    assert len(rows) == 6000
    assert len({(each.pair, each.revocation) for each in rows}) == 6000
    assert len({(each.pair, each.suspension) for each in rows}) == 6000
    by_number = {each.n: each for each in rows}
    twins = [each for each in rows if each.profile == BADGE]
    assert {each.origin for each in twins} == set(range(first or 0, (first or 0) + 3000))
    assert all(each.payload == by_number[each.origin or 0].payload for each in twins)
    # A twin's place tells nothing of its row's.
    steps = {each.revocation - by_number[each.origin or 0].revocation for each in twins}
    assert len(steps) > 2900


def test_a_stop_at_any_moment_leaves_both_or_none(house: House) -> None:
    class Stopped(Exception):
        """The process dies before the commit."""

    def count() -> tuple[int, int, int]:
        with house.issuer() as issuer:
            tables = (IntentRow, ChunkRow, LogChunkRow)
            ask = issuer.ledger.session.exec
            intents, chunks, logs = (ask(select(func.count()).select_from(each)).one() for each in tables)
            return intents, chunks, logs

    def promised() -> None:
        with house.issuer() as issuer:
            issuer.promise("norma", "C06", [row(1)], batch=None, centre=None, at=NOON, with_twins=True)
            raise Stopped

    with pytest.raises(Stopped):
        promised()
    assert count() == (0, 0, 0)
    with house.issuer() as issuer:
        first, _ = issuer.promise("norma", "C06", [row(1)], batch=None, centre=None, at=NOON, with_twins=True)
        laid = issuer.lay_out(first or 0)
    assert laid is not None
    sealed = laid.seal()

    def kept() -> None:
        with house.issuer() as issuer:
            issuer.keep(first or 0, sealed)
            raise Stopped

    with pytest.raises(Stopped):
        kept()
    assert count() == (2, 1, 0)
    assert house.desk.resume() == 1
    assert count() == (2, 1, 1)
    with house.issuer() as issuer:
        assert [(n, issuer.ledger.pass_bytes(n)) for n, _ in sealed.passes] == sealed.passes


def test_the_signing_process_signs_no_badge_that_is_not_the_released_rows(house: House) -> None:
    batch = house.check(EXCEL, choices=TWINS)
    house.release(batch)
    first = next(house.desk.plan(batch))

    def signed(change: str = "") -> int:
        with house.issuer() as issuer:
            session = issuer.ledger.session
            if change:
                session.execute(text(change))
            made = Signing(issuer=issuer).sign(SigningTask(kind="chunk", of=str(first)))
            session.rollback()
            return len(made)

    count = signed()
    assert count == 2 * 27, "of 32 rows of the file 27 issue"
    last = first + count - 1
    for change in (
        f"UPDATE issuer_intent SET payload = (SELECT payload FROM issuer_intent WHERE n = {first}) WHERE n = {last}",
        f"UPDATE issuer_intent SET origin = {first} WHERE n = {last}",
        f"UPDATE issuer_intent SET profile = {BADGE} WHERE n = {first}",
        f"UPDATE issuer_chunk SET twins = twins - 1 WHERE first = {first}",
        "UPDATE issuer_chunk SET twins = 0",
    ):
        with pytest.raises(Forbidden):
            signed(change)


def test_a_row_that_is_no_pass_has_no_badge_either_and_its_neighbour_has_both(house: House) -> None:
    long = Wanted(line=1, payload=row(1, name="ñ" * 120).payload)
    with house.issuer() as issuer:
        first, _ = issuer.promise("norma", "C06", [long, row(2)], batch=None, centre=None, at=NOON, with_twins=True)
        laid = issuer.lay_out(first or 0)
    assert laid is not None
    sealed = laid.seal()
    base = first or 0
    assert sealed.voids == [(base, "too_large_for_qr"), (base + 2, "too_large_for_qr")]
    assert [n for n, _ in sealed.passes] == [base + 1, base + 3]


def test_one_act_flips_both_a_correction_replaces_both_and_erasing_forgets_both(house: House) -> None:
    numbers = house.numbers(house.issue(EXCEL, choices=TWINS))
    n, other = numbers[0], numbers[1]
    twin = twin_of(house, n)
    with house.people() as people:
        name = people.issuer.name(twin)
        (person,) = people.search(SearchRequest(text=name), by=OSCAR).people
        assert [(line.id, line.badge) for line in person.credentials] == [(people.issuer.name(n), name)]
    act(house, twin_of(house, other), SUSPEND)
    opened = open_(house, offer(house, n))
    given = house.desk.present(opened.id, prove(opened, holder()))
    assert given.badge is not None
    assert (given.badge.credential, len(given.credentials)) == (house.credential(twin), 2)
    _, view = disputed(house, given.credentials[0])
    done = decide(house, view, "correct", names="Otra")
    published = publish(house)
    assert [bits_of(house, each, published) for each in (n, twin)] == [(True, False)] * 2
    assert [bits_of(house, each, published) for each in (other, twin_of(house, other))] == [(False, True)] * 2
    with house.issuer() as issuer:
        new = issuer.find(str(done.replacement), by=OSCAR)
    later = twin_of(house, new)
    subject = house.credential(later)["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == house.credential(new)["credentialSubject"]["name"]
    act(house, new, REVOKE)
    assert bits_of(house, later, publish(house)) == (True, False)
    with house.people() as people:
        erasing = Erasing(persons=people, random=house.random)
        erased = erasing.erase(str(done.replacement), reason="reclamo", by=OSCAR, approved_by=MARTA)
    assert erased == 8
    for each in (n, twin, new, later):
        with pytest.raises(NotFound):
            house.credential(each)
    with house.issuer() as issuer:
        audit.recompute(issuer.ledger.session)
        point = issuer.ledger.checkpoint("norma")
        assert point is not None
        assert point.size == issuer.ledger.issuer("norma").next_leaf
