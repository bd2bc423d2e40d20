"""One camera frame of a code, drawn from its name alone: contestant, mix, camera and number give the same bytes always.

Every contestant of one medium is drawn on the same square, and frame number n has the same conditions for all of them:
only the code differs. What the effects do is `effects.py`'s; how strong they are, `conditions.py`'s.
"""

import functools
import math
import zlib
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.camera import effects
from bench.camera.conditions import FIELD, Camera, Medium, Mix
from bench.camera.effects import DENSITY, Grey, Rng

SIDE: Final[dict[Medium, float]] = {"screen": 62.2, "paper": 51.0}
"""Millimetres of a code with its quiet zone: a 5-inch screen's width; 15-Q in modules of 0.6 mm (FORMAT 8.4)."""

_MARGIN: Final = 14.0
_BLACK: Final = 0.06
_WHITE: Final = 0.92


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A symbol as it is shown: rows of bytes (1 = dark) with the quiet zone around, and what it must read as."""

    text: str
    rows: tuple[bytes, ...]
    medium: Medium


def frame(code: Code, *, mix: Mix, camera: Camera, number: int) -> NDArray[np.uint8]:
    """The grey frame `number` of this code under this mix. Deterministic."""
    draw = _Draw(mix=mix, number=number)
    side = SIDE[code.medium]
    sheet = _damaged(_sheet(code), code.medium, draw)
    corners, pitch = _corners(side, camera, draw)
    seen = _through_lens(_placed(sheet, corners, camera, draw), pitch, camera, draw)
    middle = corners.mean(0)
    lit = effects.unevenly_lit(seen * np.float32(draw.of("white")), draw.of("uneven"), draw.stream("uneven"))
    lit = effects.glare(lit, draw.of("glare"), (middle[0], middle[1]), side * pitch, draw.stream("glare"))
    return effects.compressed(effects.sensed(lit, draw.of("noise"), draw.stream("noise")), draw.whole("jpeg"))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draw:
    """The dice of one frame: each effect has a stream of its own, the strength is its first number."""

    mix: Mix
    number: int

    def stream(self, effect: str) -> Rng:
        return np.random.default_rng((self.number, zlib.crc32(effect.encode()), 1))

    def of(self, effect: str) -> float:
        low, high = self.mix[effect]
        return low + (high - low) * float(np.random.default_rng((self.number, zlib.crc32(effect.encode()))).random())

    def whole(self, effect: str) -> int:
        low, high = self.mix[effect]
        dice = np.random.default_rng((self.number, zlib.crc32(effect.encode())))
        return int(dice.integers(round(low), round(high), endpoint=True))

    def happens(self, effect: str) -> bool:
        return float(self.stream(effect).random()) < self.of(effect)


@functools.lru_cache(maxsize=16)
def _sheet(code: Code) -> Grey:
    """The code in the middle of a sheet or a page, lines of text above and below it."""
    side, margin = round(SIDE[code.medium] * DENSITY), round(_MARGIN * DENSITY)
    modules = 1 - np.array([list(row) for row in code.rows], np.float32)
    scale = math.ceil(2 * side / len(modules))
    drawn = cv2.resize(
        np.kron(modules, np.ones((scale, scale), np.float32)), (side, side), interpolation=cv2.INTER_AREA
    )
    sheet = np.ones((side + 2 * margin, side + 2 * margin), np.float32)
    words = np.random.default_rng(0)
    for top in (
        *range(DENSITY, margin - 2 * DENSITY, 4 * DENSITY),
        *range(side + margin, sheet.shape[0] - 2 * DENSITY, 4 * DENSITY),
    ):
        x = margin
        while x < side:
            width = int(words.integers(2, 10)) * DENSITY
            sheet[top : top + 2 * DENSITY, x : x + width] = 1 - (words.random((1, width)) < 0.4)
            x += width + DENSITY
    sheet[margin:-margin, margin:-margin] = drawn
    return sheet


def _damaged(sheet: Grey, medium: Medium, draw: _Draw) -> Grey:
    if medium == "screen":
        shown = np.asarray(_BLACK + (_WHITE - _BLACK) * sheet, np.float32)
        return effects.cracked(shown, draw.whole("cracks"), draw.stream("cracks"))
    paper = effects.printed(sheet, draw.of("gain"), draw.stream("gain"))
    if draw.happens("photocopied"):
        paper = effects.photocopied(paper, draw.stream("copy"))
    paper = effects.stained(paper, draw.whole("stains"), draw.stream("stains"))
    return effects.folded(paper, draw.whole("folds"), draw.stream("folds"))


def _corners(side: float, camera: Camera, draw: _Draw) -> tuple[NDArray[np.float64], float]:
    """Where the code's four corners come to lie in the frame, and pixels a millimetre there."""
    fill = draw.of("fill")
    place = draw.stream("fill").uniform(-1, 1, 2)
    while True:
        away = side / fill / FIELD
        focal = camera.height / FIELD
        found = _turned(side, draw) + np.array([0, 0, away])
        flat = found[:, :2] / found[:, 2:] * focal
        size = flat.max(0) - flat.min(0)
        free = np.array([camera.width, camera.height]) - size
        if (free >= 0).all():
            shift = free * (0.5 + 0.5 * place) - flat.min(0)
            return flat + shift, focal / away
        fill *= 0.98


def _turned(side: float, draw: _Draw) -> NDArray[np.float64]:
    """The corners of the square in space, turned in its plane and tilted out of it."""
    turn, tilt = math.radians(draw.of("rotation")), math.radians(draw.of("tilt"))
    axis = draw.stream("tilt").uniform(0, 2 * math.pi)
    half = side / 2
    square = np.array([[-half, -half, 0], [half, -half, 0], [half, half, 0], [-half, half, 0]])
    spin = np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]])
    lean, _ = cv2.Rodrigues(tilt * np.array([math.cos(axis), math.sin(axis), 0.0]))
    return np.asarray(square @ spin.T @ lean.T, np.float64)


def _placed(sheet: Grey, corners: NDArray[np.float64], camera: Camera, draw: _Draw) -> Grey:
    """The sheet in the frame, over a table with something on it; `fine` times the frame's pixels."""
    width, height = camera.width * camera.fine, camera.height * camera.fine
    margin, end = _MARGIN * DENSITY, sheet.shape[0] - _MARGIN * DENSITY
    before = np.array([[margin, margin], [end, margin], [end, end], [margin, end]], np.float32) - 0.5
    after = (corners * camera.fine - 0.5).astype(np.float32)
    table = draw.stream("table")
    ground = 0.45 + 0.18 * effects.noise_field((height, width), height / 4, table)
    ground = np.asarray(
        np.clip(ground + 0.03 * effects.noise_field((height, width), 3 * camera.fine, table), 0, 1), np.float32
    )
    matrix = cv2.getPerspectiveTransform(before, after)
    cv2.warpPerspective(sheet, matrix, (width, height), ground, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
    return ground


def _through_lens(scene: Grey, pitch: float, camera: Camera, draw: _Draw) -> Grey:
    """Out of focus, in motion, softened by the lens, then gathered into the frame's pixels."""
    millimetre = pitch * camera.fine
    disc, motion = draw.of("defocus") * millimetre, draw.of("motion") * millimetre
    blurred = effects.out_of_focus(scene, disc, motion, draw.stream("motion"))
    soft = cv2.GaussianBlur(blurred, (0, 0), draw.of("lens") * camera.fine)
    if camera.fine == 1:
        return np.asarray(soft, np.float32)
    return np.asarray(cv2.resize(soft, (camera.width, camera.height), interpolation=cv2.INTER_AREA), np.float32)
