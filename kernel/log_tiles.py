"""The issued log as tiles (C2SP tlog-tiles): 256 hashes a file, level upon level, and paths read out of them. Pure.

A full tile never changes, a partial one is named by its width; so a log is served as plain files and grows by what is
new. Leaves are published as hashes alone: what they are made of is told in a log proof only (TRUST section 7).
"""

from collections.abc import Callable, Sequence
from typing import Final

from kernel.errors import NotFound
from kernel.issued_log import HASH, cut, join, root

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
Read = Callable[[str], bytes | None]
"""The path of a tile -> its hashes, one after the other, or None where there is no such file."""


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """`tile/L/N`, N in groups of three digits; a partial tile ends in `.p/W`."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def grow(read: Read, leaves: Sequence[bytes], *, former: int) -> dict[str, bytes]:
    """The tiles that a log of `former` leaves gets by these: path -> bytes. Raises NotFound where an old one lacks."""
    made: dict[str, bytes] = {}
    fresh, had, level = list(leaves), former, 0
    while fresh:
        first, kept = had // WIDTH, had % WIDTH
        hashes = [*cut(_tile(read, level, first, kept))[:kept], *fresh] if kept else fresh
        tiles = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
        made |= {tile_path(level, first + at, len(tile)): b"".join(tile) for at, tile in enumerate(tiles)}
        fresh = [root(tile) for tile in tiles if len(tile) == WIDTH]
        had, level = had >> HEIGHT, level + 1
    return made


def path(read: Read, index: int, *, size: int) -> tuple[bytes, ...]:
    """The audit path of a leaf in the tree of that size (RFC 6962 section 2.1.1). Raises NotFound."""
    if not 0 <= index < size:
        raise NotFound("not_found", detail="the log has no such leaf")
    found: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            found.append(_subtree(read, middle, high, size))
            high = middle
        else:
            found.append(_subtree(read, low, middle, size))
            low = middle
    return tuple(reversed(found))


def leaf(read: Read, index: int, *, size: int) -> bytes:
    """One leaf's hash. Raises NotFound."""
    return _subtree(read, index, index + 1, size)


def tree_root(read: Read, *, size: int) -> bytes:
    """The root of the tree of that size, out of its tiles. Raises NotFound."""
    return _subtree(read, 0, size, size) if size else root(())


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _subtree(read: Read, low: int, high: int, size: int) -> bytes:
    count = high - low
    if count & (count - 1):
        middle = low + _split(count)
        return join(_subtree(read, low, middle, size), _subtree(read, middle, high, size))
    level = (count.bit_length() - 1) // HEIGHT
    first, many = low >> HEIGHT * level, count >> HEIGHT * level
    at = first % WIDTH
    tile = _tile(read, level, first // WIDTH, (size >> HEIGHT * level) - first // WIDTH * WIDTH)
    return root(cut(tile)[at : at + many])


def _tile(read: Read, level: int, number: int, width: int) -> bytes:
    """The full tile where it is full by now, else that width's."""
    for wide in (WIDTH, width):
        raw = read(tile_path(level, number, wide)) if 0 < wide <= WIDTH else None
        if raw is not None and len(raw) == wide * HASH:
            return raw
    raise NotFound("not_found", detail="a tile of the log is not there")
