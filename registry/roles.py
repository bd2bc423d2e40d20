"""TUF metadata made and signed with python-tuf: one function a role, each bytes out. Nothing is decided here.

Signing goes through our port `Signer`, so that keys stay where they are; key ids, members and times are the same in
every run. What stands in a bundle, and which versions it bears, is `build.py`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from securesystemslib.signer import Key, SecretsHandler, Signature, SSlibKey
from securesystemslib.signer import Signer as TufSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Role,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from kernel.bundle.metadata import SIGNED_AT
from kernel.bundle.olpc import olpc
from kernel.ports import Signer
from schemas.json import JsonObject

DEMO: Final = "x-puente-demo"
STATUS: Final = "status-"
TOP: Final = ("root", "targets", "snapshot", "timestamp")


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleKey:
    """A key of a role: its public half, and the port that signs with the other. `demo` marks it in the metadata."""

    public: bytes
    signer: Signer
    demo: bool

    def key(self) -> SSlibKey:
        """The key as TUF has it; its id is the SHA-256 of its canonical form."""
        more: dict[str, Any] = {DEMO: True} if self.demo else {}
        keyval = {"public": self.public.hex()}
        form: JsonObject = {"keytype": "ed25519", "scheme": "ed25519", "keyval": keyval, **more}
        return SSlibKey(sha256(olpc(form)).hexdigest(), "ed25519", "ed25519", dict(keyval), more)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ring:
    """All keys of a registry. The offline ones are there during a ceremony only; `status` is issuer id -> key."""

    root: tuple[RoleKey, ...]
    targets: tuple[RoleKey, ...]
    snapshot: RoleKey
    timestamp: RoleKey
    status: Mapping[str, RoleKey]


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """How many of the offline keys must sign."""

    root: int
    targets: int


PRODUCTION: Final = Thresholds(root=3, targets=2)
"""3 of 5 root keepers, 2 of 3 registry keepers (TRUST section 5)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lives:
    """For how long each role's word holds."""

    root: timedelta = timedelta(days=730)
    targets: timedelta = timedelta(days=365)
    snapshot: timedelta = timedelta(days=7)
    timestamp: timedelta = timedelta(hours=48)
    status: timedelta = timedelta(days=7)


LIVES: Final = Lives()
"""TRUST section 5."""


class _PortSigner(TufSigner):
    """Our Signer as securesystemslib wants one."""

    def __init__(self, role: RoleKey) -> None:
        self._role = role

    @property
    def public_key(self) -> Key:
        return self._role.key()

    def sign(self, payload: bytes) -> Signature:
        return Signature(self._role.key().keyid, self._role.signer.sign(payload).hex())

    @classmethod
    def from_priv_key_uri(
        cls, priv_key_uri: str, public_key: Key, secrets_handler: SecretsHandler | None = None
    ) -> "_PortSigner":
        raise NotImplementedError("keys come through the port, never by URI")


def _signed(body: Any, keys: Sequence[RoleKey]) -> bytes:
    metadata = Metadata(body)
    for key in keys:
        metadata.sign(_PortSigner(key), append=True)
    return metadata.to_bytes(JSONSerializer(compact=True))


def _common(version: int, now: datetime, life: timedelta) -> dict[str, Any]:
    told = {SIGNED_AT: now.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"version": version, "expires": now + life, "unrecognized_fields": told}


def root(
    version: int, *, ring: Ring, thresholds: Thresholds, now: datetime, lives: Lives, former: Sequence[RoleKey] = ()
) -> bytes:
    """The root; `former` are the root keys of the version before, which sign too (TUF 5.3.4)."""
    many = {"root": thresholds.root, "targets": thresholds.targets, "snapshot": 1, "timestamp": 1}
    groups = {"root": ring.root, "targets": ring.targets, "snapshot": (ring.snapshot,), "timestamp": (ring.timestamp,)}
    keys = {one.key().keyid: one.key() for group in groups.values() for one in group}
    roles = {name: Role([one.key().keyid for one in groups[name]], many[name]) for name in TOP}
    signers = {one.public: one for one in (*ring.root, *former)}
    body = Root(keys=dict(keys), roles=roles, consistent_snapshot=True, **_common(version, now, lives.root))
    return _signed(body, tuple(signers.values()))


def targets(version: int, files: Mapping[str, bytes], *, ring: Ring, now: datetime, lives: Lives) -> bytes:
    """The registry keepers' word: every file that is not a status list, and whose key speaks of whose lists."""
    keys = {one.key().keyid: one.key() for one in ring.status.values()}
    parts = {
        f"{STATUS}{issuer}": DelegatedRole(
            f"{STATUS}{issuer}", [one.key().keyid], 1, terminating=True, paths=[f"status/{issuer}/*"]
        )
        for issuer, one in sorted(ring.status.items())
    }
    listed = {path: _target(path, raw) for path, raw in files.items()}
    body = Targets(targets=listed, delegations=Delegations(dict(keys), parts), **_common(version, now, lives.targets))
    return _signed(body, ring.targets)


def status(
    version: int,
    files: Mapping[str, bytes],
    *,
    custom: Mapping[str, JsonObject],
    key: RoleKey,
    signed: datetime,
    now: datetime,
    lives: Lives,
) -> bytes:
    """An issuer's status role: its lists and its keystate; `custom` is path -> what the list says of itself.

    `signed` is how old the lists are, which is before `now` where they are those of an earlier time.
    """
    listed = {path: _target(path, raw, custom.get(path)) for path, raw in files.items()}
    told = _common(version, signed, now + lives.status - signed)
    return _signed(Targets(targets=listed, **told), (key,))


def _target(path: str, raw: bytes, custom: JsonObject | None = None) -> TargetFile:
    more = None if custom is None else {"custom": custom}
    return TargetFile(len(raw), {"sha256": sha256(raw).hexdigest()}, path, more)


def snapshot(
    version: int, metas: Mapping[str, tuple[int, bytes]], *, key: RoleKey, now: datetime, lives: Lives
) -> bytes:
    """Which version of each role belongs together; `metas` is role name -> version and file."""
    listed = {f"{name}.json": _meta(*row) for name, row in metas.items()}
    return _signed(Snapshot(meta=listed, **_common(version, now, lives.snapshot)), (key,))


def timestamp(version: int, of: tuple[int, bytes], *, key: RoleKey, now: datetime, lives: Lives) -> bytes:
    """The newest snapshot."""
    return _signed(Timestamp(snapshot_meta=_meta(*of), **_common(version, now, lives.timestamp)), (key,))


def _meta(version: int, raw: bytes) -> MetaFile:
    return MetaFile(version, len(raw), {"sha256": sha256(raw).hexdigest()})
