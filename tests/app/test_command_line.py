"""app/command_line.py: help and faults in the language in force, a command loaded when called, examples to type."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.testing import CliRunner

from app.cli import TABLE, cli
from app.command_line import Row
from tests.app.conftest import Demo
from tests.app.test_cli import ROOT, process

ENGLISH = re.compile(
    r"Usage|Options|Arguments|Commands|Show this|OPTIONS|COMMAND\b|ARGS|\brequired\b|default:|<str>|<int|list\["
)
ROWS: dict[str, Row] = {name: row for rows in TABLE.values() for name, row in rows.items()}


def told(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, list(words), prog_name="puente")
    return done.exit_code, done.output


def ways(name: str) -> Iterator[tuple[str, ...]]:
    """A command, or each of the commands under it."""
    found = ROWS[name].load(name)
    yield (name,)
    if isinstance(found, TyperGroup):
        yield from ((name, other) for other in found.commands)


def test_help_names_every_command_with_what_it_does() -> None:
    code, said = told("--help")
    assert code == 0
    for name, row in ROWS.items():
        assert f"  {name} " in said
        assert row.es.split()[0] in said


@pytest.mark.parametrize("name", ROWS)
def test_every_command_says_in_spanish_what_it_does_and_an_example_of_it(name: str) -> None:
    for way in ways(name):
        code, said = told(*way, "--help")
        assert not re.search(r"\w\.\.\.$", said, re.MULTILINE), f"{' '.join(way)}: a sentence is cut off"
        assert (code, "Muestra esta ayuda." in said) == (0, True)
        assert not ENGLISH.search(said), f"{' '.join(way)}: {ENGLISH.search(said)}"
        assert said.startswith(f"Uso: puente {' '.join(way)}")
        assert f"puente {way[0]}" in said.partition("Ejemplos:")[2], f"{' '.join(way)} has no example"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nada",), "no hay un comando nada"),
        (("acts", "nada"), "no hay un comando nada"),
        (("doctor", "--nada"), "no hay una opción --nada"),
        (("doctor", "nada"), "sobra nada"),
        (("doctor", "--data"), "a --data le falta su valor"),
        (("acts", "one", "ABC", "suspend"), "falta '--reason'"),
        (
            ("acts", "one", "ABC", "suspend", "--reason", "ganas"),
            "el valor de '--reason' no sirve: se espera <issued_in",
        ),
        (("acts", "one", "ABC", "borrar", "--reason", "fraud"), "el valor de 'act' no sirve: se espera <suspend|lift|"),
        (("batches", "look"), "falta 'BATCH'"),
        (("keys", "make", "--person", "ana", "--role", "officer", "--days", "900"), "el valor de '--days' no sirve"),
        (
            ("registry", "propose", '{"kind":"x"}'),
            "el cambio es JSON con un «kind» de estos: register_issuer: recibir a un",
        ),
        (("registry", "propose", '{"kind":"add_list"}'), "revise add_list.issuer"),
        (("acts", "check", "suspend", "--reason", "fraud"), "diga una sola: --batch, --bulk, --norm o --documents"),
    ],
)
def test_what_cannot_be_understood_is_told_in_spanish_by_exit_code_2(words: tuple[str, ...], said: str) -> None:
    code, output = told(*words)
    line = next(line for line in output.splitlines() if line.startswith("puente: "))
    assert (code, line.startswith(f"puente: {said}")) == (2, True), output
    assert output.startswith("Uso: puente") or words == ("doctor", "--data")


def test_english_is_spoken_where_it_is_asked_for() -> None:
    said = process("acts", "one", "--help", lang="en").stdout
    assert "Usage: " in said
    assert "Show this help." in said
    assert "[required]" in said
    assert "--reason is missing" in process("acts", "one", "ABC", "suspend", lang="en").stderr.replace("'", "")


def brought(file: str, heavy: tuple[str, ...]) -> str:
    """Those of them that a file of ours loads."""
    asked = f"import sys, {file}; print([name for name in {heavy} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout


def test_who_asks_for_help_does_not_wait_for_the_server_nor_the_database() -> None:
    heavy = ("fastapi", "sqlalchemy", "typst", "httpx", "cryptography")
    assert brought("app.cli", heavy) == "[]\n"


@pytest.mark.parametrize("file", ["app.staff", "app.worker", "app.signing"])
def test_who_works_does_not_wait_for_the_server_nor_for_migrations_that_are_in_force(file: str) -> None:
    assert brought(file, ("fastapi", "starlette", "alembic")) == "[]\n"


def test_a_language_that_there_is_not_is_refused_in_a_line_of_each() -> None:
    done = process("--help", lang="fr")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "puente: PUENTE_LANG: puede ser 'es', 'en'. No hice nada; corríjala o quítela.",
        "puente: PUENTE_LANG: it may be 'es', 'en'. Nothing was done; correct it or take it away.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUENTE_ORIGIN", "http://localhost:8790", "es https:// y el nombre de la casa"),
        ("PUENTE_ADDRESS", "https://puente.example/", "sin https:// ni barra"),
    ],
)
def test_a_setting_that_is_an_address_says_in_words_what_it_must_be(name: str, value: str, said: str) -> None:
    done = process("--help", **{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert f"puente: {name}: " in done.stderr
    assert said in done.stderr
    assert not any(sign in done.stderr for sign in ("[a-z", value))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("es", ["  4.096 de 35.904 filas, 2.048 por segundo, faltan 16 s",
                "  0 de 9.000 filas; aún no se sabe cuánto falta", "61,04"]),
        ("en", ["  4,096 of 35,904 filas, 2,048 a second, 16 s left",
                "  0 of 9,000 filas; how long it takes is not known yet", "61.04"]),
    ],
)  # fmt: skip
def test_figures_are_written_as_the_language_writes_them(lang: str, said: list[str]) -> None:
    shown = "print(told(4096, 35904, 2, 'filas'), told(0, 9000, 2, 'filas'), figure(61.035, 2), sep='\\n')"
    asked = f"from app.language import figure; from app.progress import told; {shown}"
    env = {"PATH": os.environ["PATH"], "PUENTE_LANG": lang}
    done = subprocess.run([sys.executable, "-c", asked], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == said


@pytest.mark.parametrize("way", [("acts", "one"), ("acts", "check")])
def test_what_may_be_typed_is_said_with_what_it_means(way: tuple[str, ...]) -> None:
    said = " ".join(told(*way, "--help")[1].split())
    assert "revoke: anular" in said
    assert "fraud: Engaño comprobado" in said


def test_a_scope_that_a_role_has_not_is_refused_with_those_that_it_has() -> None:
    for scope in ("status:read", "metrics:read"):
        code, said = told("keys", "make", "--person", "ofelia", "--role", "approver", "--scope", scope)
        assert (code, f"approver no tiene un permiso llamado {scope}. Los suyos: batch:read, " in said) == (2, True)
        assert "status_act:approve" in said
        assert "metrics:read" not in said.partition("Los suyos")[2]
    assert "batch:create, credential:read" in " ".join(told("keys", "make", "--help")[1].split())


@pytest.mark.parametrize(
    ("lang", "todo"), [("es", "Dé con --evidence el SHA-256 "), ("en", "Give by --evidence the SHA-256 ")]
)
def test_who_revokes_at_a_terminal_without_evidence_is_told_which_option_takes_it(
    demo: Demo, tmp_path: Path, lang: str, todo: str
) -> None:
    folder = shutil.copytree(demo.out, tmp_path / "served")
    make = ("keys", "make", "--person", "ofelia", "--role", "officer", "--issuer", "formacion", "--data", str(folder))
    key = told(*make)[1].strip()
    asked = ("acts", "check", "revoke", "--reason", "duplicate", "--batch", "A" * 22)
    done = process(*asked, "--data", folder, lang=lang, PUENTE_KEY=key)
    assert (done.returncode, todo in done.stderr, "[evidence_needed]" in done.stderr) == (2, True, True)
