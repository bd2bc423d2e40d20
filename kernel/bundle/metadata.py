"""TUF metadata read strictly: envelope, roles, thresholds (TUF 1.0.31 section 4). No role is trusted here.

What a role may say about others, and in which order they are asked, is `chain.py`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from kernel import codec, ed25519
from kernel.bundle.olpc import olpc
from kernel.bundle.refusal import refused
from kernel.errors import BadProof, Invalid
from schemas.bounds import SIGNATURES, Bound
from schemas.json import JsonObject, JsonValue

SIGNED_AT: Final = "x-puente-signed-at"
MAX_VERSION: Final = 2**53 - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """One role's file as read. `covered` are the bytes that its signatures cover, `raw` the file."""

    raw: bytes
    signed: JsonObject
    covered: bytes
    signatures: Mapping[str, bytes]
    version: int
    expires: datetime
    signed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """Whose signatures count for a role, and how many of them it takes. `keys` is key id -> 32 bytes."""

    keys: Mapping[str, bytes]
    threshold: int

    def require(self, metadata: Metadata) -> None:
        """Enough signatures by distinct key ids and distinct keys, each by the strict rule; else `bundle_refused`."""
        good: set[bytes] = set()
        for keyid, public in self.keys.items():
            signature = metadata.signatures.get(keyid)
            if signature is None:
                continue
            try:
                ed25519.check(public, metadata.covered, signature)
            except BadProof:
                continue
            good.add(public)
        if len(good) < self.threshold:
            raise refused("a role has too few good signatures")


def as_object(value: JsonValue) -> JsonObject:
    """The value as an object, or `bundle_refused`."""
    if not isinstance(value, Mapping):
        raise refused("metadata has the wrong shape")
    return value


def as_list(value: JsonValue) -> Sequence[JsonValue]:
    """The value as a list, or `bundle_refused`."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise refused("metadata has the wrong shape")
    return value


def as_text(value: JsonValue) -> str:
    """The value as text, or `bundle_refused`."""
    if not isinstance(value, str):
        raise refused("metadata has the wrong shape")
    return value


def as_count(value: JsonValue, *, least: int = 0) -> int:
    """The value as an integer from `least` to 2^53-1, or `bundle_refused`."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MAX_VERSION:
        raise refused("metadata has the wrong shape")
    return value


def as_time(value: JsonValue) -> datetime:
    """`YYYY-MM-DDThh:mm:ssZ` and nothing else, as aware UTC; or `bundle_refused`."""
    text = as_text(value)
    try:
        time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as fault:
        raise refused("metadata holds a time of the wrong form") from fault
    if time.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0") != text:
        raise refused("metadata holds a time of the wrong form")
    return time


def as_bytes(value: JsonValue, *, size: int) -> bytes:
    """Lower-case hex of exactly `size` bytes, or `bundle_refused`."""
    text = as_text(value)
    if len(text) != size * 2 or not set(text) <= set("0123456789abcdef"):
        raise refused("metadata holds hex of the wrong form")
    return bytes.fromhex(text)


def read_json(raw: bytes, *, bound: Bound) -> JsonObject:
    """A JSON object within its bound, or `bundle_refused`."""
    try:
        return codec.read(raw, bound=bound).document
    except Invalid as fault:
        raise refused("a file of the bundle is not JSON within its bound") from fault


def read_metadata(raw: bytes, *, kind: str, bound: Bound) -> Metadata:
    """The file of a role whose `_type` must be `kind`. Every member that TUF requires must be there."""
    envelope = read_json(raw, bound=bound)
    signed = as_object(envelope.get("signed"))
    if signed.get("_type") != kind:
        raise refused("metadata is of another role")
    if as_text(signed.get("spec_version")).split(".")[0] != "1":
        raise refused("metadata follows another edition of TUF")
    return Metadata(
        raw=raw,
        signed=signed,
        covered=olpc(signed),
        signatures=_signatures(as_list(envelope.get("signatures"))),
        version=as_count(signed.get("version"), least=1),
        expires=as_time(signed.get("expires")),
        signed_at=as_time(signed.get(SIGNED_AT)),
    )


def _signatures(rows: Sequence[JsonValue]) -> Mapping[str, bytes]:
    """Key id -> signature. One key id twice is refused, so that it cannot count twice (TUF 4.2.1)."""
    if len(rows) > SIGNATURES:
        raise refused("metadata has too many signatures")
    found: dict[str, bytes] = {}
    for row in rows:
        one = as_object(row)
        keyid = as_text(one.get("keyid"))
        if keyid in found:
            raise refused("metadata is signed twice by one key")
        text = as_text(one.get("sig"))
        # An empty or foreign signature stays: it counts for nothing, and other keys may suffice.
        found[keyid] = as_bytes(text, size=64) if len(text) == 128 else b""
    return found


def read_role(keys: JsonObject, role: JsonObject) -> Role:
    """A role out of a `keys` map and its row {keyids, threshold}. Keys of another kind count for nothing (TUF 4.2)."""
    threshold = as_count(role.get("threshold"), least=1)
    keyids = [as_text(keyid) for keyid in as_list(role.get("keyids"))]
    if len(set(keyids)) != len(keyids):
        raise refused("a role names one key twice")
    found: dict[str, bytes] = {}
    for keyid in keyids:
        row = as_object(keys.get(keyid))
        if row.get("keytype") != "ed25519" or row.get("scheme") != "ed25519":
            continue
        public = as_bytes(as_object(row.get("keyval")).get("public"), size=32)
        try:
            ed25519.require_key(public)
        except BadProof as fault:
            raise refused("a role has a key of low order") from fault
        found[keyid] = public
    return Role(keys=found, threshold=threshold)
