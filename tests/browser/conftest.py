"""One build of the pages, one Chromium for all tests; a page that leaves its origin or breaks the policy fails."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

from tests.browser import planted
from tests.browser.live import LiveSite
from tests.browser.site import Site
from tests.databases import SqliteFiles
from tests.fakes import FixedClock
from tests.journeys.world import Place

ROOT = Path(__file__).resolve().parents[2]
PWA = ROOT / "pwa"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
WATCH = """
addEventListener("securitypolicyviolation", (event) => {
  (window.__violations ??= []).push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""


def chromium() -> str:
    """Where Chromium is; a machine without one fails by name."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("Chromium is required: apt-get install -y --no-install-recommends chromium")
    return found


def node(*command: str, root: Path = PWA) -> None:
    """Runs a tool of the pages' own dependencies; what it said is in the failure."""
    run = subprocess.run(["node", *command], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def build(page: str, folder: Path, *, root: Path = PWA) -> Path:
    """One page, built as it is shipped, from the sources at `root`."""
    vite = ("node_modules/vite/bin/vite.js", "build", "--mode", page, "--outDir", str(folder), "--logLevel", "warn")
    node(*vite, root=root)
    node("tools/precache.mjs", page, str(folder), root=root)
    return folder


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The verifier's page as shipped, built into a folder of this run."""
    return build("verifier", tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def wallet_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wallet's page as shipped."""
    return build("wallet", tmp_path_factory.mktemp("wallet"))


@pytest.fixture(scope="session")
def issuer_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issuer's console as shipped."""
    return build("issuer", tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The views over written reports."""
    folder = tmp_path_factory.mktemp("gallery")
    config = "test/gallery/vite.config.ts"
    node("node_modules/vite/bin/vite.js", "build", "--config", config, "--outDir", str(folder), "--logLevel", "warn")
    return folder


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Callable[..., Browser]:
    """Starts Chromium, with more arguments where a test needs them (a camera's video is one)."""
    return lambda *more: playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, *more])


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    started = launch()
    yield started
    started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in fresh contexts, watched: none may err, break the policy or leave its origin."""
    opened: list[tuple[Page, list[str]]] = []

    def opening(site: Site | LiveSite, *, within: Browser | None = None, **options: object) -> Page:
        settings: dict[str, object] = {"viewport": {"width": 412, "height": 915}, "locale": "es-CO", **options}
        page = (within or browser).new_context(**settings).new_page()  # type: ignore[arg-type]  # options as Playwright names them
        faults = watch(page, site)
        opened.append((page, faults))
        return page

    yield opening
    found: list[str] = []
    for page, faults in opened:
        found += [*faults, *violations(page)]
        page.context.close()
    assert found == []


def watch(page: Page, site: Site | LiveSite) -> list[str]:
    """Notes every fault of a page: an error in it, a broken policy, a request to any other origin."""
    faults: list[str] = []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: faults.append(f"error {error}"))

    def heard(line: ConsoleMessage) -> None:
        if "Content Security Policy" in line.text:
            faults.append(f"console {line.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((site.url, "blob:", "data:")):
            faults.append(f"left for {request.url}")

    page.on("console", heard)
    page.context.on("request", asked)
    return faults


def violations(page: Page) -> list[str]:
    """What the page's policy has stopped so far; a page whose browser is gone was asked before."""
    found: list[str] = [] if page.is_closed() else page.evaluate("window.__violations ?? []")
    return found


@pytest.fixture
def live(pages: Path, wallet_pages: Path, sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[LiveSite]:
    """The app itself with a founded world, at the machine's time, which is the page's too."""
    with sqlite_files.empty() as url:
        place = Place(url=url, folder=tmp_path / "data", clock=FixedClock(at=planted.clock()))
        place.found()
        served = LiveSite(place, {"verifier": pages, "wallet": wallet_pages})
        yield served
        served.stop()
        place.close()


@pytest.fixture
def site(pages: Path) -> Iterator[Site]:
    now = planted.clock()
    served = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(now))})
    yield served
    served.stop()


@pytest.fixture(scope="session")
def gallery_site(gallery: Path) -> Iterator[Site]:
    """The views over written reports, served like the page."""
    served = Site({"verifier": gallery})
    yield served
    served.stop()


@pytest.fixture
def show(gallery_site: Site, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a view by its name in a language."""

    def showing(name: str, language: str = "es", **options: object) -> Page:
        page = open_page(gallery_site, reduced_motion="reduce", **options)
        page.goto(f"{gallery_site.url}/verifier/#{name}/{language}")
        page.locator("main").wait_for(state="attached")
        return page

    return showing
