"""Marks: what a step found and went on with (TRUST section 4). An error ends a pass; a mark colours it (V26)."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from kernel.errors import Invalid
from schemas.codes import CODES


class Mark(NamedTuple):
    """A code and the step that set it."""

    step: str
    code: str


_ROW: Final = {name: row for row, name in enumerate(CODES)}


def _rank(mark: Mark) -> tuple[int, int]:
    return int(mark.step[1:]), _ROW[mark.code]


def in_step_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Each code once, by step, within a step by its row in the table of codes."""
    listed = tuple(marks)
    if len(listed) < 2:
        return listed
    first: dict[str, Mark] = {}
    for mark in sorted(listed, key=_rank):
        first.setdefault(mark.code, mark)
    return tuple(first.values())


def end(ended: Invalid) -> Mark:
    """The code that ended a pass, as the last of its reasons. An error without a step is a programmer's mistake."""
    if ended.step is None:
        raise LookupError(f"an error of no step ended a verification: {ended.code}") from ended
    return Mark(ended.step, ended.code)
