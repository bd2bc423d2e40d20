"""Degraded pictures through the page's reader: % of single frames read, ours and the peers', under the same conditions.

What is drawn is `contestants.py`'s, under what `conditions.py`'s; here they are only counted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bench.camera.conditions import CAMERAS, MIXES, VGA, Camera, Mix
from bench.camera.contestants import OURS, Contestant, contestants
from bench.camera.frames import frame
from bench.camera.reading import Frame, Tally, Texts, page_reader, tally, together
from bench.harness import Row
from bench.world import make_world

BENCH: Final = "camera"
FRAMES: Final = 40
ALONE: Final = "zxing alone"
"""The page's quick look at our codes, without its thorough one."""
FIRST: Final = 1000
"""The first frame's number: the reader was made on others, below this."""

Counts = Mapping[tuple[str, str], Tally]
"""(party, cell) -> what was read of it."""


def run_pictures(frames: int = FRAMES) -> list[Row]:
    """Every mix and camera: a summary beside each peer, then each cell; last, the texts that were never drawn."""
    found: list[Row] = []
    wrong = 0
    shown = contestants(make_world())
    with page_reader() as read:
        for camera in CAMERAS:
            count = frames if camera is VGA else max(2, frames // 8)
            for name, mix in MIXES.items():
                counts = _counted(shown, mix, camera, count, read)
                wrong += together([*counts.values()]).wrong
                found += report(f"{name}-{camera.name}", counts)
    return [*found, _row("wrong", wrong, "count", None, None)]


def report(case: str, counts: Counts) -> list[Row]:
    """The summary (all cells of ours together, beside all of each peer) and a line for each cell and peer."""
    peers = list(dict.fromkeys(party for party, _ in counts if party != OURS))
    whole = {party: together([counts[key] for key in counts if key[0] == party]) for party in (OURS, *peers)}
    rows = [_beside(case, whole[OURS], peer, whole[peer]) for peer in peers]
    for party, cell in counts:
        if party != OURS:
            continue
        name = f"{case}-{cell}"
        against = [peer for peer in peers if (peer, cell) in counts]
        rows += [_beside(name, counts[OURS, cell], peer, counts[peer, cell]) for peer in against]
        if not against:
            rows.append(_row(name, counts[OURS, cell].percent, "%", None, None))
    return rows


def _beside(case: str, ours: Tally, peer: str, theirs: Tally) -> Row:
    return _row(case, ours.percent, "%", peer, theirs.percent)


def _row(case: str, value: float, unit: str, peer: str | None, peer_value: float | None) -> Row:
    ratio = round(value / peer_value, 3) if peer_value else None
    theirs = None if peer_value is None else round(peer_value, 1)
    return Row(bench=BENCH, case=case, value=round(value, 1), unit=unit, peer=peer, peer_value=theirs, ratio=ratio)


def _counted(
    shown: Sequence[Contestant], mix: Mix, camera: Camera, count: int, read: Callable[[Frame], Texts]
) -> dict[tuple[str, str], Tally]:
    counts: dict[tuple[str, str], Tally] = {}
    with ThreadPoolExecutor(2) as hands:
        for one in shown:
            found = [read(seen) for seen in _frames(one, mix, camera, count, hands)]
            counts[one.party, one.cell] = tally(one.code.text, [texts.page for texts in found])
            if one.party == OURS:
                counts[ALONE, one.cell] = tally(one.code.text, [texts.zxing for texts in found])
    return counts


def _frames(one: Contestant, mix: Mix, camera: Camera, count: int, hands: ThreadPoolExecutor) -> Iterator[Frame]:
    return hands.map(lambda number: frame(one.code, mix=mix, camera=camera, number=number), range(FIRST, FIRST + count))
