"""A whole vault as one run of bytes: its PVL1 blobs one after the other. What a file, a row or an export holds.

    "PVW1", then for each blob: length (4 bytes, little-endian), blob

The manifest comes first, then the wraps of the vault key, then the items. Nothing here is opened; a stranger who holds
the bytes sees how many blobs there are and how long, and nothing else. Reading is bounded before anything is copied.
"""

from dataclasses import dataclass
from typing import Final

from kernel import vault
from kernel.errors import Malformed
from kernel.vault import Kind
from schemas import bounds

MAGIC: Final = b"PVW1"
_WRAPS: Final = frozenset((Kind.WRAP_RECOVERY, Kind.WRAP_PASSPHRASE, Kind.WRAP_PASSKEY, Kind.WRAP_HELPER))


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedVault:
    """The blobs of one vault. `sequence` is the manifest's: what a compare-and-set compares."""

    vault_id: bytes
    sequence: int
    manifest: bytes
    wraps: tuple[bytes, ...]
    items: tuple[bytes, ...]

    def wrap(self, kind: Kind) -> bytes:
        """The vault key wrapped that way; raises Malformed `vault_unreadable`."""
        for blob in self.wraps:
            if vault.read_header(blob).kind is kind:
                return blob
        raise Malformed("vault_unreadable", detail="the vault has no such way in")

    def to_bytes(self) -> bytes:
        blobs = (self.manifest, *self.wraps, *self.items)
        return MAGIC + b"".join(len(blob).to_bytes(4, "little") + blob for blob in blobs)


def read_sealed(raw: bytes) -> SealedVault:
    """The blobs, every header read and all of one vault. Raises Malformed `limits_exceeded`, `vault_unreadable`."""
    blobs = _cut(raw)
    headers = [vault.read_header(blob) for blob in blobs]
    if not headers or headers[0].kind is not Kind.MANIFEST:
        raise _not_a_vault()
    if any(header.vault_id != headers[0].vault_id for header in headers):
        raise Malformed("vault_unreadable", detail="blobs of two vaults in one file")
    kinds = [header.kind for header in headers[1:]]
    wraps = sum(kind in _WRAPS for kind in kinds)
    if any(kind not in _WRAPS for kind in kinds[:wraps]) or any(kind is not Kind.ITEM for kind in kinds[wraps:]):
        raise _not_a_vault()
    return SealedVault(
        vault_id=headers[0].vault_id,
        sequence=headers[0].sequence,
        manifest=blobs[0],
        wraps=tuple(blobs[1 : 1 + wraps]),
        items=tuple(blobs[1 + wraps :]),
    )


def _cut(raw: bytes) -> list[bytes]:
    if len(raw) > bounds.VAULT_WHOLE.size:
        raise Malformed("limits_exceeded", detail="a vault file over its bound")
    if not raw.startswith(MAGIC):
        raise _not_a_vault()
    blobs: list[bytes] = []
    place = len(MAGIC)
    while place < len(raw):
        size = int.from_bytes(raw[place : place + 4], "little")
        end = place + 4 + size
        if end > len(raw) or len(blobs) == bounds.VAULT_WHOLE.count:
            raise _not_a_vault()
        blobs.append(raw[place + 4 : end])
        place = end
    return blobs


def _not_a_vault() -> Malformed:
    return Malformed("vault_unreadable", detail="not a whole vault file")
