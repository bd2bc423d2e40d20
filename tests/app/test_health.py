"""`/livez` and `/readyz`: each part that is needed is named; a database out of reach is said, not guessed."""

from pathlib import Path

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
    }


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
