"""Promise: nobody's credential is revoked before she was told and could answer, but for what cannot wait.

Her issuer's own system, or a letter, tells her; no address of a person is kept, and no message holds a person's word.
"""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from app.fetch import HttpsFetch
from app.webhooks import tell
from tests.journeys.objecting import disputed, proposed
from tests.journeys.papers import cohort, holder, row
from tests.journeys.test_bulk_acts import BULK, acted
from tests.journeys.test_webhooks import PATH, System, require_signed, system
from tests.journeys.world import Place

__all__ = ["system"]
DAY = datetime(2026, 11, 28, 5, tzinfo=UTC)
"""After five working days from Sunday the 22nd, at midnight in Bogotá."""
ORDINARY = "duplicate"


def announced(place: Place, name: str) -> Any:
    place.acted(name, "revoke", reason=ORDINARY)
    (act,) = place.good("GET", "/v1/issuer/acts", "marta", params={"phase": "untold"})["items"]
    return act


def verdict(place: Place, name: str) -> str:
    place.publish()
    return str(place.judged(place.text(name))["verdict"])


def later(place: Place, moment: datetime) -> int:
    place.clock.at = moment
    return place.world.notice_desk.keep()


def words(sheet: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages).split())


def test_her_issuers_system_is_told_and_her_days_begin(place: Place, system: System) -> None:
    name, _ = place.issued(row(name="Canario000Ave"), row(name="Canario001Ave"))
    asked = {"url": system.url, "events": ["credential.revocation_announced", "credential.revoked"]}
    secret = place.good("POST", PATH, "irene", json=asked)["secret"]
    act = announced(place, name)
    assert (act["wait"]["phase"], act["wait"]["due"], verdict(place, name)) == ("untold", None, "under_review")
    system.status = 500
    assert tell(place.world, HttpsFetch(local=True)) == 0  # it took nothing, so nobody was told
    assert later(place, datetime(2026, 11, 23, 15, tzinfo=UTC)) == 0
    system.status = 204
    assert tell(place.world, HttpsFetch(local=True)) == 1
    require_signed(system.heard[-1], secret)
    (_, told) = system.bodies()
    assert told["type"] == "credential.revocation_announced"
    assert told["data"] == {
        "issuer": "formacion", "act": act["id"], "credential": name, "reason": ORDINARY,
        "reasonText": {"es": "Duplicado", "en": "Duplicate"}, "answerBy": "2026-11-30",
        "effectiveFrom": "2026-12-01T05:00:00Z", "calendarKnown": True, "howToAnswer": told["data"]["howToAnswer"],
    }  # fmt: skip
    assert not [value for value in place.private - {name} if value.encode() in system.heard[-1][1]]
    (wait,) = (
        each["wait"] for each in place.good("GET", "/v1/issuer/acts", "marta", params={"phase": "told"})["items"]
    )
    assert (wait["way"], wait["answerBy"], wait["due"]) == ("system", "2026-11-30", "2026-12-01T05:00:00Z")
    assert later(place, datetime(2026, 12, 1, 4, 59, tzinfo=UTC)) == 0
    assert later(place, datetime(2026, 12, 1, 5, tzinfo=UTC)) == 1
    assert verdict(place, name) == "revoked"
    assert tell(place.world, HttpsFetch(local=True)) == 1
    assert system.bodies()[-1]["type"] == "credential.revoked"
    told_in_chain = [each["act"] for each in place.good("GET", "/v1/issuer/audit", "uma")["items"]]
    assert {"revoke_announced", "notice_told", "revoke_effective"} <= set(told_in_chain)


