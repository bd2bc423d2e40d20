"""From one state of the bundle to a later one in a few hundred characters, for a phone to show to another (TRUST 5).

Only what online keys sign may change so; the rest comes by file. Nothing is trusted because it came so: files are
rebuilt out of those installed, then `install.py` checks them like any other. The text's form is `delta_text.py`'s.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import count, pairwise
from typing import Final

from kernel import frames
from kernel.bundle.chain import Files
from kernel.bundle.delta_text import LIST, WORD, Delta, Words, read, unreadable, write, write_file
from kernel.bundle.install import Former, install_files
from kernel.bundle.installed import InstalledBundle
from kernel.bundle.layout import Layout, needed, place, read_layout, roots
from kernel.bundle.refusal import refused
from kernel.errors import Invalid

_KEYSTATE: Final = "/keystate.json"
_OFFLINE: Final = "targets"

Renamed = Mapping[bytes, bytes]
"""SHA-256 in hex of a file as it was -> as it is now: who has both need not be told."""


def make(old: Files, new: Files) -> str:
    """The text that leads from `old` to `new`.

    Raises Invalid `delta_needs_file` where more than status changed or nothing did, `delta_too_large`.
    """
    was, now = read_layout(old), read_layout(new)
    old, new = needed(old, was), needed(new, now)
    changed = _changed(old, new, was, now)
    pairs = {path: (old[place(path, was.targets[path])], new[place(path, now.targets[path])]) for path in changed}
    files = {path: _difference(*pair, {}) for path, pair in pairs.items() if path.endswith(_KEYSTATE)}
    renamed = dict(_renaming(*pair) for pair in pairs.values())
    for role in _online(was):
        before, after = old[was.roles[role]], new[now.roles[role]]
        if before != after:
            files[now.roles[role]] = _difference(before, after, renamed)
            renamed |= [_renaming(before, after)]
    lists = {path: _flipped(*pair) for path, pair in pairs.items() if path.endswith(LIST)}
    return write(Delta(from_version=was.version, to_version=now.version, files=files, lists=lists))


def show(text: str) -> tuple[str, ...]:
    """The text as frames for a camera (FORMAT section 9). Raises Invalid `delta_too_large`: nine hold less."""
    try:
        return frames.split(text)
    except Invalid as fault:
        raise Invalid("delta_too_large", detail="more than nine frames hold") from fault


def apply(delta: Delta, files: Files) -> Files:
    """The files of the later state, out of the installed ones. Nothing of them is checked yet.

    Raises Invalid `delta_not_for_this_list`, `delta_unreadable`, `bundle_refused`.
    """
    was = read_layout(files)
    states = {path for path in delta.files if path.endswith(_KEYSTATE)}
    changed = sorted(delta.lists.keys() | states)
    if delta.from_version != was.version or any(path not in was.targets for path in changed):
        raise Invalid("delta_not_for_this_list", detail="an update for another list than the installed one")
    found = needed(files, was)
    renamed: dict[bytes, bytes] = {}
    for path in changed:
        before = files[place(path, was.targets[path])]
        after = _flip(before, delta.lists[path]) if path in delta.lists else _patched(before, delta.files[path], {})
        renamed |= [_renaming(before, after)]
        found[place(path, sha256(after).digest())] = after
    told = {_role(path): path for path in delta.files if path not in states}
    if len(told) + len(states) != len(delta.files) or not told.keys() <= set(_online(was)):
        raise unreadable("an update of a role that it may not change, or of one role twice")
    for role in filter(told.__contains__, _online(was)):
        before = files[was.roles[role]]
        after = found[told[role]] = _patched(before, delta.files[told[role]], renamed)
        renamed |= [_renaming(before, after)]
    return needed(found, read_layout(found))


def take(
    text: str, files: Files, *, trusted_root: bytes, now: datetime, former: Former, allow_expired_timestamp: bool = True
) -> tuple[InstalledBundle, Files]:
    """Read a text, apply it to the installed `files`, install with every check. Raises what those three raise."""
    delta = read(text)
    new = apply(delta, files)
    bundle = install_files(
        new, trusted_root=trusted_root, now=now, former=former, allow_expired_timestamp=allow_expired_timestamp
    )
    if bundle.version != delta.to_version:
        raise refused("an update leads to another version than it says")
    return bundle, new


def _online(layout: Layout) -> tuple[str, ...]:
    """The roles that an update may change, those that are named before those that name them."""
    return (*sorted(layout.roles.keys() - {_OFFLINE, "snapshot", "timestamp"}), "snapshot", "timestamp")


def _role(path: str) -> str:
    """The role that a metadata file is of: `metadata/7.status-norma.json` -> `status-norma`."""
    return path.removeprefix("metadata/").removesuffix(".json").split(".", 1)[-1]


def _changed(old: Files, new: Files, was: Layout, now: Layout) -> list[str]:
    """The lists and key states that changed; everything else must be as it was, and the version later."""
    same = roots(old) == roots(new) and old[was.roles[_OFFLINE]] == new[now.roles[_OFFLINE]]
    same = same and was.roles.keys() == now.roles.keys() and was.targets.keys() == now.targets.keys()
    changed = sorted(path for path, digest in now.targets.items() if same and was.targets[path] != digest)
    if not same or now.version <= was.version or not all(path.endswith((LIST, _KEYSTATE)) for path in changed):
        raise Invalid("delta_needs_file", detail="more changed than status, or nothing did")
    return changed


def _renaming(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    return sha256(before).hexdigest().encode(), sha256(after).hexdigest().encode()


def _difference(before: bytes, after: bytes, renamed: Renamed) -> bytes | Words:
    """The words that differ, where both files have one form and it is shorter so; else the file as it is."""
    if WORD.split(before) != WORD.split(after):
        return after
    pairs = zip(WORD.findall(before), WORD.findall(after), strict=True)
    places = {at: new for at, (word, new) in enumerate(pairs) if renamed.get(word, word) != new}
    words = tuple((at - former - 1, places[at]) for former, at in pairwise((-1, *places)))
    return words if words and len(write_file(words)) < len(write_file(after)) else after


def _patched(before: bytes, change: bytes | Words, renamed: Renamed) -> bytes:
    """The file that `_difference` was made from."""
    if isinstance(change, bytes):
        return change
    at, places = -1, {}
    for passed, word in change:
        at += passed + 1
        places[at] = word
    turn = count()
    after = WORD.sub(lambda word: places.get(next(turn)) or renamed.get(word[0], word[0]), before)
    if at >= next(turn):
        raise unreadable("a word beyond the end of its file")
    return after


def _flipped(before: bytes, after: bytes) -> tuple[int, ...]:
    """The places at which two lists differ, ascending: newly set; in a suspension list newly cleared ones too."""
    both = enumerate(zip(before, after, strict=True))
    return tuple(at * 8 + n for at, (one, other) in both for n in range(8) if (one ^ other) & (0x80 >> n))


def _flip(before: bytes, places: Sequence[int]) -> bytes:
    if places[-1] >= len(before) * 8:
        raise unreadable("a place outside its list")
    after = bytearray(before)
    for at in places:
        after[at >> 3] ^= 0x80 >> (at & 7)
    return bytes(after)
