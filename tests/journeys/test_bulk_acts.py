"""Promise: many are suspended, lifted or revoked in one act of two people; phones are not made to hold a list back."""

from typing import Any

from sqlalchemy import text as sql

from app.db import reading, transaction
from issuer.bulk_acts.service import BulkLooks
from issuer.status.store import StatusStore
from kernel.access import Principal
from schemas.bulk_acts import BulkAsked
from tests.databases import statements
from tests.journeys.papers import holder, row
from tests.journeys.world import EVIDENCE, Place

BULK = "/v1/issuer/bulk-acts"
LOOKERS = ("oscar", "marta", "only-auditor")
"""Who may see an act on many, and none of them asks the registry for anything."""


def acted(place: Place, act: str, *, reason: str = "authority_decision", **chosen: Any) -> Any:
    asked = {"act": act, "reason": reason, "evidence": EVIDENCE, "chosen": chosen}
    tried = place.good("POST", f"{BULK}/checks", "oscar", json=asked)
    once = {"Idempotency-Key": f"many-{len(place.urls)}-of-these"}
    told: dict[str, Any] = {"json": {**asked, "digest": tried["digest"]}, "headers": once}
    made = place.good("POST", BULK, "oscar", **told)
    assert place.good("POST", BULK, "oscar", **told)["id"] == made["id"]
    saw = {"digest": made["digest"]}
    assert place.code("POST", f"{BULK}/{made['id']}/approval", "marta", json={"digest": "0" * 64})[0] == 409
    place.good("POST", f"{BULK}/{made['id']}/approval", "marta", json=saw)
    return place.good("GET", f"{BULK}/{made['id']}", "marta")


def hold(place: Place, bulk: Any) -> None:
    """As if it were so many that phones would hold the list back."""
    with transaction(place.world.engine) as session:
        acts = place.world.rooms.bulk_acts(session)
        acts.store.hold(bulk["id"], [one.list for one, _ in acts.store.lists(bulk["id"])])


def try_beside_a_writer(place: Place, names: list[str]) -> None:
    oscar = Principal(person="oscar", roles=frozenset({"officer"}), issuer="formacion")
    asked = {
        "act": "revoke",
        "reason": "fraud",
        "evidence": EVIDENCE,
        "chosen": {"way": "credentials", "credentials": names},
    }
    with transaction(place.world.engine) as session, place.world.doors()[BulkLooks]() as acts:
        session.connection()  # somebody writes: who only tries does not wait for it
        assert acts.check(BulkAsked.model_validate(asked), by=oscar).count == 5


def look_at_whom(place: Place, bulk: str, names: list[str]) -> None:
    page = place.good("GET", f"{BULK}/{bulk}/members?limit=3", "marta")
    rest = place.good("GET", f"{BULK}/{bulk}/members?after={page['next']}", "marta")
    assert {each["id"] for each in page["items"] + rest["items"]} == set(names)
    sample = place.good("GET", f"{BULK}/{bulk}/sample", "marta")["rows"]
    assert {each["id"] for each in sample} == set(names)
    assert all(each["claims"]["name"] for each in sample)


def test_many_in_one_act_and_the_registrys_word_in_between(plain: Place) -> None:
    place = plain
    names = place.issued(*(row(number=f"{number:012d}") for number in range(770, 775)))
    texts = [place.text(name) for name in names]
    place.publish()
    suspended = acted(place, "suspend", way="credentials", credentials=names)
    assert (suspended["state"], suspended["applied"], suspended["way"]) == ("done", 5, "credentials 5")
    place.publish()
    assert {place.judged(text)["verdict"] for text in texts} == {"under_review"}
    lifted = acted(place, "lift", way="bulk", bulk=suspended["id"])
    with statements(place.world.engine) as asked:
        assert place.good("GET", f"{BULK}/{lifted['id']}", "oscar")["applied"] == 5
    assert not [each for each in asked if "told IS NULL" in each], "nobody is told of it, so nobody is counted"
    place.publish()
    assert {place.judged(text)["verdict"] for text in texts} == {"valid"}

    try_beside_a_writer(place, names)
    waits = acted(place, "revoke", reason="fraud", way="credentials", credentials=names)
    hold(place, waits)
    place.publish()
    assert place.good("GET", f"{BULK}/{waits['id']}", "oscar")["state"] == "waiting"
    look_at_whom(place, waits["id"], names)
    assert {place.judged(text)["verdict"] for text in texts} == {"valid"}
    (share,) = place.good("GET", f"{BULK}/{waits['id']}", "oscar")["lists"]
    word = {"kind": "approve_list", "issuer": "formacion", "number": share["number"], "hash": share["hash"]}
    once = {"Idempotency-Key": "the-registrys-word"}
    change = place.good("POST", "/v1/registry/changes", "camilo", json=word, headers=once)
    once = {"Idempotency-Key": "and-another-keepers"}
    place.good("POST", f"/v1/registry/changes/{change['id']}/approvals", "nelly", headers=once)
    place.publish()
    assert {place.judged(text)["verdict"] for text in texts} == {"revoked"}
    done = place.good("GET", f"{BULK}/{waits['id']}", "oscar")
    assert (done["state"], done["notice"]["untold"]) == ("done", 5)
    (line,) = place.good("POST", "/v1/issuer/searches", "oscar", json={"text": names[0]})["people"]
    person = place.good("POST", f"/v1/issuer/people/{line['id']}", "oscar")
    assert ("revoke", waits["id"]) in [(each["act"], each["bulk"]) for each in person["acts"]]


