"""A device's wallet and the server's copy become one: fetch what is newer, merge, send what is new, and begin again
where another device came first (TRUST section 8).

Blobs go before the manifest that names them, so what a manifest names is always there; what it no longer names goes
after it. How two states become one is `wallet/merging.py`'s; where the file lies and how to wait, the caller's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, TypeVar

from kernel import vault
from kernel.errors import Conflict, Invalid, NotFound, TooMany
from kernel.ports import Random
from wallet.contents import Contents, named_blobs, open_contents
from wallet.holder import OpenWallet
from wallet.manifest import hash_of
from wallet.merging import merge, require_newer, require_none, shared
from wallet.sealed import SealedVault
from wallet.sync.entry import BlobName, Manifest
from wallet.sync.remote import Visit

_TRIES: Final = 5
_Given = TypeVar("_Given")


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """The wallet as it is now, sealed for the file, and the server's manifest, to be known next time.

    Where passes are marked as gone, the holder is to be asked (`merging.asked`).
    """

    wallet: OpenWallet
    sealed: SealedVault = field(repr=False)
    known: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Theirs:
    """The server's state, opened. Before the first there is none: number 0, no names."""

    sequence: int
    contents: Contents | None
    names: frozenset[BlobName] = frozenset()
    manifest: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """One device's way to the server and back. `pause` waits so many seconds where the server asks for it."""

    visit: Visit
    random: Random
    pause: Callable[[int], None]

    def join(self, ours: OpenWallet, *, known: bytes | None) -> Joined:
        """Both as one, there and here. `known` = the server's manifest as it was known last.

        Raises Invalid `stale_server`, `vault_unreadable`; Conflict `stale_version` where others always came first,
        `vault_full`; what `Visit` raises. Nothing of ours is lost by any of them: it is kept by who called.
        """
        for _try in range(_TRIES):
            try:
                return self._once(ours, known)
            except (Conflict, NotFound) as late:
                # Another device came first: its manifest stands, or a blob is gone that the former one named.
                if late.code not in ("stale_version", "not_found"):
                    raise
        raise Conflict("stale_version", detail="other devices came first each time")

    def _once(self, ours: OpenWallet, known: bytes | None) -> Joined:
        theirs = self._fetch(ours, known)
        joined = self._joined(ours, theirs).settled(self.random)
        told = replace(joined, contents=shared(joined.contents))
        if theirs.contents is None or not _same(told.contents, theirs.contents):
            manifest = self._send(told, theirs)
        else:
            manifest = theirs.manifest
        return Joined(wallet=joined, sealed=joined.sealed(self.random), known=manifest)

    def _fetch(self, ours: OpenWallet, known: bytes | None) -> _Theirs:
        found = self._patiently(self.visit.manifest)
        if found is None:
            require_none(known)
            return _Theirs(sequence=0, contents=None)
        shown = require_newer(found.sealed, known=known, vault_key=ours.vault_key)
        names = frozenset(BlobName(item=item, hash=hash_) for item, hash_ in named_blobs(shown))
        here = {hash_of(item.blob): item.blob for item in ours.contents.items if item.blob}
        blobs = tuple(here.get(name.hash) or self._patiently(partial(self.visit.blob, name)) for name in names)
        contents = _opened(found, blobs, ours)
        return _Theirs(sequence=found.sequence, contents=contents, names=names, manifest=found.sealed)

    def _joined(self, ours: OpenWallet, theirs: _Theirs) -> OpenWallet:
        """Ours with what is theirs, numbered after both, following on what the server has."""
        if theirs.contents is None:
            return ours
        both = merge(ours.contents, theirs.contents)
        return replace(
            ours,
            contents=replace(
                both,
                device=ours.contents.device,
                sequence=max(ours.contents.sequence, theirs.sequence),
                previous=theirs.contents.previous,
            ),
        )

    def _send(self, told: OpenWallet, theirs: _Theirs) -> bytes:
        """`told` is settled. Gives the manifest as it was sent."""
        blobs = {
            BlobName(item=item.name, hash=hash_of(item.blob)): item.blob for item in told.contents.items if item.blob
        }
        for name, blob in blobs.items():
            if name not in theirs.names:
                self._patiently(partial(self.visit.keep_blob, name, blob))
        manifest = told.sealed(self.random).manifest
        self._patiently(partial(self.visit.replace_manifest, manifest, after=theirs.sequence))
        for name in theirs.names.difference(blobs):
            self._drop(name)
        return manifest

    def _drop(self, name: BlobName) -> None:
        try:
            self._patiently(partial(self.visit.drop_blob, name))
        except NotFound as error:
            if error.code != "not_found":  # gone already is gone
                raise

    def _patiently(self, act: Callable[[], _Given]) -> _Given:
        """Once more after the wait that the server asks for."""
        try:
            return act()
        except TooMany as busy:
            self.pause(busy.retry_after)
            return act()


def _opened(found: Manifest, blobs: tuple[bytes, ...], ours: OpenWallet) -> Contents:
    vault_id = vault.read_header(found.sealed).vault_id
    if vault_id != ours.contents.vault_id:
        raise Invalid("vault_unreadable", detail="the manifest of another vault")
    sealed = SealedVault(vault_id=vault_id, sequence=found.sequence, manifest=found.sealed, wraps=(), items=blobs)
    return open_contents(sealed, ours.vault_key)


def _same(one: Contents, other: Contents) -> bool:
    return one.seen == other.seen and _standing(one) == _standing(other)


def _standing(contents: Contents) -> frozenset[str]:
    return frozenset(item.copy_name for item in contents.items)
