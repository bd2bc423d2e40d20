"""The door commits before the answer leaves: what fails to commit is never answered with success (HOUSE section 8)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlmodel import Field, Session, SQLModel, select

from app.db import open_engine, transaction
from app.problems import install_problems
from kernel.errors import Conflict
from kit.door import door


class Note(SQLModel, table=True):
    """A row of this test alone."""

    __tablename__ = "test_note"
    text: str = Field(primary_key=True)


@dataclass
class Notes:
    """A service over one session."""

    session: Session
    seen: list[str] = field(default_factory=list)

    def add(self, text: str) -> str:
        self.session.add(Note(text=text))
        return text


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    engine = open_engine(f"sqlite:///{tmp_path / 'door.db'}")
    SQLModel.metadata.tables["test_note"].create(engine)
    app = FastAPI()
    app.state.engine = engine

    @contextmanager
    def opened() -> Iterator[Notes]:
        with transaction(engine) as session:
            yield Notes(session)

    @contextmanager
    def stuck() -> Iterator[list[str]]:
        yield []
        raise Conflict("stale_version", detail="raised while committing")

    app.state.doors = {Notes: opened, list: stuck}
    install_problems(app)

    @app.post("/notes/{text}")
    def add(text: str, notes: Annotated[Notes, door(Notes)]) -> str:
        return notes.add(text)

    @app.post("/stuck")
    def fail(notes: Annotated[list[str], door(list)]) -> str:
        return "never sent"

    @app.post("/broken/{text}")
    def broken(text: str, notes: Annotated[Notes, door(Notes)], request: Request) -> str:
        notes.add(text)
        raise Conflict("already_released", detail="after the write")

    yield app
    engine.dispose()


def test_what_is_answered_is_committed(app: FastAPI) -> None:
    with TestClient(app) as client:
        assert client.post("/notes/one").status_code == 200
    with Session(app.state.engine) as other:
        assert [row.text for row in other.exec(select(Note))] == ["one"]


def test_a_failed_commit_is_a_conflict_and_not_a_success(app: FastAPI) -> None:
    with TestClient(app) as client:
        client.post("/notes/one")
        again = client.post("/notes/one")
    assert again.status_code == 409
    assert again.json()["code"] == "stale_version"


def test_an_error_while_committing_keeps_its_status(app: FastAPI) -> None:
    with TestClient(app) as client:
        assert client.post("/stuck").status_code == 409


def test_an_error_in_the_handler_rolls_back(app: FastAPI) -> None:
    with TestClient(app) as client:
        assert client.post("/broken/two").json()["code"] == "already_released"
    with Session(app.state.engine) as other:
        assert not list(other.exec(select(Note)))
