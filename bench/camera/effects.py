"""How each effect is drawn on a picture in grey (float32, 0 black to 1 white). How strong is `conditions.py`'s to say.

First what happened to the sheet or the glass (in its plane, `DENSITY` pixels a millimetre), then what the lens, the
light and the sensor do (in the frame). Each takes its own stream of randomness, so that one more effect leaves the
others as they were.
"""

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Rng = np.random.Generator

DENSITY: Final = 12
"""Pixels a millimetre of a sheet: those of a 5-inch 720p screen."""
_GRAIN: Final = 0.02


def noise_field(shape: tuple[int, int], size: float, rng: Rng) -> Grey:
    """Smooth noise of unit deviation, its blots about `size` pixels wide."""
    coarse = (max(2, round(shape[0] / size)), max(2, round(shape[1] / size)))
    field = cv2.resize(rng.standard_normal(coarse, np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(field / max(float(field.std()), 1e-6), np.float32)


# On the sheet -----------------------------------------------------------------------------------------------------


def printed(sheet: Grey, gain: float, rng: Rng) -> Grey:
    """Ink that spreads by `gain` mm with ragged edges, grey rather than black, on paper with a grain."""
    edge = 0.07
    soft = cv2.GaussianBlur(sheet, (0, 0), edge * DENSITY)
    # A blurred edge is lighter the further out: cut at the tone it has where the ink is to end (a logistic for the
    # error function), and the ink ends there.
    ends = gain + 0.015 * noise_field(sheet.shape, 0.15 * DENSITY, rng)
    cut = 1 / (1 + np.exp(-1.702 * ends / edge))
    ink = np.clip((soft - cut) * 10 + 0.5, 0, 1)
    paper = 0.90 + _GRAIN * noise_field(sheet.shape, 0.3 * DENSITY, rng)
    return np.asarray(0.10 + (paper - 0.10) * ink, np.float32)


def photocopied(sheet: Grey, rng: Rng) -> Grey:
    """A copy: blurred by the glass, cut to nearly two tones at a wandering threshold, with dirt and a drum's streak."""
    soft = cv2.GaussianBlur(sheet, (0, 0), 0.12 * DENSITY)
    threshold = rng.uniform(0.35, 0.6) + 0.05 * noise_field(sheet.shape, 8 * DENSITY, rng)
    copy = np.clip((soft - threshold) * 8 + 0.5, 0, 1)
    for _ in range(int(rng.integers(30, 120))):
        x, y = (rng.random(2) * sheet.shape[::-1]).astype(int)
        cv2.circle(copy, (int(x), int(y)), int(rng.integers(1, 4)), float(rng.choice([0.0, 1.0])), -1, cv2.LINE_AA)
    streak = int(rng.random() * sheet.shape[1])
    copy[:, streak : streak + 2] *= 0.5
    return np.asarray(0.12 + 0.76 * copy, np.float32)


def stained(sheet: Grey, count: int, rng: Rng) -> Grey:
    """Blots with soft, uneven rims that darken what lies under them, within the middle of the sheet."""
    sheet = sheet.copy()
    for _ in range(count):
        radius = rng.uniform(1, 3) * DENSITY
        half = math.ceil(1.6 * radius)
        row, column = (int(at) for at in (0.25 + 0.5 * rng.random(2)) * sheet.shape)
        around = np.arange(-half, half + 1, dtype=np.float32)
        rim = radius * (1 + 0.15 * noise_field((2 * half + 1, 2 * half + 1), radius / 2, rng))
        depth = np.clip((rim - np.hypot(around[:, None], around)) / (0.2 * radius) + 0.5, 0, 1)
        sheet[row - half : row + half + 1, column - half : column + half + 1] *= 1 - rng.uniform(0.4, 0.9) * depth
    return sheet


def folded(sheet: Grey, count: int, rng: Rng) -> Grey:
    """Creases: worn ink along a line, and one side of it darker than the other."""
    for _ in range(count):
        angle, shift = rng.uniform(-0.15, 0.15) + rng.choice([0.0, math.pi / 2]), rng.uniform(-0.25, 0.25)
        x, y = (np.arange(size, dtype=np.float32) - size * (0.5 + shift) for size in sheet.shape[::-1])
        away = x * np.float32(math.cos(angle)) + (y * np.float32(math.sin(angle)))[:, None]
        shade = 1 - rng.uniform(0.1, 0.3) * (away > 0)
        worn = np.maximum(1 - np.abs(away) / (0.3 * DENSITY), 0) * rng.uniform(0.4, 0.9)
        sheet = np.asarray(sheet * shade * (1 - worn) + 0.8 * worn, np.float32)
    return sheet


def cracked(sheet: Grey, count: int, rng: Rng) -> Grey:
    """Glass broken by one blow: jagged lines from a point to the edges, light or dark, and chips around the point."""
    if count == 0:
        return sheet
    sheet = sheet.copy()
    size = np.array(sheet.shape[::-1], float)
    blow = (0.25 + 0.5 * rng.random(2)) * size
    for _ in range(count):
        angle, points = rng.uniform(0, 2 * math.pi), [blow]
        while np.all((points[-1] > 0) & (points[-1] < size)):
            angle += rng.normal(0, 0.25)
            points.append(points[-1] + rng.uniform(4, 12) * DENSITY * np.array([math.cos(angle), math.sin(angle)]))
        width = max(1, round(rng.uniform(0.1, 0.3) * DENSITY))
        tone = float(rng.choice([rng.uniform(0.6, 1), rng.uniform(0, 0.3)]))
        cv2.polylines(sheet, [np.array(points, np.int32)], False, tone, width, cv2.LINE_AA)
    for _ in range(2 * count):
        chip = blow + rng.normal(0, 1.5 * DENSITY, (3, 2))
        cv2.fillConvexPoly(sheet, chip.astype(np.int32), rng.uniform(0.2, 1), cv2.LINE_AA)
    return sheet


# In the frame -----------------------------------------------------------------------------------------------------


def out_of_focus(frame: Grey, disc: float, motion: float, rng: Rng) -> Grey:
    """The lens's disc of confusion, swept along the hand's straight way; both in pixels, one kernel for the two."""
    fine, angle = 8, rng.uniform(0, 2 * math.pi)
    half = math.ceil((disc + motion) / 2)
    side = (2 * half + 1) * fine
    y, x = (np.mgrid[:side, :side] + 0.5) / fine - (half + 0.5)
    swept = np.zeros((side, side))
    for way in np.linspace(-motion / 2, motion / 2, 33):
        swept += np.hypot(x - way * math.cos(angle), y - way * math.sin(angle)) <= max(disc / 2, 0.71 / fine)
    kernel = swept.reshape(2 * half + 1, fine, 2 * half + 1, fine).sum((1, 3))
    return np.asarray(cv2.filter2D(frame, -1, (kernel / kernel.sum()).astype(np.float32)), np.float32)


def unevenly_lit(frame: Grey, lost: float, rng: Rng) -> Grey:
    """Light that fades from one side to the other, and a little towards the corners."""
    angle = rng.uniform(0, 2 * math.pi)
    x, y = (np.linspace(-1, 1, size, dtype=np.float32) for size in frame.shape[::-1])
    fade = 1 - lost / 2 - lost / math.sqrt(8) * (x * math.cos(angle) + (y * math.sin(angle))[:, None])
    return np.asarray(frame * fade * (1 - 0.1 * (x * x + (y * y)[:, None])), np.float32)


def glare(frame: Grey, height: float, centre: tuple[float, float], side: float, rng: Rng) -> Grey:
    """A lamp's reflection somewhere on the code: a spot added on top, with a faint veil around it."""
    angle = rng.uniform(0, 2 * math.pi)
    away = 0.4 * side * math.sqrt(rng.random())
    at = (centre[0] + away * math.cos(angle), centre[1] + away * math.sin(angle))
    sigma = rng.uniform(0.06, 0.12) * side
    x, y = ((np.arange(size) - at) / sigma for size, at in zip(frame.shape[::-1], at, strict=True))
    for tall, wide in ((height, 1), (0.1 * height, 3)):
        bell = np.outer(tall * np.exp(-((y / wide) ** 2) / 2), np.exp(-((x / wide) ** 2) / 2))
        frame = np.asarray(frame + bell, np.float32)
    return frame


def sensed(frame: Grey, sigma: float, rng: Rng) -> NDArray[np.uint8]:
    """What the sensor makes of it: noise that is half shot noise, clipped, in 256 steps."""
    deviation = np.float32(sigma) * np.sqrt(0.25 + 0.75 * np.clip(frame, 0, 1))
    noisy = frame * np.float32(255) + deviation * rng.standard_normal(frame.shape, np.float32)
    return np.asarray(np.clip(noisy + 0.5, 0, 255), np.uint8)


def compressed(frame: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Through JPEG and back."""
    _, data = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])
    back = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    assert back is not None  # it was written a line above
    return np.asarray(back, np.uint8)