def test_a_letter_tells_her_and_an_approver_withdraws_it(plain: Place) -> None:
    (name,) = plain.issued(row())
    act = announced(plain, name)
    there = f"/v1/issuer/acts/{act['id']}"
    sheet = plain.ask("POST", f"{there}/notice", "oscar")
    assert (sheet.headers["content-type"], sheet.headers["cache-control"]) == ("application/pdf", "no-store")
    assert "27 de noviembre de 2026" in words(sheet.content)
    assert plain.code("POST", f"{there}/withdrawal", "oscar-otra-cuenta") == (403, "same_hand")
    assert plain.code("POST", f"{there}/withdrawal", "oscar") == (403, "not_allowed")
    assert plain.good("POST", f"{there}/withdrawal", "marta")["wait"]["phase"] == "withdrawn"
    assert (later(plain, DAY), verdict(plain, name)) == (0, "valid")
    for path, who, body in (
        ("notice", "oscar", {}),
        ("telling", "oscar", {"json": {"way": "post"}}),
        ("withdrawal", "marta", {}),
    ):
        assert plain.code("POST", f"{there}/{path}", who, **body) == (409, "decided_already")


def test_she_answers_and_somebody_who_took_no_part_decides(place: Place) -> None:
    (name,) = place.issued(row())
    copies = place.picked_up(place.offer(name), holder())
    act = announced(place, name)
    place.good("POST", f"/v1/issuer/acts/{act['id']}/telling", "oscar", json={"way": "counter"})
    disputed(place, copies[0]["credential"], holder(), kind="cancelled", text="Es mi único certificado")
    assert (later(place, DAY), verdict(place, name)) == (0, "under_review")
    (dispute,) = place.good("GET", "/v1/issuer/disputes", "oscar")["items"]
    decision = proposed(place, dispute["id"], "lift")
    assert place.code("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta") == (403, "same_hand")
    place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "only-approver")
    assert (later(place, DAY), verdict(place, name)) == (0, "valid")


def test_a_suspension_stands_and_her_issuers_system_tells_her_once(place: Place, system: System) -> None:
    name, other = place.issued(row(name="Canario000Ave"), row(name="Canario001Ave"))
    events = ["credential.suspension_notice", "credential.suspended", "credentials.suspension_notice"]
    place.good("POST", PATH, "irene", json={"url": system.url, "events": events})
    place.acted(name, "suspend", reason=ORDINARY)
    place.acted(other, "suspend")
    place.acted(other, "lift")  # nobody is told of what is over
    assert verdict(place, name) == "under_review"
    assert tell(place.world, HttpsFetch(local=True)) == 1
    (told,) = system.bodies()
    (act,) = (each for each in place.good("GET", "/v1/issuer/acts", "marta")["items"] if each["credential"] == name)
    assert told["type"] == "credential.suspension_notice"
    assert told["data"] == {
        "issuer": "formacion", "act": act["id"], "credential": name, "reason": ORDINARY,
        "reasonText": {"es": "Duplicado", "en": "Duplicate"}, "howToAnswer": told["data"]["howToAnswer"],
    }  # fmt: skip
    assert (act["wait"], act["notice"]["way"]) == (None, "system")
    bulk = acted(place, "suspend", reason=ORDINARY, way="credentials", credentials=[other])
    there = f"{BULK}/{bulk['id']}"
    assert bulk["notice"] == {"untold": 1, "parts": 1}
    place.clock.tick(10)
    assert tell(place.world, HttpsFetch(local=True)) == 1
    assert system.bodies()[-1]["data"]["bulkAct"] == bulk["id"]
    assert place.good("GET", there, "oscar")["notice"]["untold"] == 0


