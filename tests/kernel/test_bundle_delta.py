"""`VD1-R`: the shared cases, whatever a text is turned into, and every rule that a file is held to as well."""

import json
import random
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import frames, status
from kernel.bundle import delta
from kernel.bundle.chain import Files
from kernel.bundle.container import pack, unpack
from kernel.bundle.delta_text import PREFIX, read, write
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.encoding import base45_decode, base45_encode
from kernel.errors import Invalid
from registry.build import Published
from registry.contents import list_url
from tests import delta_cases as cases
from tests import delta_worlds as worlds
from tests import small_registry as small
from tests.delta_worlds import DAY
from tests.fakes import NOON

REVOKING = list_url(small.HOST, 1)
SUSPENDING = list_url(small.HOST, 2)
FIRST = worlds.first(bits={1: [100], 2: [300]})


def put(published: Published, former: InstalledBundle | None = None) -> InstalledBundle:
    return install(published.container(), trusted_root=worlds.root(published), now=NOON, former=former)


def take(text: str, files: Files, former: InstalledBundle, *, days: int = 1) -> tuple[InstalledBundle, Files]:
    root = files["metadata/1.root.json"]
    return delta.take(text, files, trusted_root=root, now=NOON + days * DAY, former=former)


def _comparable(document: Mapping[str, Any]) -> Any:
    """Without the packing of the states, which another zlib may do otherwise."""
    states = {name: cases.digest(unpack(b64decode(raw))) for name, raw in document["states"].items()}
    return json.loads(json.dumps({**document, "states": states}))


def test_the_shared_cases_are_what_this_core_gives() -> None:
    stated = json.loads((cases.FOLDER / "cases.json").read_text("utf-8"))
    assert _comparable(stated) == _comparable(cases.document())
    reached = {row["outcome"] for row in stated["takes"]} | {row["text"] for row in stated["makes"]}
    wanted = {"limits_exceeded", "unsupported_prefix", "delta_unreadable", "delta_not_for_this_list", "bundle_refused"}
    assert wanted | {"delta_too_large", "delta_needs_file"} <= reached


HONEST = {cases.digest(files) for files in cases.states().values()}
BODY = base45_decode(cases.make("one", "two")[len(PREFIX) :])
_AT = st.integers(0, len(BODY) - 1)


@settings(deadline=None)
@given(_AT, _AT, st.binary(max_size=4))
def test_no_spoiled_text_installs_anything_else(start: int, end: int, put_in: bytes) -> None:
    body = BODY[: min(start, end)] + put_in + BODY[max(start, end) :]
    outcome = cases.Case(about="", text=PREFIX + base45_encode(body)).outcome()
    assert not outcome.startswith("installed") or (body == BODY and outcome.split()[-1] in HONEST)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_are_more_than_unreadable(body: bytes) -> None:
    assert cases.Case(about="", text=PREFIX + base45_encode(body)).outcome() == "delta_unreadable"


def test_a_text_is_written_in_one_way() -> None:
    for old, new in (("one", "two"), ("two", "three"), ("one", "three")):
        text = cases.make(old, new)
        assert write(read(text)) == text


def test_a_day_of_a_country_fits_in_eight_frames() -> None:
    old, new = worlds.day()
    text = delta.make(old.files, new.files)
    shown = delta.show(text)
    assert len(shown) <= 8
    bundle, files = take(frames.join(shown[::-1]), old.files, put(old))
    assert files == new.files
    added = sum(status.count(one.signed) for one in bundle.lists.values()) - sum(
        status.count(one.signed) for one in put(old).lists.values()
    )
    assert added == 200


def test_what_nine_frames_do_not_hold_is_not_shown() -> None:
    text = cases.make("one", "large")
    assert len(text) > 9 * 354
    with pytest.raises(Invalid) as refused:
        delta.show(text)
    assert refused.value.code == "delta_too_large"


def test_revocations_stay_and_suspensions_go() -> None:
    second = worlds.after(FIRST, {1: [101], 2: []})
    bundle, _ = take(delta.make(FIRST.files, second.files), FIRST.files, put(FIRST))
    revoked = bundle.lists[REVOKING]
    assert [status.bit(revoked.sticky, at) for at in (100, 101)] == [True, True]
    assert (status.bit(revoked.signed, 100), revoked.unset) == (False, 1)
    assert not status.bit(bundle.lists[SUSPENDING].sticky, 300)


def test_a_mass_revocation_in_slices_is_held_back_too() -> None:
    draw = random.Random("slices").sample(range(200, 131_000), 3_000)
    former, published, files = put(FIRST), FIRST, FIRST.files
    for step in (1_500, 3_000):
        later = worlds.after(published, {1: [100, *draw[:step]], 2: [300]}, at=NOON + DAY)
        former, files = take(delta.make(files, later.files), files, former)
        published = later
    assert former.lists[REVOKING].held
    assert status.count(former.lists[REVOKING].sticky) < 1_600


def test_what_comes_after_an_update_follows_it() -> None:
    second = worlds.after(FIRST, {1: [100, 101], 2: [300]})
    third = worlds.after(second, {1: [100, 101, 102], 2: [300]})
    bundle, files = take(delta.make(FIRST.files, second.files), FIRST.files, put(FIRST))
    bundle, files = take(delta.make(second.files, third.files), files, bundle, days=2)
    assert bundle.version == 3
    assert bundle.floor_on == NOON + 2 * DAY
    with pytest.raises(Invalid):
        put(second, bundle)


def test_without_all_its_files_no_list_is_updated_nor_shown_onward() -> None:
    second = worlds.after(FIRST, {1: [100, 101], 2: [300]})
    text = delta.make(FIRST.files, second.files)
    for path in (name for name in FIRST.files if not name.endswith(".root.json")):
        damaged = {name: raw for name, raw in FIRST.files.items() if name != path}
        with pytest.raises(Invalid) as refused:
            take(text, damaged, put(FIRST))
        assert refused.value.code == "bundle_refused"
        with pytest.raises(Invalid) as unmade:
            delta.make(damaged, second.files)
        assert unmade.value.code == "bundle_refused"


def test_what_is_no_longer_needed_is_not_carried_along() -> None:
    second = worlds.after(FIRST, {1: [100, 101], 2: [300]})
    crowded = {**FIRST.files, "targets/status/formacion/9.bits": b"left over"}
    _, files = take(delta.make(FIRST.files, second.files), crowded, put(FIRST))
    assert files == second.files
    assert unpack(pack(files)) == files
