"""Claim slips: two files that do not travel together, open offers, and the demo's, with which a wallet can be tried."""

import io
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from typer.testing import CliRunner

from app.cli import cli
from app.folder import DEMO_MARK, settings_of
from app.main import create_app
from app.opening import open_world
from app.picture_child import read
from app.slips import CLAIM_FILE, PIN_FILE, print_slips
from kernel.errors import Conflict, NotFound
from kernel.ports import Fetched
from schemas.identifiers import Url
from tests.app.conftest import Demo
from tests.journeys.papers import cohort, holder, row
from tests.journeys.world import PEOPLE, Place
from wallet.choosing import Choice, display
from wallet.holder import create
from wallet.pickup import Offer, pick_up
from wallet.receiving import Trusted, receive_all

OSCAR = PEOPLE["oscar"].principal
HOUSE = Url("http://127.0.0.1:8710")
_PIXELS = 4_000_000


def words(pdf: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages)


def test_a_batch_is_printed_with_codes_and_pins_apart(plain: Place) -> None:
    batch = plain.check(cohort(row(), row(name="Zoë", number="000000200002"), row(name="Ana", number="000000200003")))
    plain.release(batch)
    first, second, third = plain.names(batch)
    plain.picked_up(plain.offer(first), holder())
    plain.acted(third, "suspend")
    out = plain.folder / "hojas"
    done = print_slips(plain.world, batch["id"], out, by=OSCAR)
    assert (done.made, done.left) == (1, 2)
    claim, pin = words(out / CLAIM_FILE), words(out / PIN_FILE)
    assert "Zoë Rojas Peña" in claim
    assert "Zoë Rojas Peña" in pin
    assert "Servicio de Aprendizaje (DEMO)" in claim
    mark = f"lote {batch['id'][:8]}, fila 3"
    assert (mark in " ".join(claim.split()), mark in " ".join(pin.split())) == (True, True)
    assert {stat.S_IMODE((out / name).stat().st_mode) for name in (CLAIM_FILE, PIN_FILE)} == {0o600}
    # No slip takes another's file: its code is on no other paper, and a new one would end it.
    with pytest.raises(Conflict) as taken:
        print_slips(plain.world, second, out, by=OSCAR)
    assert (taken.value.code, words(out / CLAIM_FILE)) == ("name_taken", claim)
    # Printed again, the earlier code has ended; of one credential alone there is one page.
    alone = plain.folder / "una"
    done = print_slips(plain.world, second, alone, by=OSCAR)
    assert (done.made, done.ended) == (1, 1)
    assert words(alone / CLAIM_FILE) != claim
    assert len(PdfReader(alone / CLAIM_FILE).pages) == 1
    for name in ("unknown", first[:-1] + "A"):
        with pytest.raises(NotFound):
            print_slips(plain.world, name, plain.folder / "ninguna", by=OSCAR)
    with pytest.raises(NotFound):
        print_slips(plain.world, batch["id"], plain.folder / "ninguna", by=PEOPLE["lucia"].principal)


def test_a_call_that_was_stopped_is_gone_on_with_on_the_same_day(plain: Place) -> None:
    batch = plain.check(cohort(row(), row(name="Zoë", number="000000200002")))
    plain.release(batch)
    out = plain.folder / "hojas"

    def stopped() -> str:
        (out / PIN_FILE).mkdir(parents=True)
        with pytest.raises(IsADirectoryError):
            print_slips(plain.world, batch["id"], out, by=OSCAR)
        (out / PIN_FILE).rmdir()
        return words(out / CLAIM_FILE)

    claim = stopped()
    done = print_slips(plain.world, batch["id"], out, by=OSCAR)
    assert (done.made, done.again, done.ended) == (2, 2, 0)
    assert words(out / CLAIM_FILE) == claim
    out = plain.folder / "otras"
    done = print_slips(plain.world, batch["id"], out, by=OSCAR)
    assert (done.made, done.again, done.ended) == (2, 0, 2)
    assert words(out / CLAIM_FILE) != claim
    out = plain.folder / "paradas"
    claim = stopped()
    plain.clock.tick(86_401)
    out = plain.folder / "al dia siguiente"
    done = print_slips(plain.world, batch["id"], out, by=OSCAR)
    assert (done.made, done.again, done.ended) == (2, 0, 2)


def test_nothing_to_print_writes_nothing(plain: Place) -> None:
    (name,) = plain.issued(row())
    plain.picked_up(plain.offer(name), holder())
    assert print_slips(plain.world, name, plain.folder / "hojas", by=OSCAR).made == 0
    assert not (plain.folder / "hojas").exists()


@dataclass(frozen=True)
class Served:
    """The network of a wallet here: the demo's folder as it is served, and nothing else."""

    client: TestClient

    def get(self, url: Url, /, *, accept: str, limit: int) -> Fetched:
        raise NotImplementedError

    def post(self, url: Url, body: bytes, /, *, media_type: str, limit: int) -> Fetched:
        answer = self.client.post(url.removeprefix(HOUSE), content=body, headers={"Content-Type": media_type})
        return Fetched(body=answer.content, media_type=answer.headers["content-type"])


