"""A cursor over deterministic CBOR (RFC 8949 section 4.2.1) for files of one known shape: containers and deltas.

`kernel/cborld/cbor.py` reads items of any shape within the limits of a pass; here the caller says what must come next.
"""

from collections.abc import Iterator
from typing import Final

from kernel.bundle.refusal import refused

UINT: Final = 0
BYTES: Final = 2
TEXT: Final = 3
ARRAY: Final = 4
MAP: Final = 5
_LEAST: Final = (24, 1 << 8, 1 << 16)


class Cursor:
    """Takes one part after another; `bundle_refused` for anything but what is asked for, in its shortest form."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def major(self) -> int:
        """The major type of what comes next."""
        if self._at == len(self._body):
            raise refused("it is cut short")
        return self._body[self._at] >> 5

    def count(self, major: int) -> int:
        """The head that comes next: the value of an integer, the length of anything else."""
        first = self.take(1)[0]
        small = first & 31
        if first >> 5 != major or small > 26:
            raise refused("it has another shape")
        if small < 24:
            return small
        count = int.from_bytes(self.take(1 << (small - 24)))
        if count < _LEAST[small - 24]:
            raise refused("it is not deterministic CBOR")
        return count

    def take(self, size: int) -> bytes:
        """So many bytes, compared with what is left before anything is made of them."""
        if size > len(self._body) - self._at:
            raise refused("it is cut short")
        self._at += size
        return self._body[self._at - size : self._at]

    def string(self, major: int) -> bytes:
        """The byte string or text that comes next, as bytes."""
        return self.take(self.count(major))

    def keys(self, most: int) -> Iterator[bytes]:
        """The text keys of the map that comes next, ascending; the value of each is taken before the next is asked."""
        count = self.count(MAP)
        if count > most:
            raise refused("it has too many files")
        former = b""
        for _ in range(count):
            start = self._at
            key = self.string(TEXT)
            encoded = self._body[start : self._at]
            if encoded <= former:
                raise refused("its paths are not in order, or one stands twice")
            former = encoded
            yield key

    def end(self) -> None:
        """Nothing may come after."""
        if self._at != len(self._body):
            raise refused("it goes on after its end")
