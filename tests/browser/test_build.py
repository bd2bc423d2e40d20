"""What is shipped: its weight, the same bytes twice, scripts pinned, every file in the service worker's list."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from tests.browser.conftest import build

FIRST_LOAD = {
    "verifier": 150_000,
    "wallet": 220_000,
    "issuer": 120_000,
}  # bytes compressed, the bundle and the WebAssembly apart


@pytest.fixture(params=["verifier", "wallet", "issuer"])
def page(request: pytest.FixtureRequest) -> str:
    """Each page in turn."""
    name: str = request.param
    return name


@pytest.fixture
def shipped(page: str, pages: Path, wallet_pages: Path, issuer_pages: Path) -> Path:
    """Its folder."""
    return {"verifier": pages, "wallet": wallet_pages, "issuer": issuer_pages}[page]


def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))


def weights(pages: Path) -> dict[str, int]:
    """Each shipped file but the WebAssembly, compressed as a plain server would."""
    files = (file for file in pages.rglob("*") if file.is_file() and file.suffix != ".wasm")
    return {str(file.relative_to(pages)): packed(file) for file in sorted(files)}


def test_the_first_load_is_within_its_budget(page: str, shipped: Path) -> None:
    found = weights(shipped)
    assert sum(found.values()) <= FIRST_LOAD[page], found


def test_two_builds_give_the_same_bytes(page: str, shipped: Path, tmp_path: Path) -> None:
    assert digests(build(page, tmp_path / "again")) == digests(shipped)


def digests(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_service_worker_lists_every_file_with_its_hash(pages: Path, wallet_pages: Path) -> None:
    for shipped in (pages, wallet_pages):
        _listed(shipped)


def test_the_console_is_always_asked_for_anew(issuer_pages: Path) -> None:
    """It can do nothing without its server: no worker keeps an old one of it, nor any answer."""
    assert not (issuer_pages / "sw.js").exists()
    assert "serviceWorker" not in "".join(file.read_text() for file in issuer_pages.glob("assets/*.js"))


def _listed(shipped: Path) -> None:
    worker = (shipped / "sw.js").read_text()
    listed = dict(re.findall(r"path:[`\"']([^`\"']+)[`\"'],sha256:[`\"']([0-9a-f]{64})", worker))
    found = digests(shipped)
    del found["sw.js"]
    assert listed == found


def test_scripts_and_styles_are_pinned_and_nothing_is_inline(page: str, shipped: Path) -> None:
    html = (shipped / "index.html").read_text()
    loaded = re.findall(r"<(?:script|link rel=\"stylesheet\")[^>]*>", html)
    assert len(loaded) == 2
    assert all('integrity="sha384-' in tag and f"/{page}/assets/" in tag for tag in loaded)
    assert "style=" not in html
    assert not re.search(r"<script[^>]*>[^<]", html)


def test_no_other_host_stands_in_what_is_loaded(shipped: Path) -> None:
    """Names of formats, in zxing-wasm a default that is overridden, in a licence or fault its home; no other."""
    allowed = ("www.w3.org", "w3id.org", "fastly.jsdelivr.net", "www.npmjs.com", "simplewebauthn.dev")
    for file in [*shipped.glob("assets/*.js"), shipped / "index.html", *shipped.glob("sw.js")]:
        hosts = set(re.findall(r"https?://([a-z0-9.-]+)", file.read_text()))
        assert hosts <= set(allowed), (file.name, hosts)
