"""From a trusted root to every target's hash: install steps 2 and 3 (TUF 1.0.31 section 5.3-5.6). Pure; no fetching.

Files are taken by their consistent-snapshot names out of what a carrier brought; none of them is trusted by name.
Versions never fall, with the one exception of section 5.3.11.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from kernel.bundle.metadata import (
    Metadata,
    Role,
    as_bytes,
    as_count,
    as_list,
    as_object,
    as_text,
    read_metadata,
    read_role,
)
from kernel.bundle.refusal import refused
from schemas import bounds
from schemas.json import JsonObject, JsonValue

STATUS: Final = "status-"
_TOP: Final = ("root", "timestamp", "snapshot", "targets")

Files = Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Root:
    """A root that is trusted: its file and the four roles it names."""

    metadata: Metadata
    roles: Mapping[str, Role]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a role says of one file: length, SHA-256, custom members, and when that role signed."""

    length: int
    digest: bytes
    custom: JsonObject
    role: str
    signed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """All roles accepted. `versions` is what a later install may not fall below; `files` every target by its path."""

    timestamp: Metadata
    snapshot: Metadata
    targets: Metadata
    versions: Mapping[str, int]
    files: Mapping[str, Target]


def read_root(raw: bytes) -> Root:
    """A root file and its roles, not yet trusted."""
    metadata = read_metadata(raw, kind="root", bound=bounds.TUF_ROOT)
    if metadata.signed.get("consistent_snapshot") is not True:
        raise refused("the root does not promise consistent snapshots")
    keys, rows = as_object(metadata.signed.get("keys")), as_object(metadata.signed.get("roles"))
    return Root(metadata=metadata, roles={name: read_role(keys, as_object(rows.get(name))) for name in _TOP})


def follow_roots(files: Files, trusted: Root) -> Root:
    """N+1, N+2 … as far as they go, each signed by the old and by the new root keys (5.3.2-5.3.8)."""
    trusted.roles["root"].require(trusted.metadata)
    for _ in range(bounds.ROOT_STEPS):
        version = trusted.metadata.version + 1
        raw = files.get(f"metadata/{version}.root.json")
        if raw is None:
            return trusted
        new = read_root(raw)
        if new.metadata.version != version:
            raise refused("a root does not carry the version of its name")
        trusted.roles["root"].require(new.metadata)
        new.roles["root"].require(new.metadata)
        trusted = new
    raise refused("too many roots in one install")


def rotated_online(old: Root, new: Root) -> bool:
    """Whether timestamp or snapshot keys changed: then their stored versions are dropped (5.3.11)."""
    return any(old.roles[name].keys != new.roles[name].keys for name in ("timestamp", "snapshot"))


def require_in_time(metadata: Metadata, *, at: datetime, what: str) -> None:
    """Raise where the metadata has expired; `what` is a literal for the refusal."""
    if metadata.expires <= at:
        raise refused(what)


def follow(files: Files, root: Root, *, known: Mapping[str, int], at: datetime, lenient: bool) -> Chain:
    """Timestamp, snapshot, targets and delegations. `known` are versions of the last install, already cut by 5.3.11.

    `lenient` lets a timestamp be out of time that is newer than the last one, and with it what the online keys sign
    (TRUST section 4, last line); root and targets never.
    """
    timestamp = _timestamp(files, root, known)
    late = timestamp.expires <= at
    if late and not (lenient and timestamp.version > known.get("timestamp", 0)):
        raise refused("the timestamp has expired")
    snapshot = _snapshot(files, root, timestamp, known)
    online = [snapshot]
    rows = snapshot_rows(snapshot)
    _require_no_fall(rows, known)
    targets = _named(files, "targets", rows, role=root.roles["targets"])
    require_in_time(targets, at=at, what="the targets role has expired")
    every = read_targets(targets, "targets")
    for name, role in _delegations(targets).items():
        part = _named(files, name, rows, role=role)
        online.append(part)
        every |= read_targets(part, name)
    if not late:
        for metadata in online:
            require_in_time(metadata, at=at, what="the snapshot or a status role has expired")
    versions = {"timestamp": timestamp.version, "snapshot": snapshot.version}
    versions |= {name: as_count(row.get("version"), least=1) for name, row in rows.items()}
    return Chain(timestamp=timestamp, snapshot=snapshot, targets=targets, versions=versions, files=every)


def take(files: Files, name: str) -> bytes:
    """A metadata file by its name, or `bundle_refused`."""
    raw = files.get(f"metadata/{name}.json")
    if raw is None:
        raise refused("a metadata file is missing")
    return raw


def _require_no_fall(listed: Mapping[str, JsonObject], known: Mapping[str, int]) -> None:
    """Every role of the last snapshot is still there, at its version or above (5.5.5)."""
    for name, version in known.items():
        if name in ("timestamp", "snapshot"):
            continue
        if name not in listed or as_count(listed[name].get("version"), least=1) < version:
            raise refused("a role's version fell, or the role is gone")


