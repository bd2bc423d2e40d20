"""wallet/holder.py and wallet/contents.py: what was kept is there again, for who has a way in, and for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kernel import vault, vault_keys
from kernel.dids import key_of_did_key
from kernel.encoding import base64url_encode
from kernel.errors import Malformed, NotFound
from kernel.vault import Kind
from schemas.json import JsonObject
from tests.fakes import NOON, SeededRandom
from wallet.contents import open_contents
from wallet.holder import DeviceKey, OpenWallet, Passphrase, Sheet, create, open_wallet, restore
from wallet.remembered import SHEET, remember_sheet
from wallet.sealed import SealedVault, read_sealed

PHRASE = "canela y panela en la mesa"
OTHER = "tres burros y un sapo azul"
PASS: JsonObject = {
    "type": ["VerifiableCredential", "SkillPass"],
    "credentialSubject": {"name": "Ana María Pérez Gómez"},
}


def made() -> tuple[OpenWallet, str, SeededRandom]:
    random = SeededRandom()
    opened, sheet = create(PHRASE, random=random)
    return opened, sheet, random


def test_a_new_wallet_opens_by_its_passphrase_and_by_its_sheet() -> None:
    opened, sheet, random = made()
    raw = opened.sealed(random).to_bytes()
    for secret in (Passphrase(words=PHRASE), Sheet(letters=sheet.lower())):
        again = open_wallet(raw, secret)
        assert (again.did, again.name) == (opened.did, opened.name)


@pytest.mark.parametrize(
    "secret", [Passphrase(words=OTHER), Passphrase(words=""), Sheet(letters="0" * 28), Sheet(letters="")]
)
def test_anything_else_opens_nothing(secret: Passphrase | Sheet) -> None:
    opened, _sheet, random = made()
    with pytest.raises(Malformed) as caught:
        open_wallet(opened.sealed(random).to_bytes(), secret)
    assert caught.value.code == "vault_unreadable"


def test_a_sheet_of_another_wallet_opens_nothing() -> None:
    opened, _sheet, random = made()
    _other, sheet = create(PHRASE, random=random)
    with pytest.raises(Malformed):
        open_wallet(opened.sealed(random).to_bytes(), Sheet(letters=sheet))


def test_the_holder_s_key_is_hers_and_signs() -> None:
    opened, _sheet, _random = made()
    signer = opened.signer()
    key = key_of_did_key(opened.did)
    key.require_sound()
    key.check(b"hola", signer.sign(b"hola"))
    assert signer.method == f"{opened.did}#{key.multikey()}"


def test_passes_are_kept_in_order_once_each_and_dropped_by_name() -> None:
    opened, _sheet, random = made()
    second = {**PASS, "issuer": "did:web:otra.example"}
    opened = opened.keep(PASS, now=NOON).keep(second, now=NOON)
    opened = opened.keep(PASS, now=NOON + timedelta(days=1))
    again = open_wallet(opened.sealed(random).to_bytes(), Passphrase(words=PHRASE))
    assert [kept.document for kept in again.passes()] == [PASS, second]
    first = again.passes()[0]
    assert first.received_at == "2026-11-22T12:00:00Z"
    assert again.find(first.name) == again.find(first.name[:6]) == first
    assert [kept.document for kept in again.drop(first.name).passes()] == [second]
    for missing in ("", "no such", first.name + "x"):
        with pytest.raises(NotFound):
            again.find(missing)


def test_history_stays_apart_from_the_passes() -> None:
    opened, _sheet, random = made()
    opened = opened.keep(PASS, now=NOON)
    opened = opened.note_show({"profile": "interview", "passes": ["x"]}, now=NOON, random=random)
    again = open_wallet(opened.sealed(random).to_bytes(), Passphrase(words=PHRASE))
    assert [show["at"] for show in again.shows()] == ["2026-11-22T12:00:00Z"]
    assert len(again.passes()) == 1


def test_every_write_raises_the_sequence_and_chains_to_the_former_manifest() -> None:
    opened, _sheet, random = made()
    one = opened.sealed(random)
    two = open_wallet(one.to_bytes(), Passphrase(words=PHRASE)).keep(PASS, now=NOON).sealed(random)
    assert (one.sequence, two.sequence) == (1, 2)
    assert open_wallet(two.to_bytes(), Passphrase(words=PHRASE)).contents.sequence == 2


def test_an_item_that_did_not_change_is_not_sealed_again() -> None:
    opened, _sheet, random = made()
    one = opened.keep(PASS, now=NOON).sealed(random)
    again = open_wallet(one.to_bytes(), Passphrase(words=PHRASE))
    two = again.keep({**PASS, "n": 1}, now=NOON).sealed(random)
    assert two.items[0] == one.items[0]
    assert two.manifest != one.manifest


def spoilt(sealed: SealedVault, **changes: object) -> bytes:
    return replace(sealed, **changes).to_bytes()  # type: ignore[arg-type]  # each test names real fields


def test_a_missing_a_foreign_and_a_changed_item_are_damage() -> None:
    opened, _sheet, random = made()
    sealed = opened.keep(PASS, now=NOON).sealed(random)
    other = vault.seal(b"{}", key=bytes(32), kind=Kind.ITEM, vault_id=sealed.vault_id, sequence=1, random=random)
    changed = sealed.items[0][:-1] + bytes([sealed.items[0][-1] ^ 1])
    for items in ((), (other,), (changed,)):
        with pytest.raises(Malformed) as caught:
            open_wallet(spoilt(sealed, items=items), Passphrase(words=PHRASE))
        assert caught.value.code == "vault_unreadable"


def test_an_item_that_the_manifest_does_not_name_is_not_there() -> None:
    opened, _sheet, random = made()
    sealed = opened.keep(PASS, now=NOON).sealed(random)
    stray = vault.seal(b"{}", key=bytes(32), kind=Kind.ITEM, vault_id=sealed.vault_id, sequence=1, random=random)
    again = open_wallet(spoilt(sealed, items=(*sealed.items, stray)), Passphrase(words=PHRASE))
    assert len(again.contents.items) == 1


def test_the_manifest_of_another_moment_is_refused_when_its_number_lies() -> None:
    opened, _sheet, random = made()
    sealed = opened.sealed(random)
    body = vault.open_blob(sealed.manifest, key=manifest_key(opened)).plaintext
    lying = vault.seal(
        body, key=manifest_key(opened), kind=Kind.MANIFEST, vault_id=sealed.vault_id, sequence=9, random=random
    )
    with pytest.raises(Malformed):
        open_contents(read_sealed(spoilt(sealed, manifest=lying)), opened.vault_key)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"version":1}', b'{"version":1,"device":"d","sequence":1,"items":[]}']
)
def test_a_manifest_of_another_shape_is_damage(body: bytes) -> None:
    opened, _sheet, random = made()
    sealed = opened.sealed(random)
    manifest = vault.seal(
        body, key=manifest_key(opened), kind=Kind.MANIFEST, vault_id=sealed.vault_id, sequence=1, random=random
    )
    with pytest.raises(Malformed) as caught:
        open_wallet(spoilt(sealed, manifest=manifest), Passphrase(words=PHRASE))
    assert caught.value.code == "vault_unreadable"


def manifest_key(opened: OpenWallet) -> bytes:
    return vault_keys.subkey(opened.vault_key, vault_keys.MANIFEST)


def test_a_device_key_opens_its_own_wallet_alone() -> None:
    opened, _sheet, random = made()
    raw = opened.sealed(random).to_bytes()
    device = opened.device_key(random)
    assert open_wallet(raw, device).did == opened.did
    with pytest.raises(Malformed):
        open_wallet(raw, DeviceKey(key=bytes(32), wrap=device.wrap))
    other, _sheet = create(PHRASE, random=random)
    with pytest.raises(Malformed):
        open_wallet(other.sealed(random).to_bytes(), device)


def test_a_restored_wallet_has_the_same_keys_and_passes_and_another_passphrase() -> None:
    opened, sheet, random = made()
    raw = opened.keep(PASS, now=NOON).sealed(random).to_bytes()
    again = restore(raw, Sheet(letters=sheet), passphrase=OTHER, random=random)
    moved = again.sealed(random).to_bytes()
    assert open_wallet(moved, Passphrase(words=OTHER)).did == opened.did
    assert len(open_wallet(moved, Sheet(letters=sheet)).passes()) == 1
    assert again.contents.device != opened.contents.device
    with pytest.raises(Malformed):
        open_wallet(moved, Passphrase(words=PHRASE))


def test_a_new_sheet_ends_the_former() -> None:
    opened, sheet, random = made()
    changed, letters = opened.with_sheet(random)
    raw = changed.sealed(random).to_bytes()
    assert open_wallet(raw, Sheet(letters=letters)).did == opened.did
    with pytest.raises(Malformed):
        open_wallet(raw, Sheet(letters=sheet))


def test_a_weak_passphrase_makes_no_wallet() -> None:
    with pytest.raises(Malformed) as caught:
        create("123456789012", random=SeededRandom())
    assert caught.value.code == "weak_passphrase"


def test_nothing_readable_lies_in_the_bytes_or_in_a_repr() -> None:
    opened, sheet, random = made()
    opened = opened.keep(PASS, now=NOON)
    raw = opened.sealed(random).to_bytes()
    for secret in (b"Ana", b"Mar\xc3\xada", PHRASE.encode(), sheet.encode(), opened.did.encode(), opened.vault_key):
        assert secret not in raw
    shown = repr((opened, Passphrase(words=PHRASE), Sheet(letters=sheet), opened.device_key(random)))
    for secret_text in (PHRASE, sheet, "Ana", opened.vault_key.hex(), base64url_encode(opened.vault_key)):
        assert secret_text not in shown
    assert repr(opened.vault_key) not in shown


def test_a_vault_remembers_its_sheet_and_loses_it_by_nothing_that_is_done_here() -> None:
    opened, sheet, random = made()
    remembering = remember_sheet(opened, sheet, now=NOON, random=random)
    (note,) = remembering.notes(SHEET)
    assert note.body["letters"] == sheet
    unknown = remembering.note("sheet-next", {"letters": "…", "half": "…"}, now=NOON, random=random)
    kept = open_wallet(unknown.keep(PASS, now=NOON).sealed(random).to_bytes(), Passphrase(words=PHRASE))
    moved = restore(kept.sealed(random).to_bytes(), Sheet(letters=sheet), passphrase=OTHER, random=random)
    for each in (kept, moved):
        assert [found.body for kind in (SHEET, "sheet-next") for found in each.notes(kind)] == [
            found.body for kind in (SHEET, "sheet-next") for found in unknown.notes(kind)
        ]
    half = str(note.body["half"])
    with pytest.raises(Malformed) as caught:
        open_wallet(kept.sealed(random).to_bytes(), Sheet(letters=half))
    assert caught.value.code == "half_sheet"