def test_many_are_told_at_once_or_by_letters_and_end_on_one_day(place: Place, system: System) -> None:
    batch = place.check(cohort(row(name="Canario000Ave"), row(name="Canario001Ave", number="000000200002")))
    place.release(batch)
    names = place.names(batch)
    place.good("POST", PATH, "irene", json={"url": system.url, "events": ["credentials.revocation_announced"]})
    bulk = acted(place, "revoke", reason=ORDINARY, way="batch", batch=batch["id"])
    there = f"{BULK}/{bulk['id']}"
    assert (bulk["state"], bulk["wait"]["untold"], bulk["wait"]["parts"]) == ("announced", 2, 1)
    assert [verdict(place, name) for name in names] == ["under_review"] * 2
    assert tell(place.world, HttpsFetch(local=True)) == 1
    (told,) = system.bodies()
    assert (told["data"]["bulkAct"], told["data"]["answerBy"]) == (bulk["id"], "2026-11-27")
    assert place.good("GET", there, "oscar")["wait"]["due"] == "2026-11-28T05:00:00Z"
    sheet = place.ask("POST", f"{there}/notices/1", "oscar")  # on paper too, for whom a message does not reach
    assert "Canario000Ave" in words(sheet.content)
    assert place.code("POST", f"{there}/notices/2", "oscar") == (404, "not_found")
    assert later(place, DAY) == 2
    assert [verdict(place, name) for name in names] == ["revoked"] * 2
    assert place.code("POST", f"{there}/withdrawal", "marta") == (409, "decided_already")


def test_of_what_is_withdrawn_a_system_hears_of_those_that_are_good_again_alone(plain: Place, system: System) -> None:
    names = plain.issued(row(), row(name="Zoë", number="000000200002"), row(name="Ana", number="000000200003"))
    bulk = acted(plain, "revoke", reason=ORDINARY, way="credentials", credentials=names)["id"]
    plain.acted(names[0], "revoke", reason="holder_request")  # meanwhile one ended apart
    plain.good("POST", PATH, "irene", json={"url": system.url, "events": ["credentials.restored"]})
    plain.good("POST", f"{BULK}/{bulk}/withdrawal", "marta")
    assert tell(plain.world, HttpsFetch(local=True)) == 1
    (told,) = system.bodies()
    assert told["data"] == {"issuer": "formacion", "bulkAct": bulk, "credentials": names[1:]}
    again = acted(plain, "revoke", reason=ORDINARY, way="credentials", credentials=[names[1]])["id"]
    act = next(each for each in plain.good("GET", "/v1/issuer/acts", "marta")["items"] if each["bulk"] == again)
    plain.good("POST", f"/v1/issuer/acts/{act['id']}/withdrawal", "marta")
    plain.clock.tick(1)  # she heard of that one already
    plain.good("POST", f"{BULK}/{again}/withdrawal", "marta")
    plain.clock.tick(10)
    assert tell(plain.world, HttpsFetch(local=True)) == 0


def test_many_are_withdrawn_behind_the_answer(plain: Place) -> None:
    names = plain.issued(row(), row(name="Zoë", number="000000200002"))
    bulk = acted(plain, "revoke", reason=ORDINARY, way="credentials", credentials=names)
    there = f"{BULK}/{bulk['id']}"
    assert plain.good("POST", f"{there}/telling", "oscar", json={"way": "post"})["wait"]["phase"] == "told"
    assert plain.code("POST", f"{there}/withdrawal", "oscar-otra-cuenta") == (403, "same_hand")
    plain.good("POST", f"{there}/withdrawal", "marta")
    assert plain.good("GET", there, "oscar")["state"] == "withdrawn"
    assert [verdict(plain, name) for name in names] == ["valid"] * 2


@pytest.mark.parametrize("confirmed", [True, False])
def test_one_approver_suspends_for_fraud_and_without_a_second_it_lapses(plain: Place, confirmed: bool) -> None:
    (name,) = plain.issued(row())
    there, once = f"/v1/issuer/credentials/{name}/suspensions", {"Idempotency-Key": "this-cannot-wait"}
    assert plain.code("POST", there, "oscar", json={}, headers=once) == (403, "not_allowed")
    act = plain.good("POST", there, "marta", json={}, headers=once)
    assert plain.good("POST", there, "marta", json={}, headers=once) == act
    assert verdict(plain, name) == "under_review"
    if confirmed:
        assert plain.code("POST", f"/v1/issuer/acts/{act['id']}/approval", "marta") == (403, "same_hand")
        plain.good("POST", f"/v1/issuer/acts/{act['id']}/approval", "only-approver")
    ended = later(plain, datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert (ended, verdict(plain, name)) == ((0, "under_review") if confirmed else (1, "valid"))
