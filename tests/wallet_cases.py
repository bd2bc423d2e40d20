"""The shared cases of whole wallets: one wallet's life, state by state, that both languages write byte for byte.

`python -m tests.wallet_cases` writes wallet.json and sheet.json of tests/vectors/vault, the same in every run.
Each step draws from one `SeededRandom` in the order that the kernel asks in: another order shows as other bytes.
"""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from kernel import vault, vault_keys
from kernel.canonical import sha256
from kernel.codec import write as write_json
from kernel.encoding import base64url_encode
from kernel.vault import Kind
from kernel.vault_keys import half_texts, read_letters, read_sheet
from schemas.json import JsonObject
from tests import vault_cases
from tests.fakes import NOON, SeededRandom
from wallet.contents import Contents, seal_contents
from wallet.holder import OpenWallet, Passphrase, Sheet, create, open_wallet, restore
from wallet.kept import DISPUTE, PERSONA
from wallet.remembered import SHEET, remember_sheet
from wallet.sealed import SealedVault

PHRASE: Final = "canela y panela en la mesa"
OTHER: Final = "tres burros y un sapo azul"
NAMES: Final = ("Ana María Pérez Gómez", "Ana María Pérez Gomez", "Ana Mária Pérez Gómez")
PASSES: Final[tuple[JsonObject, ...]] = tuple(
    {"type": ["VerifiableCredential", "SkillPass"], "credentialSubject": {"name": name, "level": 2}} for name in NAMES
)


def b64(raw: bytes) -> str:
    """Bytes as they stand in the file."""
    return base64.b64encode(raw).decode()


def life() -> tuple[list[bytes], str]:
    """One wallet's states, each opened from the former: kept passes, a show, notes, a correction, another phone."""
    random = SeededRandom("life")
    opened, sheet = create(PHRASE, random=random)
    states = [opened.sealed(random).to_bytes()]

    def step(act: Callable[[OpenWallet], OpenWallet]) -> None:
        states.append(act(open_wallet(states[-1], Passphrase(words=PHRASE))).sealed(random).to_bytes())

    first, second, corrected = PASSES
    step(
        lambda it: (
            it.keep(first, now=NOON)
            .keep(second, now=NOON)
            .note_show({"profile": "interview", "passes": ["SkillPass"]}, now=NOON, random=random)
            .note(PERSONA, {"symbol": "🦜", "label": "Trabajo"}, now=NOON, random=random)
            .note(DISPUTE, {"ticket": "7K3M9QWX", "state": "open"}, now=NOON, random=random)
        )
    )
    step(lambda it: it.keep(corrected, now=NOON + timedelta(days=1), replaces=it.passes()[0].name))
    step(
        lambda it: it.change_note(
            it.notes(DISPUTE)[0].name, {"ticket": "7K3M9QWX", "state": "closed"}, now=NOON + timedelta(days=1)
        )
    )
    step(lambda it: it.drop(it.passes()[1].name).drop_note(it.notes(PERSONA)[0].name))
    moved = restore(states[-1], Sheet(letters=sheet), passphrase=OTHER, random=random)
    states.append(moved.sealed(random).to_bytes())
    return states, sheet


def first_format() -> bytes:
    """A wallet as it was written before items had several writes (manifest version 1)."""
    random = SeededRandom("first")
    opened, _sheet = create(PHRASE, random=random)
    item_id, key = random(16), opened.vault_key
    body: JsonObject = {"type": "credential", "receivedAt": "2026-11-22T12:00:00Z", "credential": PASSES[0]}
    blob = vault.seal(
        write_json(body),
        key=vault_keys.item_key(key, item_id),
        kind=Kind.ITEM,
        vault_id=opened.contents.vault_id,
        sequence=1,
        random=random,
    )
    named: JsonObject = {"version": {"AAAAAAAA": 1}, "hash": base64url_encode(sha256(blob)), "size": len(blob)}
    manifest: JsonObject = {
        "version": 1,
        "device": "AAAAAAAA",
        "sequence": 1,
        "previous": None,
        "items": {base64url_encode(item_id): named},
    }
    return with_manifest(opened, manifest, items=(blob,)).to_bytes()


def with_manifest(
    opened: OpenWallet, manifest: JsonObject, *, items: tuple[bytes, ...], number: int = 1
) -> SealedVault:
    """A vault whose manifest says what a test wants it to say."""
    sealed = seal_contents(empty(opened), vault_key=opened.vault_key, wraps=opened.wraps, random=SeededRandom())
    blob = vault.seal(
        write_json(manifest),
        key=vault_keys.subkey(opened.vault_key, vault_keys.MANIFEST),
        kind=Kind.MANIFEST,
        vault_id=sealed.vault_id,
        sequence=number,
        random=SeededRandom("manifest"),
    )
    return SealedVault(vault_id=sealed.vault_id, sequence=number, manifest=blob, wraps=sealed.wraps, items=items)


def empty(opened: OpenWallet) -> Contents:
    """The wallet's contents before anything was kept."""
    return Contents(vault_id=opened.contents.vault_id, device="AAAAAAAA", sequence=0, previous=None, seen={})


def view(opened: OpenWallet) -> dict[str, Any]:
    """All that a holder sees."""
    return {
        "did": opened.did,
        "device": opened.contents.device,
        "sequence": opened.contents.sequence,
        "passes": [
            {"name": it.name, "receivedAt": it.received_at, "document": it.document, "replaces": it.replaces}
            for it in opened.passes()
        ],
        "shows": opened.shows(),
        "notes": [
            {"name": note.name, "body": note.body, "changedAt": note.changed_at, "copiedAt": note.copied_at}
            for kind in (PERSONA, DISPUTE)
            for note in opened.notes(kind)
        ],
    }


def make() -> dict[str, Any]:
    """The whole file."""
    states, sheet = life()
    first = first_format()
    phrases = [PHRASE] * (len(states) - 1) + [OTHER]
    views = [view(open_wallet(raw, Passphrase(words=words))) for raw, words in zip(states, phrases, strict=True)]
    return {
        "phrase": PHRASE,
        "other": OTHER,
        "sheet": sheet,
        "passes": PASSES,
        "states": [{"bytes": b64(raw), "view": seen} for raw, seen in zip(states, views, strict=True)],
        "first": {"bytes": b64(first), "view": view(open_wallet(first, Passphrase(words=PHRASE)))},
    }


def make_sheet() -> dict[str, Any]:
    """A wallet that remembers its sheet, and the two helpers' papers that come of it."""
    random = SeededRandom("sheet")
    opened, sheet = create(PHRASE, random=random)
    remembering = remember_sheet(opened, sheet, now=NOON, random=random)
    half = str(remembering.notes(SHEET)[0].body["half"])
    papers = half_texts(read_sheet(sheet), random=lambda _size: read_letters(half).secret)
    return {"phrase": PHRASE, "sheet": sheet, "papers": papers, "bytes": b64(remembering.sealed(random).to_bytes())}


if __name__ == "__main__":
    vault_cases.write("sheet.json", json.loads(json.dumps(make_sheet())))
    vault_cases.write("wallet.json", json.loads(json.dumps(make())))
