"""Promise: whoever reads a person's row is written down, and nobody reads through a whole centre in a minute."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from app.db import transaction
from issuer.tables import AuditRow
from tests.journeys.objecting import disputed
from tests.journeys.papers import holder, row
from tests.journeys.world import Place

ROW = "/v1/issuer/credentials/{}"
FORMS = ("", "/text", "/qr.png", "/qr.svg")
AMENDED: dict[str, Any] = {
    "json": {"correction": {"names": "Canario"}},
    "headers": {"Idempotency-Key": "one-correction-of-it"},
}


def told(place: Place) -> list[tuple[str, str, str]]:
    """Who read what, as the chain tells it."""
    with transaction(place.world.engine) as session:
        ask = select(AuditRow).where(col(AuditRow.act).like("%_read")).order_by(col(AuditRow.n))
        return [(line.actor, line.act, line.object) for line in session.exec(ask)]


@pytest.mark.parametrize("form", FORMS)
def test_one_row_is_told_in_every_form(plain: Place, form: str) -> None:
    (name,) = plain.issued(row())
    assert told(plain) == [], "names of credentials alone are nobody's words"
    assert plain.ask("GET", ROW.format(name) + form, "olga").status_code == 404, "of no centre, so not hers"
    assert plain.ask("GET", ROW.format(name) + form, "oscar").status_code == 200
    assert told(plain) == [("oscar", "credential_read", name)]


def test_lists_that_show_what_people_say_are_told_once_a_page(place: Place) -> None:
    (name,) = place.issued(row())
    lists = ("/v1/issuer/disputes", "/v1/issuer/amendments")
    for path in lists:
        assert place.good("GET", path, "oscar")["items"] == []
    assert told(place) == [], "an empty page shows nobody"
    amendment = place.good("POST", f"{ROW.format(name)}/amendments", "oscar", **AMENDED)["id"]
    place.good("GET", lists[1], "marta")
    place.good("GET", f"{lists[1]}/{amendment}", "marta")
    place.good("POST", f"{lists[1]}/{amendment}/refusal", "marta")
    copies = place.picked_up(place.offer(name), holder())
    disputed(place, copies[0]["credential"], holder(), kind="name", text="Canario", name="Ave")
    (dispute,) = place.good("GET", lists[0], "oscar")["items"]
    place.good("GET", f"{lists[0]}/{dispute['id']}", "marta")
    assert told(place) == [
        ("marta", "amendments_read", "formacion"),
        ("marta", "amendment_read", amendment),
        ("oscar", "disputes_read", "formacion"),
        ("marta", "dispute_read", dispute["id"]),
    ]


def test_thirty_rows_a_minute_and_thirty_lists(plain: Place) -> None:
    (name,) = plain.issued(row())
    for turn in range(30):
        assert plain.ask("GET", ROW.format(name) + FORMS[turn % 2], "oscar").status_code == 200
        plain.good("GET", "/v1/issuer/disputes", "oscar")
    for path in (*(ROW.format(name) + form for form in FORMS), "/v1/issuer/disputes", "/v1/issuer/amendments"):
        answer = plain.ask("GET", path, "oscar")
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert answer.headers["retry-after"] == "60"
    assert len(told(plain)) == 30, "what was refused was not read"
    assert plain.ask("GET", ROW.format(name), "marta").status_code == 200
    plain.clock.at += timedelta(minutes=1)
    assert plain.ask("GET", ROW.format(name), "oscar").status_code == 200
