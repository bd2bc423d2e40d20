"""Mutated QR texts through both cores: the same document out of each, or the same code at the same step.

Bytes are flipped, and items changed for others inside CBOR that stays well formed, so that every layer is reached.
"""

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

from kernel import cborld
from kernel.canonical import canonical, sha256
from kernel.cborld import cbor
from kernel.encoding import base45_decode, base45_encode
from kernel.errors import PuenteError
from tests import worlds

PAGES = Path(__file__).parents[2] / "pwa"
COUNT = 200_000 if os.environ.get("PUENTE_LONG") else 4_000
KEYS = (*range(0, 8, 2), 1, 16, *range(100, 260, 2), 157, 193, 201, 209, 400, "foo", "norm")
ITEMS: tuple[Any, ...] = (
    *(
        0,
        1,
        2,
        24,
        100,
        118,
        120,
        156,
        160,
        184,
        255,
        5000,
        -1,
        -200,
        2**31,
        2**53 - 1,
        True,
        None,
        "",
        "x",
        "PPT",
        "0",
    ),
    *("revocation", "did:key:zABC", "https://a.b/c", "CompetencePass", "2026-01-01T00:00:00Z", b"", b"\x01", b"\x11"),
    *(b"\x00\x01", b"zabc", b"uabc", b"Mabc", b"qabc", bytes(16), [1, "x.y"], [2, "x.y"], [3, bytes(16)], [3, "q"]),
    *(
        [4, "a", b"b"],
        [4, "a"],
        [1025, b"ab", b"cd"],
        [1025, "a", "b"],
        [1024, "x"],
        [5, "a"],
        [1, 2],
        [100, 250],
        [-1, 5],
    ),
    *({}, [], [[]], {0: 1}, {1: [1, 2]}, {2: b"\x01"}, {156: [118]}, {"a": 1}),
)


def _written(item: Any) -> bytes:
    """Deterministic CBOR of any item, lawful in a pass or not."""
    match item:
        case None | True | False:
            return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[item]
        case int():
            return cbor.head(0, item) if item >= 0 else cbor.head(1, -1 - item)
        case bytes():
            return cbor.head(2, len(item)) + item
        case str():
            return cbor.head(3, len(item.encode())) + item.encode()
        case list():
            return cbor.head(4, len(item)) + b"".join(map(_written, item))
        case dict():
            rows = sorted(_written(key) + _written(value) for key, value in item.items())
            return cbor.head(5, len(item)) + b"".join(rows)
    raise TypeError


def _flipped(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place] = chance.choice(b"\x00\x18\x19\x40\x60\x81\xa0\xa1\xf4\xf6\xf7\xf9\xff")
            case 2:
                changed.insert(place, chance.randrange(256))
            case 3:
                del changed[place + 1 :]
    return bytes(changed)


def _changed(item: Any, chance: random.Random) -> Any:
    """One thing inside changed, taken out, moved or put in."""
    if not isinstance(item, dict | list) or not item or chance.random() < 0.15:
        return chance.choice(ITEMS)
    if isinstance(item, list):
        place, several = chance.randrange(len(item)), list(item)
        new = [[_changed(item[place], chance)], [], [item[place]] * 2, [chance.choice(ITEMS)]][
            chance.choice((0, 0, 0, 1, 2, 3))
        ]
        several[place : place + 1] = new
        return several
    key, entries = chance.choice(list(item)), dict(item)
    value = entries.pop(key)
    match chance.choice((0, 0, 0, 1, 2, 3)):
        case 0:
            entries[key] = _changed(value, chance)
        case 2:
            entries[chance.choice(KEYS)] = value
        case 3:
            entries |= {key: value, chance.choice(KEYS): chance.choice(ITEMS)}
    return entries


def _texts(chance: random.Random) -> list[str]:
    good = [worlds.read(path.name)["qr_text"] for path in sorted(worlds.FORMAT.glob("p0*.json"))]
    made = []
    for _ in range(COUNT):
        text = chance.choice(good)
        raw = base45_decode(text[5:])
        if chance.random() < 0.3:
            raw = _flipped(raw, chance)
        else:
            entry, payload = cbor.read(raw)
            raw = b"\xd9\xcb\x1d\x82" + _written(entry) + _written(_changed(payload, chance))
        made.append(chance.choice((text[:5],) * 19 + ("VP1-R",)) + base45_encode(raw))
    return made


def _ours(text: str) -> str:
    try:
        back = cborld.from_text(text, dictionary=worlds.dictionary())
    except PuenteError as refused:
        return f"{refused.code} {refused.step}"
    return sha256(canonical(back.presentation or list(back.documents))).hex()


def test_both_cores_read_or_refuse_alike(tmp_path: Path) -> None:
    texts = _texts(random.Random(45))
    path = tmp_path / "texts.json"
    path.write_text(json.dumps(texts), "utf-8")
    command = ["node", "--import", "tsx", "tools/texts.ts", str(worlds.FORMAT), str(path)]
    done = subprocess.run(command, cwd=PAGES, check=True, capture_output=True, text=True)
    theirs = json.loads(done.stdout)
    differing = {text: (one, other) for text, other in zip(texts, theirs, strict=True) if (one := _ours(text)) != other}
    assert not differing
    assert len(set(theirs)) > 100, "texts that read and texts that are refused at many steps"
