"""The vault's file on disk: readable by its owner alone, replaced whole or not at all (TRUST section 8).

A power cut leaves the former file or the new one. What the bytes mean is `wallet/sealed.py`'s.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kernel.errors import Conflict, Malformed, NotFound
from schemas import bounds
from wallet.sealed import SealedVault, read_sealed

_PRIVATE: Final = 0o600


@dataclass(frozen=True, kw_only=True, slots=True)
class VaultFile:
    """One wallet in one file."""

    path: Path

    def load(self) -> bytes:
        """The bytes; raises NotFound, Malformed `limits_exceeded`."""
        try:
            with self.path.open("rb") as file:
                raw = file.read(bounds.VAULT_WHOLE.size + 1)
        except FileNotFoundError as error:
            raise NotFound("not_found", detail="there is no wallet file there") from error
        if len(raw) > bounds.VAULT_WHOLE.size:
            raise Malformed("limits_exceeded", detail="a vault file over its bound")
        return raw

    def begin(self, sealed: SealedVault) -> None:
        """Write a wallet where none is; raises Conflict where something stands."""
        self.copy_in(sealed.to_bytes())

    def copy_in(self, raw: bytes) -> None:
        """Write the bytes of a wallet, as they are, where none is; raises Conflict where something stands."""
        with self._alone():
            if self.path.exists():
                raise Conflict("name_taken", detail="a file stands there already and is left as it is")
            replace_whole(self.path, raw)

    def keep(self, sealed: SealedVault, *, after: int | None = None) -> None:
        """Replace the file; raises Conflict when somebody else wrote since it was read.

        `after` = the number of what was read, where the new one is not the next: another device counted on as well.
        """
        with self._alone():
            if read_sealed(self.load()).sequence != (sealed.sequence - 1 if after is None else after):
                raise Conflict("stale_version", detail="the wallet file changed since it was read")
            replace_whole(self.path, sealed.to_bytes())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: between comparing and replacing nobody else comes in."""
        handle = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def replace_whole(path: Path, raw: bytes) -> None:
    """The file with these bytes, its owner's alone: whole or not at all, also where the power is cut."""
    draft = path.parent / f".{path.name}.{os.getpid()}.new"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _PRIVATE)  # also where a draft of an earlier run stood
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)  # still there only where something failed
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The new name itself survives a power cut only when its folder was written out."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
