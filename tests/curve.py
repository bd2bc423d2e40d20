"""The curve of Ed25519 from its equation (RFC 8032 section 5.1), slow and affine: what test cases are made from.

It knows no library, so it can judge one. Points have known logarithms, so signatures for odd points are made exactly.
"""

import hashlib
from dataclasses import dataclass

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Affine = tuple[int, int]
IDENTITY: Affine = (0, 1)


def add(a: Affine, b: Affine) -> Affine:
    """The complete addition law: -x^2 + y^2 = 1 + d x^2 y^2 has no exceptions."""
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def times(number: int, point: Affine) -> Affine:
    total = IDENTITY
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def x_of(y: int) -> int | None:
    """The even x of a y, or None where the line has no point."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return None if x * x % P != square else min(x, P - x, key=lambda root: root & 1)


def encode(point: Affine) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def encodings(point: Affine) -> set[bytes]:
    """All 32-byte texts that a lax reader takes for this point: y + p where it fits, any sign where x is 0."""
    x, y = point
    signs = (0, 1) if x == 0 else (x & 1,)
    return {(v | sign << 255).to_bytes(32, "little") for v in (y, y + P) if v < 2**255 for sign in signs}


def _base() -> Affine:
    y = 4 * pow(5, -1, P) % P
    x = x_of(y)
    assert x is not None
    return x, y


BASE = _base()


def small_order() -> list[Affine]:
    """The 8 points of the torsion subgroup: L times anything, gathered until they are all there."""
    found: set[Affine] = set()
    y = 2
    while len(found) < 8:
        x = x_of(y)
        if x is not None:
            found.add(times(L, (x, y)))
        y += 1
    return sorted(found)


@dataclass(frozen=True, kw_only=True)
class Odd:
    """A point log*B + torsion, and one way to write it."""

    text: bytes
    log: int
    torsion: Affine

    @property
    def is_prime(self) -> bool:
        return self.torsion == IDENTITY and self.log % L != 0

    @property
    def is_small(self) -> bool:
        return self.log % L == 0


def odd_points(logs: tuple[int, ...]) -> list[Odd]:
    """For each logarithm the 8 points that differ by torsion; for 0 every encoding of the small-order points."""
    torsion = small_order()
    found = [Odd(text=text, log=0, torsion=t) for t in torsion for text in sorted(encodings(t))]
    for log in logs:
        prime = times(log, BASE)
        found += [Odd(text=encode(add(prime, t)), log=log, torsion=t) for t in torsion]
    return found


def challenge(r: bytes, a: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little") % L


def forge(a: Odd, r: Odd, message: bytes) -> tuple[bytes, bool]:
    """The signature that the cofactored equation accepts, and whether the cofactorless one does (RFC 8032 5.1.7)."""
    k = challenge(r.text, a.text, message)
    s = (r.log + k * a.log) % L
    holds = add(r.torsion, times(k % 8, a.torsion)) == IDENTITY
    return r.text + s.to_bytes(32, "little"), holds
