"""HTTP face of sync. No account and no API key: a session is opened by the vault's own key, and its token says whose.

The token travels as the header `Puente-Sync`, secrets and locators in bodies, never in a URL. Writes repeat safely by
their nature, so they take no `Idempotency-Key`. Sixty writes a minute; then 429 says when again.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from kernel import vault
from kernel.access import Principal
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Malformed
from kit.answers import NO_STORE, stored
from kit.body import raw_body
from kit.caller import caller
from kit.door import door
from kit.near import Near
from schemas.problem import answers
from schemas.sync import (
    HASH_PATTERN,
    ID_PATTERN,
    Devices,
    SheetAsk,
    SheetFound,
    SheetPlace,
    SyncAsk,
    SyncChallenge,
    SyncEntry,
    SyncSession,
)
from wallet.sync.desk import SyncDesk
from wallet.sync.entry import BlobName, Entry
from wallet.sync.service import Sync

router = APIRouter(prefix="/sync")

SEALED = "application/octet-stream"
_TEXT = 128
_SEALED_BODY = {"requestBody": {"required": True, "content": {SEALED: {"schema": {"type": "string"}}}}}
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": 'the manifest\'s number in quotes: `"7"`'}}
_TAGGED: dict[int | str, dict[str, Any]] = {
    200: {"content": {SEALED: {}}, "description": "a PVL1 blob of kind 1", "headers": _ETAG}
}
_REPLACED: dict[int | str, dict[str, Any]] = {204: {"description": "It stands", "headers": _ETAG}}
_BLOB: dict[int | str, dict[str, Any]] = {200: {"content": {SEALED: {}}, "description": "a PVL1 blob of kind 2"}}

Opened = Annotated[Sync, door(Sync)]
AtDesk = Annotated[SyncDesk, door(SyncDesk)]
Entering = Annotated[Principal, caller("sync", "execute")]
Reading = Annotated[Principal, caller("sync", "read")]
Changing = Annotated[Principal, caller("sync", "change")]
Listing = Annotated[Principal, caller("device", "read")]
Deciding = Annotated[Principal, caller("device", "execute")]
PuenteSync = Annotated[str, Header(pattern=HASH_PATTERN, description="the token of a sync session")]
Sealed = Annotated[bytes, raw_body(vault.MAX_BLOB)]
ContentType = Annotated[str, Header(include_in_schema=False)]
IfMatch = Annotated[
    str,
    Header(
        pattern='^"(0|[1-9][0-9]{0,15})"$', description='the number of the manifest it replaces; `"0"` before the first'
    ),
]
Device = Annotated[str, Path(pattern=ID_PATTERN, description="as the list of devices names it")]


def _token(puente_sync: PuenteSync) -> bytes:
    return base64url_decode(puente_sync, limit=_TEXT)


Token = Annotated[bytes, Depends(_token)]


def _writing(token: Token, desk: AtDesk) -> bytes:
    desk.count_write(token)
    return token


def _name(
    item: Annotated[str, Path(pattern=ID_PATTERN, description="the item's id")],
    hash: Annotated[str, Path(pattern=HASH_PATTERN, description="SHA-256 of the bytes")],  # noqa: A002 - its name on the wire
) -> BlobName:
    return BlobName(item=item, hash=hash)


Writing = Annotated[bytes, Depends(_writing)]
Named = Annotated[BlobName, Depends(_name)]


def _keeping(token: Token, name: Named, desk: AtDesk) -> bytes:
    desk.count_write(token, name)
    return token


Keeping = Annotated[bytes, Depends(_keeping)]


@router.post("/challenges", status_code=201, summary="Something to sign", responses=answers(422, 429, 503))
def ask(asked: SyncAsk, _by: Entering, near: Near, sync: Opened, response: Response) -> SyncChallenge:
    """Answered alike whether the vault is known here or not. Single use, two minutes."""
    response.headers.update(NO_STORE)
    return sync.challenge(asked.vault, near)


@router.post("/sessions", status_code=201, summary="Come in as a device", responses=answers(409, 422, 429, 503))
def enter(asked: SyncEntry, _by: Entering, near: Near, desk: AtDesk, response: Response) -> SyncSession:
    """By a signature of the vault's key. The first device of an unknown vault founds it and is active at once.

    A device that a known vault has not seen waits (48 hours) unless an active one approves it. Another key than the
    vault's is refused like a wrong signature. A quarter of an hour; it is not prolonged.
    """
    response.headers.update(NO_STORE)
    return desk.enter(_entry(asked), near)


@router.get(
    "/manifest", summary="The manifest", response_class=Response, responses={**_TAGGED, **answers(403, 404, 422, 503)}
)
def manifest(_by: Reading, token: Token, sync: Opened) -> Response:
    """Its number is the ETag. 404 before the first; a waiting device gets none."""
    found = sync.manifest(token)
    return Response(found.sealed, media_type=SEALED, headers={**NO_STORE, "ETag": f'"{found.sequence}"'})


@router.put(
    "/manifest", status_code=204, summary="Put the next manifest in its place", openapi_extra=_SEALED_BODY,
    response_class=Response, responses={**_REPLACED, **answers(403, 404, 409, 413, 415, 422, 429, 503)},
)  # fmt: skip
def replace_manifest(
    _by: Changing, token: Writing, body: Sealed, if_match: IfMatch, sync: Opened, content_type: ContentType = ""
) -> Response:
    """Only where the one that stands is still the one of `If-Match`; else 409 `stale_version`: fetch, merge, repeat.

    The number in the blob's own header is higher than that of `If-Match`, and its vault is the session's.
    """
    kept = sync.replace_manifest(token, _sealed(body, content_type), after=int(if_match.strip('"')))
    return Response(status_code=204, headers={"ETag": f'"{kept.sequence}"'})


@router.get(
    "/blobs/{item}/{hash}", summary="A sealed item", response_class=Response,
    responses={**_BLOB, **answers(403, 404, 422, 503)},
)  # fmt: skip
def blob(name: Named, _by: Reading, token: Token, sync: Opened) -> Response:
    """The very bytes that were sent."""
    return stored(sync.blob(token, name), media_type=SEALED)


@router.put(
    "/blobs/{item}/{hash}", status_code=204, summary="Keep a sealed item", openapi_extra=_SEALED_BODY,
    responses=answers(403, 404, 409, 413, 415, 422, 429, 503),
)  # fmt: skip
def keep_blob(
    _by: Changing, token: Keeping, body: Sealed, name: Named, sync: Opened, content_type: ContentType = ""
) -> None:
    """Before the manifest that names it. Unchangeable; the same again is the same answer. 8 MiB each, 20 in all."""
    sync.keep_blob(token, name, _sealed(body, content_type))


@router.delete(
    "/blobs/{item}/{hash}", status_code=204, summary="Drop a sealed item",
    responses=answers(403, 404, 422, 429, 503),
)  # fmt: skip
def drop_blob(name: Named, _by: Changing, token: Writing, sync: Opened) -> None:
    """After a manifest that no longer names it. Only what the one before named: another's newest is in none yet."""
    sync.drop_blob(token, name)


