"""kernel/ed25519.py: E1-E6 against published cases and against every odd pair of points that the curve has to offer."""

import itertools
import json
from collections.abc import Callable

import pytest
from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from kernel import ed25519
from kernel.errors import BadProof
from kernel.keys import read_multikey
from schemas.identifiers import DidUrl
from tests import curve
from tests.published import published

SEED = bytes(range(32))
METHOD = DidUrl("did:web:a.example#k1")
MESSAGE = b"sixty-four bytes are what a proof signs; any other number too"
POINTS = curve.odd_points((1, 987654321987654321, curve.L - 5))


def code(call: Callable[..., None], *args: bytes) -> str | None:
    try:
        call(*args)
    except BadProof as error:
        return error.code
    return None


def library(public: bytes, message: bytes, signature: bytes) -> bool:
    """The library alone, with nothing of ours in front."""
    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        return False
    return True


def test_the_constants_come_from_the_curve() -> None:
    points = curve.small_order()
    assert {len(curve.encodings(point)) for point in points} == {1, 2, 4}
    assert {text for point in points for text in curve.encodings(point)} == ed25519.SMALL_ORDER
    assert len(ed25519.SMALL_ORDER) == 14
    assert curve.times(curve.L, curve.BASE) == curve.IDENTITY
    assert (ed25519.ORDER, ed25519.PRIME) == (curve.L, curve.P)


def test_wycheproof() -> None:
    groups = json.loads(published("wycheproof/ed25519_test.json").read_text())["testGroups"]
    verdicts = []
    for group in groups:
        public = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            got = code(ed25519.check, public, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
            verdicts.append((got is None) == (case["result"] == "valid"))
    assert (len(verdicts), sum(verdicts)) == (151, 151)


@pytest.mark.parametrize("folder", ["eddsa-rdfc-2022", "eddsa-rdfc-2022/employ"])
def test_published_signatures_of_another_suite(folder: str) -> None:
    """What was hashed by other rules is still signed by this one."""
    public = read_multikey(json.loads(published("vc-di-eddsa/keyPair.json").read_text())["publicKeyMultibase"]).raw
    message, signature = (
        bytes.fromhex(published(f"vc-di-eddsa/{folder}/{name}.txt").read_text().strip())
        for name in ("combinedHashDataInt", "sigHexDataInt")
    )
    assert code(ed25519.check, public, message, signature) is None


def test_every_pair_of_odd_points() -> None:
    """(A, R) over small-order, mixed-order and prime-order points and all their encodings, S made to fit."""
    accepted = seen = 0
    for a, r in itertools.product(POINTS, repeat=2):
        signature, _holds = curve.forge(a, r, MESSAGE)
        strict = a.is_prime and r.is_prime
        assert (code(ed25519.check, a.text, MESSAGE, signature) is None) is strict
        assert (code(ed25519.gate, a.text, MESSAGE, signature) is None) is not (a.is_small or r.is_small)
        if a.is_small or r.is_small:
            assert not library(a.text, MESSAGE, signature)
        accepted += strict
        seen += 1
    assert seen == len(POINTS) ** 2 == 38**2
    assert accepted == 9


def test_torsion_that_cancels_passes_the_library_and_not_us() -> None:
    """A mixed-order key whose torsion meets R's: the gate and the library both pass it, E5 alone refuses."""
    mixed = [point for point in POINTS if not point.is_prime and not point.is_small]
    passed = 0
    for a in mixed:
        assert code(ed25519.require_key, a.text) == "low_order_key"
        for r, number in itertools.product([point for point in POINTS if not point.is_small], range(12)):
            message = MESSAGE + bytes([number])
            signature, holds = curve.forge(a, r, message)
            assert library(a.text, message, signature) is holds
            assert code(ed25519.gate, a.text, message, signature) is None
            assert code(ed25519.check, a.text, message, signature) == "low_order_key"
            passed += holds
    assert passed > 100


def test_a_good_key_with_torsion_in_r_is_refused_by_the_equation() -> None:
    good = next(point for point in POINTS if point.is_prime)
    for r in (point for point in POINTS if not point.is_prime and not point.is_small):
        signature, holds = curve.forge(good, r, MESSAGE)
        assert not holds
        assert code(ed25519.gate, good.text, MESSAGE, signature) is None
        assert code(ed25519.check, good.text, MESSAGE, signature) == "invalid_signature"


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", range(curve.P, 2**255))
def test_no_y_beyond_the_field(y: int, sign: int) -> None:
    text = (y | sign << 255).to_bytes(32, "little")
    signer = ed25519.SeedSigner(SEED, METHOD)
    assert code(ed25519.gate, text, b"", signer.sign(b"")) == "low_order_key"
    assert code(ed25519.require_key, text) == "low_order_key"
    assert code(ed25519.gate, signer.public, b"", text + bytes(32)) == "invalid_signature"


def test_off_the_curve() -> None:
    y = next(y for y in range(2, 50) if curve.x_of(y) is None)
    assert code(ed25519.require_key, y.to_bytes(32, "little")) == "low_order_key"
    signer = ed25519.SeedSigner(SEED, METHOD)
    assert code(ed25519.check, signer.public, b"", y.to_bytes(32, "little") + bytes(32)) == "invalid_signature"


def test_s_below_l_only() -> None:
    signer = ed25519.SeedSigner(SEED, METHOD)
    signature = signer.sign(MESSAGE)
    s = int.from_bytes(signature[32:], "little")
    for other in (s + curve.L, curve.L, curve.L + 1, 2**256 - 1):
        text = signature[:32] + other.to_bytes(32, "little")
        assert code(ed25519.gate, signer.public, MESSAGE, text) == "invalid_signature"
        assert code(ed25519.check, signer.public, MESSAGE, text) == "invalid_signature"


def test_lengths() -> None:
    signer = ed25519.SeedSigner(SEED, METHOD)
    signature = signer.sign(MESSAGE)
    for public in (b"", signer.public[:31], signer.public + b"\0"):
        assert code(ed25519.gate, public, MESSAGE, signature) == "low_order_key"
        assert code(ed25519.check, public, MESSAGE, signature) == "low_order_key"
    for text in (b"", signature[:63], signature + b"\0", signature[:32]):
        assert code(ed25519.gate, signer.public, MESSAGE, text) == "invalid_signature"
        assert code(ed25519.check, signer.public, MESSAGE, text) == "invalid_signature"


def test_every_single_bit_counts() -> None:
    signer = ed25519.SeedSigner(SEED, METHOD)
    signature = signer.sign(MESSAGE)
    assert code(ed25519.check, signer.public, MESSAGE, signature) is None
    for bit in range(512):
        spoiled = (int.from_bytes(signature, "big") ^ 1 << bit).to_bytes(64, "big")
        assert code(ed25519.check, signer.public, MESSAGE, spoiled) == "invalid_signature"
    for bit in range(8 * len(MESSAGE)):
        other = (int.from_bytes(MESSAGE, "big") ^ 1 << bit).to_bytes(len(MESSAGE), "big")
        assert code(ed25519.check, signer.public, other, signature) == "invalid_signature"


def test_the_signer_shows_no_key() -> None:
    signer = ed25519.SeedSigner(SEED, METHOD)
    assert signer.method == METHOD
    assert repr(signer) == "SeedSigner('did:web:a.example#k1')"
    assert SEED.hex() not in repr(signer)
    assert len(signer.sign(b"")) == 64
