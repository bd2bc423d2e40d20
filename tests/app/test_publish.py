"""Publication: it forgets nothing that is urgent, one at a time goes on, and one issuer's fault is not the others'."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from app.logs import set_up_logs
from app.publish import alone
from app.punctual import keep_time, look
from issuer.service import Issuer, IssuerSetUp
from kernel.errors import Conflict
from registry.build import CONTAINER
from schemas.identifiers import Did, DidUrl
from tests.journeys.papers import permit, row
from tests.journeys.test_bulk_acts import BULK, acted, hold
from tests.journeys.world import Place


def test_what_is_urgent_stays_so_until_a_bundle_has_it(plain: Place) -> None:
    name = plain.numbered(1)
    plain.publish()
    text = plain.text(name)
    plain.clock.tick(60)
    plain.acted(name, "revoke", reason="fraud")
    since = plain.clock.at
    # It ends between the lists and the bundle…
    methods = dict(plain.keys.methods)
    for key in [key for key in methods if key.startswith("registry/timestamp/")]:
        del plain.keys.methods[key]
    assert not keep_time(plain.world)
    assert look(plain.world).urgent == since
    plain.keys.methods.update(methods)
    # …and between the bundle's row and its files.
    file = plain.folder / CONTAINER
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    with pytest.raises(IsADirectoryError):
        keep_time(plain.world)
    file.rmdir()
    assert look(plain.world).urgent == since
    plain.clock.tick(300)
    assert keep_time(plain.world)
    assert (look(plain.world).urgent, plain.judged(text)["verdict"]) == (None, "revoked")
    assert not keep_time(plain.world)


def test_of_two_publications_the_second_is_refused(place: Place) -> None:
    with alone(place.world) as is_ours:
        assert is_ours
        for _ in range(2):
            with pytest.raises(Conflict):
                place.publish()
    place.publish()


def test_an_issuer_without_its_keys_keeps_its_lists_and_the_others_go_on(plain: Place) -> None:
    name, (other,) = plain.numbered(1), plain.permitted(permit())
    plain.publish()
    texts = plain.text(name), plain.text(other, "lucia")
    began = plain.clock.at
    for each, hands in ((name, ("oscar", "marta")), (other, ("lucia", "pablo"))):
        plain.acted(each, "revoke", *hands, reason="fraud")
    methods = dict(plain.keys.methods)
    for key in [key for key in methods if key.startswith("permisos/")]:
        del plain.keys.methods[key]
    told = StringIO()
    set_up_logs(told)
    plain.clock.tick(60)
    assert keep_time(plain.world)
    assert [plain.judged(text)["verdict"] for text in texts] == ["revoked", "valid"]
    events = [(line["event"], line.get("issuer")) for line in map(json.loads, told.getvalue().splitlines())]
    assert ("issuer_left_behind", "permisos") in events
    # Tried again soon, not at each beat; and an alarm, for the act after a quarter of an hour.
    assert not keep_time(plain.world)
    plain.clock.tick(960)
    standing = look(plain.world)
    assert (standing.urgent, standing.behind) == (began, began)
    assert standing.late(plain.clock.at) == timedelta(minutes=2)
    plain.keys.methods.update(methods)
    assert keep_time(plain.world)
    assert [plain.judged(text)["verdict"] for text in texts] == ["revoked", "revoked"]
    assert not look(plain.world).late(plain.clock.at)


def test_the_registrys_word_lets_an_urgent_act_on_many_go_out_at_once(plain: Place) -> None:
    names = plain.issued(*(row(number=f"{number:012d}") for number in range(1, 4)))
    texts = [plain.text(name) for name in names]
    plain.publish()
    bulk = acted(plain, "revoke", reason="fraud", way="credentials", credentials=names)
    hold(plain, bulk)
    plain.clock.tick(7 * 3600)
    assert keep_time(plain.world)
    plain.clock.tick(600)
    assert not keep_time(plain.world)
    (share,) = plain.good("GET", f"{BULK}/{bulk['id']}", "oscar")["lists"]
    word = {"kind": "approve_list", "issuer": "formacion", "number": share["number"]}
    agreed(plain, {**word, "hash": "0" * 64})
    assert (look(plain.world).urgent, keep_time(plain.world)) == (None, False)
    agreed(plain, {**word, "hash": share["hash"]})
    given = plain.clock.at
    assert look(plain.world).urgent == given
    plain.clock.tick(60)
    assert keep_time(plain.world)
    assert {plain.judged(text)["verdict"] for text in texts} == {"revoked"}
    assert look(plain.world).urgent is None


def test_a_newcomer_whose_lists_cannot_be_had_stops_no_other(plain: Place) -> None:
    host = "nuevo.demo.puente.example"
    setup = IssuerSetUp(
        id="nuevo", number=7, did=Did(f"did:web:{host}"), method=DidUrl(f"did:web:{host}#k1"), host=host, lists=("C06",)
    )
    with plain.world.doors()[Issuer]() as opened:
        opened.establish(setup)
    scope = [{"type": "CompetencePass", "scheme": "SENA-NSCL"}]
    named = {"nameEs": "Servicio Nuevo (DEMO)", "nameEn": "New Service (DEMO)", "tier": "T1", "country": "CO"}
    agreed(plain, {"kind": "register_issuer", "id": "nuevo", "did": setup.did, "host": host, "scope": scope, **named})
    for number in (1, 2):
        agreed(plain, {"kind": "add_list", "issuer": "nuevo", "number": number})
    lost = plain.keys.methods.pop("nuevo/secrets")
    name = plain.numbered(1)
    text = plain.text(name)
    plain.acted(name, "revoke", reason="fraud")
    plain.clock.tick(60)
    assert keep_time(plain.world)
    assert plain.judged(text)["verdict"] == "revoked"
    assert look(plain.world).left_out == {"nuevo"}
    assert not look(plain.world).late(plain.clock.at)
    assert not keep_time(plain.world)
    plain.clock.tick(3600)  # tried again each hour, and then it is there
    plain.keys.methods["nuevo/secrets"] = lost
    assert keep_time(plain.world)
    assert look(plain.world).left_out == set()
    bundle = plain.world.bundle()
    assert bundle is not None
    assert setup.did in bundle.issuers
    assert {f"https://{host}/s/{number}" for number in (1, 2)} <= bundle.lists.keys()


def agreed(place: Place, change: Any) -> None:
    """Two keepers' word."""
    once = {"Idempotency-Key": f"word-{len(place.urls)}-of-keepers"}
    made = place.good("POST", "/v1/registry/changes", "camilo", json=change, headers=once)
    place.good("POST", f"/v1/registry/changes/{made['id']}/approvals", "nelly", headers=once)
