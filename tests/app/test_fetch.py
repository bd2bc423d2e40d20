"""The network port against a real server on this machine: bounds, refusals, redirects, private addresses."""

import http.server
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from app.fetch import HttpsFetch, NotAnswered, _is_public
from kernel.errors import Unavailable
from kernel.ports import Answered, Asked
from schemas.identifiers import Url


class Pages(http.server.BaseHTTPRequestHandler):
    """Four pages: good, large, elsewhere, refused."""

    def do_GET(self) -> None:
        answers = {"/good": (200, b'{"a":1}'), "/large": (200, b"x" * 5000), "/moved": (302, b""), "/no": (403, b"")}
        status, body = answers[self.path]
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "/good")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(422 if self.path == "/why" else 201)
        if self.path == "/why":
            self.send_header("Content-Type", "application/problem+json")
        self.end_headers()
        self.wfile.write(body[::-1])

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = {"/kept": 204, "/busy": 429, "/broken": 500}[self.path]
        self.send_response(status)
        self.send_header("ETag", self.headers["If-Match"])
        self.send_header("Retry-After", body.decode())
        if status != 204:
            self.send_header("Content-Type", "application/problem+json")
        self.end_headers()
        if status != 204:
            self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Quiet."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_it_reads_within_its_bound(host: str) -> None:
    fetched = HttpsFetch(local=True).get(Url(f"{host}/good"), accept="application/json", limit=100)
    assert (fetched.body, fetched.media_type) == (b'{"a":1}', "application/json")
    assert HttpsFetch(local=True).post(Url(f"{host}/p"), b"abc", media_type="text/plain", limit=9).body == b"cba"


def test_a_refusal_that_says_why_is_read(host: str) -> None:
    said = HttpsFetch(local=True).post(Url(f"{host}/why"), b"}{", media_type="application/json", limit=9)
    assert (said.media_type, said.body) == ("application/problem+json", b"{}")


def put(host: str, path: str, body: bytes = b"40") -> Answered:
    asked = Asked(method="PUT", url=Url(host + path), headers={"If-Match": '"7"'}, body=body)
    return HttpsFetch(local=True).ask(asked, limit=100)


def test_an_api_is_asked_by_its_method_with_headers_and_says_when_again(host: str) -> None:
    kept, busy = put(host, "/kept"), put(host, "/busy")
    assert (kept.status, kept.body, kept.etag) == (204, b"", '"7"')
    assert (busy.status, busy.body, busy.retry_after) == (429, b"{}", 40)
    for odd in ("soon", "-1", "9" * 9, "²"):
        assert put(host, "/kept", odd.encode("utf-8")).retry_after is None
    with pytest.raises(Unavailable):
        put(host, "/broken")


def test_an_api_s_secrets_are_not_shown(host: str) -> None:
    asked = Asked(method="PUT", url=Url(host), headers={"Puente-Sync": "a-token"}, body=b"a-body")
    assert "a-token" not in repr(asked)
    assert "a-body" not in repr(asked)


@pytest.mark.parametrize("page", ["/large", "/moved", "/no"])
def test_what_is_large_moved_or_refused_is_unavailable(host: str, page: str) -> None:
    with pytest.raises(Unavailable) as caught:
        HttpsFetch(local=True).get(Url(host + page), accept="*/*", limit=4096)
    assert caught.value.code == "network_unavailable"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "http://192.0.2.1/",
        "https://a@b.example/",
        "ftp://x/",
    ],
)
def test_private_addresses_and_other_schemes_are_never_asked(url: str) -> None:
    with pytest.raises(Unavailable):
        HttpsFetch().get(Url(url), accept="*/*", limit=10)


PRIVATE = (
    "127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.0.9", "198.18.0.1", "0.0.0.0",
    "240.0.0.1", "255.255.255.255", "224.0.0.1", "::1", "::", "::10.0.0.1", "::8.8.8.8",
    "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::",
    "2001::1", "fc00::1", "fe80::1",
    "fec0::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1", "ff02::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_or_carries_a_private_one_is_not_public(address: str) -> None:
    assert not _is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "190.24.0.1", "2001:4860:4860::8888", "2800:3f0::1"])
def test_others_are(address: str) -> None:
    assert _is_public(ipaddress.ip_address(address))


@contextmanager
def answering(head: bytes, drop: bytes, *, every: float) -> Iterator[str]:
    """A server that says its beginning, and then drop by drop without an end."""
    stop = threading.Event()

    def serve() -> None:
        with suppress(OSError):
            line, _ = listening.accept()
            with line, suppress(OSError):
                line.recv(65_536)
                line.sendall(head)
                while not stop.wait(every):
                    line.sendall(drop)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        stop.set()
        thread.join(5)


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "head", [HEAD, HEAD + b"X-A: ", HEAD + b"\r\n", HEAD + b"Content-Length: 60000\r\n\r\n"],
    ids=["no header", "a header", "a body without a length", "a body"],
)  # fmt: skip
def test_an_exchange_that_drips_ends_when_its_time_is_over(head: bytes) -> None:
    with answering(head, b"a", every=0.05) as url:
        begun = time.monotonic()
        with pytest.raises(Unavailable) as caught:
            HttpsFetch(local=True, within=0.5).get(Url(url), accept="*/*", limit=65_536)
        assert time.monotonic() - begun < 5
    assert caught.value.code == "network_unavailable"


@contextmanager
def shut() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def why(url: str, *, local: bool = True) -> str:
    with pytest.raises(NotAnswered) as caught:
        HttpsFetch(local=local, within=0.5).ask(Asked(method="PUT", url=Url(url), headers={}, body=b"7"), limit=100)
    return caught.value.why


def test_why_nothing_came_is_told_by_a_short_code(host: str) -> None:
    headers = {"If-Match": "x"}
    with pytest.raises(NotAnswered) as caught:
        HttpsFetch(local=True).ask(Asked(method="PUT", url=Url(f"{host}/broken"), headers=headers, body=b"7"), limit=9)
    assert caught.value.why == "status_500"
    assert why(host.replace("http:", "https:")) == "tls"
    assert why("https://nobody.invalid/") == "name_unknown"
    assert why("https://10.0.0.1/", local=False) == "not_public"
    with shut() as nobody:
        assert why(nobody) == "refused"
    with answering(HEAD, b"a", every=0.05) as slow:
        assert why(slow) == "timeout"
    with answering(HEAD, b"", every=0.05) as silent:
        assert why(silent) == "timeout"


def test_a_packed_answer_is_refused_unread() -> None:
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: 60000\r\n\r\n"
    with answering(head, b"a", every=60) as url, pytest.raises(Unavailable) as caught:
        HttpsFetch(local=True).get(Url(url), accept="*/*", limit=65_536)
    assert "encoded" in caught.value.detail


def test_this_machine_is_asked_only_in_development(host: str) -> None:
    with pytest.raises(Unavailable):
        HttpsFetch().get(Url(f"{host}/good"), accept="*/*", limit=100)
