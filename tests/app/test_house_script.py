"""`tools/house.sh` walks a whole house on a bare machine; `compose.yaml` says the same steps to a container engine.

No engine is needed here: what a service of the compose file runs must stand as a line of the script that was run.
"""

import os
import secrets
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # comes with schemathesis, and has no types of its own

from app.keystore import make_halves
from tests.cluster import cluster

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "house.sh"
PERSONAL = ("Yuleisy", "Rojas", "Yépez", "00020000", "VC1-", "pte_")


def two_free_ports() -> int:
    """The first of two in a row that nobody listens on."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@pytest.mark.postgres
def test_a_house_stands_from_an_empty_database_to_a_verified_credential(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    one, two = make_halves(secrets.token_bytes)
    own = {"PYTHONPATH": str(ROOT), "PUENTE_KEY_HALF_ONE": one, "PUENTE_KEY_HALF_TWO": two}
    with cluster() as server:
        port = two_free_ports()
        env = {**os.environ, **own, "PUENTE_DATABASE": server.url(), "PUENTE_PORT": str(port)}
        run = subprocess.run([SCRIPT, folder], env=env, check=False, capture_output=True, text=True)
    logs = {path.name: path.read_text() for path in folder.rglob("*.log")}
    assert run.returncode == 0, (run.stdout, run.stderr, {name: text[-500:] for name, text in logs.items()})
    assert [line.rpartition(" ")[2] for line in run.stdout.splitlines() if "process at" in line] == ["valid", "valid"]
    assert '"request"' in logs["app.log"]
    told = run.stdout + run.stderr + "".join(logs.values())
    assert [value for value in PERSONAL if value in told] == []


def test_the_compose_file_runs_what_the_script_runs() -> None:
    steps = [line.split("#")[0].split() for line in SCRIPT.read_text().splitlines()]
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    ours = {name: each for name, each in services.items() if name != "database"}
    assert set(ours) == {"migrate", "sign", "app", "worker"}
    for name, service in ours.items():
        command = service["command"]
        assert any(step[: len(command)] == command for step in steps), name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
    halves = {"puente_key_half_one", "puente_key_half_two"}
    assert [name for name, each in ours.items() if halves & set(each["secrets"])] == ["sign"]
    assert services["worker"]["deploy"]["replicas"] == 2
    image = (ROOT / "Dockerfile").read_text()
    assert image.count("\nUSER puente\n") == image.count("\nHEALTHCHECK ") == 1