def test_many_are_replaced_and_each_gets_her_new_one_with_a_slip(plain: Place) -> None:
    place = plain
    names = place.issued(*(row(number=f"{number:012d}") for number in range(770, 773)))
    texts = [place.text(name) for name in names]
    place.picked_up(place.offer(names[0]), holder())
    place.publish()
    refused = {"act": "replace", "reason": "fraud", "chosen": {"way": "credentials", "credentials": names}}
    assert place.code("POST", f"{BULK}/checks", "oscar", json=refused) == (422, "bad_request")
    made = acted(place, "replace", reason="key_compromise", way="credentials", credentials=names)
    assert (made["state"], made["applied"], made["cardParts"], made["notice"]["untold"]) == ("done", 3, 1, 3)
    assert place.code("POST", f"{BULK}/{made['id']}/stop", "oscar") == (403, "not_allowed")
    assert place.code("POST", f"{BULK}/{made['id']}/stop", "marta") == (409, "decided_already")
    news = [each["id"] for each in place.good("GET", f"{BULK}/{made['id']}/members", "marta")["items"]]
    assert set(news).isdisjoint(names)
    place.publish()
    assert {place.judged(text)["verdict"] for text in texts} == {"revoked"}
    assert {place.judged(place.text(name))["verdict"] for name in news} == {"valid"}
    once = {"Idempotency-Key": "slips-of-the-new-ones"}
    run = place.good("POST", "/v1/issuer/slips", "oscar", json={"bulk": made["id"]}, headers=once)
    assert (run["made"], run["bulk"]) == (3, made["id"])
    assert place.ask("POST", f"/v1/issuer/slips/{run['id']}/claims/1", "oscar").status_code == 200
    for who, part, status in (
        ("oscar", 1, 200),
        ("marta", 1, 200),
        ("irene", 1, 403),
        ("otto", 1, 404),
        ("oscar", 2, 404),
    ):
        assert place.ask("POST", f"{BULK}/{made['id']}/cards/{part}", who).status_code == status, who
    assert place.ask("POST", f"{BULK}/{made['id']}/notices/1", "oscar").status_code == 200
    assert place.good("GET", f"{BULK}/{made['id']}", "oscar")["notice"]["untold"] == 0
    acts = [line["act"] for line in place.good("GET", "/v1/issuer/audit", "uma")["items"]]
    assert {"bulk_replace_proposed", "bulk_replace_approved", "bulk_replace_done", "superseding_promised"} <= set(acts)


def test_who_looks_at_it_sees_how_far_the_registrys_word_is_and_the_table_says_who_asks(plain: Place) -> None:
    place = plain
    names = place.issued(*(row(number=f"{number:012d}") for number in range(770, 773)))
    waits = acted(place, "revoke", reason="fraud", way="credentials", credentials=names)
    hold(place, waits)
    place.publish()

    def word() -> Any:
        shares = [place.good("GET", f"{BULK}/{waits['id']}", who)["lists"][0] for who in LOOKERS]
        assert shares[0] == shares[1] == shares[2]
        return shares[0]["word"]

    (share,) = place.good("GET", f"{BULK}/{waits['id']}", "oscar")["lists"]
    assert (share["needsWord"], word()) == (True, None)
    asked = {"kind": "approve_list", "issuer": "formacion", "number": share["number"], "hash": share["hash"]}
    for who in LOOKERS:
        once = {"Idempotency-Key": f"the-word-by-{who}"}
        assert place.code("POST", "/v1/registry/changes", who, json=asked, headers=once) == (403, "not_allowed")
    wrong = {**asked, "hash": "0" * 64}
    for told in (wrong, asked):
        once = {"Idempotency-Key": f"the-word-{told['hash'][:20]}"}
        change = place.good("POST", "/v1/registry/changes", "irene", json=told, headers=once)["id"]
    assert word() == {"askedBy": "irene", "approvals": 0, "needed": 2, "given": False}
    for keeper, said in (("camilo", (1, False)), ("nelly", (2, True))):
        once = {"Idempotency-Key": f"said-by-{keeper}-now"}
        place.good("POST", f"/v1/registry/changes/{change}/approvals", keeper, headers=once)
        assert (word()["approvals"], word()["given"]) == said
    assert place.good("GET", f"{BULK}/{waits['id']}", "oscar")["state"] == "waiting"
    place.publish()
    assert place.good("GET", f"{BULK}/{waits['id']}", "oscar")["state"] == "done"


def test_what_waits_is_found_among_thousands_of_fresh_rows_in_no_time(place: Place) -> None:
    """As it stands right after an act on so many: the database has not counted its tables anew."""
    names = place.issued(*(row(number=f"{number:012d}") for number in range(770, 775)))
    waits = acted(place, "revoke", reason="fraud", way="credentials", credentials=names)
    hold(place, waits)
    many = "WITH RECURSIVE many(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM many WHERE k < 8000)"
    with transaction(place.world.engine) as session:
        columns = "issuer, n, bulk, act, reason, state, proposed_by, proposed, decided_by, decided"
        one = "(SELECT * FROM issuer_act LIMIT 1) AS one"
        session.execute(
            sql(f"INSERT INTO issuer_act (id, {columns}) {many} SELECT 'act' || k, {columns} FROM many, {one}")
        )
        one = "(SELECT * FROM issuer_flag LIMIT 1) AS one"
        flags = f"{many} SELECT list, 200000 + k, n, 'act' || k FROM many, {one}"
        session.execute(sql(f"INSERT INTO issuer_flag (list, place, n, act) {flags}"))
    with reading(place.world.engine) as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(sql("SET statement_timeout = '5s'"))
        (waiting,) = StatusStore(session=session).waiting("formacion").values()
    assert (waiting.done, len(waiting.whole), len(waiting.begun)) == ({waits["id"]}, 8010, 0)
