"""The browser's case of `puente bench kernel`: QR text to verdict in Chromium, with WebCrypto and with noble alone."""

import base64
import functools
import http.server
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from bench.harness import Row, Slice, interleave, rows
from bench.world import NOW, make_world

PAGES: Final = Path(__file__).parent.parent / "pwa"
CHROMIUM: Final = "/usr/bin/chromium"
ROUNDS: Final = 5
SECONDS: Final = 0.5
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Nothing."""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The address of a folder's files, on this machine alone."""
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def run_browser() -> list[Row]:
    """QR text -> graded verdict in the page's own kernel; peer: a bare WebCrypto verification in the same page."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "npx",
            "vite",
            "build",
            "--config",
            "bench/vite.config.ts",
            "--outDir",
            folder,
            "--logLevel",
            "error",
        ]
        subprocess.run(command, cwd=PAGES, check=True)
        with served(folder) as url, sync_playwright() as drive:
            browser = drive.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = browser.new_page()
            page.goto(f"{url}index.html")
            found = _contest(page)
            browser.close()
    return found


def _contest(page: Page) -> list[Row]:
    world = make_world()
    work: dict[str, Any] = {
        "container": base64.b64encode(world.container).decode(),
        "root": base64.b64encode(world.root).decode(),
        "qr": world.qr,
        "now": int(NOW.timestamp() * 1000),
    }
    page.wait_for_function("() => 'contest' in globalThis")
    page.evaluate("async work => { globalThis.slices = await contest(work); }", work)

    def of(name: str) -> Slice:
        def run(seconds: float) -> float:
            return float(page.evaluate("([name, seconds]) => slices[name](seconds)", [name, seconds]))

        return run

    figures = interleave({name: of(name) for name in ("ours", "noble", "bare")}, rounds=ROUNDS, seconds=SECONDS)
    web = {"ours": figures["ours"], "bare": figures["bare"]}
    alone = {"ours": figures["noble"], "bare": figures["bare"]}
    return rows("kernel", "browser-verify", web) + rows("kernel", "browser-verify-noble", alone)
