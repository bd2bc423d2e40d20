"""A bundle from its parts: {path: bytes} as served, and the same in one file. Same parts, same bytes.

`build` is the ceremony with the offline keys; `refresh` is what the online keys do every few hours. Times, keys and
versions are arguments; where files are put is `lay_out`'s caller's to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from kernel.bundle.container import pack
from kernel.bundle.install import LIST
from kernel.bundle.layout import place
from kernel.canonical import canonical
from registry import roles
from registry.roles import LIVES, STATUS, Lives, Ring, RoleKey, Thresholds
from schemas.identifiers import DidUrl, Url
from schemas.json import JsonObject

CONTAINER: Final = "bundle.puente"


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedList:
    """One status list as its issuer publishes it: 16,384 bytes, and the canaries that stand in it."""

    number: int
    url: Url
    purpose: str
    bits: bytes
    canaries_set: tuple[int, ...]
    canaries_clear: tuple[int, ...]
    epoch: int = 0

    def path(self, issuer: str) -> str:
        """Its target path."""
        return f"status/{issuer}/{self.number}.bits"

    def told(self) -> JsonObject:
        """What its target says of it."""
        canaries: JsonObject = {"set": list(self.canaries_set), "clear": list(self.canaries_clear)}
        return {LIST: {"url": self.url, "purpose": self.purpose, "epoch": self.epoch, "canaries": canaries}}


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusPart:
    """What one issuer's status role says: its lists, and which of its keys it suspends."""

    lists: tuple[PublishedList, ...]
    suspended: tuple[DidUrl, ...] = ()
    signed: datetime | None = None
    """When the lists were signed first, where they are those of before: their age stays what it is."""

    @property
    def epochs(self) -> dict[int, int]:
        """List number -> the epoch at which it goes out."""
        return {one.number: one.epoch for one in self.lists}


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """All a bundle says. `files` is target path -> JSON for the registry keepers to sign."""

    files: Mapping[str, JsonObject]
    status: Mapping[str, StatusPart]


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """The version of each role; `status` is issuer id -> version."""

    root: int = 1
    targets: int = 1
    snapshot: int = 1
    timestamp: int = 1
    status: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A bundle: the files by path as served, and the versions they bear."""

    files: Mapping[str, bytes]
    versions: Versions
    behind: frozenset[str] = frozenset()
    """Issuers whose lists are those of the bundle before, or in none yet."""

    @property
    def root(self) -> bytes:
        """The newest root, to be built into programs."""
        return self.files[f"metadata/{self.versions.root}.root.json"]

    def container(self) -> bytes:
        """The same in one file."""
        return pack(self.files)


def build(
    contents: Contents,
    *,
    ring: Ring,
    thresholds: Thresholds,
    versions: Versions,
    now: datetime,
    roots: Sequence[bytes] = (),
    former_root_keys: Sequence[RoleKey] = (),
    lives: Lives = LIVES,
) -> Published:
    """The whole bundle, signed anew by all roles.

    `roots` are the roots published before, oldest first. When they reach `versions.root` the last of them stays; else
    a new one is signed, by `former_root_keys` too.
    """
    chain = list(roots)
    if len(chain) < versions.root:
        chain.append(
            roles.root(versions.root, ring=ring, thresholds=thresholds, now=now, lives=lives, former=former_root_keys)
        )
    files = {path: canonical(document) for path, document in contents.files.items()}
    top = roles.targets(versions.targets, files, ring=ring, now=now, lives=lives)
    made = {f"metadata/{n}.root.json": raw for n, raw in enumerate(chain, 1)}
    made |= {_consistent(path, raw): raw for path, raw in files.items()}
    return _online(made, top, contents.status, ring=ring, versions=versions, now=now, lives=lives)


def refresh(
    former: Published,
    status: Mapping[str, StatusPart],
    *,
    ring: Ring,
    versions: Versions,
    now: datetime,
    lives: Lives = LIVES,
) -> Published:
    """The same roots and registry with new status lists: the online keys alone. Root and targets versions stay."""
    stays = (former.versions.root, former.versions.targets)
    if (versions.root, versions.targets) != stays:
        raise ValueError("a refresh changes no offline role")
    old = f"metadata/{former.versions.targets}.targets.json"
    kept = {
        path: raw
        for path, raw in former.files.items()
        if path.endswith(".root.json") or (path.startswith("targets/") and not path.startswith("targets/status/"))
    }
    return _online(kept, former.files[old], status, ring=ring, versions=versions, now=now, lives=lives)


def _online(
    made: Mapping[str, bytes],
    top: bytes,
    status: Mapping[str, StatusPart],
    *,
    ring: Ring,
    versions: Versions,
    now: datetime,
    lives: Lives,
) -> Published:
    """Status roles, snapshot and timestamp around what the offline keys signed."""
    files = dict(made)
    metas: dict[str, tuple[int, bytes]] = {"targets": (versions.targets, top)}
    for issuer, part in sorted(status.items()):
        own = _status_files(issuer, part)
        custom = {one.path(issuer): one.told() for one in part.lists}
        version = versions.status.get(issuer, 1)
        signed = part.signed or now
        raw = roles.status(version, own, custom=custom, key=ring.status[issuer], signed=signed, now=now, lives=lives)
        metas[f"{STATUS}{issuer}"] = (version, raw)
        files |= {_consistent(path, one): one for path, one in own.items()}
    snapshot = roles.snapshot(versions.snapshot, metas, key=ring.snapshot, now=now, lives=lives)
    newest = (versions.snapshot, snapshot)
    files |= {f"metadata/{version}.{name}.json": raw for name, (version, raw) in metas.items()}
    files[f"metadata/{versions.snapshot}.snapshot.json"] = snapshot
    files["metadata/timestamp.json"] = roles.timestamp(
        versions.timestamp, newest, key=ring.timestamp, now=now, lives=lives
    )
    return Published(files=files, versions=versions)


def _status_files(issuer: str, part: StatusPart) -> dict[str, bytes]:
    own = {one.path(issuer): one.bits for one in part.lists}
    own[f"status/{issuer}/keystate.json"] = canonical({"suspended": list(part.suspended)})
    return own


def _consistent(path: str, raw: bytes) -> str:
    return place(path, sha256(raw).digest())


def lay_out(published: Published) -> dict[str, bytes]:
    """The public files by path below the data folder: `bundle/…` as TUF names them, `bundle.puente`, `root.json`.

    In the order to write them: a file that names others comes after them, so a reader never finds a name without it.
    """
    last = "metadata/timestamp.json"
    files = {f"bundle/{path}": raw for path, raw in published.files.items() if path != last}
    return files | {
        f"bundle/{last}": published.files[last],
        "root.json": published.files["metadata/1.root.json"],  # the first one: later ones follow by the chain
        CONTAINER: published.container(),
    }
