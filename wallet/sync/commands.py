"""A wallet file and its copy at a server, as plain functions for a command line; what is printed is the app's.

Each opens the file, comes in as this device, acts, and keeps what it learned. Nothing stays between two calls but the
wallet's file and the one beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kernel import vault_keys
from kernel.ports import Api
from kernel.vault import Kind
from schemas.identifiers import Url
from schemas.sync import DeviceLine
from wallet.commands import Pocket
from wallet.holder import OpenWallet, Secret, Sheet, join_wallet, open_wallet
from wallet.merging import asked
from wallet.sealed import read_sealed
from wallet.sync.memory import DeviceFile
from wallet.sync.remote import Latchkey, Remote, Visit
from wallet.sync.walk import Walk


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where the copy is kept, how it is asked, and how to wait so many seconds when it says so."""

    url: Url
    api: Api
    pause: Callable[[int], None] = field(repr=False)

    @property
    def remote(self) -> Remote:
        return Remote(server=self.url, api=self.api)


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """How it went. `opens_at`: this device waits until then, and nothing came or went; else None.

    `passes` are in the wallet now; of them `asked` were deleted on another phone, and the holder is to be asked.
    `waiting` other devices want to be let in.
    """

    opens_at: datetime | None
    passes: int
    asked: int
    waiting: int


def copy(pocket: Pocket, secret: Secret, server: Server) -> Copied:
    """The wallet and its copy become one. Raises what `Walk.join` raises; the file is then as it was."""
    ours = open_wallet(pocket.file.load(), secret)
    memory = DeviceFile(wallet=pocket.file.path)
    remembered = memory.load(server.url, pocket.random)
    visit = _enter(ours, remembered.device, server)
    if visit.opens_at is not None:
        return Copied(opens_at=visit.opens_at, passes=len(ours.passes()), asked=0, waiting=0)
    walk = Walk(visit=visit, random=pocket.random, pause=server.pause)
    joined = walk.join(ours, known=remembered.known)
    pocket.file.keep(joined.sealed, after=ours.contents.sequence)
    memory.keep(replace(remembered, known=joined.known))
    return Copied(
        opens_at=None,
        passes=len(joined.wallet.passes()),
        asked=len(asked(joined.wallet.contents)),
        waiting=sum(line.state == "waiting" for line in visit.devices()),
    )


def let_sheet_find(pocket: Pocket, sheet: Sheet, server: Server) -> None:
    """A new phone finds the copy by this sheet from now on. Raises Malformed `vault_unreadable` for another sheet."""
    raw = pocket.file.load()
    visit = _come_in(pocket, open_wallet(raw, sheet), server)
    locator = vault_keys.sheet_locator(vault_keys.read_sheet(sheet.letters))
    visit.keep_sheet(locator, read_sealed(raw).wrap(Kind.WRAP_RECOVERY))


def recover(pocket: Pocket, sheet: Sheet, passphrase: str, server: Server) -> str:
    """A wallet file on a device that has only the sheet; gives its DID. `copy` then fills it, at once or after a wait.

    Raises NotFound where the server knows no such sheet, Malformed `vault_unreadable`, `weak_passphrase`, Conflict
    where a file stands.
    """
    locator = vault_keys.sheet_locator(vault_keys.read_sheet(sheet.letters))
    _vault_id, wrap = server.remote.find_by_sheet(locator)
    opened = join_wallet(wrap, sheet, passphrase=passphrase, random=pocket.random)
    pocket.file.begin(opened.sealed(pocket.random))
    return opened.did


def devices(pocket: Pocket, secret: Secret, server: Server) -> tuple[DeviceLine, ...]:
    """Oldest first. Raises Forbidden `device_waiting`."""
    return _come_in(pocket, open_wallet(pocket.file.load(), secret), server).devices()


def decide(pocket: Pocket, secret: Secret, server: Server, *, device: str, let_in: bool) -> None:
    """Let a waiting device in, or sign one out. Raises NotFound, Forbidden `device_waiting`."""
    visit = _come_in(pocket, open_wallet(pocket.file.load(), secret), server)
    if let_in:
        visit.approve(device)
    else:
        visit.remove_device(device)


def _come_in(pocket: Pocket, opened: OpenWallet, server: Server) -> Visit:
    remembered = DeviceFile(wallet=pocket.file.path).load(server.url, pocket.random)
    return _enter(opened, remembered.device, server)


def _enter(opened: OpenWallet, device: bytes, server: Server) -> Visit:
    return server.remote.enter(Latchkey(vault_id=opened.contents.vault_id, signer=opened.sync_signer(), device=device))
