"""The command line as a person meets it: words in two languages, usage by exit code 2, a folder that is served on."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner, Result

from app.cli import cli
from app.folder import DEMO_MARK
from app.opening import RESTORING
from kernel.errors import Conflict, Unavailable
from tests.app.conftest import Demo
from tests.journeys.papers import ASK, CSV, cohort, row

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def process(*words: str | Path, lang: str = "es", **more: str) -> subprocess.CompletedProcess[str]:
    """The real thing, as a shell starts it."""
    command = [sys.executable, "-W", "error", "-m", "app.cli", *map(str, words)]
    env = {"PATH": os.environ["PATH"], "PUENTE_LANG": lang, **more}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_name_that_begins_with_a_hyphen_is_no_option(tmp_path: Path) -> None:
    assert "no hay una opción -T" in run("doctor", "-Tabc").output
    for command in (("disputes", "show"), ("reissue", "approve"), ("batches", "look"), ("slips",)):
        assert "no hay una opción" not in run(*command, "-Tabc", "--data", tmp_path).output


@pytest.mark.parametrize(
    ("lang", "said", "cure"),
    [
        ("es", "con las columnas de ese tipo. No se guardó nada de él. ", "expórtelo otra vez como CSV o .xlsx."),
        ("en", "with that type's columns. Nothing of it was kept. ", "export it again as CSV or .xlsx."),
    ],
)
def test_a_fault_is_one_clear_line_its_case_apart_and_exit_code_2(
    tmp_path: Path, lang: str, said: str, cure: str
) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = process("demo", "--no-serve", "--cohort", tmp_path / "photo.csv", "--out", tmp_path / "out", lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    line, technical = done.stderr.splitlines()
    told = {"es": "puente: El archivo no es una tabla ", "en": "puente: The file is not a table "}[lang]
    assert (line.startswith(told + said), line.endswith(f"{cure} [cohort_not_csv]")) == (True, True), line
    assert technical.startswith({"es": "  Detalle técnico, en inglés: ", "en": "  Technical detail: "}[lang])
    assert not (tmp_path / "out").exists()


def test_an_empty_setting_is_one_that_is_not_set() -> None:
    done = process("doctor", "--help", lang="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Muestra esta ayuda." in done.stdout


def test_a_cohort_that_is_not_there(tmp_path: Path) -> None:
    for name in (tmp_path / "no.csv", tmp_path):
        result = run("demo", "--no-serve", "--out", tmp_path / "out", "--cohort", name)
        assert (result.exit_code, "no existe el archivo" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("at", "code"),
    [("", 2), ("ayer", 2), ("2026-13-01", 2), ("0001-01-01T00:00:00Z", 0), ("9999-12-31T23:59:59+00:00", 1)],
)
def test_a_time_is_a_time_or_a_usage(demo: Demo, at: str, code: int) -> None:
    result = run("verify", demo.text("fila-004"), "--data", demo.out, "--at", at)
    assert result.exit_code == code
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_key_is_made_and_shown_once(tmp_path: Path) -> None:
    who = ("--person", "oscar", "--role", "keeper")
    made = run("keys", "make", *who, "--data", tmp_path / "new")
    assert (made.exit_code, made.stdout.count("\n"), made.stdout.startswith("pte_")) == (0, 1, True)
    unknown = run("keys", "make", "--person", "oscar", "--role", "king", "--data", tmp_path)
    assert (unknown.exit_code, "no hay un papel llamado king" in unknown.stderr) == (2, True)
    nobody = run("keys", "make", *who, "--issuer", "formacion", "--data", tmp_path)
    assert (nobody.exit_code, "no hay un emisor formacion en" in nobody.stderr) == (2, True)


def test_a_person_is_invited_listed_and_ended(tmp_path: Path) -> None:
    who = ("--person", "Irene Paz", "--role", "issuer_admin", "--issuer", "formacion")
    made = run("staff", "invite", *who, "--data", tmp_path)
    assert made.exit_code == 0
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}\n", made.stdout), "a script takes the code alone"
    said = r"Código para Irene Paz, .* en http://localhost:8710/issuer/ y sirve hasta el [0-9-]{10} [0-9:]{5}, .*\n"
    assert re.fullmatch(said, made.stderr)
    assert run("staff", "list", "--data", tmp_path).stdout == "irene paz  issuer_admin  formacion  -  invitada\n"
    early = run("staff", "confirm", "Irene Paz", "--data", tmp_path)
    assert early.exit_code != 0, "she has not enrolled"
    assert run("staff", "end", "IRENE PAZ", "--data", tmp_path).exit_code == 0
    assert run("staff", "list", "--data", tmp_path).stdout.endswith("terminada\n")
    unknown = run("staff", "invite", "--person", "ana", "--role", "king", "--data", tmp_path)
    assert (unknown.exit_code, "no hay un papel llamado king" in unknown.stderr) == (2, True)


def test_migrate_and_doctor(tmp_path: Path, demo: Demo) -> None:
    assert "Falta la carpeta" in run("doctor", "--data", tmp_path / "none").stdout
    data = tmp_path / "data"
    assert run("migrate", "--data", data).exit_code == run("migrate", "--data", data).exit_code == 0
    assert run("doctor", "--data", data).exit_code == 1
    assert "✗" in run("doctor", "--data", data).stdout
    assert run("doctor", "--data", demo.out).exit_code == 0, run("doctor", "--data", demo.out).stdout


def test_doctor_sees_a_restore_that_was_not_ended(folder: Path) -> None:
    (folder / RESTORING).touch()
    done = run("doctor", "--data", folder)
    assert (done.exit_code, "✗ Una recuperación quedó a medias" in done.stdout) == (1, True)


@pytest.fixture
def folder(demo: Demo, tmp_path: Path) -> Path:
    """What a demo left, to go on with."""
    for name in ("audit", "bundle", "keys", "log"):
        shutil.copytree(demo.out / name, tmp_path / name)
    for name in (DEMO_MARK, "bundle.puente", "root.json", "remembered.json", "console.json", "puente.db"):
        shutil.copyfile(demo.out / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Any]:
    """`puente serve` on that folder, as a process of its own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--data", str(folder)]
    env = {"PATH": os.environ["PATH"]}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            _wait(client, server)
            yield client
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/verifier/" in server.stdout.read().decode()


