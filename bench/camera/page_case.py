"""How fast the shipped verifier's page is on a slow phone: four times slowed, network off, a film for a camera.

Two times of each visit, both by the page's own clock: from the navigation until camera and reader are ready, and from
the first frame that holds the code until its verdict is on the screen. What is slowed and how: `pwa/bench/watch.js`.
"""

import json
import statistics
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from playwright.sync_api import BrowserContext, sync_playwright

from bench.browser_case import CHROMIUM, FLAGS, PAGES, served
from bench.camera.conditions import MILD, Camera
from bench.camera.frames import Code, frame
from bench.camera.pictures_case import BENCH
from bench.harness import Row
from bench.world import BenchWorld, make_world
from kernel import qr

VISITS: Final = 5
SLOWNESS: Final = 4
BUDGETS: Final = {"frame-to-verdict-4x": 300, "scan-ready-4x": 3000}
_PREVIEW: Final = Camera(name="720p", width=1280, height=720, fine=1)
"""What the page asks a camera for."""
WITHOUT: Final = 60
WITH: Final = 240
_SHOTS: Final = 6


def run_page() -> list[Row]:
    """The median of some visits, beside its budget: a ratio over 1 means within it."""
    visits = _visits(make_world(datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)))
    return [beside_budget(case, statistics.median(visit[case] for visit in visits)) for case in BUDGETS]


def beside_budget(case: str, value: float) -> Row:
    budget = BUDGETS[case]
    ratio = round(budget / value, 3)
    return Row(bench=BENCH, case=case, value=round(value, 1), unit="ms", peer="budget", peer_value=budget, ratio=ratio)


def _visits(world: BenchWorld) -> list[dict[str, float]]:
    with tempfile.TemporaryDirectory() as place, sync_playwright() as drive:
        folder = Path(place)
        _lay_out(folder, world)
        camera = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
        shown = f"--use-file-for-fake-video-capture={folder / 'camera.mjpeg'}"
        browser = drive.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera, shown])
        context = browser.new_context(locale="es-CO", permissions=["camera"], viewport={"width": 412, "height": 915})
        with served(place) as address:
            _first_visit(context, f"{address}verifier/")
        found = [_visit(context, f"{address}verifier/") for _ in range(VISITS)]
        browser.close()
    return found


def _lay_out(folder: Path, world: BenchWorld) -> None:
    """The page as it is shipped but for a stamp on the reader's answers, the bundle beside it, and the film."""
    to = str(folder / "verifier")
    build = ["node_modules/vite/bin/vite.js", "build", "--mode", "verifier", "--outDir", to, "--logLevel", "error"]
    subprocess.run(["node", *build], cwd=PAGES, check=True, stdout=subprocess.DEVNULL)
    (thread,) = (folder / "verifier" / "assets").glob("reader.worker-*.js")
    thread.write_text((PAGES / "bench" / "stamp.js").read_text() + thread.read_text())
    subprocess.run(["node", "tools/precache.mjs", "verifier", to], cwd=PAGES, check=True, stdout=subprocess.DEVNULL)
    (folder / "bundle").mkdir()
    (folder / "bundle" / "bundle.puente").write_bytes(world.container)
    (folder / "bundle" / "root.json").write_bytes(world.root)
    (folder / "camera.mjpeg").write_bytes(film(world))


def film(world: BenchWorld) -> bytes:
    """Two seconds of a screen without a code, eight with it, in a careful hand; JPEGs in a row, thirty a second."""
    modules = qr.symbol(world.qr, level="M").rows
    edge = bytes(qr.QUIET_ZONE)
    blank = bytes(len(modules) + 2 * qr.QUIET_ZONE)
    margin = (blank,) * qr.QUIET_ZONE
    shown = Code(text=world.qr, rows=(*margin, *(edge + row + edge for row in modules), *margin), medium="screen")
    nothing = Code(text="", rows=(blank,) * len(blank), medium="screen")
    return _shots(nothing, WITHOUT, 0) + _shots(shown, WITH, 255)


def _shots(code: Code, count: int, corner: int) -> bytes:
    """Some pictures in turn; the corner tells the page's watch whether the code is in them."""
    made: list[bytes] = []
    for number in range(_SHOTS):
        picture = frame(code, mix=MILD, camera=_PREVIEW, number=number)
        picture[:16, :16] = corner
        _, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])
        made.append(np.asarray(data).tobytes())
    return b"".join(made[number * _SHOTS // count] for number in range(count))


def _first_visit(context: BrowserContext, address: str) -> None:
    """Everything comes to stay on the device."""
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Lista de confianza del").wait_for()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", polling=100)
    page.close()


def _visit(context: BrowserContext, address: str) -> dict[str, float]:
    page = context.new_page()
    told = {"slowness": SLOWNESS, "label": "Usar la cámara"}
    page.add_init_script(f"globalThis.bench = {json.dumps(told)};")
    page.add_init_script(path=PAGES / "bench" / "watch.js")
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
    # Whatever asked the page meanwhile would be slowed with it, and hold it up.
    with page.expect_console_message(lambda message: message.text == "bench: a verdict"):
        page.goto(address)
    marks: dict[str, float] = page.evaluate("() => marks")
    verdict = page.locator("[role=status][data-verdict]").get_attribute("data-verdict")
    if verdict != "valid":
        raise RuntimeError(f"the bench's own pass must be valid, not {verdict}")
    page.close()
    return {
        "frame-to-verdict-4x": marks["verdict"] - marks["seen"],
        "scan-ready-4x": max(marks["warm"], marks["running"]),
    }