@router.put(
    "/recovery", status_code=204, summary="Let the recovery sheet find this vault",
    responses=answers(403, 404, 409, 413, 415, 422, 429, 503),
)  # fmt: skip
def keep_sheet(asked: SheetPlace, _by: Changing, token: Writing, sync: Opened) -> None:
    """One sheet a vault: a newer one takes the older one's place."""
    sync.keep_sheet(token, _locator(asked), base64url_decode(asked.wrap, limit=len(asked.wrap)))


@router.post("/recoveries", summary="Find the vault of a recovery sheet", responses=answers(404, 422, 429, 503))
def find_by_sheet(asked: SheetAsk, _by: Entering, desk: AtDesk, response: Response) -> SheetFound:
    """Its key wrapped by the sheet; with it a new device opens a session, and waits. A POST: no locator in a URL."""
    vault_id, wrap = desk.find_by_sheet(_locator(asked))
    response.headers.update(NO_STORE)
    return SheetFound(vault=vault_id, wrap=base64url_encode(wrap))


@router.get("/devices", summary="The vault's devices", responses=answers(403, 404, 422, 503))
def devices(_by: Listing, token: Token, sync: Opened, response: Response) -> Devices:
    """Who waits is seen here: ask after each time of coming in, and show it."""
    response.headers.update(NO_STORE)
    return sync.devices(token)


@router.post(
    "/devices/{device}/approval", status_code=204, summary="Let a waiting device in",
    responses=answers(403, 404, 422, 429, 503),
)  # fmt: skip
def approve(device: Device, _by: Deciding, token: Writing, sync: Opened) -> None:
    """By an active one. It waits no longer."""
    sync.approve(token, device)


@router.delete(
    "/devices/{device}", status_code=204, summary="Sign a device out, or refuse one that waits",
    responses=answers(403, 404, 422, 503),
)  # fmt: skip
def remove_device(device: Device, _by: Deciding, token: Token, sync: Opened) -> None:
    """Its sessions end; when it comes again it waits as a new one. One that waits may only remove itself."""
    sync.remove_device(token, device)


@router.delete(
    "/vault", status_code=204, summary="Forget the vault on this server", responses=answers(403, 404, 422, 503)
)
def leave(
    at_once: Annotated[bool, Query(alias="now", description="true: all of it goes now; false: in 90 days")],
    _by: Deciding,
    token: Token,
    sync: Opened,
) -> None:
    """All sealed bytes, devices and sessions. Within the 90 days an active device that comes in takes it back."""
    sync.leave(token, at_once=at_once)


def _entry(asked: SyncEntry) -> Entry:
    return Entry(
        vault=base64url_decode(asked.vault, limit=_TEXT),
        key=base64url_decode(asked.key, limit=_TEXT),
        challenge=_exactly(asked.challenge.get_secret_value(), 32),
        device=_exactly(asked.device.get_secret_value(), 16),
        signature=base64url_decode(asked.signature, limit=_TEXT),
    )


def _locator(asked: SheetPlace | SheetAsk) -> bytes:
    return _exactly(asked.locator.get_secret_value(), 32)


def _exactly(text: str, size: int) -> bytes:
    """A secret has no pattern in the document, so its length is checked here."""
    raw = base64url_decode(text, limit=_TEXT)
    if len(raw) != size:
        raise Malformed("bad_request", detail="a secret of a wrong length")
    return raw


def _sealed(body: bytes, content_type: str) -> bytes:
    if content_type.partition(";")[0].strip() != SEALED:
        raise Malformed("unsupported_media_type", detail="sealed bytes come as application/octet-stream")
    return body
