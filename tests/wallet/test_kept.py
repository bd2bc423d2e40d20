"""wallet/kept.py and the contents under it: corrections in place, notes, tombstones, files of either age."""

import base64
import json
from typing import Any

import pytest

from kernel.canonical import sha256
from kernel.errors import Malformed, NotFound
from schemas.json import JsonObject
from tests import vault_cases, wallet_cases
from tests.fakes import NOON, SeededRandom
from tests.wallet_cases import PASSES, PHRASE
from wallet.contents import Contents, open_contents
from wallet.holder import OpenWallet, Passphrase, create, open_wallet
from wallet.kept import DISPUTE

FIRST, SECOND, THIRD = PASSES


def made() -> tuple[OpenWallet, SeededRandom]:
    random = SeededRandom()
    return create(PHRASE, random=random)[0], random


def again(opened: OpenWallet) -> OpenWallet:
    """As it opens after it was kept."""
    return open_wallet(opened.sealed(SeededRandom("again")).to_bytes(), Passphrase(words=PHRASE))


def documents(opened: OpenWallet) -> list[JsonObject]:
    return [kept.document for kept in opened.passes()]


def test_the_shared_wallets_are_what_this_kernel_writes_and_reads() -> None:
    """They change only on purpose: `python -m tests.wallet_cases`; the pages' kernel writes the same bytes."""
    kept = json.loads((vault_cases.FOLDER / "wallet.json").read_text("utf-8"))
    assert json.loads(json.dumps(wallet_cases.make())) == kept
    sheet = json.loads((vault_cases.FOLDER / "sheet.json").read_text("utf-8"))
    assert json.loads(json.dumps(wallet_cases.make_sheet())) == sheet


def test_a_correction_stands_in_the_place_of_what_it_replaces_and_remembers_it() -> None:
    opened, _random = made()
    opened = opened.keep(FIRST, now=NOON).keep(SECOND, now=NOON)
    older = opened.passes()[0].name
    opened = again(opened.keep(THIRD, now=NOON, replaces=older[:8]))
    assert documents(opened) == [THIRD, SECOND]
    assert opened.passes()[0].replaces == older
    assert opened.name_of(FIRST) == older  # nothing was lost
    with pytest.raises(NotFound):
        opened.find(older)


def test_a_correction_of_a_correction_too_and_dropping_drops_all_of_them() -> None:
    opened, _random = made()
    opened = opened.keep(FIRST, now=NOON).keep(SECOND, now=NOON)
    opened = opened.keep(THIRD, now=NOON, replaces=opened.passes()[0].name)
    fourth: JsonObject = {**THIRD, "n": 4}
    opened = opened.keep(fourth, now=NOON, replaces=opened.passes()[0].name)
    assert documents(again(opened)) == [fourth, SECOND]
    assert documents(again(opened.drop(opened.passes()[0].name))) == [SECOND]


def test_nothing_replaces_what_is_not_there() -> None:
    opened, _random = made()
    with pytest.raises(NotFound):
        opened.keep(FIRST, now=NOON, replaces="nothing")


def test_two_that_replace_each_other_hide_nothing() -> None:
    """No wallet writes this; two phones that were told opposite things could."""
    opened, _random = made()
    opened = opened.keep(FIRST, now=NOON).keep(SECOND, now=NOON)
    one, other = (kept.name for kept in opened.passes())
    contents = opened.contents
    for name, older in ((one, other), (other, one)):
        contents = contents.change(name, {**contents.find(name).body, "replaces": older})
    turned = OpenWallet(vault_key=opened.vault_key, contents=contents, wraps=opened.wraps)
    assert sorted(map(str, documents(turned))) == sorted(map(str, (FIRST, SECOND)))


def test_the_same_pass_has_the_same_name_on_two_phones_and_another_in_another_wallet() -> None:
    opened, _random = made()
    other = create(PHRASE, random=SeededRandom("other"))[0]
    names = {wallet.keep(FIRST, now=NOON).passes()[0].name for wallet in (opened, again(opened), other)}
    assert len(names) == 2


