"""The acceptance rule for Ed25519 in a real Chromium, with its WebCrypto's Ed25519 and without (TRUST section 2).

Odd points come from the curve's equation (tests/curve.py): how a point was made says what is strict, no library does.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import curve
from tests.browser import planted
from tests.browser.conftest import node
from tests.browser.site import Site
from tests.browser.steps import check, reasons, settle
from tests.published import published

pytestmark = pytest.mark.browser

MESSAGE = b"sixty-four bytes are what a proof signs; any other number too"
POINTS = curve.odd_points((1, 987654321987654321))
Row = tuple[str, str, str]
WITHOUT = """
const known = crypto.subtle.importKey.bind(crypto.subtle);
SubtleCrypto.prototype.importKey = function (form, key, kind, ...more) {
  if ((kind?.name ?? kind) === "Ed25519") return Promise.reject(new DOMException("unknown", "NotSupportedError"));
  return known(form, key, kind, ...more);
};
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("curve")
    config = "test/curve/vite.config.ts"
    node("node_modules/vite/bin/vite.js", "build", "--config", config, "--outDir", str(folder), "--logLevel", "warn")
    served = Site({"curve": folder})
    yield served
    served.stop()


@pytest.fixture(params=[True, False], ids=["webcrypto", "noble"])
def accepted(
    request: pytest.FixtureRequest, site: Site, open_page: Callable[..., Page]
) -> Callable[[list[Row]], set[int]]:
    page = open_page(site)
    page.goto(f"{site.url}/curve/")
    page.wait_for_function("() => 'accepted' in globalThis")
    return lambda rows: set(page.evaluate("([rows, web]) => accepted(rows, web)", [rows, request.param]))


def row(key: bytes, message: bytes, signature: bytes) -> Row:
    return key.hex(), message.hex(), signature.hex()


def test_every_pair_of_odd_points(accepted: Callable[[list[Row]], set[int]]) -> None:
    """Every key and R over small-order, mixed and prime-order points, all encodings; S fits the cofactored equation."""
    pairs = list(itertools.product(POINTS, repeat=2))
    rows = [row(a.text, MESSAGE, curve.forge(a, r, MESSAGE)[0]) for a, r in pairs]
    strict = {place for place, (a, r) in enumerate(pairs) if a.is_prime and r.is_prime}
    assert len(rows) == len(POINTS) ** 2 == 900
    assert accepted(rows) == strict


def test_no_forged_row_of_the_table(accepted: Callable[[list[Row]], set[int]]) -> None:
    """TRUST 2 row by row, each message sought until the challenge makes the forgery fit: 0 accepted in every row."""
    small = [point for point in POINTS if point.is_small]
    good = next(point for point in POINTS if point.is_prime)
    mixed = next(point for point in POINTS if not point.is_small and not point.is_prime)
    one = next(point for point in small if point.torsion == curve.IDENTITY)
    forged = {
        "small-order keys, R = [s]B": [fit(key, good, 8) for key in small],
        "small-order keys, R = identity, S = 0": [fit(key, one, 8) for key in small],
        "good key, R of small order": [fit(good, r, 1) for r in small],
        "good key, R with a small-order part": [fit(good, mixed, 1)],
        "mixed-order key, torsion not cancelled": [fit(mixed, good, 1)],
        "mixed-order key, torsion cancelled": [fit(mixed, good, 8)],
    }
    whole, _ = curve.forge(good, good, MESSAGE)
    s = int.from_bytes(whole[32:], "little")
    forged["S + L"] = [row(good.text, MESSAGE, whole[:32] + (s + curve.L).to_bytes(32, "little"))]
    for name, rows in forged.items():
        assert accepted(rows) == set(), name
    assert accepted([row(good.text, MESSAGE, whole)]) == {0}


def fit(a: curve.Odd, r: curve.Odd, multiple: int) -> Row:
    """The first message whose challenge is a multiple of `multiple`: then the key's torsion cancels."""
    for number in itertools.count():
        message = hashlib.sha256(number.to_bytes(4)).digest()
        if curve.challenge(r.text, a.text, message) % multiple == 0:
            return row(a.text, message, curve.forge(a, r, message)[0])
    raise AssertionError


def test_the_published_cases(accepted: Callable[[list[Row]], set[int]]) -> None:
    groups = json.loads(published("wycheproof/ed25519_test.json").read_text())["testGroups"]
    cases = [(group["publicKey"]["pk"], case) for group in groups for case in group["tests"]]
    whole = [(key, case) for key, case in cases if len(case["sig"]) == 128]
    rows = [(key, case["msg"], case["sig"]) for key, case in whole]
    assert accepted(rows) == {place for place, (_, case) in enumerate(whole) if case["result"] == "valid"}
    assert {case["result"] for _, case in cases if len(case["sig"]) != 128} == {"invalid"}


def test_the_verifier_works_in_a_browser_without_ed25519(pages: Path, open_page: Callable[..., Page]) -> None:
    now = planted.clock()
    site = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(now))})
    page = open_page(site)
    page.add_init_script(WITHOUT)
    settle(page, site)
    codes = {case.name: case.texts[0] for case in planted.paper(now)}
    assert check(page, codes["valid"]) == "valid"
    page.get_by_role("button", name="Volver al inicio").click()
    assert check(page, codes["forged"]) == "cannot_verify"
    assert reasons(page) == ["invalid_signature"]
    site.stop()
