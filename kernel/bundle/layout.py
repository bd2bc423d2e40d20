"""Which files of a set belong together: roles by name, targets by hash, each under the path it is served at.

Nothing is trusted here and no signature is checked: this is for those who carry files from one state of the bundle to
the next (`delta.py`), and what they carry goes through `install.py` like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import split

from kernel.bundle import chain
from kernel.bundle.chain import Files
from kernel.bundle.metadata import as_count, read_metadata
from kernel.bundle.refusal import refused
from schemas import bounds


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """`version` is the snapshot's; `roles` is role -> path of its file, `targets` target path -> SHA-256."""

    version: int
    roles: Mapping[str, str]
    targets: Mapping[str, bytes]


def read_layout(files: Files) -> Layout:
    """What the files say they are. Raises Invalid `bundle_refused` where metadata is missing or has another shape."""
    timestamp = read_metadata(chain.take(files, "timestamp"), kind="timestamp", bound=bounds.TUF_TIMESTAMP)
    _, version = chain.snapshot_row(timestamp)
    raw = chain.take(files, f"{version}.snapshot")
    snapshot = read_metadata(raw, kind="snapshot", bound=bounds.TUF_SNAPSHOT)
    names = {"timestamp": "timestamp", "snapshot": f"{version}.snapshot"}
    targets: dict[str, bytes] = {}
    for role, row in chain.snapshot_rows(snapshot).items():
        names[role] = f"{as_count(row.get('version'), least=1)}.{role}"
        part = read_metadata(chain.take(files, names[role]), kind="targets", bound=bounds.TUF_TARGETS)
        targets |= {path: target.digest for path, target in chain.read_targets(part, role).items()}
    return Layout(
        version=version, roles={role: f"metadata/{name}.json" for role, name in names.items()}, targets=targets
    )


def place(path: str, digest: bytes) -> str:
    """Where a target's file lies: under its consistent-snapshot name."""
    folder, name = split(path)
    return "/".join(filter(None, ("targets", folder, f"{digest.hex()}.{name}")))


def needed(files: Files, layout: Layout) -> dict[str, bytes]:
    """The files of this state alone, and all roots. Raises Invalid `bundle_refused` where one is missing."""
    paths = [*layout.roles.values(), *(place(path, digest) for path, digest in layout.targets.items())]
    if any(path not in files for path in paths):
        raise refused("a file of the bundle is missing")
    return roots(files) | {path: files[path] for path in paths}


def roots(files: Files) -> dict[str, bytes]:
    """The root chain as it was carried."""
    return {path: raw for path, raw in files.items() if path.endswith(".root.json")}
