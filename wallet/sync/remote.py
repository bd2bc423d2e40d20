"""The server that keeps a vault's copy, as a device meets it over the port Api: one verb a request; nothing is opened.

What comes back is not believed: sealed bytes are checked by who opens them. Refusals become the errors they are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from kernel import codec, vault
from kernel.ed25519 import SeedSigner
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Conflict, Forbidden, Invalid, NotFound, PuenteError, TooMany, Unavailable
from kernel.ports import Answered, Api, Asked
from schemas import bounds, codes
from schemas.identifiers import Url
from schemas.sync import DeviceLine, Devices, SheetFound, SyncChallenge, SyncSession
from schemas.terms import JSON_MEDIA
from wallet.sync.entry import BlobName, Manifest, entry_message

_SEALED: Final = "application/octet-stream"
_KINDS: Final[Mapping[int, type[PuenteError]]] = {403: Forbidden, 404: NotFound, 409: Conflict}
_DETAIL: Final = "the server refused"
_Shape = TypeVar("_Shape", bound=BaseModel)


@dataclass(frozen=True, kw_only=True, slots=True)
class Latchkey:
    """What a device comes in with: which vault, the key of its subkey 4, and a secret that this device alone keeps."""

    vault_id: bytes
    signer: SeedSigner
    device: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """A server, before anybody came in. `server` = where its API stands, up to and without `/v1`."""

    server: Url
    api: Api

    def enter(self, key: Latchkey) -> "Visit":
        """A session. Raises Invalid `invalid_signature`, Conflict `too_many_devices`, TooMany, Unavailable."""
        name = base64url_encode(key.vault_id)
        drawn = _read(SyncChallenge, self._post("/challenges", {"vault": name})).challenge
        message = entry_message(
            vault=key.vault_id, challenge=base64url_decode(drawn, limit=len(drawn)), device=key.device
        )
        body = {
            "vault": name,
            "key": base64url_encode(key.signer.public),
            "challenge": drawn,
            "device": base64url_encode(key.device),
            "signature": base64url_encode(key.signer.sign(message)),
        }
        session = _read(SyncSession, self._post("/sessions", body))
        return Visit(remote=self, token=session.token, device=session.device, opens_at=session.opens_at)

    def find_by_sheet(self, locator: bytes) -> tuple[bytes, bytes]:
        """The vault's id and its key wrapped by the sheet. Raises NotFound, TooMany, Unavailable."""
        found = _read(SheetFound, self._post("/recoveries", {"locator": base64url_encode(locator)}))
        limit = bounds.JSON_BODY.string
        return base64url_decode(found.vault, limit=limit), base64url_decode(found.wrap, limit=limit)

    def send(self, asked: Asked, *, limit: int = bounds.JSON_BODY.bytes) -> Answered:
        """The answer, when it is none of the refusals."""
        answered = self.api.ask(asked, limit=limit)
        if answered.status >= 300:
            raise _refusal(answered)
        return answered

    def url(self, path: str) -> Url:
        return Url(f"{self.server.rstrip('/')}/v1/wallet/sync{path}")

    def _post(self, path: str, body: Mapping[str, str]) -> Answered:
        asked = Asked(
            method="POST", url=self.url(path), headers={"Content-Type": JSON_MEDIA}, body=codec.write(dict(body))
        )
        return self.send(asked)


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A session of one device. It waits until `opens_at`; None: it is active.

    Every verb raises NotFound `session_ended`, Forbidden `device_waiting`, Unavailable; every write also TooMany.
    """

    remote: Remote
    token: str = field(repr=False)
    device: str
    opens_at: datetime | None

    def manifest(self) -> Manifest | None:
        """The one that stands, by the number of its own header; None before the first."""
        try:
            sealed = self._send("GET", "/manifest", limit=vault.MAX_BLOB).body
        except NotFound as error:
            if error.code == "not_found":
                return None
            raise
        return Manifest(sequence=vault.read_header(sealed).sequence, sealed=sealed)

    def replace_manifest(self, sealed: bytes, *, after: int) -> None:
        """Raises Conflict `stale_version` where another device came first, `vault_full`."""
        self._send("PUT", "/manifest", body=sealed, headers={"Content-Type": _SEALED, "If-Match": f'"{after}"'})

    def blob(self, name: BlobName) -> bytes:
        """Raises NotFound."""
        return self._send("GET", _path(name), limit=vault.MAX_BLOB).body

    def keep_blob(self, name: BlobName, sealed: bytes) -> None:
        """Raises Conflict `vault_full`."""
        self._send("PUT", _path(name), body=sealed, headers={"Content-Type": _SEALED})

    def drop_blob(self, name: BlobName) -> None:
        """Raises NotFound."""
        self._send("DELETE", _path(name))

    def keep_sheet(self, locator: bytes, wrap: bytes) -> None:
        """Found from now on by that sheet."""
        body = codec.write({"locator": base64url_encode(locator), "wrap": base64url_encode(wrap)})
        self._send("PUT", "/recovery", body=body, headers={"Content-Type": JSON_MEDIA})

    def devices(self) -> tuple[DeviceLine, ...]:
        """Oldest first."""
        return tuple(_read(Devices, self._send("GET", "/devices")).devices)

    def approve(self, device: str) -> None:
        """Raises NotFound."""
        self._send("POST", f"/devices/{quote(device, safe='')}/approval")

    def remove_device(self, device: str) -> None:
        """Raises NotFound."""
        self._send("DELETE", f"/devices/{quote(device, safe='')}")

    def leave(self, *, at_once: bool) -> None:
        """All of it goes: at once, or in 90 days."""
        self._send("DELETE", f"/vault?now={'true' if at_once else 'false'}")

    def _send(
        self,
        method: Literal["GET", "PUT", "POST", "DELETE"],
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        limit: int = bounds.JSON_BODY.bytes,
    ) -> Answered:
        carried = {"Puente-Sync": self.token, **(headers or {})}
        return self.remote.send(
            Asked(method=method, url=self.remote.url(path), headers=carried, body=body), limit=limit
        )


def _path(name: BlobName) -> str:
    return f"/blobs/{quote(name.item, safe='')}/{quote(name.hash, safe='')}"


def _read(shape: type[_Shape], answered: Answered) -> _Shape:
    try:
        return shape.model_validate(codec.read(answered.body, bound=bounds.JSON_BODY).document)
    except (ValidationError, Invalid) as error:
        raise Unavailable("network_unavailable", detail="the server answers in no form that is known") from error


def _refusal(answered: Answered) -> PuenteError:
    """By its code, when it is one of ours; the server's own text is not shown."""
    try:
        code = codec.read(answered.body, bound=bounds.JSON_BODY).document.get("code")
    except Invalid:
        code = None
    if not isinstance(code, str) or codes.find(code) is None:
        return Unavailable("network_unavailable", detail=_DETAIL)
    if answered.status == 429:
        return TooMany(code, detail=_DETAIL, retry_after=answered.retry_after or 1)
    return _KINDS.get(answered.status, Invalid)(code, detail=_DETAIL)
