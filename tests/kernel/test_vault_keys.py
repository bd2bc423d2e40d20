"""kernel/vault_keys.py: the published subkeys and sheet, the checksum, the halves, and what counts as a passphrase."""

import json
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import vault, vault_keys
from kernel.errors import Malformed
from tests import vault_cases
from tests.fakes import SeededRandom
from tests.published import published

SECRET = bytes.fromhex("00112233445566778899aabbccddeeff")
SHEET = "008J-4CT4-ANK7-F24S-NAXW-SQFE-ZXSH"


def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(published("pvl1/pvl1.json").read_text())
    return found


def test_the_published_subkeys() -> None:
    given_keys = vectors()["subkeys"]
    vault_key = bytes.fromhex(given_keys["vault_key"])
    assert {str(n): vault_keys.subkey(vault_key, n).hex() for n in range(1, 7)} == given_keys["by_id"]


def test_the_published_wrapping_keys() -> None:
    by_name = {case["name"].split(" (")[0]: case for case in vectors()["files"]}
    sheet = by_name["wrap by recovery sheet"]
    header = vault.read_header(bytes.fromhex(sheet["file"]))
    secret = vault_keys.read_sheet(sheet["sheet"])
    assert vault_keys.sheet_text(secret) == sheet["sheet"]
    assert vault_keys.sheet_key(secret, header.vault_id).hex() == sheet["key"]
    phrase = by_name["wrap by passphrase"]
    kdf = vault.read_header(bytes.fromhex(phrase["file"])).kdf
    assert kdf is not None
    assert vault_keys.passphrase_key(phrase["passphrase"], kdf).hex() == phrase["key"]


@given(secret=st.binary(min_size=16, max_size=16))
def test_a_sheet_reads_back(secret: bytes) -> None:
    text = vault_keys.sheet_text(secret)
    assert [len(group) for group in text.split("-")] == [4] * 7
    assert vault_keys.read_sheet(text) == secret


def test_how_it_is_typed_does_not_matter() -> None:
    for typed in (SHEET.lower(), SHEET.replace("-", ""), SHEET.replace("-", " \n"), SHEET.replace("0", "o")):
        assert vault_keys.read_sheet(typed) == SECRET


def test_every_single_wrong_letter_is_noticed_but_for_the_checksum_s_share() -> None:
    letters = SHEET.replace("-", "")
    missed = 0
    for place, letter in enumerate(letters):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if other != letter:
                try:
                    vault_keys.read_sheet(letters[:place] + other + letters[place + 1 :])
                except Malformed:
                    continue
                missed += 1
    assert missed <= 2  # 868 tries at 1 in 4,096


@pytest.mark.parametrize(
    "typed", ["", "008J", SHEET + "0", SHEET.replace("J", "U"), SHEET.replace("J", "ñ"), "0" * 4000]
)
def test_no_sheet(typed: str) -> None:
    with pytest.raises(Malformed) as caught:
        vault_keys.read_sheet(typed)
    assert caught.value.code == "vault_unreadable"


@given(secret=st.binary(min_size=16, max_size=16), seed=st.text(max_size=8))
def test_two_halves_make_the_sheet_in_either_order(secret: bytes, seed: str) -> None:
    one, other = vault_keys.half_texts(secret, random=SeededRandom(seed))
    assert vault_keys.join_halves(one, other.lower()) == vault_keys.join_halves(other, one) == secret
    assert [vault_keys.read_letters(half).half for half in (one, other)] == [1, 2]


def test_one_half_is_only_the_random_mask() -> None:
    one, _other = vault_keys.half_texts(SECRET, random=SeededRandom())
    assert vault_keys.read_letters(one).secret == SeededRandom()(16)


def test_a_mask_whose_half_could_be_taken_for_something_else_is_drawn_again() -> None:
    drawn = iter((vault_cases.doubtful(), SeededRandom()(16)))
    one, _other = vault_keys.half_texts(SECRET, random=lambda _n: next(drawn))
    assert vault_keys.read_letters(one).secret == SeededRandom()(16)


def test_a_half_where_a_sheet_is_wanted_says_what_it_is() -> None:
    one, other = vault_keys.half_texts(SECRET, random=SeededRandom())
    for half in (one, other):
        with pytest.raises(Malformed) as caught:
            vault_keys.read_sheet(half)
        assert caught.value.code == "half_sheet"
        with pytest.raises(Malformed) as caught:
            vault_keys.join_halves(half, half)
        assert caught.value.code == "half_sheet"
    with pytest.raises(Malformed) as caught:
        vault_keys.join_halves(one, SHEET)
    assert caught.value.code == "vault_unreadable"


def test_the_locator_is_neither_the_sheet_nor_its_key() -> None:
    locator = vault_keys.sheet_locator(SECRET)
    assert len(locator) == 32
    assert locator == blake2b(b"", digest_size=32, key=SECRET, person=b"PuenteLocate").digest()
    assert locator not in {vault_keys.sheet_key(SECRET, bytes(16)), vault_keys.sheet_locator(bytes(16))}


def test_keys_of_items_and_personas_differ() -> None:
    vault_key = bytes(32)
    made = {vault_keys.item_key(vault_key, bytes([n])) for n in range(4)}
    made |= {vault_keys.holder_seed(vault_key, n) for n in range(4)}
    made |= {vault_keys.subkey(vault_key, n) for n in range(1, 7)}
    assert len(made) == 14


@pytest.mark.parametrize(
    "phrase",
    [
        "una frase larga de prueba",
        "canela y panela en la mesa",
        "Tres burros, dos loros y un sapo",
        "ñandúes bajo la luna",
    ],
)
def test_a_good_passphrase(phrase: str) -> None:
    vault_keys.require_strong(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "corta",
        "once letras",
        "aaaaaaaaaaaa",
        "123456789012",
        "987654321098",
        "abababababab",
        "contraseña123",
        "Password1234!",
        "hola hola hola",
        "qwertyuiop123",
        "Venezuela2024",
        "x" * 257,
    ],
)
def test_a_passphrase_that_others_try_first(phrase: str) -> None:
    with pytest.raises(Malformed) as caught:
        vault_keys.require_strong(phrase)
    assert caught.value.code == "weak_passphrase"


def test_a_passphrase_is_the_same_composed_or_not() -> None:
    kdf = vault.Kdf(passes=2, memory_kib=19 * 1024, salt=bytes(16))
    assert vault_keys.passphrase_key("canción", kdf) == vault_keys.passphrase_key("cancio\u0301n", kdf)


def test_an_endless_passphrase_is_refused_before_the_work() -> None:
    with pytest.raises(Malformed) as caught:
        vault_keys.passphrase_key("x" * 257, vault_keys.usual_kdf(SeededRandom()))
    assert caught.value.code == "limits_exceeded"


def test_the_shared_cases_are_what_this_kernel_makes() -> None:
    """They change only on purpose: `python -m tests.vault_cases`; the pages' kernel runs the same file."""
    kept = json.loads((vault_cases.FOLDER / "keys.json").read_text("utf-8"))
    assert json.loads(json.dumps(vault_cases.make())) == kept


def test_the_shared_passphrases_are_told_apart() -> None:
    for phrase in vault_cases.STRONG:
        vault_keys.require_strong(phrase)
    for phrase in vault_cases.WEAK:
        with pytest.raises(Malformed):
            vault_keys.require_strong(phrase)