def _timestamp(files: Files, root: Root, known: Mapping[str, int]) -> Metadata:
    timestamp = read_metadata(take(files, "timestamp"), kind="timestamp", bound=bounds.TUF_TIMESTAMP)
    root.roles["timestamp"].require(timestamp)
    if timestamp.version < known.get("timestamp", 1):
        raise refused("the timestamp's version fell")
    return timestamp


def _snapshot(files: Files, root: Root, timestamp: Metadata, known: Mapping[str, int]) -> Metadata:
    row, version = snapshot_row(timestamp)
    if version < known.get("snapshot", 1):
        raise refused("the snapshot's version fell")
    raw = take(files, f"{version}.snapshot")
    _require_hash(raw, row)
    snapshot = read_metadata(raw, kind="snapshot", bound=bounds.TUF_SNAPSHOT)
    root.roles["snapshot"].require(snapshot)
    if snapshot.version != version:
        raise refused("the snapshot is not the one that the timestamp names")
    return snapshot


def snapshot_row(timestamp: Metadata) -> tuple[JsonObject, int]:
    """What a timestamp says of the snapshot, and the version in it."""
    row = as_object(as_object(timestamp.signed.get("meta")).get("snapshot.json"))
    return row, as_count(row.get("version"), least=1)


def snapshot_rows(snapshot: Metadata) -> dict[str, JsonObject]:
    """Role name -> its row in the snapshot."""
    rows = as_object(snapshot.signed.get("meta"))
    if any(not name.endswith(".json") for name in rows):
        raise refused("the snapshot names a file that is no metadata")
    return {name.removesuffix(".json"): as_object(row) for name, row in rows.items()}


def _named(files: Files, name: str, listed: Mapping[str, JsonObject], *, role: Role) -> Metadata:
    """A targets role at exactly the version, length and hash that the snapshot gives it (5.6)."""
    row = listed.get(name)
    if row is None:
        raise refused("the snapshot lacks a role")
    version = as_count(row.get("version"), least=1)
    raw = take(files, f"{version}.{name}")
    _require_hash(raw, row)
    metadata = read_metadata(raw, kind="targets", bound=bounds.TUF_TARGETS)
    role.require(metadata)
    if metadata.version != version:
        raise refused("a role is not the one that the snapshot names")
    return metadata


def _require_hash(raw: bytes, row: JsonObject) -> None:
    """Length and SHA-256 where the row gives them; a row with hashes but without SHA-256 is refused."""
    if "length" in row and as_count(row["length"]) != len(raw):
        raise refused("a metadata file has another length than its row says")
    if "hashes" in row and as_bytes(as_object(row["hashes"]).get("sha256"), size=32) != sha256(raw).digest():
        raise refused("a metadata file has another hash than its row says")


def read_targets(metadata: Metadata, role: str) -> dict[str, Target]:
    """The files of a role. A status role speaks of its own folder only, and nobody else speaks of it (terminating)."""
    folder = f"status/{role.removeprefix(STATUS)}/" if role != "targets" else None
    found: dict[str, Target] = {}
    for path, value in as_object(metadata.signed.get("targets")).items():
        inside = not path.startswith("status/") if folder is None else path.startswith(folder)
        if not inside or (folder is not None and "/" in path[len(folder) :]):
            raise refused("a role lists a file outside its paths")
        row = as_object(value)
        found[path] = Target(
            length=as_count(row.get("length")),
            digest=as_bytes(as_object(row.get("hashes")).get("sha256"), size=32),
            custom=as_object(row.get("custom", {})),
            role=role,
            signed_at=metadata.signed_at,
        )
    if folder is not None and metadata.signed.get("delegations") is not None:
        raise refused("a status role delegates")
    return found


def _delegations(targets: Metadata) -> dict[str, Role]:
    """Only one form: `status-<issuer>` for `status/<issuer>/*`, terminating (TRUST section 5)."""
    if targets.signed.get("delegations") is None:
        return {}
    part = as_object(targets.signed["delegations"])
    keys, rows = as_object(part.get("keys")), as_list(part.get("roles"))
    if len(rows) > bounds.DELEGATIONS:
        raise refused("too many delegations")
    found: dict[str, Role] = {}
    for value in rows:
        row = as_object(value)
        name = as_text(row.get("name"))
        paths: JsonValue = [f"status/{name.removeprefix(STATUS)}/*"]
        plain = name.startswith(STATUS) and row.get("terminating") is True and row.get("paths") == paths
        if not plain or name in found or not _is_plain(name):
            raise refused("a delegation is not of the one form we take")
        found[name] = read_role(keys, row)
    return found


def _is_plain(name: str) -> bool:
    """Letters, digits and hyphens: a role's name is part of a path."""
    return len(name) <= 64 and name.isascii() and name.replace("-", "").isalnum()
