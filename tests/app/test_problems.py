"""Every failure is a problem: the unforeseen one says nothing, a database out of reach says what to do."""

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine, text

from app.db import open_engine, transaction
from app.log_files import root_of
from app.logs import FIELDS, fault_of, set_up_logs
from app.problems import install_problems
from kernel.errors import TooMany, Unavailable, WrongShape
from tests.databases import PostgresServer

SECRET = "Julián Rincón Yépez 000000100442"


class Body(BaseModel):
    """A strict body."""

    model_config = ConfigDict(strict=True, extra="forbid")
    pin: int


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    install_problems(app)

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError(SECRET)

    @app.post("/form")
    def form(body: Body) -> int:
        return body.pin

    @app.get("/often")
    def often() -> None:
        raise TooMany("too_many_requests", detail="too often", retry_after=40)

    @app.get("/sent")
    def sent(code: str, step: str | None = None) -> None:
        raise WrongShape(code, detail="not as declared", step=step)

    return TestClient(app)


def _problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told: dict[str, Any] = answer.json()
    assert (told["code"], told["status"]) == (code, status)
    return told


@pytest.mark.parametrize(
    ("code", "sent", "read"),
    [
        ("schema", "Algo de lo que envió no está como debe.", "Este código no es de Puente."),
        ("limits_exceeded", "Lo que envió es más grande de lo permitido.", "El código es más grande de lo permitido."),
    ],
)
def test_of_a_file_or_a_form_nobody_says_that_it_is_no_code(
    client: TestClient, code: str, sent: str, read: str
) -> None:
    told = [client.get("/sent", params={"code": code, **step}).json() for step in ({}, {"step": "V9"})]
    assert [each["title"] for each in told] == [sent, read]


def test_what_nobody_foresaw_is_told_without_a_word_of_detail(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs()
    told = _problem(client.get("/bug"), 500, "internal")
    assert SECRET not in json.dumps(told, ensure_ascii=False)
    captured = capsys.readouterr()
    assert SECRET not in captured.err + captured.out
    told = json.loads(captured.err.splitlines()[0])
    assert (told["event"], told["fault"]) == ("unforeseen", "RuntimeError")
    assert re.fullmatch(r"app/problems\.py:[0-9]+", told["where"]), "a test's own lines are not the house's"


def test_of_a_fault_inside_a_library_the_last_line_of_ours_is_told() -> None:
    with pytest.raises(ValueError, match="ASCII") as caught:
        root_of("\n\nñ")
    told = fault_of(caught.value)
    assert told["fault"] == "ValueError"
    assert re.fullmatch(r"app/log_files\.py:[0-9]+", told["where"])


def test_a_wrong_field_is_named_and_its_value_is_not_echoed(client: TestClient) -> None:
    answer = client.post("/form", json={"pin": SECRET})
    told = _problem(answer, 422, "bad_request")
    assert told["pointer"] == "/body/pin"
    assert SECRET not in answer.text


def test_too_often_says_when_again(client: TestClient) -> None:
    answer = client.get("/often")
    _problem(answer, 429, "too_many_requests")
    assert answer.headers["retry-after"] == "40"


def test_language_follows_the_caller_and_spanish_is_first(client: TestClient) -> None:
    def told(language: str | None) -> tuple[str, str, str, str]:
        answer = client.get("/none", headers={} if language is None else {"Accept-Language": language})
        problem = answer.json()
        return answer.headers["content-language"], problem["title"], problem["detail"], problem["technical"]

    what, todo = "No hay nada con ese nombre.", "Revise el nombre. Si es de otro centro, pídalo allá."
    assert told(None) == told("es-CO") == ("es", what, todo, "Not Found")
    what, todo = "There is nothing under that name.", "Check the name. If it is another centre's, ask there."
    assert told("en-GB") == ("en", what, todo, "Not Found")
    assert client.delete("/bug").status_code == 405


def test_a_log_line_holds_only_listed_fields(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    client.get("/bug")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines
    assert all(set(line) <= FIELDS for line in lines)


def _insert(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(text("INSERT INTO t VALUES (1)"))


def test_a_locked_database_is_out_of_reach_and_nothing_is_half_done(tmp_path: Path) -> None:
    file = tmp_path / "locked.db"
    engine = open_engine(f"sqlite:///{file}", patience=0.05)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("CREATE TABLE t (a)")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable) as caught:
        _insert(engine)
    assert caught.value.code == "database_unavailable"
    holder.execute("ROLLBACK")
    assert holder.execute("SELECT count(*) FROM t").fetchone() == (0,)
    holder.close()
    engine.dispose()


@pytest.mark.postgres
def test_of_two_that_wait_for_each_other_one_is_told_to_come_again(postgres_server: PostgresServer) -> None:
    with postgres_server.empty() as url:
        engine = open_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE t (a int PRIMARY KEY, b int)"))
            connection.execute(text("INSERT INTO t VALUES (1, 0), (2, 0)"))
        both = Barrier(2)

        def cross(first: int, second: int) -> str:
            try:
                with transaction(engine) as session:
                    session.execute(text("UPDATE t SET b = 1 WHERE a = :a"), {"a": first})
                    both.wait()
                    session.execute(text("UPDATE t SET b = 2 WHERE a = :a"), {"a": second})
            except Unavailable as unavailable:
                return unavailable.code
            return ""

        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(cross, (1, 2), (2, 1)))
        engine.dispose()
    assert sorted(told) == ["", "database_unavailable"]
