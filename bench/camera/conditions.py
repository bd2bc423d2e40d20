"""The conditions under which a code is looked at: named effects, each with a mild and a harsh strength. Numbers alone.

They were written down before anything was read with them and are not changed to suit a reader. Harsh means all effects
at once in every picture: a code that fills half to three quarters of the frame's height, seen askew by a camera out of
focus and in motion, in bad light with a glare spot on it, behind cracked glass or on a stained, folded sheet, of which
every second is a photocopy, with a noisy sensor and hard compression. Mild is a careful hand with a plain camera: the
same effects, each small or absent.

Lengths on the code are millimetres in its own plane (the model of FORMAT 8.3: a fixed-focus lens, f 2.4 mm at f/2.4,
focused at 50 cm, blurs 0.8 mm at 10 cm), so that they weigh as on a phone: a smaller module suffers more.
How an effect is drawn: `effects.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Medium = Literal["screen", "paper"]
Range = tuple[float, float]
Mix = Mapping[str, Range]


@dataclass(frozen=True, kw_only=True, slots=True)
class Camera:
    """Pixels of one frame; `fine` times as many on each side while it is drawn."""

    name: str
    width: int
    height: int
    fine: int


VGA: Final = Camera(name="480p", width=640, height=480, fine=2)
TWO_MEGAPIXELS: Final = Camera(name="2mp", width=1600, height=1200, fine=1)
CAMERAS: Final = (VGA, TWO_MEGAPIXELS)

FIELD: Final = 0.87
"""Height of what a phone's camera sees, as a part of the distance: 47 degrees."""

MILD: Final[Mix] = MappingProxyType(
    {
        "fill": (0.60, 0.85),  # the code with its quiet zone, of the frame's height; less where it would not fit in
        "rotation": (-12, 12),  # degrees in the plane
        "tilt": (0, 10),  # degrees out of the plane, about any axis
        "lens": (0.4, 0.8),  # Gaussian sigma, pixels of the frame
        "defocus": (0, 0.25),  # diameter of the disc of confusion, mm on the code
        "motion": (0, 0.2),  # way of the hand during the exposure, mm on the code
        "uneven": (0, 0.25),  # part of the light lost from one side to the other
        "white": (0.70, 0.95),  # where white ends up, of full scale
        "noise": (2, 6),  # sigma at white, of 255; half of it in the dark
        "glare": (
            0,
            0.3,
        ),  # height of the spot, of full scale; sigma 6 to 12 % of the side, at most 40 % off the centre
        "jpeg": (60, 90),  # quality
        "cracks": (0, 1),  # screen: cracks of 0.1 to 0.3 mm from one blow
        "gain": (0, 0.04),  # paper: how far ink spreads, mm
        "stains": (0, 1),  # paper: blots of 1 to 3 mm radius
        "folds": (0, 0),  # paper: creases through the code
        "photocopied": (0.25, 0.25),  # paper: part of the sheets that are copies: near two tones, uneven lamp, dirt
    }
)
HARSH: Final[Mix] = MappingProxyType(
    {
        "fill": (0.50, 0.75),
        "rotation": (-20, 20),
        "tilt": (8, 22),
        "lens": (0.5, 0.9),
        "defocus": (0.2, 0.6),
        "motion": (0.2, 0.6),
        "uneven": (0.25, 0.60),
        "white": (0.35, 0.70),
        "noise": (6, 12),
        "glare": (0.5, 1.3),
        "jpeg": (35, 60),
        "cracks": (3, 6),
        "gain": (0.03, 0.09),
        "stains": (1, 3),
        "folds": (1, 1),
        "photocopied": (0.5, 0.5),
    }
)
ON_SCREEN: Final = frozenset({"cracks"})
ON_PAPER: Final = frozenset({"gain", "stains", "folds", "photocopied"})
"""Effects that only one medium has; the others are in every picture."""
MIXES: Final[Mapping[str, Mix]] = MappingProxyType({"mild": MILD, "harsh": HARSH})


def only(effect: str) -> Mix:
    """The mild mix with one effect at its harsh strength."""
    return {**MILD, effect: HARSH[effect]}
