"""What is shipped: its weight, the same bytes twice, scripts pinned, every file in the service worker's list."""

import gzip
import hashlib
import re
from pathlib import Path

from tests.browser.conftest import node

FIRST_LOAD = 150_000  # bytes compressed, the bundle and the reader's WebAssembly apart


def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))


def weights(pages: Path) -> dict[str, int]:
    """Each shipped file but the WebAssembly, compressed as a plain server would."""
    files = (file for file in pages.rglob("*") if file.is_file() and file.suffix != ".wasm")
    return {str(file.relative_to(pages)): packed(file) for file in sorted(files)}


def test_the_first_load_is_within_its_budget(pages: Path) -> None:
    found = weights(pages)
    assert sum(found.values()) <= FIRST_LOAD, found


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        node("node_modules/vite/bin/vite.js", "build", "--outDir", str(tmp_path / name), "--logLevel", "warn")
        node("tools/precache.mjs", str(tmp_path / name))
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def digests(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_service_worker_lists_every_file_with_its_hash(pages: Path) -> None:
    worker = (pages / "sw.js").read_text()
    listed = dict(re.findall(r"path:[`\"']([^`\"']+)[`\"'],sha256:[`\"']([0-9a-f]{64})", worker))
    found = digests(pages)
    del found["sw.js"]
    assert listed == found


def test_scripts_and_styles_are_pinned_and_nothing_is_inline(pages: Path) -> None:
    page = (pages / "index.html").read_text()
    loaded = re.findall(r"<(?:script|link rel=\"stylesheet\")[^>]*>", page)
    assert len(loaded) == 2
    assert all('integrity="sha384-' in tag and "/verifier/assets/" in tag for tag in loaded)
    assert "style=" not in page
    assert not re.search(r"<script[^>]*>[^<]", page)


def test_no_other_host_stands_in_what_is_loaded(pages: Path) -> None:
    """Addresses in scripts: names of formats and, in zxing-wasm, a default that is overridden; no other."""
    allowed = ("www.w3.org", "w3id.org", "fastly.jsdelivr.net")
    for file in [*pages.glob("assets/*.js"), pages / "index.html", pages / "sw.js"]:
        hosts = set(re.findall(r"https?://([a-z0-9.-]+)", file.read_text()))
        assert hosts <= set(allowed), (file.name, hosts)
