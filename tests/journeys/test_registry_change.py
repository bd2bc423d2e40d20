"""Promise: who may issue what changes by two keepers' hands, in numbered events, and verifiers follow the bundle."""

from typing import Any

from tests.journeys.papers import row
from tests.journeys.world import Place

CHANGES = "/v1/registry/changes"
SCOPE = {"kind": "set_scope", "issuer": "formacion", "scope": [{"type": "PermitPass", "scheme": "PPT"}]}


def once(name: str) -> dict[str, str]:
    return {"Idempotency-Key": f"the-change-{name}"}


def proposed(place: Place, change: Any, who: str = "camilo", key: str = "first") -> Any:
    return place.good("POST", CHANGES, who, json=change, headers=once(key))


def test_a_change_takes_two_keepers_and_reaches_verifiers_with_the_bundle(place: Place) -> None:
    (name,) = place.issued(row())
    text = place.text(name)
    place.publish()
    change = proposed(place, SCOPE)
    assert (change["stage"], change["approvals"], change["needed"]) == ("proposed", 1, 2)
    path = f"{CHANGES}/{change['id']}/approvals"
    assert place.code("POST", path, "camilo", headers=once("own"))[0] == 403
    assert place.code("POST", path, "irene", headers=once("irene")) == (403, "not_allowed")
    place.publish()
    assert place.judged(text)["verdict"] == "valid"
    done = place.good("POST", path, "nelly", headers=once("hers"))
    assert (done["stage"], done["approvals"]) == ("done", 2)
    assert place.good("POST", path, "nelly", headers=once("hers")) == done
    assert place.code("POST", path, "nelly", headers=once("again")) == (409, "already_released")
    assert place.judged(text)["verdict"] == "valid"
    place.publish()
    report = place.judged(text)
    assert (report["verdict"], report["reasons"], report["steps"]) == ("cannot_verify", ["out_of_scope"], ["V16"])
    (one,) = report["passes"]
    assert (one["issuer"]["name"]["es"], one["claims"]) == ("Servicio de Aprendizaje (DEMO)", None)


def test_every_event_has_the_next_number_and_the_hash_of_the_one_before(place: Place) -> None:
    first = place.good("GET", "/v1/registry/events", "uma", params={"limit": 100})["items"]
    change = proposed(place, SCOPE)
    place.good("POST", f"{CHANGES}/{change['id']}/approvals", "nelly", headers=once("hers"))
    last = place.good("GET", "/v1/registry/events", "uma", params={"after": len(first)})["items"]
    assert [each["n"] for each in (*first, *last)] == list(range(1, len(first) + 2))
    assert (last[0]["kind"], last[0]["subject"]) == ("set_scope", "formacion")
    assert len({each["hash"] for each in (*first, *last)}) == len(first) + 1
    shown = place.good("GET", "/v1/registry/issuers", "uma", params={"after": "acoge"})["items"]
    assert [each["scope"] for each in shown if each["id"] == "formacion"] == [SCOPE["scope"]]


def test_an_issuers_admin_speaks_of_her_own_issuer_and_decides_nothing(place: Place) -> None:
    mine = {"kind": "add_list", "issuer": "formacion", "number": 9}
    theirs = {**mine, "issuer": "permisos"}
    assert proposed(place, mine, "irene")["approvals"] == 0
    assert place.code("POST", CHANGES, "irene", json=theirs, headers=once("theirs")) == (403, "not_allowed")
    reset = {"kind": "reset_list", "issuer": "formacion", "number": 1}
    assert place.code("POST", CHANGES, "irene", json=reset, headers=once("reset")) == (403, "not_allowed")
    unknown = {**mine, "issuer": "nobody"}
    assert place.code("POST", CHANGES, "camilo", json=unknown, headers=once("unknown")) == (404, "not_found")


def test_a_key_that_its_own_issuer_pauses_is_under_review_at_the_next_publication(place: Place) -> None:
    (name,) = place.issued(row())
    text = place.text(name)
    asked = {"key": "did:web:formacion.demo.puente.example#k1"}
    place.good("POST", "/v1/registry/suspensions", "irene", json=asked, headers=once("pressed"))
    place.publish()
    report = place.judged(text)
    assert (report["verdict"], report["reasons"]) == ("under_review", ["key_review"])


def test_a_weak_key_is_never_registered(plain: Place) -> None:
    # The point of order two as a Multikey: a signature by it can be made by anybody (TRUST section 2, E4).
    weak = {
        "kind": "add_key",
        "issuer": "formacion",
        "id": "did:web:formacion.demo.puente.example#k9",
        "publicKeyMultibase": WEAK,
    }
    assert plain.code("POST", CHANGES, "camilo", json=weak, headers=once("weak"))[0] == 422


WEAK = "z6MkvQQfodDS9hpfvSLcFA5f2iCB9tBXk3PE5b1P8VVsjtRt"
