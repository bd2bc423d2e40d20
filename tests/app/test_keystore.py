"""Sealed key files: the same key again, a wrong passphrase opens nothing, nothing readable by others."""

import stat
from pathlib import Path

import pytest

from app.keystore import make_halves, open_halved, open_keystore
from app.opening import open_keys
from app.settings import Settings
from kernel import ed25519
from kernel.errors import Conflict, NotFound, Unavailable
from schemas.identifiers import DidUrl, KeyId
from tests.fakes import SeededRandom

KEY, METHOD = KeyId("formacion/k1"), DidUrl("did:web:formacion.demo.puente.example#k1")


def test_a_key_signs_again_after_the_store_was_closed(tmp_path: Path) -> None:
    public = open_keystore(tmp_path, passphrase="una frase larga", random=SeededRandom()).create(KEY, METHOD)
    signer = open_keystore(tmp_path, passphrase="una frase larga", random=SeededRandom()).signer(KEY)
    assert signer.method == METHOD
    ed25519.check(public, b"data", signer.sign(b"data"))


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    open_keystore(tmp_path, passphrase="una frase larga", random=SeededRandom()).create(KEY, METHOD)
    with pytest.raises(Unavailable) as caught:
        open_keystore(tmp_path, passphrase="otra frase", random=SeededRandom()).signer(KEY)
    assert caught.value.code == "signer_unavailable"


def test_a_name_is_used_once_and_an_unknown_one_is_not_found(tmp_path: Path) -> None:
    store = open_keystore(tmp_path, passphrase="una frase larga", random=SeededRandom())
    store.create(KEY, METHOD)
    with pytest.raises(Conflict):
        store.create(KEY, METHOD)
    with pytest.raises(NotFound):
        store.signer(KeyId("../escape"))


@pytest.mark.parametrize(("rung", "setting"), [("K1", "PUENTE_KEY_HALF_ONE"), ("K2", "PUENTE_TOKEN_PIN")])
def test_a_secret_that_is_not_set_is_named(tmp_path: Path, rung: str, setting: str) -> None:
    with pytest.raises(Unavailable, match=setting):
        open_keys(Settings(data=tmp_path).model_copy(update={"rung": rung}))


def test_files_are_private(tmp_path: Path) -> None:
    open_keystore(tmp_path, passphrase="una frase larga", random=SeededRandom()).create(KEY, METHOD)
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_halves_open_the_store_in_either_order(tmp_path: Path) -> None:
    one, two = make_halves(SeededRandom())
    made = open_halved(tmp_path, halves=(one, two), random=SeededRandom()).create(KEY, METHOD)
    signer = open_halved(tmp_path, halves=(two, one.lower()), random=SeededRandom()).signer(KEY)
    ed25519.check(made, b"data", signer.sign(b"data"))


@pytest.mark.parametrize("others", [(0, 0), (1, 1), (0, 3), (2, 3)])
def test_one_half_twice_or_another_stores_opens_nothing(tmp_path: Path, others: tuple[int, int]) -> None:
    random = SeededRandom()
    halves = (*make_halves(random), *make_halves(random))
    open_halved(tmp_path, halves=(halves[0], halves[1]), random=random).create(KEY, METHOD)
    with pytest.raises(Unavailable) as caught:
        open_halved(tmp_path, halves=(halves[others[0]], halves[others[1]]), random=random)
    assert caught.value.code == "signer_unavailable"
