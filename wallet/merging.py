"""Two phones' changes become one (TRUST section 8). Pure: no server, no storage; what comes is contents already open.

A union that forgets only what it is known to have seen replaced: a write lives on unless the other phone knows it and
has it no more. So concurrent edits of one item both stay, the later first and the other as a copy; a deletion wins over
the writes that it had seen and over no other. One thing is not taken from another phone without asking: a pass that it
deleted stays here, marked `gone`, until the holder says yes (`OpenWallet.drop`) or no (`OpenWallet.retain`).

What is shared (everything but the marked ones) comes out alike whoever merges with whom, in whatever order, how often.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kernel.canonical import canonical, sha256
from kernel.errors import Invalid
from wallet.contents import Contents, Item
from wallet.kept import CREDENTIAL
from wallet.manifest import Manifest, Version, hash_of, open_manifest

_MOMENTS: Final = ("changedAt", "receivedAt", "at")

Dot = tuple[str, str, int]
"""Item, device, number of the write."""
Alive = Mapping[Dot, Mapping[bytes, Item]]
"""The items of each write, by the digest of their bodies: one, but where a file was copied with its device's name."""


def merge(mine: Contents, theirs: Contents) -> Contents:
    """This phone's contents with another's, as the server showed them. Raises ValueError for another vault's."""
    if mine.vault_id != theirs.vault_id:
        raise ValueError("contents of two vaults")
    other = shared(theirs)
    ours, others = _alive(shared(mine)), _alive(other)
    kept = [item for item in (_kept_here(item, other, others) for item in mine.items) if item is not None]
    kept += [item for item in other.items if not _twin(item, ours) and _lives(item, mine, ours)]
    return replace(mine, items=_in_order((*mine.items, *other.items), kept), seen=_joined(mine.seen, other.seen))


def shared(contents: Contents) -> Contents:
    """What other phones are told: without the passes that the holder was not asked about yet."""
    return replace(contents, items=tuple(item for item in contents.items if not item.gone))


def asked(contents: Contents) -> tuple[Item, ...]:
    """The passes that another phone deleted and that the holder of this one is to be asked about."""
    return tuple(item for item in contents.items if item.gone)


def require_newer(remote: bytes, *, known: bytes | None, vault_key: bytes) -> Manifest:
    """The server's manifest, opened, once it follows the one that this phone knew last (None before the first).

    Raises Invalid `stale_server` for a lower number, another manifest of the same number, a next one that does not
    name the known one, and for one that does not know what the known one knew. Malformed `vault_unreadable`.
    """
    shown = open_manifest(remote, vault_key)
    if known is None or remote == known:
        return shown
    last = open_manifest(known, vault_key)
    follows = shown.sequence > last.sequence and (
        shown.sequence > last.sequence + 1 or shown.previous == hash_of(known)
    )
    if not follows or not _knows_all(shown, last):
        raise _stale()
    return shown


def require_none(known: bytes | None) -> None:
    """Where the server has no manifest, none may have been known. Raises Invalid `stale_server`."""
    if known is not None:
        raise _stale()


def _kept_here(item: Item, other: Contents, others: Alive) -> Item | None:
    """What becomes of an item of this phone."""
    twin = _twin(item, others)
    if item.gone or (twin is None and not _lives(item, other, others)):
        return replace(item, gone=True) if item.body.get("type") == CREDENTIAL else None
    return item if twin is None else replace(item, blob=twin.blob or item.blob)


def _twin(item: Item, alive: Alive) -> Item | None:
    """The very same write, as the other phone has it."""
    return alive.get(_dot(item), {}).get(_digest(item))


def _lives(item: Item, other: Contents, others: Alive) -> bool:
    """Alive there too, or not known there. By the write alone: where one was made twice (a copied file), both live."""
    return _dot(item) in others or item.number > other.seen.get(item.name, {}).get(item.device, 0)


def _in_order(arrivals: Iterable[Item], kept: Iterable[Item]) -> tuple[Item, ...]:
    """In the order that items came; of one item the later write first, and none marked where one is alive."""
    by_name: dict[str, list[Item]] = {item.name: [] for item in arrivals}
    for item in kept:
        by_name[item.name].append(item)
    found: list[Item] = []
    for writes in by_name.values():
        alive = [item for item in writes if not item.gone] or writes
        found += sorted(alive, key=_rank, reverse=True)
    return tuple(found)


def _joined(one: Mapping[str, Version], other: Mapping[str, Version]) -> Mapping[str, Version]:
    joined = dict(one)
    for name, version in other.items():
        known = joined.get(name, {})
        joined[name] = {**known, **{device: max(n, known.get(device, 0)) for device, n in version.items()}}
    return joined


def _knows_all(shown: Manifest, last: Manifest) -> bool:
    """Whether nothing that was known is unknown again, and nothing that was gone is back."""
    for name, row in last.rows.items():
        now = shown.rows.get(name)
        if now is None or any(now.version.get(device, 0) < number for device, number in row.version.items()):
            return False
        alive = {(made.device, made.number) for made in row.writes if not row.deleted}
        known = ((made.device, made.number) for made in now.writes if made.number <= row.version.get(made.device, 0))
        if not alive.issuperset(known):
            return False
    return True


def _alive(contents: Contents) -> Alive:
    alive: dict[Dot, dict[bytes, Item]] = {}
    for item in contents.items:
        alive.setdefault(_dot(item), {})[_digest(item)] = item
    return alive


def _dot(item: Item) -> Dot:
    return item.name, item.device, item.number


def _digest(item: Item) -> bytes:
    return sha256(canonical(item.body))


def _rank(item: Item) -> tuple[str, bytes]:
    moment = next((item.body[member] for member in _MOMENTS if member in item.body), "")
    return str(moment), _digest(item)


def _stale() -> Invalid:
    return Invalid("stale_server", detail="the server showed an older state than this device has seen")
