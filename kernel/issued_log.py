"""Append-only Merkle log of what was issued: leaf, root, path, checkpoint, log proof (RFC 6962; TRUST section 7).

A leaf says nothing about people: its salt is told in a log proof only. Hashes are 32 bytes. Storing leaves and signing
checkpoints on time is the issuer's; whether a stolen key's pass is believed is `kernel/trust.py`'s.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Final

from kernel import ed25519
from kernel.cborld import cbor
from kernel.encoding import base45_decode, base45_encode
from kernel.errors import BadProof, Malformed, WrongShape
from schemas.bounds import BASE45
from schemas.identifiers import DidUrl, Url

HASH: Final = 32
SALT: Final = 16
PREFIX: Final = "VR1-R"
KIND: Final = "puente-issued-1"
MAX_PATH: Final = 63
MAX_NOTE: Final = 4096


def salt(key: bytes, number: int) -> bytes:
    """The 16-byte salt of leaf `number`: keyed BLAKE2b, so that a retry makes the same leaf and nothing is stored."""
    made = _salting(key).copy()
    made.update(number.to_bytes(8))
    return made.digest()


@lru_cache(maxsize=64)
def _salting(key: bytes) -> blake2b:
    return blake2b(digest_size=SALT, key=key)


@lru_cache(maxsize=64)
def _leaf_head(method: DidUrl) -> bytes:
    return b"\x00\x86" + cbor.text(KIND) + cbor.text(method) + b"\x58\x20"


@lru_cache(maxsize=1024)
def _leaf_list(url: Url) -> bytes:
    return cbor.text(url)


def leaf(*, method: DidUrl, signature_hash: bytes, list_url: Url, index: int, salt: bytes) -> bytes:
    """Leaf hash: SHA-256(0x00 || CBOR of [kind, key id, SHA-256 of the 64 signature bytes, list, index, salt])."""
    return sha256(
        _leaf_head(method) + signature_hash + _leaf_list(list_url) + cbor.head(0, index) + b"\x50" + salt
    ).digest()


def join(left: bytes, right: bytes) -> bytes:
    """The node above two (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Merkle tree head over leaf hashes (RFC 6962 section 2.1), or over the roots of aligned chunks of one size."""
    level = list(hashes)
    if not level:
        return sha256().digest()
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def path(hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Audit path of `index`, leaf end first (RFC 6962 section 2.1.1).

    Of a large log: the path within the aligned chunk, then the path of that chunk among the chunks' roots.
    """
    if not 0 <= index < len(hashes):
        raise ValueError("no such leaf")
    found: list[bytes] = []
    level = list(hashes)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            found.append(level[beside])
        odd = level[-1:] if len(level) % 2 else []
        level = [join(left, right) for left, right in zip(level[::2], level[1::2], strict=False)] + odd
        index >>= 1
    return tuple(found)


def check_path(leaf_hash: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Raise BadProof `invalid_value` unless the path leads from this leaf to the root of a tree of `size` leaves."""
    if not 0 <= index < size or len(path) > MAX_PATH or any(len(step) != HASH for step in path):
        raise BadProof("invalid_value", detail="a log path of the wrong form")
    at, last, found = index, size - 1, leaf_hash
    for step in path:
        if last == 0:
            raise BadProof("invalid_value", detail="a log path that is too long")
        if at & 1 or at == last:
            found = join(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = join(found, step)
        at, last = at >> 1, last >> 1
    if last or found != root:
        raise BadProof("invalid_value", detail="a log path that leads elsewhere")


def cut(hashes: bytes) -> tuple[bytes, ...]:
    """Hashes that stand one after the other."""
    return tuple(hashes[at : at + HASH] for at in range(0, len(hashes), HASH))


@dataclass(frozen=True, slots=True)
class Frontier:
    """The tree's right edge: all that appending needs, and no leaf is read again. `hashes`: one a set bit of `size`,
    largest subtree first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaves: Sequence[bytes]) -> "Frontier":
        """The edge after these leaves; constant work a leaf."""
        size, stack, at = self.size, list(self.hashes), 0
        while at < len(leaves):
            block = 1 << (len(leaves) - at).bit_length() - 1
            if size:
                block = min(block, size & -size)
            stack.append(root(leaves[at : at + block]))
            size, at = size + block, at + block
            stack[-_carried(size, block) :] = [_folded(stack[-_carried(size, block) :])]
        return Frontier(size, tuple(stack))

    def root(self) -> bytes:
        """The root of the whole tree."""
        return _folded(list(self.hashes)) if self.hashes else root(())


def _carried(size: int, block: int) -> int:
    """How many subtrees at the right edge become one when `block` leaves have just made it `size`."""
    return (size & -size).bit_length() - block.bit_length() + 1


def _folded(hashes: list[bytes]) -> bytes:
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = join(left, found)
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """A log's size and root under its name (C2SP tlog-checkpoint)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def _key_hash(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def note(checkpoint: Checkpoint, *, name: str, public: bytes, signature: bytes) -> str:
    """The signed note (C2SP signed-note), by a signature over `text`; a cosigner's line is put after the others."""
    blob = b64encode(_key_hash(name, public) + signature).decode()
    return f"{checkpoint.text()}\n\N{EM DASH} {name} {blob}\n"


def read_checkpoint(note: str, *, origin: str, keys: Mapping[str, bytes], threshold: int = 1) -> Checkpoint:
    """The checkpoint of `origin` in a signed note, after enough of `keys` (name -> public key) have signed it.

    Lines of other keys are let be. Raises Malformed `invalid_value`, BadProof `invalid_signature`.
    """
    text, middle, lines = note.partition("\n\n")
    parts = text.split("\n")
    if len(note) > MAX_NOTE or not middle or len(parts) < 3 or parts[0] != origin or not lines.endswith("\n"):
        raise Malformed("invalid_value", detail="not a checkpoint of this log")
    size, digest = _size(parts[1]), _base64(parts[2])
    if len(digest) != HASH:
        raise Malformed("invalid_value", detail="not a checkpoint of this log")
    good = {
        name for name, blob in map(_signature_line, lines[:-1].split("\n")) if _signed(text + "\n", name, blob, keys)
    }
    if len(good) < threshold:
        raise BadProof("invalid_signature", detail="too few signatures on the checkpoint")
    return Checkpoint(origin=origin, size=size, root=digest)


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 16 or (text[0] == "0" and text != "0"):
        raise Malformed("invalid_value", detail="not a checkpoint of this log")
    return int(text)


def _base64(text: str) -> bytes:
    try:
        raw = b64decode(text, validate=True)
    except ValueError as fault:
        raise Malformed("invalid_value", detail="not base64") from fault
    if b64encode(raw).decode() != text:
        raise Malformed("invalid_value", detail="not base64")
    return raw


def _signature_line(line: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\N{EM DASH}" or not parts[1]:
        raise Malformed("invalid_value", detail="not a signature line")
    return parts[1], _base64(parts[2])


def _signed(text: str, name: str, blob: bytes, keys: Mapping[str, bytes]) -> bool:
    """Whether a line is a good signature of a key we know; a line of a known key that fails spoils the note."""
    public = keys.get(name)
    if public is None or blob[:4] != _key_hash(name, public):
        return False
    ed25519.check(public, text.encode(), blob[4:])
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class LogProof:
    """What `VR1-R` carries: that one signature stands in the log at a checkpoint (FORMAT section 9)."""

    method: DidUrl
    signature_hash: bytes
    list_url: Url
    index: int
    salt: bytes
    leaf_index: int
    size: int
    path: tuple[bytes, ...]

    def leaf(self) -> bytes:
        """The leaf it speaks of."""
        return leaf(
            method=self.method,
            signature_hash=self.signature_hash,
            list_url=self.list_url,
            index=self.index,
            salt=self.salt,
        )


def write_proof(proof: LogProof) -> str:
    """`VR1-R…`: deterministic CBOR in base45."""
    items = [
        cbor.integer(1),
        cbor.text(proof.method),
        cbor.byte_string(proof.signature_hash),
        cbor.text(proof.list_url),
        cbor.integer(proof.index),
        cbor.byte_string(proof.salt),
        cbor.integer(proof.leaf_index),
        cbor.integer(proof.size),
        cbor.array([cbor.byte_string(step) for step in proof.path]),
    ]
    return PREFIX + base45_encode(cbor.array(items))


def read_proof(text: str) -> LogProof:
    """A `VR1-R` text; raises limits_exceeded, unsupported_prefix, malformed_base45, the CBOR codes, invalid_value."""
    if len(text) > BASE45.size:
        raise Malformed("limits_exceeded", detail="a log proof over its bound")
    if not text.startswith(PREFIX):
        raise WrongShape("unsupported_prefix", detail="not a log proof")
    # One reader for all our CBOR: under a tag of its own, with the limits of a QR.
    _, item = cbor.read(cbor.tagged(0, base45_decode(text[len(PREFIX) :])))
    match item:
        case [1, str(method), bytes(digest), str(url), int(index), bytes(drop), int(place), int(size), list(steps)]:
            path_ = tuple(step for step in steps if isinstance(step, bytes))
            proof = LogProof(
                method=DidUrl(method),
                signature_hash=digest,
                list_url=Url(url),
                index=index,
                salt=drop,
                leaf_index=place,
                size=size,
                path=path_,
            )
            whole = len(digest) == HASH and len(drop) == SALT and all(len(step) == HASH for step in path_)
            # Written again it must be the same text: so a true cannot stand for a 1, nor anything be left out.
            if whole and index >= 0 and 0 <= place < size and write_proof(proof) == text:
                return proof
    raise WrongShape("invalid_value", detail="a log proof of the wrong form")
