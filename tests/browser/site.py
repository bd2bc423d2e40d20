"""A small static server with the pages' headers (TRUST section 15), which can be stopped in mid-use; and nothing else.

The app serves the same files by its own code; here only what a page needs to load, so that these tests stand alone.
"""

import gzip
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types puente"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".wasm": "application/wasm",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".puente": "application/octet-stream",
}


@lru_cache(maxsize=256)
def _packed(body: bytes) -> bytes:
    """Each page is loaded again and again, by itself and by its worker, and is packed once."""
    return gzip.compress(body, 6, mtime=0)


def reply(to: BaseHTTPRequestHandler, body: bytes, told: Mapping[str, str], status: int = 200) -> None:
    """With the pages' headers and what is told beside them; the connection ends."""
    to.send_response(status)
    for name, value in {**HEADERS, **told, "Content-Length": str(len(body)), "Connection": "close"}.items():
        to.send_header(name, value)
    to.end_headers()
    with suppress(ConnectionError):  # a page that was left hears no answer
        to.wfile.write(body)


class Site:
    """Files by path over HTTP on this machine; `rooms`: first part of the path -> a folder, or bytes by name."""

    def __init__(self, rooms: dict[str, Path | dict[str, bytes]], port: int = 0) -> None:
        self.rooms = rooms
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def stop(self) -> None:
        """Ends the server and frees its port: the network is off for whoever comes now."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def again(self) -> "Site":
        """A new server on the same port, with the same rooms."""
        return Site(self.rooms, self.port)

    def read(self, path: str) -> bytes | None:
        """The bytes under a path, None where there are none."""
        room, _, name = path.strip("/").partition("/")
        place = self.rooms.get(room)
        name = name or "index.html"
        if isinstance(place, dict):
            return place.get(name)
        if place is None:
            return None
        file = (place / name).resolve()
        return file.read_bytes() if file.is_file() and file.is_relative_to(place.resolve()) else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.asked.append(path)
                body = site.read(path)
                status = 404 if body is None else 200
                kind = TYPES.get(Path(path).suffix or ".html", "application/octet-stream")
                body = body or b""
                packed = kind.startswith(("text/", "application/wasm", "application/json"))
                body = _packed(body) if packed else body
                reply(self, body, {"Content-Type": kind, **({"Content-Encoding": "gzip"} if packed else {})}, status)

            def log_message(self, *args: object) -> None:
                """Says nothing: a test's output is its own."""

        return Handler
