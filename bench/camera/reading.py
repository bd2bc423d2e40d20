"""The page's own reader in Node, given one frame at a time and one try each; and the tally of what it read.

One try is the quick look and the thorough one; from a camera the page takes the second at every third frame that gives
nothing. Beside it zxing alone with the page's options, on the same frames.
"""

import json
import struct
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

PAGES: Final = Path(__file__).parents[2] / "pwa"
Frame = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Of so many frames, how many gave the text that was drawn, and how many any other text."""

    frames: int
    read: int
    wrong: int

    @property
    def percent(self) -> float:
        """How many of a hundred were read."""
        return 100 * self.read / self.frames


def tally(drawn: str, found: Sequence[Sequence[str]]) -> Tally:
    """A frame that gave the drawn text and another one besides is both read and wrong."""
    return Tally(
        frames=len(found),
        read=sum(drawn in texts for texts in found),
        wrong=sum(any(text != drawn for text in texts) for texts in found),
    )


def together(tallies: Sequence[Tally]) -> Tally:
    """All frames of several tallies."""
    return Tally(
        frames=sum(one.frames for one in tallies),
        read=sum(one.read for one in tallies),
        wrong=sum(one.wrong for one in tallies),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """What one frame gave: by the page's reader, and by zxing alone."""

    page: tuple[str, ...]
    zxing: tuple[str, ...]


@contextmanager
def page_reader() -> Iterator[Callable[[Frame], Texts]]:
    """The reader: a grey frame in, the texts out."""
    child = subprocess.Popen(
        ["node", "--import", "tsx", "bench/read.ts"], cwd=PAGES, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("pipes were asked for")
    into, out = child.stdin, child.stdout

    def read(frame: Frame) -> Texts:
        height, width = frame.shape
        into.write(struct.pack("<II", width, height) + frame.tobytes())
        into.flush()
        line = out.readline()
        if not line:
            raise RuntimeError("the reader ended; run it by hand: node --import tsx pwa/bench/read.ts")
        found = json.loads(line)
        return Texts(page=tuple(found["page"]), zxing=tuple(found["zxing"]))

    try:
        yield read
    finally:
        into.close()
        child.wait(timeout=10)
        out.close()
