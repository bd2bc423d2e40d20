"""One build of the pages, one Chromium for all tests; a page that leaves its origin or breaks the policy fails."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

from tests.browser import planted
from tests.browser.gallery import DRAWN
from tests.browser.live import LiveSite
from tests.browser.site import Site
from tests.databases import SqliteFiles
from tests.journeys.conftest import copied, founded
from tests.journeys.world import Place
from tests.once import once

ROOT = Path(__file__).resolve().parents[2]
PWA = ROOT / "pwa"
UNUSED = (
    *("PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "AimEnabled"),
    *("NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
"""Parts of the browser that no test looks at. The first four drew the list of an address bar that nobody sees in a
process of its own for each new context, more than a third of what opening one takes (measured); the others are those
that Playwright leaves out, over which this list is taken."""
ARGUMENTS = [
    f"--disable-features={','.join(UNUSED)}",
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
    return once(tmp_path_factory, "verifier", partial(build, "verifier"))


@pytest.fixture(scope="session")
def wallet_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wallet's page as shipped."""
    return once(tmp_path_factory, "wallet", partial(build, "wallet"))


@pytest.fixture(scope="session")
def issuer_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issuer's console as shipped."""
    return once(tmp_path_factory, "issuer", partial(build, "issuer"))


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The views over written reports."""
    vite = ("node_modules/vite/bin/vite.js", "build", "--config", "test/gallery/vite.config.ts", "--logLevel", "warn")
    return once(tmp_path_factory, "gallery", lambda folder: node(*vite, "--outDir", str(folder)))


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


@pytest.fixture(scope="session")
def founded_now(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Founded once at the machine's time, closed, copied by every walk."""
    yield from founded(sqlite_files.empty, tmp_path_factory.mktemp("founded"), now=planted.clock())


@pytest.fixture
def place(founded_now: Place, sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Place]:
    """A founded world of its own, at the machine's time, which is the page's too."""
    yield from copied(founded_now, sqlite_files.empty, tmp_path / "data", now=planted.clock())


@pytest.fixture
def live(place: Place, pages: Path, wallet_pages: Path) -> Iterator[LiveSite]:
    """The app itself with the two applications that people use."""
    served = LiveSite(place, {"verifier": pages, "wallet": wallet_pages})
    yield served
    served.stop()


@pytest.fixture
def console(place: Place, issuer_pages: Path) -> Iterator[LiveSite]:
    """The app itself with the page of those who issue."""
    served = LiveSite(place, {"issuer": issuer_pages})
    yield served
    served.stop()


@pytest.fixture
def site(pages: Path) -> Iterator[Site]:
    now = planted.clock()
    served = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(now))})
    yield served
    served.stop()


@pytest.fixture
def wallet_site(wallet_pages: Path) -> Iterator[Site]:
    """The wallet's page alone, with a list of now."""
    served = Site({"wallet": wallet_pages, "bundle": planted.rooms(planted.plan(planted.clock()))})
    yield served
    served.stop()


@pytest.fixture(scope="session")
def gallery_site(gallery: Path) -> Iterator[Site]:
    """The views over written reports, served like the page."""
    served = Site({"verifier": gallery})
    yield served
    served.stop()


@pytest.fixture
def view(gallery_site: Site, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a view of a gallery's page by its name, in a language."""

    def opening(gallery: str, name: str, language: str = "es", **options: object) -> Page:
        page = open_page(gallery_site, reduced_motion="reduce", **options)
        page.goto(f"{gallery_site.url}/verifier/{gallery}#{name}/{language}")
        page.locator("main").wait_for(state="attached")
        page.evaluate(DRAWN)
        return page

    return opening


@pytest.fixture
def show(view: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a view of the verifier's."""
    return partial(view, "")
