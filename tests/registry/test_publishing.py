"""`registry/publishing.py`: what is published installs, versions only rise, the offline keys rest, keys are marked."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from kernel import status
from kernel.bundle.container import pack
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.errors import Conflict, Unavailable
from registry.build import Published, PublishedList, Versions, build, lay_out, refresh
from registry.contents import list_url
from registry.roles import DEMO
from schemas.identifiers import Did, DidUrl, KeyId
from schemas.registration import AddList, ResetList, SetScope
from tests import small_registry as small
from tests.fakes import NOON
from tests.registry.world import DID, HOST, IVAN, KID, REGISTER, Place, bits

REVOCATION = list_url(HOST, 1)


@pytest.fixture
def place(database: Engine) -> Place:
    place = Place(database)
    place.settle()
    return place


def put(place: Place, made: Published, former: InstalledBundle | None = None) -> InstalledBundle:
    root = made.files["metadata/1.root.json"]
    return install(made.container(), trusted_root=root, now=place.clock.now(), former=former)


def _tables(made: Published) -> list[dict[str, Any]]:
    raw = next(raw for path, raw in made.files.items() if path.endswith(".tables.json"))
    rows: list[dict[str, Any]] = json.loads(raw)["entries"]["5790"]
    return rows


def test_what_is_published_installs(place: Place) -> None:
    bundle = put(place, place.publish(log={"formacion": "a note"}))
    issuer = bundle.issuers[Did(DID)]
    assert issuer.keys[DidUrl(KID)].state == "active"
    assert issuer.name == {"es": REGISTER.name_es, "en": REGISTER.name_en}
    assert set(bundle.lists) == {REVOCATION, list_url(HOST, 2)}
    assert bundle.log["checkpoints"] == {"formacion": "a note"}
    assert bundle.dictionary.entries[5790]
    assert bundle.policy.profiles


def test_a_refresh_leaves_the_offline_keys_in_their_boxes(place: Place) -> None:
    first = place.publish()
    place.keys.methods = {
        name: method for name, method in place.keys.methods.items() if "root" not in name and "targets" not in name
    }
    place.pass_days(0.25)
    second = place.publish({"formacion": (bits(1, (7,)), bits(2))})
    assert second.versions == Versions(snapshot=2, timestamp=2, status={"formacion": 2})
    bundle = put(place, second, put(place, first))
    assert status.bit(bundle.lists[REVOCATION].sticky, small.ORDERS[1][7])
    # A change of the registry needs them, and says so.
    place.agree(SetScope(issuer="formacion", scope=[]))
    with pytest.raises(Unavailable):
        place.publish()


def test_a_change_is_signed_anew_and_the_year_is_renewed(place: Place) -> None:
    first = place.publish()
    place.agree(ResetList(issuer="formacion", number=1))
    second = place.publish()
    assert (second.versions.targets, second.versions.root) == (2, 1)
    bundle = put(place, second, put(place, first))
    assert bundle.lists[REVOCATION].epoch == 1
    place.pass_days(271)
    assert place.publish().versions.targets == 3


def test_a_new_issuer_comes_with_its_own_role(place: Place) -> None:
    first = place.publish()
    other = REGISTER.model_copy(update={"id": "acoge", "did": "did:web:acoge.example", "host": "acoge.example"})
    place.agree(other)
    second = place.publish()
    bundle = put(place, second, put(place, first))
    assert set(bundle.issuers) == {DID, "did:web:acoge.example"}
    assert second.versions.status == {"formacion": 2, "acoge": 1}
    # The blocks of the code tables stay where they were, and the new issuer's come after them.
    url_table = next(row for row in _tables(second) if row["type"] == "url")["table"]
    assert (url_table[DID], url_table["did:web:acoge.example"]) == (1, 17)


def test_a_newcomer_whose_lists_cannot_be_had_is_left_out_until_they_can(place: Place) -> None:
    """The others go on, by the online keys alone; who comes in is named by the keepers' word."""
    bundle = put(place, place.publish())
    other = REGISTER.model_copy(update={"id": "acoge", "did": "did:web:acoge.example", "host": "acoge.example"})
    place.agree(other, *(AddList(issuer="acoge", number=number) for number in (1, 2)))
    second = place.publish()
    assert (set(second.behind), dict(second.versions.status)) == ({"acoge"}, {"formacion": 2})
    bundle = put(place, second, bundle)
    assert set(bundle.issuers) == {DID}
    assert left_out(place) == {"acoge"}
    offline = {name: at for name, at in place.keys.methods.items() if "root" in name or "targets" in name}
    for name in offline:
        del place.keys.methods[name]
    third = place.publish()
    assert (set(third.behind), third.versions.targets) == ({"acoge"}, second.versions.targets)
    bundle = put(place, third, bundle)
    place.keys.methods.update(offline)
    theirs = tuple(replace(bits(number), url=list_url("acoge.example", number)) for number in (1, 2))
    last = place.publish({"formacion": (bits(1), bits(2)), "acoge": theirs})
    assert (set(last.behind), dict(last.versions.status)) == (set(), {"formacion": 4, "acoge": 1})
    bundle = put(place, last, bundle)
    assert set(bundle.issuers) == {DID, "did:web:acoge.example"}
    assert left_out(place) == set()


def left_out(place: Place) -> frozenset[str]:
    with place.registry() as registry:
        return registry.store.left_out()


def test_the_button_shows_at_the_next_refresh(place: Place) -> None:
    place.publish()
    with place.registry() as registry:
        registry.suspend(KID, by=IVAN)
    assert put(place, place.publish()).issuers[Did(DID)].keys[DidUrl(KID)].state == "suspended"


