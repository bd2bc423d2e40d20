"""`puente bench delta`: a day's update by codes, how large it is and how long a phone's camera needs to take it in.

The camera is Chromium's own fake one: it plays the frames as the other phone shows them, 400 ms each, into the page as
it is shipped. Counted from the tap that opens the camera until the page says that the list is in.
"""

import gzip
import io
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bench.browser_case import CHROMIUM, FLAGS, PAGES, served
from bench.harness import Row
from bench.permits import two_days
from kernel import qr
from kernel.bundle import delta
from kernel.bundle.delta_text import read
from kernel.encoding import base45_encode
from registry.build import Published, lay_out

RUNS: Final = 3
FRAME_PICTURES: Final = 12
"""Pictures of one frame: 400 ms at the 30 a second that the fake camera gives."""
PATIENCE: Final = 120_000
"""Milliseconds until a run counts as failed; what is promised is a quarter of it."""
_CAMERA: Final = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


def run_delta() -> list[Row]:
    """Characters beside the same update with its metadata whole, packed by gzip; frames; seconds on camera."""
    old, new = two_days(datetime.now(UTC).replace(microsecond=0))
    text = delta.make(old.files, new.files)
    frames = delta.show(text)
    whole = _whole(text, new)
    chars, whole = len(text), _whole(text, new)
    peer = "metadata whole by gzip, same gaps"
    return [
        _row("day-200-18-text", chars, "chars", peer=peer, peer_value=whole, ratio=round(whole / chars, 3)),
        _row("day-200-18-frames", len(frames), "frames"),
        _row("day-200-18-camera", _on_camera(old, frames), "s"),
    ]


def _row(
    case: str,
    value: float,
    unit: str,
    *,
    peer: str | None = None,
    peer_value: float | None = None,
    ratio: float | None = None,
) -> Row:
    return Row(
        bench="delta", case=case, value=round(value, 2), unit=unit, peer=peer, peer_value=peer_value, ratio=ratio
    )


def _whole(text: str, new: Published) -> int:
    """Characters of the update where metadata travels whole but packed, as TRUST section 5 first measured it."""
    found = read(text)
    metadata = gzip.compress(b"".join(new.files[path] for path in found.files), 9, mtime=0)
    gaps = [len(path) + 2 + 2 * len(places) for path, places in found.lists.items()]
    return len(base45_encode(bytes(len(metadata) + sum(gaps))))


def _on_camera(old: Published, frames: tuple[str, ...]) -> float:
    """The slowest of some runs, each on a phone of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        film = folder / "camera.mjpeg"
        film.write_bytes(_film(frames))
        command = ["npx", "vite", "build", "--mode", "verifier", "--outDir", str(folder / "verifier")]
        subprocess.run([*command, "--logLevel", "error"], cwd=PAGES, check=True)
        for name, raw in lay_out(old).items():
            file = folder / "bundle" / name.removeprefix("bundle/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        with served(place) as url, sync_playwright() as drive:
            more = (*_CAMERA, f"--use-file-for-fake-video-capture={film}")
            browser = drive.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])
            found = [_seconds(browser.new_page(), f"{url}verifier/") for _ in range(RUNS)]
            browser.close()
    return max(found)


def _seconds(page: Page, url: str) -> float:
    page.context.grant_permissions(["camera"])
    page.goto(url)
    page.get_by_text("Lista de confianza del").wait_for()
    started = time.perf_counter()
    page.get_by_role("button", name="Usar la cámara", exact=True).click()
    page.get_by_text("Este teléfono ya tiene la versión 2.").wait_for(timeout=PATIENCE)
    return time.perf_counter() - started


def _film(frames: tuple[str, ...]) -> bytes:
    """The other phone in a camera's picture: JPEGs in a row, each frame for its time."""
    out = io.BytesIO()
    for frame in frames:
        code = Image.open(io.BytesIO(qr.png(qr.symbol(frame, level="M"), 8))).convert("RGB")
        scene = Image.new("RGB", (1280, 720), (96, 90, 104))
        scene.paste(code, ((1280 - code.width) // 2, (720 - code.height) // 2))
        for _ in range(FRAME_PICTURES):
            scene.save(out, "JPEG", quality=85)
    return out.getvalue()
