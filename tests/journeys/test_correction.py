"""Promise: a holder disputes what is wrong with her key alone, two people decide, and she gets what is right (P6)."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import Invalid
from schemas.identifiers import Url
from tests.journeys.inside import HOUSE
from tests.journeys.objecting import disputed, proposed
from tests.journeys.papers import JSON, disputing, holder, permit, row, shown
from tests.journeys.world import EVIDENCE, Place
from wallet import commands
from wallet.choosing import Choice
from wallet.commands import Pocket
from wallet.disputing import Answered, Objection
from wallet.files import VaultFile
from wallet.holder import Passphrase
from wallet.pickup import Offer
from wallet.receiving import Trusted

DISPUTES = "/v1/issuer/disputes"
AT = "2026-11-22T12:00:00Z"


def answered(place: Place, ticket: str) -> Any:
    return place.good("POST", f"{DISPUTES}/answers", json={"ticket": ticket})


def opened(place: Place, who: str = "oscar") -> Any:
    (one,) = place.good("GET", DISPUTES, who, params={"state": "open"})["items"]
    return one


def hers(place: Place) -> tuple[str, list[Any]]:
    (name,) = place.issued(row(name="Yuleysi"))
    return name, place.picked_up(place.offer(name), holder())


def test_a_misspelt_name_is_corrected_and_the_former_copies_end(place: Place) -> None:
    name, copies = hers(place)
    place.publish()
    ticket = disputed(place, copies[0]["credential"], holder(), text="Mi nombre está mal", name="Yuleisy Rojas Peña")
    assert answered(place, ticket) == {"state": "open", "text": "", "answeredAt": None, "credentials": []}
    dispute = opened(place)
    assert (dispute["credential"], dispute["name"], dispute["decisions"]) == (name, "Yuleisy Rojas Peña", [])
    right = {"names": "Yuleisy"}
    decision = proposed(place, dispute["id"], "correct", sentence="Corregimos su nombre.", correction=right)
    done = place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    assert place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta") == done
    assert place.good("GET", f"{DISPUTES}/{dispute['id']}", "marta") == done
    assert place.good("GET", f"/v1/issuer/credentials/{done['replacement']}", "oscar")["type"][1] == "CompetencePass"
    told = answered(place, ticket)
    assert (told["state"], told["text"], told["answeredAt"]) == ("corrected", "Corregimos su nombre.", AT)
    place.publish()
    old, new = ([each["text"] for each in some] for some in (copies, told["credentials"]))
    assert [place.judged(text)["verdict"] for text in (*old, place.text(name))] == ["revoked"] * 3
    reports = [place.judged(text) for text in new]
    assert [report["passes"][0]["claims"]["name"] for report in reports] == ["Yuleisy Rojas Peña"] * 2
    bound = told["credentials"][0]["credential"]
    live = place.judged(shown([bound], holder(), created=AT), "application/vp")
    assert (live["verdict"], live["level"]) == ("valid", "live")
    assert answered(place, ticket) == told


def test_a_wallet_asks_for_a_correction_and_holds_it_in_the_place_of_the_former(place: Place, tmp_path: Path) -> None:
    """The whole of P6 with the wallet of the command line: file, ticket, two people, answer, live code."""
    names = [*place.issued(row(name="Yuleysi")), *place.permitted(permit())]
    offers = [place.offer(names[0]), place.offer(names[1], "lucia")]
    place.publish()
    phrase = Passphrase(words="canela y panela en la mesa")
    made = commands.make(pocket(place, tmp_path), phrase.words)
    place.private |= {made.sheet, made.did, phrase.words}
    for offer in offers:
        slip = Offer(issuer=Url(HOUSE), code=offer["code"], pin=offer["pin"])
        commands.fetch_offer(pocket(place, tmp_path), phrase, slip, fetch=place.world.fetch)
    before = commands.list_all(pocket(place, tmp_path), phrase)
    (wrong,) = (line for line in before if line.bound and line.words.level)
    objection = Objection(name=wrong.name, kind="name", text="Mi nombre está mal", right="Yuleisy Rojas Peña")
    place.private |= {objection.text, "Yuleisy Rojas Peña"}
    ask = partial(commands.correct, objection=objection, issuer=Url(HOUSE), fetch=place.world.fetch)
    ask(pocket(place, tmp_path), phrase)
    with pytest.raises(Invalid) as refused:
        ask(pocket(place, tmp_path), phrase)
    assert refused.value.code == "dispute_open"
    assert [told.state for told in asked(place, tmp_path, phrase)] == ["open"]
    decision = proposed(place, opened(place)["id"], "correct", correction={"names": "Yuleisy"})
    place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    place.publish()
    (told,) = asked(place, tmp_path, phrase)
    assert (told.state, told.text) == ("corrected", "Ya lo revisamos.")
    assert [one.verdict for one in told.arrivals] == ["valid"] * 2
    after = commands.list_all(pocket(place, tmp_path), phrase)
    assert [line.words.kind for line in after] == [line.words.kind for line in before]
    assert {line.words.name for line in after} == {"Yuleisy Rojas Peña"}
    assert {line.verdict for line in after} == {"valid"}
    choice = Choice(manner="live", profile="interview", names=None, request=None)
    texts = commands.present(pocket(place, tmp_path), phrase, choice).shown.texts
    report = place.judged("\n".join(texts))
    assert (report["verdict"], report["level"], len(report["passes"])) == ("valid", "live", 2)
    assert asked(place, tmp_path, phrase) == ()


def pocket(place: Place, folder: Path) -> Pocket:
    """Her wallet's file, and what it judges by now."""
    by = Trusted(bundle=place.world.bundle(), now=place.clock.now(), floor=None)
    return Pocket(file=VaultFile(path=folder / "hers.pvw"), by=by, random=place.random, language="es")


