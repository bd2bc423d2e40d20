"""Interleaved measuring: every contestant runs a slice in turn, round after round, so that load slows all alike.

Absolute times on a shared machine lie; the ratio of two slices of one round does not. Not here: what is measured.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

Slice = Callable[[float], float]
"""seconds to run -> microseconds an operation in that slice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the table. `ratio` over 1 means that ours is better; null where there is no peer."""

    bench: str
    case: str
    value: float
    unit: str
    peer: str | None
    peer_value: float | None
    ratio: float | None

    def to_json(self) -> dict[str, object]:
        """The row as `--json` prints it."""
        return asdict(self)


def in_process(operation: Callable[[], object]) -> Slice:
    """A contestant that runs here."""

    def run(seconds: float) -> float:
        clock = time.perf_counter
        done, started = 0, clock()
        deadline = started + seconds
        while True:
            for _ in range(8):
                operation()
            done += 8
            now = clock()
            if now >= deadline:
                return (now - started) / done * 1e6

    return run


def interleave(slices: Mapping[str, Slice], *, rounds: int, seconds: float) -> dict[str, list[float]]:
    """Each contestant's microseconds an operation, a figure a round; one warm-up round is not counted."""
    figures: dict[str, list[float]] = {name: [] for name in slices}
    for turn in range(rounds + 1):
        for name, run in slices.items():
            figure = run(seconds if turn else seconds / 4)
            if turn:
                figures[name].append(figure)
    return figures


def rows(bench: str, case: str, figures: Mapping[str, Sequence[float]], *, ours: str = "ours") -> list[Row]:
    """One row a peer: medians as values, the median of the rounds' own ratios as ratio."""
    mine = figures[ours]
    value = round(statistics.median(mine), 2)
    peers = [name for name in figures if name != ours]
    if not peers:
        return [Row(bench=bench, case=case, value=value, unit="us", peer=None, peer_value=None, ratio=None)]
    return [
        Row(
            bench=bench,
            case=case,
            value=value,
            unit="us",
            peer=peer,
            peer_value=round(statistics.median(figures[peer]), 2),
            ratio=round(statistics.median([b / a for a, b in zip(mine, figures[peer], strict=True)]), 3),
        )
        for peer in peers
    ]


def table(all_rows: Sequence[Row]) -> str:
    """The rows as text for a person."""
    head = ("bench", "case", "ours", "unit", "peer", "peer's", "ratio")
    lines = [head]
    for row in all_rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
        theirs = "" if row.peer_value is None else f"{row.peer_value:,.1f}"
        lines.append((row.bench, row.case, f"{row.value:,.1f}", row.unit, row.peer or "", theirs, ratio))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