@pytest.mark.parametrize("wrong", ["none", "one too few", "another place", "another purpose"])
def test_lists_that_the_registry_does_not_know_are_refused(place: Place, wrong: str) -> None:
    one, two = bits(1), bits(2)
    every: dict[str, dict[str, tuple[PublishedList, ...]]] = {
        "none": {},
        "one too few": {"formacion": (one,)},
        "another place": {"formacion": (replace(one, url=list_url("other.example", 1)), two)},
        "another purpose": {"formacion": (replace(one, purpose="suspension"), two)},
    }
    with pytest.raises(Conflict):
        place.publish(every[wrong])


def test_keys_are_marked_as_demo_and_thresholds_are_productions(place: Place) -> None:
    root = json.loads(place.publish().root)["signed"]
    assert all(key[DEMO] is True for key in root["keys"].values())
    assert {name: row["threshold"] for name, row in root["roles"].items()} == {
        "root": 3,
        "targets": 2,
        "snapshot": 1,
        "timestamp": 1,
    }
    assert [len(root["roles"][name]["keyids"]) for name in ("root", "targets")] == [5, 3]
    real = replace(small.role_key("x"), demo=False).key().to_dict()
    assert DEMO not in real


def test_a_key_whose_row_was_lost_stands_in_no_way(place: Place) -> None:
    with pytest.raises(Conflict):
        place.publish({})
    place.keys.create(KeyId("registry/root/1"), DidUrl("x#y"))
    assert put(place, place.publish())


def test_files_are_laid_out_in_the_order_to_write(place: Place) -> None:
    made = place.publish()
    paths = list(lay_out(made))
    assert paths[-3:] == ["bundle/metadata/timestamp.json", "root.json", "bundle.puente"]
    assert all(path.startswith("bundle/") for path in paths[:-2])
    assert lay_out(made)["bundle.puente"] == pack(made.files)


def test_a_refresh_changes_no_offline_role() -> None:
    what = small.good_contents()
    versions = Versions(status={"formacion": 1})
    first = build(what, ring=small.ring(), thresholds=small.THRESHOLDS, versions=versions, now=NOON)
    with pytest.raises(ValueError, match="offline"):
        refresh(first, what.status, ring=small.ring(), versions=replace(versions, targets=2), now=NOON)
    later = refresh(first, what.status, ring=small.ring(), versions=versions, now=NOON + timedelta(hours=1))
    assert later.files["metadata/1.targets.json"] == first.files["metadata/1.targets.json"]


def test_a_list_that_lacks_what_was_published_stays_as_it_was(place: Place) -> None:
    """And is as old as it was; the registry's own word, another epoch, lets it go."""
    first = place.publish({"formacion": (bits(1, (7,)), bits(2))})
    bundle = put(place, first)
    for wrong in ({"formacion": (bits(1), bits(2))}, {"formacion": (bits(1),)}, {}):
        place.pass_days(0.25)
        later = place.publish(wrong)
        assert later.behind == {"formacion"}
        bundle, age = put(place, later, bundle), bundle.lists[REVOCATION].signed_at
        assert status.bit(bundle.lists[REVOCATION].signed, small.ORDERS[1][7])
        assert bundle.lists[REVOCATION].signed_at == age
        assert bundle.timestamp_expires > place.clock.now() + timedelta(hours=47)
    with place.registry() as registry:
        registry.suspend(KID, by=IVAN)
    assert put(place, place.publish({}), bundle).issuers[Did(DID)].keys[DidUrl(KID)].state == "suspended"
    place.agree(ResetList(issuer="formacion", number=1))
    last = place.publish({"formacion": (bits(1), bits(2))})
    assert last.behind == frozenset()
    assert not status.bit(put(place, last).lists[REVOCATION].signed, small.ORDERS[1][7])


@pytest.mark.parametrize("change", [ResetList(issuer="formacion", number=1), AddList(issuer="formacion", number=3)])
def test_an_issuer_whose_lists_were_changed_and_that_then_fails_stops_no_other(
    place: Place, change: ResetList | AddList
) -> None:
    """The bundle names the lists that it has, at their age; the changed ones come by the keepers' word."""
    other = REGISTER.model_copy(update={"id": "acoge", "did": "did:web:acoge.example", "host": "acoge.example"})
    place.agree(other, *(AddList(issuer="acoge", number=number) for number in (1, 2)))
    theirs = {"acoge": tuple(replace(bits(number), url=list_url("acoge.example", number)) for number in (1, 2))}
    ours = (bits(1, (7,)), bits(2))
    bundle = put(place, place.publish({"formacion": ours, **theirs}))
    signed = bundle.lists[REVOCATION].signed_at
    place.agree(change)
    offline: dict[str, DidUrl] = {}
    for _ in range(2):
        place.pass_days(0.25)
        later = place.publish(theirs)
        assert later.behind == {"formacion"}
        bundle = put(place, later, bundle)
        lists = {one.url: one.signed_at for one in bundle.lists.values() if one.signed_at != signed}
        assert (set(bundle.issuers), len(lists)) == ({DID, "did:web:acoge.example"}, 2)
        assert status.bit(bundle.lists[REVOCATION].signed, small.ORDERS[1][7])
        # What does not change is renewed without the keepers.
        offline |= {name: at for name, at in place.keys.methods.items() if "root" in name or "targets" in name}
        for name in offline:
            place.keys.methods.pop(name, None)
    place.keys.methods.update(offline)
    third = (replace(bits(1, (7,)), number=3, url=list_url(HOST, 3)),) if change.number == 3 else ()
    last = place.publish({"formacion": (*ours, *third), **theirs})
    assert last.behind == frozenset()
    assert put(place, last, bundle).lists[REVOCATION].signed_at == place.clock.now()
