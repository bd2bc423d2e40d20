"""The shared cases of `VD1-R`: states of a registry, the text from one to another, and what came of taking each text.

`python -m tests.delta_cases` writes tests/vectors/deltas/cases.json, the same in every run; Python and TypeScript both
read it. What a text must come to is `kernel/bundle`'s to say; spoiled texts are checked here never to be installed.
"""

import base64
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kernel.bundle import delta
from kernel.bundle.chain import Files
from kernel.bundle.container import pack
from kernel.bundle.delta_text import PREFIX, Delta, read, write
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.encoding import base45_decode, base45_encode
from kernel.errors import Invalid
from schemas.verification import moment
from tests import delta_worlds as worlds
from tests import small_registry as small
from tests.fakes import NOON

FOLDER = Path(__file__).parent / "vectors" / "deltas"
TIMESTAMP, SNAPSHOT, STATUS = "metadata/timestamp.json", "metadata/2.snapshot.json", "metadata/2.status-formacion.json"
REVOKING, SUSPENDING = "status/formacion/1.bits", "status/formacion/2.bits"
SPOILED = 60


@cache
def states() -> Mapping[str, Files]:
    """The states, by name: three that follow one another, one that came of a ceremony, two with much in a day."""
    one = worlds.first(bits={1: [100, 200, 5000], 2: [300, 301]})
    two = worlds.after(one, {1: [100, 200, 5000, 77, 90_000], 2: [301, 400]})
    three = worlds.after(two, {1: [100, 200, 5000, 77, 90_000], 2: [301, 400, 401]}, keys=[small.KID])
    draw = random.Random("too much")
    return {
        "one": one.files,
        "two": two.files,
        "three": three.files,
        "again": worlds.after(two, {1: [100, 200, 5000, 77, 90_000], 2: [301, 400]}).files,
        "ceremony": worlds.first(bits={1: [100]}, number=3).files,
        "large": worlds.after(one, {1: [100, *draw.sample(range(200, 131_000), 1_600)]}).files,
        "much": worlds.after(one, {1: [100, *draw.sample(range(200, 131_000), 2_600)]}).files,
    }


def make(old: str, new: str) -> str:
    """The text from one state to another, or why there is none."""
    try:
        return delta.make(states()[old], states()[new])
    except Invalid as fault:
        return fault.code


