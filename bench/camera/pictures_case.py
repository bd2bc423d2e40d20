"""Degraded pictures through the page's reader: % of single frames read, ours and the peers', under the same conditions.

What is drawn is `contestants.py`'s, under what `conditions.py`'s; here they are only counted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from bench.camera.conditions import CAMERAS, HARSH, MIXES, ON_PAPER, VGA, Camera, Mix, only
from bench.camera.contestants import OURS, Contestant, contestants
from bench.camera.frames import Code, frame
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
    """Each mix and camera: a summary beside each peer, then each cell; each effect alone; texts never drawn."""
    found: list[Row] = []
    wrong = 0
    shown = contestants(make_world())
    few = max(2, frames // 4)
    with page_reader() as read, ThreadPoolExecutor(2) as hands:
        for camera in CAMERAS:
            for name, mix in MIXES.items():
                count = frames if camera is VGA else few // 2 or 1
                counts = _counted(shown, _Setting(mix=mix, camera=camera, count=count), read, hands)
                wrong += together([*counts.values()]).wrong
                found += report(f"{name}-{camera.name}", counts)
        for effect in HARSH:
            cell = "paper" if effect in ON_PAPER else "live"
            (one,) = (one for one in shown if (one.party, one.cell) == (OURS, cell))
            counts = _counted([one], _Setting(mix=only(effect), camera=VGA, count=few), read, hands)
            wrong += together([*counts.values()]).wrong
            found.append(_beside(f"only-{effect}-480p", counts[OURS, cell], ALONE, counts[ALONE, cell]))
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Setting:
    """So many frames of one camera under one mix."""

    mix: Mix
    camera: Camera
    count: int


def _counted(
    shown: Sequence[Contestant], setting: _Setting, read: Callable[[Frame], Texts], hands: ThreadPoolExecutor
) -> dict[tuple[str, str], Tally]:
    counts: dict[tuple[str, str], Tally] = {}
    for one in shown:
        found = [read(seen) for seen in _frames(one.code, setting, hands)]
        counts[one.party, one.cell] = tally(one.code.text, [texts.page for texts in found])
        if one.party == OURS:
            counts[ALONE, one.cell] = tally(one.code.text, [texts.zxing for texts in found])
    return counts


def _frames(code: Code, setting: _Setting, hands: ThreadPoolExecutor) -> Iterator[Frame]:
    numbers = range(FIRST, FIRST + setting.count)
    return hands.map(lambda number: frame(code, mix=setting.mix, camera=setting.camera, number=number), numbers)
