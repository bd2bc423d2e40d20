"""Fetch and Api over HTTPS: bounded, timed, no redirects, no private addresses. The only file that uses httpx.

In development a holder's wallet may talk to an issuer on this very machine (`local=True`); nothing else changes.
"""

import ipaddress
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx

from kernel.errors import Unavailable
from kernel.ports import Answered, Asked, Fetched
from schemas.identifiers import Url
from schemas.terms import PROBLEM_MEDIA

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_URL_LIMIT: Final = 2048
_DIGITS: Final = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpsFetch:
    """The network. Every failure is Unavailable `network_unavailable`: an issuer that does not answer is no verdict."""

    local: bool = False

    def get(self, url: Url, /, *, accept: str, limit: int) -> Fetched:
        return self._send("GET", url, headers={"Accept": accept}, body=None, limit=limit)

    def post(self, url: Url, body: bytes, /, *, media_type: str, limit: int) -> Fetched:
        return self._send("POST", url, headers={"Content-Type": media_type}, body=body, limit=limit)

    def ask(self, asked: Asked, /, *, limit: int) -> Answered:
        with self._sent(asked.method, asked.url, headers=asked.headers, body=asked.body) as answer:
            wait = answer.headers.get("retry-after", "")
            return Answered(
                status=answer.status_code,
                body=_bounded(answer, limit),
                etag=answer.headers.get("etag"),
                retry_after=int(wait) if wait.isascii() and wait.isdigit() and len(wait) < _DIGITS else None,
            )

    def _send(self, method: str, url: Url, *, headers: dict[str, str], body: bytes | None, limit: int) -> Fetched:
        with self._sent(method, url, headers=headers, body=body) as answer:
            return Fetched(
                body=_bounded(answer, limit),
                media_type=_media_type(answer),
                etag=answer.headers.get("etag"),
            )

    @contextmanager
    def _sent(
        self, method: str, url: Url, *, headers: Mapping[str, str], body: bytes | None
    ) -> Iterator[httpx.Response]:
        self._require_allowed(url)
        try:
            with (
                httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream(method, url, headers=headers, content=body) as answer,
            ):
                # A refusal in problem details says why (a wrong PIN, a used code): the caller reads it.
                if not answer.is_success and not (answer.is_client_error and _media_type(answer) == PROBLEM_MEDIA):
                    raise Unavailable("network_unavailable", detail="the other side refused")
                yield answer
        except httpx.HTTPError as error:
            raise Unavailable("network_unavailable", detail="the other side did not answer") from error

    def _require_allowed(self, url: Url) -> None:
        parts = urlsplit(url)
        refused = Unavailable("network_unavailable", detail="an address that is not asked")
        if len(url) > _URL_LIMIT or parts.hostname is None or parts.username is not None:
            raise refused
        loopback = all(address.is_loopback for address in _addresses(parts.hostname))
        if self.local and loopback and parts.scheme in {"http", "https"}:
            return
        if parts.scheme != "https" or not all(address.is_global for address in _addresses(parts.hostname)):
            raise refused


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unavailable("network_unavailable", detail="the name is not known") from error
    return [ipaddress.ip_address(row[4][0]) for row in found]


def _media_type(answer: httpx.Response) -> str:
    kind: str = answer.headers.get("content-type", "")
    return kind.partition(";")[0].strip().lower()


def _bounded(answer: httpx.Response, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > limit:
            raise Unavailable("network_unavailable", detail="the answer is over its bound")
        parts.append(part)
    return b"".join(parts)