def _wait(client: httpx2.Client, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            client.get("/livez")
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not start")


def made_key(folder: Path, person: str, role: str) -> str:
    made = run("keys", "make", "--person", person, "--role", role, "--issuer", "formacion", "--data", folder)
    return str(made.stdout.strip())


def approve(folder: Path, key: str, *words: str) -> None:
    """At the machine itself: over the network no key does."""
    command = [sys.executable, "-m", "app.cli", *words, "--data", str(folder)]
    by = {"PATH": os.environ["PATH"], "PUENTE_KEY": key}
    subprocess.run(command, cwd=ROOT, env=by, check=True, capture_output=True)


def test_a_demos_folder_is_served_and_issued_from_and_published(served: httpx2.Client, folder: Path) -> None:
    assert served.get("/readyz").json()["status"] == "ok"
    assert served.get("/bundle/bundle.puente").content == (folder / "bundle.puente").read_bytes()
    assert served.get("/").headers["location"] == "/verifier/"
    near = {"X-Puente": "1", "Sec-Fetch-Site": "same-origin"}
    for way in json.loads((folder / "console.json").read_text("utf-8")):
        begun = served.post("/v1/staff/enrolments", json={"code": way["code"]}, headers=near).json()
        assert (begun["person"], begun["roles"]) == (way["person"], [way["role"]])
    officer = {"Authorization": f"Bearer {made_key(folder, 'ofelia', 'officer')}"}
    approver = made_key(folder, "mauro", "approver")
    raw = cohort(row(number="000000700001"))
    batches = "/v1/issuer/batches"
    batch = served.post(batches, params=ASK, content=raw, headers={**officer, **CSV}).json()
    assert served.post(f"{batches}/{batch['id']}/proposal", headers=officer).status_code == 200
    bearer = {"Authorization": f"Bearer {approver}"}
    release = served.post(f"{batches}/{batch['id']}/release", json={"digest": batch["digest"]}, headers=bearer)
    assert (release.status_code, release.json()["code"]) == (403, "person_needed")
    assert "clave de API" in release.json()["title"]
    assert "en la consola" in release.json()["detail"]
    approve(folder, approver, "batches", "release", batch["id"], "--digest", batch["digest"])
    until = time.monotonic() + PATIENCE
    while served.get(f"{batches}/{batch['id']}", headers=officer).json()["state"] != "done":
        assert time.monotonic() < until
    (one,) = served.get(f"{batches}/{batch['id']}/credentials", headers=officer).json()["items"]
    text = served.get(f"/v1/issuer/credentials/{one['id']}/text", headers=officer).text

    def verdict() -> str:
        return str(
            served.post("/v1/verifier/verify", content=text, headers={"Content-Type": "text/plain"}).json()["verdict"]
        )

    assert verdict() == "valid"
    act = {"act": "revoke", "reason": "holder_request"}
    path = f"/v1/issuer/credentials/{one['id']}/acts"
    made = served.post(path, json=act, headers={**officer, "Idempotency-Key": "revoke-her-1"}).json()
    approve(folder, approver, "acts", "approve", made["id"])
    assert verdict() == "valid"
    published = run("publish", "--data", folder)
    assert (published.exit_code, published.stdout.startswith("Publicada la lista ")) == (0, True)
    assert verdict() == "revoked"


@pytest.mark.parametrize("command", [("batches", "look", "x"), ("keys", "list"), ("migrate",)], ids=" ".join)
def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    away = "postgresql+psycopg://puente@127.0.0.1:1/puente"
    done = process(*command, "--data", tmp_path, PUENTE_DATABASE=away, PUENTE_KEY="x")
    line, technical = done.stderr.splitlines()
    assert line.startswith("puente: La base de datos no responde."), line
    assert line.endswith(" [database_unavailable]")
    assert technical == "  Detalle técnico, en inglés: the database did not answer"
    assert (done.returncode, done.stdout) == (2, "")


def test_who_may_not_is_told_whose_role_may(folder: Path) -> None:
    made = run("keys", "make", "--person", "mauro", "--role", "approver", "--issuer", "formacion", "--data", folder)
    done = process("erase", "x", "--reason", "1", "--yes", "--data", folder, PUENTE_KEY=made.stdout.strip())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == (
        "puente: Su papel o su clave de API no permite esto. Pídale que lo haga a una persona con este papel: officer."
        " No se cambió nada. [not_allowed]"
    )
    hers = run("keys", "make", "--person", "mauro", "--role", "officer", "--issuer", "formacion", "--data", folder)
    keys = {"PUENTE_KEY": hers.stdout.strip(), "PUENTE_SECOND_KEY": made.stdout.strip()}
    alone = process("erase", "x", "--reason", "1", "--yes", "--data", folder, **keys)
    assert (alone.returncode, alone.stderr.splitlines()[0][-12:]) == (2, " [same_hand]")


def test_a_copy_comes_back_and_the_house_is_closed_until_its_counters_are_raised(folder: Path, tmp_path: Path) -> None:
    keys = [tmp_path / "ana.txt", tmp_path / "luis.txt"]
    public = [run("operator", key).stdout.strip() for key in keys]
    copy = tmp_path / "copy.pbk"
    assert run("backup", copy, "--for", public[0], "--for", public[1], "--data", folder).exit_code == 0
    restore = ("restore", copy, "--key", keys[1], "--data", folder, "--by", "ana")
    for part in folder.glob("puente.db*"):
        part.unlink()
    refused = run(*restore, "Ana").exception
    assert isinstance(refused, Conflict)
    assert list(folder.glob("puente.db*")) == []
    (folder / RESTORING).touch()
    closed = run("publish", "--data", folder).exception
    assert isinstance(closed, Unavailable)
    assert closed.code == "restore_unended"
    (folder / "log").rename(folder / "elsewhere")
    unknown = run(*restore, "luis").exception
    assert isinstance(unknown, Conflict)
    assert "log of" in str(unknown)
    assert (folder / RESTORING).exists()
    (folder / "elsewhere").rename(folder / "log")
    assert run(*restore, "luis").exit_code == 0
    assert not (folder / RESTORING).exists()
    assert run("publish", "--data", folder).exit_code == 0
    assert isinstance(run(*restore, "luis").exception, Conflict), "there is a database now"
    assert not (folder / RESTORING).exists()


def test_a_database_that_somebody_put_back_issues_nothing_until_two_operators_go_on(
    folder: Path, tmp_path: Path
) -> None:
    snapshot = shutil.copyfile(folder / "puente.db", tmp_path / "snapshot.db")
    assert run("publish", "--data", folder).exit_code == 0
    for part in folder.glob("puente.db*"):
        part.unlink()
    shutil.copyfile(snapshot, folder / "puente.db")
    refused = run("publish", "--data", folder).exception
    assert isinstance(refused, Unavailable)
    assert refused.code == "database_went_back"
    work = run("work", "--data", folder)
    assert (work.exit_code, "no sigue de lo que ya se publicó (audit)" in work.stderr) == (2, True)
    forward = ("restore", "--go-on", "--data", folder, "--by", "ana")
    assert isinstance(run(*forward, "Ana").exception, Conflict)
    assert run("restore", "--by", "ana", "luis", "--data", folder).exit_code == 2
    (folder / RESTORING).touch()
    assert isinstance(run(*forward, "luis").exception, Conflict), "a restore was begun"
    (folder / RESTORING).unlink()
    assert "Recuperada." in run(*forward, "luis").stdout
    assert not (folder / RESTORING).exists()
    assert run("publish", "--data", folder).exit_code == 0