MADE = [
    ("one", "two"),
    ("two", "three"),
    ("one", "three"),
    ("two", "again"),
    ("one", "large"),
    ("one", "much"),
    ("one", "ceremony"),
    ("three", "ceremony"),
    ("two", "one"),
    ("two", "two"),
]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A text that is taken where `state` is installed."""

    about: str
    text: str
    state: str = "one"
    now: datetime = NOON + worlds.DAY
    lenient: bool = True

    def wire(self) -> dict[str, Any]:
        row = {"about": self.about, "state": self.state, "now": moment(self.now), "lenient": self.lenient}
        return {**row, "text": self.text, "outcome": self.outcome()}

    def outcome(self) -> str:
        """`installed VERSION FLOORS DIGEST`, or the code of the refusal."""
        files = states()[self.state]
        root = files["metadata/1.root.json"]
        settings = {
            "trusted_root": root,
            "now": self.now,
            "former": _installed(self.state),
            "allow_expired_timestamp": self.lenient,
        }
        try:
            bundle, found = delta.take(self.text, files, **settings)  # type: ignore[arg-type]  # named as there
        except Invalid as refused:
            return refused.code
        floors = [int(at.timestamp() * 1000) for at in (bundle.floor_off, bundle.floor_on) if at is not None]
        return f"installed {bundle.version} {floors} {digest(found)}"


@cache
def _installed(state: str) -> InstalledBundle:
    files = states()[state]
    return install(pack(files), trusted_root=files["metadata/1.root.json"], now=NOON)


def digest(files: Files) -> str:
    """One hash over all paths and files."""
    rows = sorted(f"{path} {sha256(raw).hexdigest()}\n" for path, raw in files.items())
    return sha256("".join(rows).encode()).hexdigest()


def good() -> Iterator[Case]:
    """Texts that belong to the state, and such that do not."""
    two = make("one", "two")
    yield Case(about="the day's", text=two)
    yield Case(about="a key suspended", text=make("two", "three"), state="two")
    yield Case(about="two days at once", text=make("one", "three"))
    yield Case(about="the same lists signed later", text=make("two", "again"), state="two")
    whole = {path: states()["two"][path] for path in (TIMESTAMP, SNAPSHOT, STATUS)}
    yield Case(about="metadata as whole files", text=write(replace(read(two), files=whole)))
    yield Case(about="taken late by hand", text=two, now=NOON + 20 * worlds.DAY)
    yield Case(about="late where no hand vouches", text=two, now=NOON + 20 * worlds.DAY, lenient=False)
    yield Case(about="for another version", text=make("two", "three"))
    yield Case(about="taken already", text=two, state="two")
    yield Case(about="after a clock that was set back", text=two, now=NOON - 300 * worlds.DAY)


def spoiled() -> Iterator[Case]:
    """Texts with one thing wrong."""
    two = read(make("one", "two"))
    for about, change in _changes(two).items():
        yield Case(about=about, text=write(change))
    old = {path: states()["one"][path] for path in (TIMESTAMP, SNAPSHOT.replace("2", "1"))}
    yield Case(about="an older list", text=write(_delta(old, 2, 1)), state="two")
    text = write(two)
    body = base45_decode(text[len(PREFIX) :])
    raw = {
        "nothing": b"",
        "cut short": body[:-1],
        "goes on": body + b"\0",
        "another edition": body[:1] + b"\2" + body[2:],
        "six parts": b"\x86" + body[1:],
        "a long integer": body[:2] + b"\x18" + body[2:],
    }
    yield from (Case(about=about, text=PREFIX + base45_encode(one)) for about, one in raw.items())
    yield Case(about="another prefix", text="VD1-B" + text[len(PREFIX) :])
    yield Case(about="lower case", text=text.lower().replace("vd1-r", PREFIX))
    yield Case(about="longer than its bound", text=text.ljust(4_297, "0"))
    draw = random.Random("spoiled")
    for number in range(SPOILED):
        at, bit = draw.randrange(len(body)), draw.randrange(8)
        flipped = body[:at] + bytes([body[at] ^ 1 << bit]) + body[at + 1 :]
        yield Case(about=f"bit {number} turned", text=PREFIX + base45_encode(flipped))


def _delta(files: Mapping[str, Any], old: int, new: int) -> Delta:
    return Delta(from_version=old, to_version=new, files=files, lists={})


def _changes(two: Delta) -> Mapping[str, Delta]:
    """What an honest text could be turned into, in its own form."""
    files, lists = dict(two.files), dict(two.lists)
    first_words, last = files[STATUS], lists[REVOKING][-1]
    assert isinstance(first_words, tuple)
    more = {"metadata/2.targets.json": b"{}"}

    def with_files(**changes: Any) -> Delta:
        return replace(two, files={**files, **changes.get("to", {})})

    def without(path: str) -> Delta:
        return replace(two, files={name: one for name, one in files.items() if name != path})

    def with_lists(**changes: tuple[int, ...]) -> Delta:
        return replace(two, lists={**lists, **changes})

    return {
        "says a later version": replace(two, to_version=3),
        "says an earlier start": replace(two, from_version=0),
        "one more revoked": with_lists(**{REVOKING: (*lists[REVOKING], last + 1)}),
        "one less revoked": with_lists(**{REVOKING: lists[REVOKING][:-1]}),
        "another revoked": with_lists(**{REVOKING: (*lists[REVOKING][:-1], last + 1)}),
        "one revocation undone": with_lists(**{REVOKING: (*sorted((100, *lists[REVOKING])),)}),
        "a list left out": replace(two, lists={REVOKING: lists[REVOKING]}),
        "lists exchanged": with_lists(**{REVOKING: lists[SUSPENDING], SUSPENDING: lists[REVOKING]}),
        "a list that is not there": with_lists(**{"status/formacion/9.bits": (1,)}),
        "a list of another issuer": with_lists(**{"status/other/1.bits": (1,)}),
        "a place beyond the list": with_lists(**{REVOKING: (*lists[REVOKING], 131_072)}),
        "no timestamp": without(TIMESTAMP),
        "no snapshot": without(SNAPSHOT),
        "no status role": without(STATUS),
        "the registry's own role": with_files(to=more),
        "a root": with_files(to={"metadata/2.root.json": b"{}"}),
        "a path outside": with_files(to={"elsewhere/timestamp.json": b"{}"}),
        "one role twice": with_files(to={"metadata/3.snapshot.json": files[SNAPSHOT]}),
        "a word beyond the file": with_files(to={STATUS: (*first_words, (9_999, b"a"))}),
        "a key state that is not there": with_files(to={"status/other/keystate.json": b"{}"}),
        "a key state nobody signed": with_files(to={"status/formacion/keystate.json": b'{"suspended":[]} '}),
        "metadata that is no JSON": with_files(to={TIMESTAMP: b"{"}),
        "a signature of nobody": with_files(to={STATUS: _unsigned(first_words)}),
    }


def _unsigned(words: tuple[tuple[int, bytes], ...]) -> tuple[tuple[int, bytes], ...]:
    """The longest word, which is the signature, turned to zeros."""
    return tuple((passed, b"0" * 128 if len(word) == 128 else word) for passed, word in words)


def document() -> dict[str, Any]:
    """The whole file of cases."""
    taken = [*good(), *spoiled()]
    rows = [case.wire() for case in taken]
    honest = {digest(files) for files in states().values()}
    for row in rows:
        assert not row["outcome"].startswith("installed") or row["outcome"].split()[-1] in honest, row["about"]
    return {
        "states": {name: base64.b64encode(pack(files)).decode() for name, files in states().items()},
        "installedAt": moment(NOON),
        "makes": [{"from": old, "to": new, "text": make(old, new)} for old, new in MADE],
        "takes": rows,
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "cases.json").write_text(json.dumps(document(), indent=1) + "\n", "utf-8")
    print("written to", FOLDER)
