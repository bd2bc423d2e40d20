"""The shared cases of merging: states of phones and what each pair comes to; manifests and which of them are too old.

`python -m tests.merging_cases` writes tests/vectors/vault/merging.json, the same in every run. What is right is said by
`wallet/merging.py` and the properties in its tests; these cases hold the two languages together.
"""

import json
import random as chance
from dataclasses import replace
from typing import Any, Final

from kernel.encoding import base64url_decode
from schemas.json import JsonObject
from tests import vault_cases
from tests.fakes import NOON, SeededRandom
from wallet.contents import Contents, Item, open_contents
from wallet.holder import OpenWallet
from wallet.kept import DISPUTE
from wallet.manifest import Manifest, Row, Write, hash_of, seal_manifest
from wallet.merging import merge, shared
from wallet.sealed import SealedVault

VAULT_KEY: Final = SeededRandom("merging")(32)
VAULT_ID: Final = bytes(range(16))
PASSES: Final[tuple[JsonObject, ...]] = tuple(
    {"type": ["VerifiableCredential", "SkillPass"], "credentialSubject": {"level": n}} for n in range(4)
)
PHONES: Final = ("phone-a1", "phone-b2", "phone-c3")
CASES: Final = 48
ITEM: Final = "AAECAwQFBgcICQoLDA0ODw"
OTHER_ITEM: Final = "EBESExQVFhcYGRobHB0eHw"
HASH: Final = "A" * 43


def phone(device: str) -> OpenWallet:
    """A phone of the holder with nothing on it yet."""
    contents = Contents(vault_id=VAULT_ID, device=device, sequence=0, previous=None, seen={})
    return OpenWallet(vault_key=VAULT_KEY, contents=contents, wraps=())


def opened(sealed: SealedVault) -> Contents:
    """What was sealed, read back."""
    return open_contents(sealed, VAULT_KEY)


def states(seed: str, many: int) -> list[Contents]:
    """Phones after some life together: changes and meetings drawn by `seed`."""
    draw, random = chance.Random(seed), SeededRandom(seed)
    phones = [phone(name) for name in PHONES[:many]]
    for _step in range(draw.randrange(4, 50)):
        place = draw.randrange(many)
        if draw.random() < 0.3:
            other = shared(phones[draw.randrange(many)].contents)
            phones[place] = replace(phones[place], contents=merge(phones[place].contents, other))
        else:
            phones[place] = _changed(phones[place], draw, random)
    return [each.contents for each in phones]


def _changed(it: OpenWallet, draw: chance.Random, random: SeededRandom) -> OpenWallet:
    now = NOON.replace(hour=draw.randrange(24))
    passes, notes = it.passes(), it.notes(DISPUTE)
    match draw.choice((0, 0, 1, 2, 2, 2, 3, 3, 4, 5)):
        case 0:
            return it.keep(draw.choice(PASSES), now=now)
        case 1 if len(notes) < 3:
            return it.note(DISPUTE, {"text": draw.randrange(9)}, now=now, random=random)
        case 2 if notes:
            return it.change_note(draw.choice(notes).name, {"text": draw.randrange(9)}, now=now)
        case 3 if passes:
            return it.drop(draw.choice(passes).name)
        case 4 if notes:
            return it.drop_note(draw.choice(notes).name)
        case 5 if passes:
            return it.retain(draw.choice(passes).name)
    return it


def state(contents: Contents) -> dict[str, Any]:
    """As it stands in the file."""
    return {
        "device": contents.device,
        "seen": {name: dict(version) for name, version in contents.seen.items()},
        "items": [
            {"name": it.name, "device": it.device, "number": it.number, "body": it.body, "gone": it.gone}
            for it in contents.items
        ],
    }


def read_state(row: dict[str, Any]) -> Contents:
    """From the file."""
    return Contents(
        vault_id=VAULT_ID,
        device=row["device"],
        sequence=0,
        previous=None,
        seen=row["seen"],
        items=tuple(
            Item(id=base64url_decode(it["name"], limit=64), **{k: v for k, v in it.items() if k != "name"})
            for it in row["items"]
        ),
    )


def merges() -> list[dict[str, Any]]:
    """Pairs of phones and what each comes to."""
    found = []
    for number in range(CASES):
        mine, theirs, _third = states(f"case {number}", 3)
        found.append({"mine": state(mine), "theirs": state(theirs), "merged": state(merge(mine, theirs))})
    return found


def manifest(sequence: int, *, previous: str | None = None, **rows: Row) -> bytes:
    """A sealed manifest of the server."""
    named = {ITEM: rows.get("one"), OTHER_ITEM: rows.get("two")}
    made = Manifest(
        vault_id=VAULT_ID,
        device="phone-a1",
        sequence=sequence,
        previous=previous,
        rows={name: row for name, row in named.items() if row is not None},
    )
    return seal_manifest(made, vault_key=VAULT_KEY, random=SeededRandom(f"{sequence} {previous} {rows}"))


def row(version: dict[str, int], *writes: tuple[str, int], deleted: bool = False) -> Row:
    """One item's row."""
    made = tuple(Write(device=device, number=number, hash=HASH, size=640) for device, number in writes)
    return Row(version=version, writes=made, deleted=deleted or not made)


def chains() -> list[dict[str, Any]]:
    """What the server shows after what was known, and the code that refuses it."""
    first = row({"phone-a1": 1}, ("phone-a1", 1))
    known = manifest(5, previous=HASH, one=first)
    after = hash_of(known)
    stale = "stale_server"
    gone, edited = row({"phone-a1": 1}), row({"phone-a1": 1, "phone-b2": 1}, ("phone-b2", 1))
    known_gone = manifest(5, previous=HASH, one=gone)
    shown: list[tuple[str, bytes | None, bytes, str | None]] = [
        ("the first one", None, known, None),
        ("the same", known, known, None),
        ("the next", known, manifest(6, previous=after, one=first), None),
        ("the next, with one more item", known, manifest(6, previous=after, one=first, two=edited), None),
        ("the next, edited", known, manifest(6, previous=after, one=edited), None),
        ("the next, deleted", known, manifest(6, previous=after, one=gone), None),
        ("a later one, edited", known, manifest(9, previous=HASH, one=edited), None),
        ("an earlier number", known, manifest(4, previous=HASH, one=edited), stale),
        ("another of the same number", known, manifest(5, previous=HASH, one=edited), stale),
        ("a next that names another", known, manifest(6, previous=HASH, one=edited), stale),
        ("a next that names none", known, manifest(6, one=edited), stale),
        ("a later one that never knew the item", known, manifest(9, previous=HASH, two=edited), stale),
        ("a later one that knows less", known, manifest(9, previous=HASH, one=row({"phone-b2": 4})), stale),
        ("a deleted item back again", known_gone, manifest(9, previous=HASH, one=first), stale),
        ("a deleted item, kept anyway", known_gone, manifest(9, previous=HASH, one=edited), None),
    ]
    return [
        {"what": what, "known": None if last is None else last.hex(), "remote": remote.hex(), "refused": refused}
        for what, last, remote, refused in shown
    ]


def make() -> dict[str, Any]:
    """The whole file."""
    return {"vaultKey": VAULT_KEY.hex(), "vaultId": VAULT_ID.hex(), "merges": merges(), "chains": chains()}


if __name__ == "__main__":
    vault_cases.write("merging.json", json.loads(json.dumps(make())))
