"""Settings: whose working days count, from the table that comes along or from a file; a house that cannot count them
does not start. Which address papers bear."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings
from schemas.tables import data

TOLD = datetime(2026, 12, 4, 15, tzinfo=UTC)


def test_days_are_those_of_the_country_or_of_a_file_of_ones_own(tmp_path: Path) -> None:
    assert Settings().working_days.to_answer(TOLD).last == date(2026, 12, 14)
    assert Settings(country="PE").working_days.to_answer(TOLD).last == date(2026, 12, 15)
    own = {"CO": {**data("working_days")["CO"], "noticeDays": 10, "daysOff": {"2026": ["12-08", "12-09"]}}}
    (tmp_path / "days.json").write_text(json.dumps(own))
    term = Settings(calendar=tmp_path / "days.json").working_days.to_answer(TOLD)
    assert (term.days, term.last, term.is_known) == (10, date(2026, 12, 22), True)


@pytest.mark.parametrize("raw", [None, b"{}", b"{", b'{"CO": {"zone": "America/Bogota"}}'])
def test_a_house_that_cannot_count_days_does_not_start(tmp_path: Path, raw: bytes | None) -> None:
    file = tmp_path / "days.json"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(ValidationError):
        Settings(calendar=file)
    with pytest.raises(ValidationError):
        Settings(country="XX")


def test_papers_bear_an_address_that_somebody_said_and_the_demos_its_own() -> None:
    assert Settings().said is None
    assert Settings(address="puente.example").said == "puente.example"
    assert Settings(origin="https://casa.example:8443").said == "casa.example:8443"
    assert Settings(env="demo", port=8711).said == "127.0.0.1:8711"


@pytest.mark.parametrize(
    ("given", "stays"),
    [
        ({}, True),
        ({"host": "192.168.1.5"}, True),
        ({"address": "127.0.0.1:8710"}, True),
        ({"address": "localhost:8790"}, True),
        ({"address": "0.0.0.0"}, True),
        ({"origin": "https://puente.localhost"}, True),
        ({"address": "192.168.1.5:8710"}, False),
        ({"address": "puente.example"}, False),
        ({"origin": "https://localhost.example"}, False),
    ],
)
def test_an_address_of_this_machine_is_told_from_one_that_somebody_set(given: dict[str, str], *, stays: bool) -> None:
    assert Settings.model_validate({"env": "demo", **given}).stays_here == stays
