"""Workers, client, connections and PostgreSQL are killed at random moments: nothing is lost, nothing is there twice."""

import os
import random
from pathlib import Path

import pytest

from app.db import open_engine
from migrations.apply import upgrade
from tests.cluster import Cluster, cluster
from tests.issuer import crash_run

FOLLOWED = (
    "max_connections=40",
    "shared_buffers=64MB",
    "fsync=off",
    "wal_level=replica",
    "max_wal_senders=4",
    "hot_standby=on",
    "synchronous_commit=remote_apply",
)


@pytest.mark.postgres
def test_whoever_is_killed_each_row_is_issued_once() -> None:
    kills = 2000 if os.environ.get("PUENTE_LONG") else 62
    counts = crash_run.run(kills, rows=kills * 16)
    assert sum(counts.values()) - counts["acknowledged"] == kills
    assert {"planner", "sealer", "other", "client", "connections", "server"} <= counts.keys()


@pytest.mark.postgres
def test_the_primary_goes_under_load_and_its_standby_has_all_that_was_acknowledged(tmp_path: Path) -> None:
    with cluster(settings=FOLLOWED) as primary:
        standby = Cluster(folder=primary.folder, settings=FOLLOWED, name="standby", port=5433)
        standby.follow(primary, name="second")
        standby.start()
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (second)'")
        primary.ask("SELECT pg_reload_conf()")
        engine = open_engine(primary.url())
        upgrade(engine)
        engine.dispose()
        harness = crash_run.Harness(url=primary.url(), folder=tmp_path, dice=random.Random(9), rows=640)
        harness.house().open().engine.dispose()
        try:
            while len([line for line in harness.acknowledged() if line.startswith("sealed")]) < 3:
                harness.tend()
            primary.kill()
            harness.end()
            standby.promote()
            harness.url = standby.url()
            crash_run.finish(harness)
            crash_run.require_whole(open_engine(standby.url()), harness)
        finally:
            harness.end()
            standby.kill()
            primary.start()
