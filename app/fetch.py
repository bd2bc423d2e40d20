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
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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
        # The address that was looked at is the one that is asked: its name could stand for another a moment later.
        address = self._allowed(url)
        try:
            asked = httpx.URL(url)
            told = {**headers, "Host": asked.netloc.decode("ascii")}
            pinned, name = asked.copy_with(host=str(address)), {"sni_hostname": asked.raw_host.decode("ascii")}
            with (
                httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream(method, pinned, headers=told, content=body, extensions=name) as answer,
            ):
                # A refusal in problem details says why (a wrong PIN, a used code): the caller reads it.
                if not answer.is_success and not (answer.is_client_error and _media_type(answer) == PROBLEM_MEDIA):
                    raise Unavailable("network_unavailable", detail="the other side refused")
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable("network_unavailable", detail="the other side did not answer") from error

    def _allowed(self, url: Url) -> Address:
        """The address to ask; not one of those that its name stands for may be a private one."""
        parts = urlsplit(url)
        refused = Unavailable("network_unavailable", detail="an address that is not asked")
        if len(url) > _URL_LIMIT or parts.hostname is None or parts.username is not None:
            raise refused
        found = _addresses(parts.hostname)
        is_local = self.local and all(address.is_loopback for address in found)
        if not is_local and (parts.scheme != "https" or not all(map(_is_public, found))):
            raise refused
        if parts.scheme not in {"http", "https"}:
            raise refused
        return found[0]


def _is_public(address: Address) -> bool:
    """Also not by a way around: IPv6 that carries an IPv4 address (RFC 3056, 4380, 6052)."""
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address in _TRANSLATED
    ):
        return False
    return address.is_global and not address.is_multicast


def _addresses(host: str) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
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
