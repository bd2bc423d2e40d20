"""HTTP face of the wallets that this process keeps. Closed: a holder's API key says whose, a token opens which.

The token is made from a way in (passphrase or sheet) and travels as the header `Puente-Wallet`; the rows stay sealed.
No `Idempotency-Key` here: what is kept twice is kept once, and an answer that holds a secret is never stored.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from fastapi.responses import Response

from kernel.access import Principal
from kernel.errors import Malformed
from kit.answers import NO_STORE
from kit.body import raw_body
from kit.caller import caller
from kit.door import door
from schemas import bounds
from schemas.exchange import (
    Arrivals,
    Begun,
    NewVault,
    Passes,
    PassLine,
    PickUp,
    Show,
    ShownTexts,
    SignedIn,
    Unlock,
    VaultNames,
)
from schemas.identifiers import Url
from schemas.problem import answers
from schemas.terms import VC_MEDIA
from wallet.answering import arrivals_of, entrance_of, line_of, shown_of
from wallet.choosing import Choice
from wallet.errand import Errand
from wallet.holder import Passphrase, Secret, Sheet
from wallet.pickup import Offer
from wallet.service import Ticket, Wallet
from wallet.sync.routes import router as sync_router

router = APIRouter(prefix="/wallet", tags=["wallet"])

VAULT_MEDIA = "application/octet-stream"
TEXT_MEDIA = "text/plain"
_PASS_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            TEXT_MEDIA: {"schema": {"type": "string", "example": "VC1-R…"}},
            VC_MEDIA: {"schema": {"type": "object"}},
        },
    }
}
_VAULT_BODY = {"requestBody": {"required": True, "content": {VAULT_MEDIA: {"schema": {"type": "string"}}}}}
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {VAULT_MEDIA: {}}, "description": "the sealed wallet"}}

Opened = Annotated[Wallet, door(Wallet)]
Token = Annotated[str, Header(max_length=64, description="the session's token")]
Creating = Annotated[Principal, caller("wallet", "create")]
Reading = Annotated[Principal, caller("wallet", "read")]
Changing = Annotated[Principal, caller("wallet", "change")]
Using = Annotated[Principal, caller("wallet", "execute")]


def _reader(vault: str, by: Reading, puente_wallet: Token) -> Ticket:
    return Ticket(owner=by.person, vault=vault, token=puente_wallet)


def _changer(vault: str, by: Changing, puente_wallet: Token) -> Ticket:
    return Ticket(owner=by.person, vault=vault, token=puente_wallet)


def _user(vault: str, by: Using, puente_wallet: Token) -> Ticket:
    return Ticket(owner=by.person, vault=vault, token=puente_wallet)


ToRead = Annotated[Ticket, Depends(_reader)]
ToChange = Annotated[Ticket, Depends(_changer)]
ToUse = Annotated[Ticket, Depends(_user)]


@router.post("/vaults", status_code=201, summary="Make a wallet", responses=answers(401, 403, 413, 422, 503))
def begin(asked: NewVault, wallet: Opened, by: Creating, response: Response) -> Begun:
    """The answer shows the recovery sheet this once. The passphrase is not kept."""
    entrance, sheet = wallet.begin(asked.passphrase.get_secret_value(), owner=by.person)
    response.headers.update({**NO_STORE, "Location": f"/v1/wallet/vaults/{entrance.vault}"})
    return Begun(**entrance_of(entrance), sheet=sheet)


@router.get("/vaults", summary="My wallets", responses=answers(401, 403, 503))
def mine(wallet: Opened, by: Reading) -> VaultNames:
    """By name; what is in them needs a token."""
    return VaultNames(vaults=list(wallet.mine(by.person)))


@router.post(
    "/vaults/{vault}/sessions",
    status_code=201,
    summary="Open a wallet for a quarter of an hour",
    responses=answers(401, 403, 404, 413, 422, 503),
)
def sign_in(vault: str, asked: Unlock, wallet: Opened, by: Using, response: Response) -> SignedIn:
    """By passphrase or by recovery sheet; a wrong one says only that it does not open."""
    response.headers.update(NO_STORE)
    return SignedIn(**entrance_of(wallet.sign_in(vault, _secret(asked), owner=by.person)))


@router.delete(
    "/vaults/{vault}/sessions", status_code=204, summary="Close it", responses=answers(401, 403, 404, 422, 503)
)
def sign_out(wallet: Opened, ticket: ToUse) -> None:
    """Every session of the wallet ends."""
    wallet.sign_out(ticket)


@router.put(
    "/vaults/{vault}/passphrase", status_code=204, summary="Another passphrase",
    responses=answers(401, 403, 404, 409, 413, 422, 503),
)  # fmt: skip
def change_passphrase(asked: NewVault, wallet: Opened, ticket: ToChange) -> None:
    """Also the last step of a recovery by sheet; every session ends."""
    wallet.change_passphrase(ticket, asked.passphrase.get_secret_value())


@router.get("/vaults/{vault}/passes", summary="The passes, in words", responses=answers(401, 403, 404, 422, 503))
def passes(wallet: Opened, ticket: ToRead, response: Response) -> Passes:
    """Each judged now with the installed bundle."""
    response.headers.update(NO_STORE)
    return Passes(passes=[line_of(line) for line in wallet.list(ticket)])


@router.get("/vaults/{vault}/passes/{name}", summary="One pass", responses=answers(401, 403, 404, 422, 503))
def look_at(name: str, wallet: Opened, ticket: ToRead, response: Response) -> PassLine:
    """By its name, or the beginning of it."""
    response.headers.update(NO_STORE)
    return line_of(wallet.look_at(ticket, name))


@router.delete(
    "/vaults/{vault}/passes/{name}", status_code=204, summary="Throw one away",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def drop(name: str, wallet: Opened, ticket: ToChange) -> None:
    """It stays valid, but is no longer here."""
    wallet.drop(ticket, name)


@router.post(
    "/vaults/{vault}/passes", summary="Receive a QR's text or a credential",
    responses=answers(401, 403, 404, 409, 413, 415, 422, 503), openapi_extra=_PASS_BODY,
)  # fmt: skip
def receive(
    body: Annotated[bytes, raw_body(bounds.CREDENTIAL.bytes)],
    wallet: Opened,
    ticket: ToChange,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> Arrivals:
    """Verified first. 200 also when nothing was kept: the answer says why."""
    return arrivals_of(wallet.receive(ticket, _sent(body, content_type)))


@router.post(
    "/vaults/{vault}/pickups", summary="Pick up at an issuer",
    responses=answers(401, 403, 404, 409, 413, 422, 503),
)  # fmt: skip
def pick_up(asked: PickUp, errand: Annotated[Errand, door(Errand)], ticket: ToChange) -> Arrivals:
    """The wallet proves its key; what it gets is verified before it is kept."""
    offer = Offer(issuer=Url(asked.issuer), code=asked.code.get_secret_value(), pin=asked.pin.get_secret_value())
    return arrivals_of(errand.pick_up(ticket, offer))


@router.post(
    "/vaults/{vault}/presentations", status_code=201, summary="Show passes",
    responses=answers(401, 403, 404, 409, 413, 422, 503),
)  # fmt: skip
def show(asked: Show, wallet: Opened, ticket: ToUse, response: Response) -> ShownTexts:
    """Within the profile or not at all (`over_asking`). What was shown and when is noted inside the vault."""
    response.headers.update(NO_STORE)
    choice = Choice(manner=asked.manner, profile=asked.profile, names=asked.passes, request=asked.request)
    return shown_of(wallet.show(ticket, choice))


@router.get(
    "/vaults/{vault}/file", summary="Take the wallet away, sealed", response_class=Response,
    responses={**answers(401, 403, 404, 422, 503), **_FILE},
)  # fmt: skip
def export(wallet: Opened, ticket: ToRead) -> Response:
    """The file that the command line uses; it opens by passphrase or sheet alone."""
    return Response(wallet.export(ticket), media_type=VAULT_MEDIA, headers=NO_STORE)


@router.post(
    "/files", status_code=201, summary="Bring a sealed wallet", openapi_extra=_VAULT_BODY,
    responses=answers(401, 403, 409, 413, 415, 422, 503),
)  # fmt: skip
def restore(
    body: Annotated[bytes, raw_body(bounds.VAULT_WHOLE.size)],
    wallet: Opened,
    by: Creating,
    response: Response,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> VaultNames:
    """It stays sealed; then open a session with its passphrase or its sheet."""
    vault = wallet.restore(_sealed(body, content_type), owner=by.person)
    response.headers["Location"] = f"/v1/wallet/vaults/{vault}"
    return VaultNames(vaults=[vault])


def _secret(asked: Unlock) -> Secret:
    if asked.passphrase is not None:
        return Passphrase(words=asked.passphrase.get_secret_value())
    if asked.sheet is not None:
        return Sheet(letters=asked.sheet.get_secret_value())
    raise Malformed("bad_request", detail="a way in is needed: passphrase or sheet")


def _sent(body: bytes, content_type: str) -> str | bytes:
    match content_type.partition(";")[0].strip():
        case "text/plain":
            return body.decode("utf-8", "replace")
        case "application/vc" | "application/json":
            return body
        case _:
            raise _media_type()


def _sealed(body: bytes, content_type: str) -> bytes:
    if content_type.partition(";")[0].strip() != VAULT_MEDIA:
        raise _media_type()
    return body


def _media_type() -> Malformed:
    return Malformed("unsupported_media_type", detail="not a media type that is read here")


router.include_router(sync_router)
