"""What one device remembers of a server beside its wallet file: its own secret there, and the manifest it knew last.

It is no part of the vault, so a copy of the wallet file is no copy of the device. Lost, the device comes as a new one.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kernel import codec, vault
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, Malformed
from kernel.ports import Random
from schemas.bounds import MIB, Bound
from schemas.identifiers import Url
from schemas.json import JsonObject, JsonValue
from wallet.files import replace_whole
from wallet.sync.entry import DEVICE_SIZE

_TEXT: Final = -(-vault.MAX_BLOB * 4 // 3)
_BOUND: Final = Bound(bytes=12 * MIB, members=8, string=_TEXT, depth=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """One device at one server. `known` = the server's manifest as it was known last, None before the first."""

    server: Url
    device: bytes = field(repr=False)
    known: bytes | None = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceFile:
    """Beside the wallet file, as its owner's alone."""

    wallet: Path

    @property
    def path(self) -> Path:
        return self.wallet.with_name(f"{self.wallet.name}.sync")

    def load(self, server: Url, random: Random) -> Remembered:
        """What is remembered of that server. Of another, or where nothing is: a new device, which is kept at once."""
        try:
            with self.path.open("rb") as file:
                found = _read(file.read(_BOUND.bytes + 1))
        except FileNotFoundError:
            found = None
        if found is None or found.server != server:
            found = Remembered(server=server, device=random(DEVICE_SIZE), known=None)
            self.keep(found)
        return found

    def keep(self, remembered: Remembered) -> None:
        """In the place of what was remembered."""
        document: JsonObject = {
            "server": remembered.server,
            "device": base64url_encode(remembered.device),
            "known": None if remembered.known is None else base64url_encode(remembered.known),
        }
        replace_whole(self.path, codec.write(document))


def _read(raw: bytes) -> Remembered:
    """Raises Malformed `vault_unreadable`."""
    try:
        document = codec.read(raw, bound=_BOUND).document
        known = document.get("known")
        return Remembered(
            server=Url(_text(document.get("server"))),
            device=base64url_decode(_text(document.get("device")), limit=_TEXT),
            known=None if known is None else base64url_decode(_text(known), limit=_TEXT),
        )
    except Invalid as error:
        raise Malformed("vault_unreadable", detail="the file beside the wallet is not what it should be") from error


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise Malformed("vault_unreadable", detail="a member that is no text")
    return value