def asked(place: Place, folder: Path, phrase: Passphrase) -> tuple[Answered, ...]:
    """The answers that her wallet takes in."""
    return commands.answers(pocket(place, folder), phrase, None, fetch=place.world.fetch)


def test_a_proposal_is_made_once_and_its_proposer_does_not_decide(place: Place) -> None:
    _, copies = hers(place)
    disputed(place, copies[0]["credential"], holder(), kind="other", text="No sé qué es esto")
    path = f"{DISPUTES}/{opened(place)['id']}/decisions"
    once = {
        "headers": {"Idempotency-Key": "one-decision"},
        "json": {"decision": "reject", "sentence": "Está bien así."},
    }
    decision = place.good("POST", path, "oscar", **once)
    assert place.good("POST", path, "oscar", **once) == decision
    other = {"headers": {"Idempotency-Key": "another-one"}, "json": once["json"]}
    assert place.code("POST", path, "oscar", **other) == (409, "stale_version")
    for verb in ("approval", "refusal"):
        there = f"/v1/issuer/decisions/{decision['id']}/{verb}"
        assert place.code("POST", there, "oscar-otra-cuenta") == (403, "same_hand")
    assert place.good("POST", f"/v1/issuer/decisions/{decision['id']}/refusal", "marta")["state"] == "open"
    assert place.good("POST", path, "oscar", **other)["state"] == "proposed"


def test_a_suspended_permit_stays_so_until_the_dispute_is_decided(place: Place) -> None:
    (name,) = place.permitted(permit())
    copies = place.picked_up(place.offer(name, "lucia"), holder())
    place.acted(name, "suspend", "lucia", "pablo")
    once = {"Idempotency-Key": "a-revocation"}
    revoke = {"json": {"act": "revoke", "reason": "authority_decision", "evidence": EVIDENCE}, "headers": once}
    act = place.good("POST", f"/v1/issuer/credentials/{name}/acts", "lucia", **revoke)
    ticket = disputed(place, copies[0]["credential"], holder(), kind="cancelled", text="No me avisaron")
    assert place.code("POST", f"/v1/issuer/acts/{act['id']}/approval", "pablo") == (409, "under_dispute")
    place.publish()
    assert place.judged(copies[0]["text"])["verdict"] == "under_review"
    decision = proposed(place, opened(place, "lucia")["id"], "lift", "lucia", sentence="Ya está activo otra vez.")
    there = f"/v1/issuer/decisions/{decision['id']}/approval"
    assert place.code("POST", there, "pablo") == (403, "same_hand")  # he confirmed the suspension
    assert place.good("POST", there, "petra")["state"] == "lifted"
    place.publish()
    assert [place.judged(each["text"])["verdict"] for each in copies] == ["valid"] * 3
    assert (answered(place, ticket)["state"], answered(place, ticket)["credentials"]) == ("lifted", [])


def test_strangers_get_nothing_and_so_many_disputes_are_enough(plain: Place) -> None:
    name, copies = hers(plain)
    mine, paper = copies[0]["credential"], plain.good("GET", f"/v1/issuer/credentials/{name}", "oscar")
    begun = plain.good("POST", f"{DISPUTES}/openings")
    for raw, code in (
        (disputing(begun, mine, holder(2)), (422, "holder_mismatch")),
        (disputing(begun, paper, holder()), (422, "holder_mismatch")),
        (disputing({**begun, "challenge": "x" * 43}, mine, holder()), (422, "challenge_mismatch")),
        (disputing(begun, {**mine, "validFrom": AT.replace("22", "21")}, holder()), (404, "not_found")),
        (b"{", (422, "malformed_json")),
        (b" " * (64 << 10) + b"{}", (413, "too_large")),
    ):
        assert plain.code("POST", DISPUTES, content=raw, headers=JSON) == code
    assert plain.code("POST", f"{DISPUTES}/answers", json={"ticket": "A" * 22}) == (404, "not_found")
    for turn in range(5):
        ticket = disputed(plain, mine, holder(), text=f"Está mal {turn}")
        again = disputing(plain.good("POST", f"{DISPUTES}/openings"), mine, holder())
        told = plain.good("POST", DISPUTES, content=again, headers=JSON)
        assert told == {"ticket": ticket, "standing": {"kind": told["standing"]["kind"], "opened": AT}}
        decision = proposed(plain, opened(plain)["id"], "reject")
        plain.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    again = disputing(plain.good("POST", f"{DISPUTES}/openings"), mine, holder())
    refused = plain.ask("POST", DISPUTES, content=again, headers=JSON)
    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (
        429,
        "disputed_often",
        str(30 * 86400),
    )


@pytest.mark.parametrize("ticket", ["short", "A" * 23, ""])
def test_a_ticket_has_its_length(plain: Place, ticket: str) -> None:
    assert plain.code("POST", f"{DISPUTES}/answers", json={"ticket": ticket}) == (422, "bad_request")
