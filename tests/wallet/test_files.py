"""wallet/files.py: private, whole or not at all, and never over a newer one."""

import os
import resource
import stat
from pathlib import Path

import pytest

from kernel.errors import Conflict, Malformed, NotFound
from schemas import bounds
from tests.fakes import NOON, SeededRandom
from wallet.files import VaultFile
from wallet.holder import Passphrase, create, open_wallet

PHRASE = "canela y panela en la mesa"


def begun(folder: Path) -> tuple[VaultFile, SeededRandom]:
    random = SeededRandom()
    file = VaultFile(path=folder / "ana.pvw")
    opened, _sheet = create(PHRASE, random=random)
    file.begin(opened.sealed(random))
    return file, random


def test_it_is_private_from_the_first_moment(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        file, _random = begun(tmp_path)
    finally:
        os.umask(former)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["ana.pvw"]


def test_it_reads_back_and_is_replaced(tmp_path: Path) -> None:
    file, random = begun(tmp_path)
    opened = open_wallet(file.load(), Passphrase(words=PHRASE))
    file.keep(opened.keep({"n": 1}, now=NOON).sealed(random))
    assert len(open_wallet(file.load(), Passphrase(words=PHRASE)).passes()) == 1
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_a_wallet_is_never_made_over_another_file(tmp_path: Path) -> None:
    file, random = begun(tmp_path)
    before = file.load()
    with pytest.raises(Conflict):
        file.begin(create(PHRASE, random=random)[0].sealed(random))
    assert file.load() == before


def test_what_was_read_before_another_write_is_not_kept(tmp_path: Path) -> None:
    file, random = begun(tmp_path)
    one = open_wallet(file.load(), Passphrase(words=PHRASE)).keep({"n": 1}, now=NOON)
    two = open_wallet(file.load(), Passphrase(words=PHRASE)).keep({"n": 2}, now=NOON)
    file.keep(one.sealed(random))
    with pytest.raises(Conflict) as caught:
        file.keep(two.sealed(random))
    assert caught.value.code == "stale_version"
    assert [kept.document for kept in open_wallet(file.load(), Passphrase(words=PHRASE)).passes()] == [{"n": 1}]


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    """The machine's own limit on a file's size stands for a full disk: the write stops in the middle."""
    file, random = begun(tmp_path)
    before = file.load()
    opened = open_wallet(before, Passphrase(words=PHRASE)).keep({"n": 1}, now=NOON)
    sealed = opened.sealed(random)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            file.keep(sealed)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.load() == before
    assert [path.name for path in tmp_path.iterdir()] == ["ana.pvw"]
    file.keep(sealed)


def test_nothing_there_and_far_too_much_are_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        VaultFile(path=tmp_path / "none.pvw").load()
    big = VaultFile(path=tmp_path / "big.pvw")
    with big.path.open("wb") as file:
        file.truncate(bounds.VAULT_WHOLE.size + 1)
    with pytest.raises(Malformed) as caught:
        big.load()
    assert caught.value.code == "limits_exceeded"
