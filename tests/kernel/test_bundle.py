"""`kernel/bundle`: what a good bundle gives, and each thing for which one is refused; nothing changes on a refusal."""

import json
import zlib
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast

import pytest
from securesystemslib.formats import encode_canonical

from kernel import status
from kernel.bundle.container import pack, unpack
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.bundle.olpc import olpc
from kernel.errors import Invalid
from kernel.keys import PublicKey
from registry.build import Contents
from registry.contents import list_url
from schemas.identifiers import Url
from tests import small_registry as small
from tests.fakes import NOON

ROOT = "metadata/1.root.json"
REVOCATION = list_url(small.HOST, 1)
SUSPENSION = list_url(small.HOST, 2)
GOOD = dict(small.good(NOON))


def put(files: Any, *, now: Any = NOON, former: InstalledBundle | None = None, **more: Any) -> InstalledBundle:
    return install(pack(files), trusted_root=GOOD[ROOT], now=now, former=former, **more)


def refuse(files: Any, **more: Any) -> str:
    with pytest.raises(Invalid) as refused:
        put(files, **more)
    assert refused.value.code == "bundle_refused"
    return refused.value.detail


def is_set(bundle: InstalledBundle, url: Url, counter: int) -> bool:
    number = 1 if url == REVOCATION else 2
    return status.bit(bundle.lists[url].sticky, small.ORDERS[number][counter])


def test_a_good_bundle_answers() -> None:
    bundle = put(GOOD)
    issuer = bundle.issuers[small.DID]
    assert (issuer.tier, issuer.country, list(issuer.keys)) == ("T1", "CO", [small.KID])
    assert issuer.keys[small.KID].state == "active"
    assert issuer.lists == (REVOCATION, SUSPENSION)
    rule = bundle.policy.rule("PermitPass", "PPT")
    assert rule is not None
    assert (rule.fresh, rule.max_age, rule.needs_valid_until) == (timedelta(hours=72), timedelta(days=30), True)
    assert bundle.policy.rule("Unheard", None) is None
    types = cast(dict[str, str], bundle.labels["es"]["types"])
    assert types["CompetencePass/SENA-NSCL"].startswith("Certificado")
    assert (bundle.version, bundle.root_version, bundle.canary_fault) == (1, 1, False)
    assert bundle.floor_off == bundle.floor_on == NOON
    assert set(bundle.schemas) == {"CompetencePass", "PermitPass", "SkillPass"}


def test_the_same_parts_give_the_same_bytes() -> None:
    assert pack(small.good(NOON)) == pack(GOOD)
    assert unpack(pack(GOOD)) == GOOD


@pytest.mark.parametrize("path", sorted(GOOD))
def test_no_file_may_be_missing_or_changed(path: str) -> None:
    # The built-in root is the same as the first one in the container, which is therefore never asked.
    if path == ROOT:
        return
    refuse({name: raw for name, raw in GOOD.items() if name != path})
    refuse(GOOD | {path: GOOD[path][:-1] + b" "})
    refuse(GOOD | {path: bytes([GOOD[path][0] ^ 1]) + GOOD[path][1:]})


def test_a_refusal_leaves_the_former_bundle_as_it_was() -> None:
    former = put(small.good(NOON, 2))
    before = repr(former)
    refuse(GOOD, former=former)
    assert repr(former) == before


def test_revocations_stay_and_suspensions_go() -> None:
    first = put(small.good(NOON, 1, small.good_contents(revoked=[0, 1], suspended=[0, 1])))
    assert is_set(first, REVOCATION, 0)
    assert is_set(first, SUSPENSION, 0)
    second = put(small.good(NOON, 2, small.good_contents(revoked=[1, 2], suspended=[1])), former=first)
    assert [is_set(second, REVOCATION, n) for n in range(4)] == [True, True, True, False]
    assert [is_set(second, SUSPENSION, n) for n in range(4)] == [False, True, False, False]
    assert second.lists[REVOCATION].unset > 0
    assert not status.bit(second.lists[REVOCATION].signed, small.ORDERS[1][0])


