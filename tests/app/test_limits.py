"""What no text may hold is refused before it is read as JSON."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from app.limits import Limits, _require_text


def through(*pieces: bytes, query: bytes = b"") -> tuple[bytes, str]:
    """The body in these pieces, and the query's word, as what lies behind the bounds reads them."""
    coming: Iterator[Message] = iter(
        {"type": "http.request", "body": piece, "more_body": n < len(pieces)} for n, piece in enumerate(pieces, 1)
    )
    read: list[tuple[bytes, str]] = []

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        raise AssertionError(message)

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        del send
        request = Request(scope, receive)
        read.append((await request.body(), request.query_params.get("q", "")))

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": query, "headers": []}
    asyncio.run(Limits(behind, own={})(scope, receive, send))
    return read[0]


@pytest.mark.parametrize(
    "pieces",
    [(rb'"\u00', rb'00"'), (rb'"\u0000"', b""), (rb'"\u00', b"", rb'00"', b"")],
    ids=["in two pieces", "an empty piece last", "both"],
)
def test_a_body_that_is_no_text_is_refused_in_whatever_pieces_it_comes(pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(HTTPException) as caught:
        through(*pieces)
    assert caught.value.status_code == 422


def test_a_body_in_pieces_is_read_whole() -> None:
    assert through(b'"\xc3', b'\xb1"', b"") == (b'"\xc3\xb1"', "")


def test_a_nul_in_a_query_is_read_as_one_character_that_names_nothing() -> None:
    assert through(b"", query=b"q=a%00b") == (b"", "a\N{REPLACEMENT CHARACTER}b")


@pytest.mark.parametrize(
    "body",
    [rb'"\u0000"', b'"\x00"', rb'"\ud800"', rb'"\udc00"', rb'"\ud83dx\ude00"', rb'"\ud800\ud800"', b'"\xed\xa0\x80"'],
)
def test_a_body_that_is_no_text_is_refused(body: bytes) -> None:
    with pytest.raises(HTTPException) as caught:
        _require_text(body)
    assert caught.value.status_code == 422


@pytest.mark.parametrize(
    "body", [rb'"\ud83d\ude00"', "😀 ñ".encode(), rb'"\\u0000 \" \n \u00f1"', rb'"\\\\ud800"', b""]
)
def test_other_bodies_are_read(body: bytes) -> None:
    _require_text(body)
