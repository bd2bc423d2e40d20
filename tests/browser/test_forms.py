"""The views as pictures: six verdicts told apart without colour or words, and the screenshots of the documents."""

import io
import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFilter, ImageOps
from playwright.sync_api import Page

from tests.browser.conftest import ROOT
from tests.browser.gallery import turn

pytestmark = pytest.mark.browser

VERDICTS = ("valid", "valid_as_of", "expired", "revoked", "under_review", "cannot_verify")
WORDLESS = """() => document.querySelectorAll('.v h1, .v p, .v .reason, .v .bar').forEach((part) => {
  part.style.visibility = 'hidden';
})"""


def outline(page: Page) -> set[tuple[int, int]]:
    """Where lines and edges stand in the panel, in grey and with its words taken away."""
    page.evaluate(WORDLESS)
    picture = page.screenshot(clip={"x": 0.0, "y": 0.0, "width": 412.0, "height": 420.0})
    grey = ImageOps.autocontrast(Image.open(io.BytesIO(picture)).convert("L"))
    edges = grey.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.GaussianBlur(2)).resize((103, 105))
    return {(at % 103, at // 103) for at, light in enumerate(edges.tobytes()) if light > 24}


def test_verdicts_read_by_their_form_alone(show: Callable[..., Page]) -> None:
    """Neither colour nor word: the silhouettes, their places and the bridges still tell the six apart."""
    page = show("valid")
    forms = {}
    for verdict in VERDICTS:
        turn(page, verdict.replace("_", "-"), "es")
        forms[verdict] = outline(page)
    pairs = itertools.combinations(VERDICTS, 2)
    alike = {(one, other): len(forms[one] & forms[other]) / len(forms[one] | forms[other]) for one, other in pairs}
    assert max(alike.values()) < 0.5, alike


PICTURES = {
    "verifier-question": "question",
    "verifier-fair": "fair",
    "verifier-receipt": "receipt",
    "verifier-hiring": "hiring",
    "verifier-start": "start",
    "verifier-camera": "camera-frames",
    "verifier-valid": "valid",
    "verifier-valid-live": "valid-live",
    "verifier-valid-as-of": "valid-as-of",
    "verifier-expired": "expired",
    "verifier-revoked": "revoked",
    "verifier-under-review": "under-review",
    "verifier-cannot-verify": "cannot-verify",
    "verifier-two-passes": "two-passes",
    "verifier-empty": "start-empty",
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_of_the_main_views(show: Callable[..., Page], name: str, tmp_path: Path) -> None:
    folder = ROOT / "docs/pictures" if os.environ.get("PUENTE_PICTURES") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page = show(PICTURES[name], device_scale_factor=1.25)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    assert (folder / f"{name}.png").stat().st_size > 5_000
