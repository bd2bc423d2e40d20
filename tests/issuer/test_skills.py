"""Courses, recognitions, references, trainings and badges: what a row says, and the pass it becomes."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from kernel import claims
from kernel.errors import Forbidden
from schemas import credential_types
from schemas.claims import READER
from schemas.row_types import TYPES
from schemas.rows import SkillRows
from tests.issuer.world import OSCAR, SETUP, House

FULL: dict[str, Any] = {
    "hours": 40, "skills": [10001, 10002], "occupation": 75120, "level": "basico", "certificate": "000145-17",
    "cardValidUntil": "2027-11-14",
}  # fmt: skip
OWN: dict[str, dict[str, Any]] = {
    "C07": {"level": "CINE-4"}, "C11": {"skills": [110002], "level": "B2"}, "C12": {"skills": [120002, 120006]},
    "C17": {"level": "CINE-6"},
}  # fmt: skip
SKILLS = [id_ for id_, kind in TYPES.items() if kind.shape == "SkillPass"]
ENDS = {"C11": "2027-11-15T04:59:59Z", "C12": "2027-11-15T04:59:59Z", "C20": "2028-11-15T04:59:59Z"}
PERSON = {"name": "Yuleisy  Rojas Peña", "documentNumber": "000000200001", "doneOn": "2025-11-14"}


def rows(type_id: str, **said: Any) -> SkillRows:
    return SkillRows.model_validate({"type": type_id, "reason": "prueba", "rows": [{**PERSON, **said}]})


@pytest.fixture
def house(database: Engine) -> House:
    made = House(database)
    with made.issuer() as issuer:
        issuer.establish(replace(SETUP, lists=("C08", "C10", "C12", "C20")))
    return made


def needs(type_id: str) -> tuple[set[str], set[str]]:
    """What a row of the type must say beside what every row says, and what it may."""
    kind = TYPES[type_id]
    return {field.name for field in kind.must} - PERSON.keys(), {field.name for field in kind.may}


def issued(house: House, asked: SkillRows) -> dict[str, Any]:
    """The pass that comes of it, from an officer's rows by another person's release."""
    with house.batches() as batches:
        batch = batches.check_rows(asked, io.BytesIO(), by=OSCAR)
    house.release(batch)
    house.desk.run(batch)
    (n,) = house.numbers(batch)
    with house.issuer() as issuer:
        assert issuer.text(n).startswith("VC1-R")
    return house.credential(n)


@pytest.mark.parametrize("type_id", ["C08", "C12"])  # all of them: test_forms.py
def test_each_type_becomes_its_pass_and_says_what_its_row_says(house: House, type_id: str) -> None:
    must, may = needs(type_id)
    full = FULL | OWN.get(type_id, {})
    for names in {frozenset(must), frozenset(must | may)}:
        said = {name: full[name] for name in names}
        document = issued(house, rows(type_id, **said))
        kind = credential_types.find(type_id)
        assert kind is not None
        assert kind.shown_as is not None
        assert document["type"] == ["VerifiableCredential", kind.shown_as.type]
        told = {"name": "Yuleisy Rojas Peña", "idTail": "0001", "scheme": kind.shown_as.scheme, **said}
        told.pop("cardValidUntil", None)
        assert document["credentialSubject"] == told
        assert [row["statusPurpose"] for row in document["credentialStatus"]] == ["revocation", "suspension"]
        claims.compile_schema(READER[kind.shown_as.type]).check(document)
        assert document.get("validUntil") == ENDS.get(type_id)


def test_a_badge_of_a_leap_day_ends_on_the_last_day_of_its_month(house: House) -> None:
    asked = SkillRows.model_validate(
        {"type": "C20", "reason": "prueba", "rows": [{**PERSON, "doneOn": "2024-02-29", "level": "basico"}]}
    )
    assert issued(house, asked)["validUntil"] == "2027-03-01T04:59:59Z"


def test_who_prepared_does_not_release_and_equal_rows_are_one(house: House) -> None:
    row = {**PERSON, "hours": 40}
    asked = SkillRows.model_validate({"type": "C08", "reason": "prueba", "rows": [row, row, {**row, "hours": 80}]})
    with house.batches() as batches:
        batch = batches.check_rows(asked, io.BytesIO(), by=OSCAR)
        view = batches.look(batch, by=OSCAR)
        batches.propose(batch, by=OSCAR)
    assert (view.issue, view.error) == (2, 1)
    with pytest.raises(Forbidden), house.batches() as batches:
        batches.release(batch, by=OSCAR, digest=view.digest, accept_errors=True)


@pytest.mark.parametrize("type_id", SKILLS)
def test_a_row_says_what_its_type_needs_and_nothing_else(type_id: str) -> None:
    must, may = needs(type_id)
    full = FULL | OWN.get(type_id, {})
    for said in [{name: full[name] for name in must | {other}} for other in full.keys() - must - may] + [{}]:
        with pytest.raises(ValidationError):
            rows(type_id, **said)


@pytest.mark.parametrize(
    "wrong",
    [{"hours": 0}, {"hours": 10_000}, {"skills": []}, {"skills": [1] * 9}, {"certificate": "=1+1"}, {"pay": 1},
     {"documentNumber": "12a"}, {"doneOn": "ayer"}, {"level": "basico"}, {"name": ""}, {"name": "x" * 201}],
)  # fmt: skip
def test_each_field_is_bounded(wrong: dict[str, Any]) -> None:
    assert rows("C08", hours=9_999, skills=[1] * 8, certificate="a" * 32).rows[0].hours == 9_999
    with pytest.raises(ValidationError):
        rows("C08", **{"hours": 40, **wrong})