def test_the_demos_slips_say_their_codes_and_are_open(demo: Demo, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = demo.read("slips/slips.json")
    assert len({one["name"] for one in rows}) == 3
    assert [len([one for one in rows if one["name"] == name]) for name in dict.fromkeys(o["name"] for o in rows)] == [
        2, 2, 1,
    ]  # fmt: skip
    claim, pin = words(demo.out / "slips" / CLAIM_FILE), words(demo.out / "slips" / PIN_FILE)
    assert claim.count(". Marca de esta hoja") == claim.count("Marca de esta hoja") == len(rows)
    for one in rows:
        assert read((demo.out / one["picture"]).read_bytes(), _PIXELS) == ["VO1-" + one["code"].replace("-", "")]
        assert (one["code"] in claim, one["pin"] in claim) == (True, False)
        assert (one["code"] in pin, one["pin"] in pin) == (False, True)
    assert f"por ejemplo {rows[0]['code']}, PIN {rows[0]['pin']} ({rows[0]['name']})" in demo.told
    shutil.copytree(demo.out, tmp_path / "served")
    with open_world(settings_of(tmp_path / "served")) as world, TestClient(create_app(world)) as client:
        wallet, _ = create("canela y panela en la mesa", random=world.random)
        by = Trusted(bundle=world.bundle(), now=world.clock.now(), floor=None)
        for one in rows[:2]:
            offer = Offer(issuer=HOUSE, code=one["code"], pin=one["pin"])
            given = pick_up(offer, fetch=Served(client), signer=wallet.signer(), now=by.now)
            wallet, arrivals = receive_all(wallet, given, by=by)
            assert {arrival.verdict for arrival in arrivals} == {"valid"}
        assert by.bundle is not None
        choice = Choice(manner="live", profile="interview", names=None, request=None)
        shown = display(wallet, choice, bundle=by.bundle, now=by.now)
        assert len(shown.passes) == 2
        report = client.post(
            "/v1/verifier/verify", content="\n".join(shown.shown.texts), headers={"Content-Type": "text/plain"}
        ).json()
        assert (report["verdict"], report["level"], len(report["passes"])) == ("valid", "live", 2)


def test_the_command_prints_for_who_has_a_key(demo: Demo, tmp_path: Path) -> None:
    folder, out = tmp_path / "served", tmp_path / "hojas"
    shutil.copytree(demo.out, folder)

    def run(*asked: str | Path, typed: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(cli, [str(word) for word in asked], input=typed)
        return done.exit_code, done.output

    make = ("keys", "make", "--person", "oscar", "--issuer", "formacion", "--data", folder)
    officer, approver = (run(*make, "--role", role)[1].strip() for role in ("officer", "approver"))
    with open_world(settings_of(folder)) as world, TestClient(create_app(world)) as client:
        bearer = {"Authorization": f"Bearer {officer}"}
        batches = client.get("/v1/issuer/batches", headers=bearer).json()["items"]
    batch = next(one for one in batches if one["sealed"] == 54)["id"]
    code, told = run("slips", batch, "--out", out, "--data", folder, typed=f"{officer}\n")
    assert (code, "54 hojas" in told) == (0, True)
    assert [len(PdfReader(out / file).pages) for file in (CLAIM_FILE, "claim-002.pdf")] == [17, 2]
    assert [len(PdfReader(out / file).pages) for file in (PIN_FILE, "pin-002.pdf")] == [10, 1]
    assert officer not in told
    assert run("slips", batch, "--out", out, "--data", folder, typed=f"{approver}\n")[0] == 1
    assert run("slips", batch, "--out", out, "--data", folder, typed="nobody\n")[0] == 1


_PAPERS = pytest.mark.parametrize("command", [("slips",), ("cards",), ("reissue", "offer")])


@_PAPERS
def test_who_prints_a_paper_with_this_machines_own_address_is_told_so(
    command: tuple[str, ...], demo: Demo, tmp_path: Path
) -> None:
    shutil.copytree(demo.out, tmp_path / "served")
    asked = [*command, "x" * 22, "--out", str(tmp_path / "hojas"), "--data", str(tmp_path / "served")]
    done = CliRunner().invoke(cli, asked, input="nobody\n")
    told = [line for line in done.stderr.splitlines() if "PUENTE_ADDRESS" in line]
    assert [line.partition(",")[0] for line in told] == ["puente: los papeles dicen 127.0.0.1:8710"]
    assert "PUENTE_ADDRESS" in CliRunner().invoke(cli, [*command, "--help"]).stdout


@_PAPERS
def test_no_paper_is_printed_and_no_code_spent_where_its_address_is_not_said(
    command: tuple[str, ...], demo: Demo, tmp_path: Path
) -> None:
    folder, out = tmp_path / "served", tmp_path / "hojas"
    shutil.copytree(demo.out, folder)
    (folder / DEMO_MARK).unlink()
    asked = [*command, "x" * 22, "--out", str(out), "--data", str(folder)]
    done = CliRunner().invoke(cli, asked, input="nobody\n")
    assert (done.exit_code, out.exists()) == (2, False)
    assert "ningún código se gastó. Ponga PUENTE_ADDRESS" in done.output