def test_a_raised_epoch_lets_a_revocation_go() -> None:
    first = put(small.good(NOON, 1, small.good_contents(revoked=[0, 1])))
    second = put(small.good(NOON, 2, small.good_contents(revoked=[1], epoch=1)), former=first)
    assert [is_set(second, REVOCATION, n) for n in range(2)] == [False, True]


MANY = range(2_700)


def test_a_mass_revocation_is_held_back_until_the_registry_lists_it() -> None:
    first = put(small.good(NOON, 1, small.good_contents(revoked=[5])))
    attack = small.good_contents(revoked=[5, *MANY])
    hour = NOON + timedelta(hours=1)
    second = put(small.good(hour, 2, attack), former=first, now=hour)
    assert second.lists[REVOCATION].held
    assert second.lists[REVOCATION].signed_at == NOON
    assert [is_set(second, REVOCATION, n) for n in (5, 6)] == [True, False]
    # Waiting does not let it through, nor does sending it once more.
    week = NOON + timedelta(days=7)
    third = put(small.good(week, 3, attack), former=second, now=week)
    assert third.lists[REVOCATION].held
    digest = sha256(small.published_list(1, [5, *MANY]).bits).hexdigest()
    listed = small.good_contents(revoked=[5, *MANY], registry=small.registry_json(approved=[digest]))
    fourth = put(small.good(week, 4, listed), former=third, now=week)
    assert not fourth.lists[REVOCATION].held
    assert is_set(fourth, REVOCATION, 6)


def test_a_mass_revocation_in_slices_is_held_back_too() -> None:
    bundle = put(small.good(NOON, 1))
    for step in range(1, 5):
        at = NOON + timedelta(hours=4 * step)
        what = small.good_contents(revoked=range(800 * step))
        bundle = put(small.good(at, 1 + step, what), former=bundle, now=at)
    assert bundle.lists[REVOCATION].held
    assert status.count(bundle.lists[REVOCATION].sticky) <= status.LIST_SIZE // 50 + 8


def test_a_lists_own_time_cannot_run_ahead_to_gain_days() -> None:
    first = put(small.good(NOON, 1))
    ahead = NOON + timedelta(days=20)
    second = put(small.good(ahead, 2, small.good_contents(revoked=range(20_000))), former=first, now=NOON)
    assert second.lists[REVOCATION].held


def test_ten_days_away_allow_ten_days_of_revocations() -> None:
    first = put(small.good(NOON, 1))
    back = NOON + timedelta(days=10)
    second = put(small.good(back, 2, small.good_contents(revoked=range(20_000))), former=first, now=back)
    assert not second.lists[REVOCATION].held


def test_a_status_role_suspends_its_keys_and_raises_none() -> None:
    bundle = put(small.good(NOON, 1, small.good_contents(keys=[small.KID])))
    assert bundle.issuers[small.DID].keys[small.KID].state == "suspended"
    stolen = small.registry_json(state="compromised")
    bundle = put(small.good(NOON, 1, small.good_contents(keys=[small.KID], registry=stolen)))
    assert bundle.issuers[small.DID].keys[small.KID].state == "compromised"


def _registry(**change: Any) -> Any:
    document = json.loads(json.dumps(small.registry_json()))
    document["issuers"][0].update(change)
    return document


KEY: dict[str, Any] = _registry()["issuers"][0]["keys"][0]
LOW_ORDER = PublicKey(bytes([1]) + bytes(31)).multikey()


