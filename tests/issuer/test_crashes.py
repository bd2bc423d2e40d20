"""Workers, client, connections and PostgreSQL are killed at random moments: nothing is lost, nothing is there twice."""

import os

import pytest

from tests.issuer import crash_run


@pytest.mark.postgres
def test_whoever_is_killed_each_row_is_issued_once() -> None:
    kills = 2000 if os.environ.get("PUENTE_LONG") else 62
    counts = crash_run.run(kills, rows=kills * 16)
    assert sum(counts.values()) - counts["acknowledged"] == kills
    assert {"planner", "sealer", "other", "client", "connections", "server"} <= counts.keys()
