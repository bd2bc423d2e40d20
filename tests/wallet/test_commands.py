"""wallet/commands.py: the same wallet in a file, from making it to bringing it back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kernel.errors import Conflict, Invalid, Malformed, NotFound
from schemas.identifiers import Url
from tests import worlds
from tests.fakes import SeededRandom, SmallWeb
from tests.makers import NOW
from tests.wallet.test_pickup import ASK, BASE, OPENED, row
from tests.wallet.world import PHRASE, by, competence, permit
from wallet import commands
from wallet.choosing import Choice
from wallet.commands import Pocket
from wallet.files import VaultFile
from wallet.holder import Passphrase, Sheet, open_wallet
from wallet.pickup import Offer
from wallet.receiving import Trusted
from wallet.remembered import SHEET

OPEN = Passphrase(words=PHRASE)
LIVE = Choice(manner="live", profile="interview", names=None, request=None)


@pytest.fixture
def pocket(tmp_path: Path) -> Pocket:
    return Pocket(file=VaultFile(path=tmp_path / "ana.pvw"), by=by(), random=SeededRandom("commands"), language="es")


def test_from_making_it_to_showing(pocket: Pocket) -> None:
    made = commands.make(pocket, PHRASE)
    (sheet,) = open_wallet(pocket.file.load(), OPEN).notes(SHEET)
    assert sheet.body["letters"] == made.sheet
    (kept,) = commands.take(pocket, OPEN, json.dumps(competence(made.did)).encode())  # type: ignore[arg-type]  # a DID as text
    (line,) = commands.list_all(pocket, OPEN)
    assert (line.name, line.bound) == (kept.name, True)
    assert commands.look_at(pocket, OPEN, line.name[:5]) == line
    shown = commands.present(pocket, OPEN, LIVE)
    report = worlds.world().judge(shown.shown.texts)
    assert (report.verdict, report.level) == ("valid", "live")


def test_what_is_not_kept_does_not_touch_the_file(pocket: Pocket) -> None:
    commands.make(pocket, PHRASE)
    before = pocket.file.load()
    (arrival,) = commands.take(pocket, OPEN, "https://evil.example/")
    assert arrival.reasons == ("unsupported_prefix",)
    assert pocket.file.load() == before


def test_a_pick_up_goes_into_the_file(pocket: Pocket) -> None:
    did = commands.make(pocket, PHRASE).did
    web = SmallWeb(
        pages={
            ASK: json.dumps(OPENED).encode(),
            f"{ASK}/{OPENED['id']}/present": json.dumps(
                {"credentials": [row(permit(did)), row(permit())]}  # type: ignore[arg-type]  # a DID as text
            ).encode(),
        }
    )
    offer = Offer(issuer=Url(BASE), code="7KQ4M2XW9T", pin="402917")
    arrivals = commands.fetch_offer(pocket, OPEN, offer, fetch=web)
    assert [arrival.verdict for arrival in arrivals] == ["valid", "valid"]
    assert [line.bound for line in commands.list_all(pocket, OPEN)] == [True, False]


def test_a_copy_is_sealed_and_comes_back_by_the_sheet(pocket: Pocket, tmp_path: Path) -> None:
    made = commands.make(pocket, PHRASE)
    commands.take(pocket, OPEN, worlds.text(competence()))
    copy = tmp_path / "copia.pvw"
    commands.export(pocket, OPEN, copy)
    assert copy.read_bytes() == pocket.file.load()
    with pytest.raises(Conflict):
        commands.export(pocket, OPEN, copy)
    with pytest.raises(Conflict):
        commands.bring_back(pocket, copy, Sheet(letters=made.sheet), "tres burros y un sapo azul")
    elsewhere = replace(pocket, file=VaultFile(path=tmp_path / "otro.pvw"))
    assert commands.bring_back(elsewhere, copy, Sheet(letters=made.sheet), "tres burros y un sapo azul") == made.did
    assert len(commands.list_all(elsewhere, Passphrase(words="tres burros y un sapo azul"))) == 1


def test_what_does_not_open_is_neither_copied_nor_listed(pocket: Pocket, tmp_path: Path) -> None:
    commands.make(pocket, PHRASE)
    wrong = Passphrase(words="otra frase que no es")
    with pytest.raises(Malformed):
        commands.export(pocket, wrong, tmp_path / "copia.pvw")
    with pytest.raises(Malformed):
        commands.list_all(pocket, wrong)
    assert not (tmp_path / "copia.pvw").exists()
    with pytest.raises(NotFound):
        commands.list_all(replace(pocket, file=VaultFile(path=tmp_path / "none")), OPEN)


def test_without_a_bundle_nothing_is_shown(pocket: Pocket) -> None:
    commands.make(pocket, PHRASE)
    blind = replace(pocket, by=Trusted(bundle=None, now=NOW, floor=None))
    with pytest.raises(Invalid) as caught:
        commands.present(blind, OPEN, LIVE)
    assert caught.value.code == "no_bundle"


def test_three_different_groups_of_the_sheet_are_asked_back() -> None:
    random = SeededRandom("groups")
    asked = {commands.groups_to_ask(random) for _time in range(60)}
    assert len(asked) > 10
    assert all(len(set(groups)) == 3 and set(groups) <= set(range(1, 8)) for groups in asked)
    sheet = "008J-4CT4-ANK7-F24S-NAXW-SQFE-ZXSH"
    assert commands.is_group(sheet, 2, " 4ct4 ")
    assert not commands.is_group(sheet, 2, "008J")
