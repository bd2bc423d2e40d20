"""Fetch and Api over HTTPS: bounded, timed as a whole, no redirects, no private addresses. The only user of httpx.

In development a holder's wallet may talk to an issuer on this very machine (`local=True`); nothing else changes.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from kernel.errors import Unavailable
from kernel.ports import Answered, Asked, Fetched
from schemas.identifiers import Url
from schemas.terms import PROBLEM_MEDIA

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
WITHIN: Final = 60.0
"""Seconds for a whole exchange: each single read has its own bound, so drop by drop it would have no end."""
_URL_LIMIT: Final = 2048
_DIGITS: Final = 6
_NOT_PUBLIC: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            # IPv6 that carries an IPv4 address, which can be a private one: compatible, mapped, translated (RFC 4291,
            # 2765, 6052, 8215), 6to4, Teredo (RFC 3056, 4380).
            "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32",
            # What Python's table calls global, or does not know: site-local, documentation, segment routing, protocols.
            "fec0::/10", "3fff::/20", "5f00::/16", "192.0.0.0/24",
        ),
    )
)  # fmt: skip
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAnswered(Unavailable):
    """`network_unavailable`, and why: a word of `schemas.webhooks.Failed`."""

    def __init__(self, why: str, *, detail: str) -> None:
        super().__init__("network_unavailable", detail=detail)
        self.why = why


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpsFetch:
    """The network. Every failure is Unavailable `network_unavailable`: an issuer that does not answer is no verdict."""

    local: bool = False
    within: float = WITHIN

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
        address, deadline = self._allowed(url), _Deadline(self.within)
        try:
            asked = httpx.URL(url)
            told = {**headers, "Host": asked.netloc.decode("ascii"), "Accept-Encoding": "identity"}
            pinned, name = asked.copy_with(host=str(address)), {"sni_hostname": asked.raw_host.decode("ascii")}
            with (
                deadline,
                httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream(
                    method, pinned, headers=told, content=body, extensions={**name, "trace": deadline.trace}
                ) as answer,
            ):
                # A refusal in problem details says why (a wrong PIN, a used code): the caller reads it.
                if not answer.is_success and not (answer.is_client_error and _media_type(answer) == PROBLEM_MEDIA):
                    raise NotAnswered(f"status_{answer.status_code}", detail="the other side refused")
                yield answer
                deadline.require()  # a body without a length looks whole where it was cut
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            why = "timeout" if deadline.is_over else _why(error)
            raise NotAnswered(why, detail="the other side did not answer") from error

    def _allowed(self, url: Url) -> Address:
        """The address to ask; not one of those that its name stands for may be a private one."""
        parts = urlsplit(url)
        refused = NotAnswered("not_public", detail="an address that is not asked")
        if len(url) > _URL_LIMIT or parts.hostname is None or parts.username is not None:
            raise refused
        found = _addresses(parts.hostname)
        is_local = self.local and all(address.is_loopback for address in found)
        if not is_local and (parts.scheme != "https" or not all(map(_is_public, found))):
            raise refused
        if parts.scheme not in {"http", "https"}:
            raise refused
        return found[0]


class _Deadline:
    """Cuts the connection when its time is over, wherever the exchange is: in the handshake, the headers, the body."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock, self.is_over = threading.Lock(), False
        self._line: socket.socket | None = None

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()

    def trace(self, event: str, told: dict[str, Any]) -> None:
        """httpcore's: a second handle on the connection, because TLS takes the first one away."""
        if event == "connection.connect_tcp.complete":
            with self._lock:
                self._line = told["return_value"].get_extra_info("socket").dup()
        if event.endswith(".complete"):
            self.require()

    def require(self) -> None:
        if self.is_over:
            raise httpx.ReadTimeout("the exchange took too long")

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            if self._line is not None:
                with suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)


def stands_for_private(host: str) -> bool:
    """Whether one of the addresses that a name stands for is private; of one that nobody knows now, nothing is said."""
    try:
        return not all(map(_is_public, _addresses(host)))
    except Unavailable:
        return False


def _is_public(address: Address) -> bool:
    """Also not by a way around: IPv6 that carries an IPv4 address."""
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


def _addresses(host: str) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotAnswered("name_unknown", detail="the name is not known") from error
    return [ipaddress.ip_address(row[4][0]) for row in found]


def _why(error: BaseException | None) -> str:
    """By what it was raised from: the client has one name for a closed port and for a certificate that is not good."""
    kinds = {"timeout": httpx.TimeoutException, "refused": ConnectionRefusedError, "tls": ssl.SSLError}
    while error is not None:
        for why, kind in kinds.items():
            if isinstance(error, kind):
                return why
        error = error.__cause__ or error.__context__
    return "no_answer"


def _media_type(answer: httpx.Response) -> str:
    kind: str = answer.headers.get("content-type", "")
    return kind.partition(";")[0].strip().lower()


def _bounded(answer: httpx.Response, limit: int) -> bytes:
    """The body as it came: what is packed is refused, because a small one can be large unpacked."""
    if answer.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Unavailable("network_unavailable", detail="the answer is encoded, and that was not asked for")
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_raw():
        size += len(part)
        if size > limit:
            raise Unavailable("network_unavailable", detail="the answer is over its bound")
        parts.append(part)
    return b"".join(parts)
