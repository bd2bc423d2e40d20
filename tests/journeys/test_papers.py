"""Promise: slips by the hundred, codes and PINs apart, printed again as they were; what has ended is not printed."""

import io
from typing import Any

from pypdf import PdfReader

from tests.journeys.papers import cohort, holder, row
from tests.journeys.world import Place

SLIPS = "/v1/issuer/slips"


def printed(place: Place, path: str, who: str = "oscar") -> str:
    answer = place.ask("POST", path, who)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_codes_and_pins_are_two_papers_of_the_same_offers(place: Place) -> None:
    people = ("Yuleisy", "Zoë", "Ana", "Ибраим")
    batch = place.check(cohort(*(row(name=name, number=f"{number:012d}") for number, name in enumerate(people, 700))))
    place.release(batch)
    first, second, third, _ = place.names(batch)
    there = place.good("GET", f"/v1/issuer/batches/{batch['id']}", "oscar")
    assert (batch["cardParts"], there["cardParts"]) == (0, 1)
    place.picked_up(place.offer(first), holder())
    place.acted(third, "suspend")
    once = {"Idempotency-Key": "slips-of-a-batch"}
    run = place.good("POST", SLIPS, "oscar", json={"batch": batch["id"]}, headers=once)
    assert (run["made"], run["leftOut"], run["parts"], run["next"]) == (2, 2, 1, None)
    assert run["batch"] == {part: there[part] for part in run["batch"]}, "called by its name"
    assert place.good("GET", SLIPS, "oscar")["items"] == [place.good("GET", f"{SLIPS}/{run['id']}", "oscar")]
    claims, pins = (printed(place, f"{SLIPS}/{run['id']}/{what}/1") for what in ("claims", "pins"))
    assert printed(place, f"{SLIPS}/{run['id']}/claims/1") == claims  # paper that jammed is printed again
    assert place.good("POST", SLIPS, "oscar", json={"batch": batch["id"]}, headers=once) == run
    assert place.code("POST", SLIPS, "oscar", json={"credential": second}, headers=once) == (409, "idempotency_key")
    lines = place.good("POST", f"{SLIPS}/{run['id']}/messages/1", "oscar")["items"]
    assert (lines[0]["row"], lines[0]["credential"]) == (3, second)
    pin = lines[0]["pin"]
    assert f"{pin[:3]} {pin[3:]}" in pins
    assert "Zoë Rojas Peña" in pins
    assert pin not in claims.replace(" ", "")
    code = _code(claims)
    assert code not in pins
    assert place.code("POST", f"{SLIPS}/{run['id']}/claims/2", "oscar") == (404, "not_found")
    place.picked_up({"code": code, "pin": pin}, holder(2))
    assert place.ask("POST", f"{SLIPS}/{run['id']}/claims/1", "oscar").status_code == 204
    other = {"Idempotency-Key": "slips-of-one"}
    again = place.good("POST", SLIPS, "oscar", json={"credential": second}, headers=other)
    assert (again["made"], again["leftOut"], again["parts"]) == (0, 1, 0)
    assert (
        place.code("POST", SLIPS, "oscar", json={"credential": second, "batch": batch["id"]}, headers=other)[0] == 422
    )
    cards = printed(place, f"/v1/issuer/batches/{batch['id']}/cards/1", "marta")
    assert ("Zoë Rojas Peña" in cards, "Ana Rojas Peña" in cards) == (True, False)
    assert "Zoë Rojas Peña" in printed(place, f"/v1/issuer/credentials/{second}/card")


def _code(claims: str) -> Any:
    """The one code on a page: five signs, a hyphen, five signs."""
    return next(word.replace("-", "") for word in claims.split() if len(word) == 11 and word[5] == "-")