def test_a_pass_that_was_dropped_can_come_again() -> None:
    opened, _random = made()
    opened = opened.keep(FIRST, now=NOON)
    opened = again(opened.drop(opened.passes()[0].name))
    assert documents(opened) == []
    assert documents(again(opened.keep(FIRST, now=NOON))) == [FIRST]


def test_a_note_is_changed_and_dropped_in_its_place() -> None:
    opened, random = made()
    for ticket in ("A", "B"):
        opened = opened.note(DISPUTE, {"ticket": ticket, "state": "open"}, now=NOON, random=random)
    first, second = opened.notes(DISPUTE)
    opened = again(opened.change_note(first.name, {"ticket": "A", "state": "closed"}, now=NOON))
    assert [note.body["state"] for note in opened.notes(DISPUTE)] == ["closed", "open"]
    assert [note.copied_at for note in opened.notes(DISPUTE)] == [None, None]
    assert opened.notes(DISPUTE)[0].name == first.name
    opened = again(opened.drop_note(second.name))
    assert len(opened.notes(DISPUTE)) == 1
    for act in (opened.drop_note, lambda name: opened.change_note(name, {}, now=NOON)):
        with pytest.raises(NotFound):
            act(second.name)


def test_what_was_deleted_is_remembered_as_such() -> None:
    opened, _random = made()
    opened = opened.keep(FIRST, now=NOON)
    name = opened.passes()[0].name
    dropped = again(opened.drop(name))
    assert dropped.contents.items == ()
    assert dropped.contents.seen == {name: {dropped.contents.device: 1}}


def row(**changes: Any) -> JsonObject:
    """A manifest with one row, by default of a tombstone."""
    one: JsonObject = {"version": {"AAAAAAAA": 1}, "writes": [], "deleted": True, **changes}
    return {
        "version": 2,
        "device": "AAAAAAAA",
        "sequence": 1,
        "previous": None,
        "items": {"AAECAwQFBgcICQoLDA0ODw": one},
    }


@pytest.mark.parametrize(
    "manifest",
    [
        row(version={"AAAAAAAA": 0}),
        row(version={"AAAAAAAA": True}),
        row(version={"AAAAAAAA": "1"}),
        row(version=[]),
        row(writes=None),
        row(writes=[{}]),
        row(writes=[{"device": "AAAAAAAA", "number": 1, "hash": "AA", "size": 640}]),
        {**row(), "version": 3},
        {**row(), "version": 1},
        {**row(), "sequence": 2},
    ],
)
def test_a_row_of_another_shape_is_damage(manifest: JsonObject) -> None:
    opened, _random = made()
    sealed = wallet_cases.with_manifest(opened, manifest, items=())
    with pytest.raises(Malformed) as caught:
        open_contents(sealed, opened.vault_key)
    assert caught.value.code == "vault_unreadable"


@pytest.mark.parametrize("number", [0, 2])
def test_a_write_outside_its_version_is_damage(number: int) -> None:
    opened, random = made()
    sealed = opened.keep(FIRST, now=NOON).sealed(random)
    (blob,) = sealed.items
    name = opened.keep(FIRST, now=NOON).passes()[0].name
    made_by: JsonObject = {"device": "AAAAAAAA", "number": number, "hash": b64url(blob), "size": len(blob)}
    manifest: JsonObject = {**row(), "items": {name: {"version": {"AAAAAAAA": 1}, "writes": [made_by]}}}
    with pytest.raises(Malformed):
        open_contents(wallet_cases.with_manifest(opened, manifest, items=(blob,)), opened.vault_key)
    right: JsonObject = {"version": {"AAAAAAAA": 1}, "writes": [{**made_by, "number": 1}]}
    held = wallet_cases.with_manifest(opened, {**manifest, "items": {name: right}}, items=(blob,))
    assert isinstance(open_contents(held, opened.vault_key), Contents)


def b64url(blob: bytes) -> str:
    return base64.urlsafe_b64encode(sha256(blob)).decode().rstrip("=")