@pytest.mark.parametrize(
    "registry",
    [
        {},
        {"version": 1, "issuers": [{}]},
        {"version": 1, "issuers": [*_registry()["issuers"], *_registry()["issuers"]]},
        _registry(tier="T0"),
        _registry(id="for macion"),
        _registry(keys=[KEY, KEY]),
        _registry(keys=[{**KEY, "id": "did:web:other#k1"}]),
        _registry(keys=[{**KEY, "state": "fine"}]),
        _registry(keys=[{**KEY, "publicKeyMultibase": LOW_ORDER}]),
        _registry(keys=[{**KEY, "publicKeyMultibase": "zabc"}]),
        _registry(keys=[{**KEY, "notBefore": "2026-01-01"}]),
        _registry(keys=[{**KEY, "frozenCheckpoint": {"size": 1, "root": "ab"}}]),
        _registry(statusLists=[{**_registry()["issuers"][0]["statusLists"][0], "path": "status/other/1.bits"}]),
        _registry(statusLists=[{**_registry()["issuers"][0]["statusLists"][0], "path": "status/formacion/9.bits"}]),
        _registry(statusLists=[{**_registry()["issuers"][0]["statusLists"][0], "purpose": "suspension"}]),
        _registry(statusLists=[{**_registry()["issuers"][0]["statusLists"][0], "epoch": 7}]),
        _registry(statusLists=[_registry()["issuers"][0]["statusLists"][0]] * 2),
    ],
)
def test_a_registry_that_contradicts_itself_is_refused(registry: Any) -> None:
    refuse(small.good(NOON, 1, small.good_contents(registry=registry)))


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("policy.json", {}),
        ("policy.json", {"rules": [{"type": "*"}]}),
        ("schemas.json", {"CompetencePass": {"pattern": "x"}}),
        ("schemas.json", {"CompetencePass": 3}),
        ("tables.json", {"entries": 3}),
        ("contexts.json", {"https://w3id.org/puente/v1": 3}),
    ],
)
def test_a_file_of_another_shape_is_refused(name: str, document: Any) -> None:
    what = small.good_contents()
    refuse(small.good(NOON, 1, Contents(files={**what.files, name: document}, status=what.status)))


@pytest.mark.parametrize("name", sorted(small.good_contents().files))
def test_every_file_must_be_listed(name: str) -> None:
    what = small.good_contents()
    files = {path: document for path, document in what.files.items() if path != name}
    refuse(small.good(NOON, 1, Contents(files=files, status=what.status)))


def test_a_list_without_its_canaries_is_refused() -> None:
    what = small.good_contents()
    bare = small.replaced(what, bits=status.empty())
    assert "canaries" in refuse(small.good(NOON, 1, bare))
    short = small.replaced(what, bits=bytes(100))
    assert "16,384" in refuse(small.good(NOON, 1, short))


def test_bounds_are_counted_while_inflating() -> None:
    for container in (
        b"",
        b"no gzip",
        bytes(5 * 1024 * 1024),
        zlib.compress(b"\xa0", wbits=15),
        _gzip(bytes(25 * 1024 * 1024)),
        _gzip(b"\xa0\x00"),
        _gzip(b"\xa0")[:-4],
        _gzip(b"\xa0") + _gzip(b"\xa0"),
        _gzip(b"\xbf\xff"),
        _gzip(b"\xa1\x78\x01a\x40"),
        _gzip(b"\xb9\xff\xff"),
        _gzip(b"\xa1\x61"),
        pack({f"targets/{n}": b"" for n in range(513)}),
        pack({"targets/../x": b""}),
        pack({"/targets/x": b""}),
        pack({"other/x": b""}),
        pack({"targets/ñ": b""}),
        pack({"targets/" + "x" * 300: b""}),
        _gzip(b"\xa2\x6atargets/xb\x40\x6atargets/xa\x40"),
        _gzip(b"\xa2\x6atargets/xa\x40\x6atargets/xa\x40"),
    ):
        with pytest.raises(Invalid) as refused:
            unpack(container)
        assert refused.value.code == "bundle_refused"


def _gzip(raw: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(raw) + packer.flush()


def test_olpc_is_the_form_that_tuf_signs() -> None:
    value: Any = {"b": [1, -2, {}], "a": 'ñ"\\\n\u2028', "c": {"z": None, "y": True, "x": False}, "d": []}
    assert olpc(value).decode() == encode_canonical(value)
    for wrong in ({"a": 1.5}, {"a": "\ud800"}):
        with pytest.raises(Invalid):
            olpc(wrong)


def test_a_bundle_put_together_by_hand_cannot_be_followed() -> None:
    with pytest.raises(ValueError, match="by hand"):
        put(GOOD, former=replace(put(GOOD), remembered=None))
