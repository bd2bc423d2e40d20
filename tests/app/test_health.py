"""`/livez` and `/readyz`: each part that is needed is named; a database out of reach is said, not guessed."""

import os
import socket
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.clock import MachineClock
from app.main import create_app
from app.shelf import CONTAINER
from app.signing import serving
from app.signing_client import SigningClient
from kernel.errors import Unavailable
from tests.journeys.world import Place


def test_all_is_there(plain: Place) -> None:
    assert plain.ask("GET", "/livez").status_code == 204
    assert plain.good("GET", "/readyz") == {
        "status": "ok",
        "database": True,
        "disk": True,
        "bundle": True,
        "publication": True,
        "record": True,
        "signer": True,
        "clock": True,
    }


def test_whether_what_holds_the_keys_answers_is_told(plain: Place, tmp_path: Path) -> None:
    signer = SigningClient(socket=tmp_path / "sign.socket")
    client = TestClient(create_app(replace(plain.world, hand=signer)))
    told = client.get("/readyz")
    assert (told.status_code, told.json()["status"], told.json()["signer"]) == (200, "degraded", False)
    with serving(signer.socket, plain.world) as process:
        thread = threading.Thread(target=process.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        assert client.get("/readyz").json()["signer"]
        process.shutdown()
        thread.join()


def test_of_a_signer_that_hears_and_says_nothing_nobody_waits_for_long(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "sign.socket"))
        silent.listen()
        with pytest.raises(Unavailable):
            SigningClient(socket=tmp_path / "sign.socket").ping(patience=0.05)


@pytest.mark.parametrize("kept", ["by the house", "by the machine"])
def test_a_clock_that_is_behind_what_was_kept_is_told(plain: Place, kept: str) -> None:
    if kept == "by the house":
        plain.numbered(1)
        plain.clock.at -= timedelta(minutes=5)
    else:
        later = MachineClock().now().timestamp() + 300
        os.utime(plain.folder / CONTAINER, (later, later))
    told = plain.client.get("/readyz")
    assert (told.status_code, told.json()["status"], told.json()["clock"]) == (200, "degraded", False)


def test_without_a_bundle_it_can_begin_but_says_so(plain: Place, tmp_path: Path) -> None:
    bare = Place(url=plain.url, folder=tmp_path / "empty")
    told = bare.good("GET", "/readyz")
    assert (told["status"], told["bundle"], told["database"]) == ("degraded", False, True)
    assert bare.judged("VC1-R0")["reasons"] == ["no_bundle"]
    bare.close()


def test_a_database_out_of_reach_is_told_and_judging_says_503(tmp_path: Path, plain: Place) -> None:
    gone = Place(url=f"sqlite:///{tmp_path}/no/such/folder/x.db", folder=plain.folder)
    answer = gone.client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert gone.client.get("/livez").status_code == 204
    spoiled = {"Authorization": "Bearer pte_demo_AAAAAAAA_x_1c0e44"}
    for path in ("/v1/issuer/batches", "/v1/registry/issuers"):
        assert gone.ask("GET", path, headers=spoiled).status_code in (401, 503)
    asked = gone.ask("POST", "/v1/verifier/challenges", json={})
    assert (asked.status_code, asked.json()["code"], asked.headers["retry-after"]) == (
        503,
        "database_unavailable",
        "30",
    )
    gone.close()
