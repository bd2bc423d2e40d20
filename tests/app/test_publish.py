"""Publication: it forgets nothing that is urgent, one at a time goes on, and one issuer's fault is not the others'."""

import json
from datetime import timedelta
from io import StringIO

import pytest

from app.logs import set_up_logs
from app.publish import alone
from app.punctual import keep_time, look
from kernel.errors import Conflict
from registry.build import CONTAINER
from tests.journeys.papers import permit
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
    with alone(place.world):
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
