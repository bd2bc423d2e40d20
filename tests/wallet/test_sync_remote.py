"""wallet/sync/remote.py: what is asked, and refusals as the errors they are there. On the app it is a journey's."""

import json

import pytest

from kernel.errors import Conflict, Forbidden, Invalid, NotFound, PuenteError, TooMany, Unavailable
from kernel.ports import Answered
from schemas.identifiers import Url
from tests.fakes import SmallApi
from tests.wallet.sync_world import phone
from wallet.sync.entry import BlobName
from wallet.sync.remote import Latchkey, Remote, Visit

ANA = phone(1)
NAME = BlobName(item="A" * 22, hash="B" * 43)


def answered(status: int, body: object = None, *, retry_after: int | None = None) -> SmallApi:
    raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return SmallApi(Answered(status=status, body=raw, etag=None, retry_after=retry_after))


def visit(api: SmallApi) -> Visit:
    return Visit(remote=Remote(server=Url("https://puente.example/"), api=api), token="t", device="d", opens_at=None)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "device_waiting", Forbidden),
        (404, "session_ended", NotFound),
        (404, "not_found", NotFound),
        (409, "stale_version", Conflict),
        (409, "vault_full", Conflict),
        (422, "vault_unreadable", Invalid),
        (429, "too_many_requests", TooMany),
        (400, "no_such_code_of_ours", Unavailable),
        (422, None, Unavailable),
    ],
)
def test_a_refusal_is_the_error_it_is_there(status: int, code: str | None, kind: type[PuenteError]) -> None:
    with pytest.raises(kind) as caught:
        visit(answered(status, {"code": code, "detail": "Ana"})).blob(NAME)
    assert caught.value.code == (code if kind is not Unavailable else "network_unavailable")
    assert "Ana" not in str(caught.value)


def test_too_often_says_when_again_or_soon() -> None:
    for told, wait in ((40, 40), (None, 1)):
        with pytest.raises(TooMany) as caught:
            visit(answered(429, {"code": "too_many_requests"}, retry_after=told)).drop_blob(NAME)
        assert caught.value.retry_after == wait


@pytest.mark.parametrize("body", [b"", b"{", {"token": 1}, {"token": "x" * 43, "extra": 1}])
def test_an_answer_in_no_known_form_is_none(body: object) -> None:
    remote = Remote(server=Url("https://puente.example"), api=answered(201, body))
    with pytest.raises(Unavailable) as caught:
        remote.enter(Latchkey(vault_id=ANA.vault_id, signer=ANA.signer, device=ANA.secret))
    assert caught.value.code == "network_unavailable"


def test_a_manifest_is_known_by_its_own_header() -> None:
    found = visit(answered(200, ANA.manifest(7))).manifest()
    assert found is not None
    assert found.sequence == 7
    assert visit(answered(404, {"code": "not_found"})).manifest() is None
    with pytest.raises(NotFound):
        visit(answered(404, {"code": "session_ended"})).manifest()


def test_secrets_travel_in_headers_and_bodies_alone() -> None:
    api = answered(204)
    visit(api).keep_sheet(b"L" * 32, ANA.wrap())
    visit(api).remove_device("../vault?now=true")
    visit(api).leave(at_once=False)
    assert [(each.method, each.url.removeprefix("https://puente.example/v1/wallet/sync")) for each in api.asked] == [
        ("PUT", "/recovery"), ("DELETE", "/devices/..%2Fvault%3Fnow%3Dtrue"), ("DELETE", "/vault?now=false"),
    ]  # fmt: skip
    assert all(each.headers["Puente-Sync"] == "t" for each in api.asked)
