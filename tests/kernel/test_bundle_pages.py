"""Both bundle clients on the same states of a registry: the pages' core installs and refuses exactly what ours does.

The states are those that python-tuf's own client is asked about (`test_bundle_tuf.py`), and the stricter ones.
"""

import json
import subprocess
from base64 import b64encode
from pathlib import Path

from kernel.bundle.container import pack
from kernel.bundle.install import install
from kernel.errors import Invalid
from tests import small_registry as small
from tests.tuf_cases import BAD, FIRST_IS_SECOND, GOOD, NOW, STRICTER, Files

PAGES = Path(__file__).parents[2] / "pwa"


def _states() -> dict[str, tuple[Files, Files]]:
    """Name -> what is installed first, and what is tried then."""
    made = {**GOOD, **BAD, **STRICTER}
    return {name: (small.good(NOW, 2 if name in FIRST_IS_SECOND else 1), second()) for name, second in made.items()}


def _ours(first: Files, second: Files) -> str:
    root = first["metadata/1.root.json"]
    former = install(pack(first), trusted_root=root, now=NOW, allow_expired_timestamp=False)
    try:
        bundle = install(pack(second), trusted_root=root, now=NOW, former=former, allow_expired_timestamp=False)
    except Invalid as refused:
        return f"{refused.code}: {refused.detail}"
    floors = [bundle.floor_off, bundle.floor_on]
    milliseconds = [None if at is None else int(at.timestamp() * 1000) for at in floors]
    return f"installed {bundle.version} {' '.join(map(str, milliseconds))}"


def _case(first: Files, second: Files) -> dict[str, object]:
    packed = {"former": pack(first), "container": pack(second), "root": first["metadata/1.root.json"]}
    texts = {name: b64encode(raw).decode() for name, raw in packed.items()}
    return {**texts, "now": NOW.isoformat(), "lenient": False}


def test_the_pages_install_and_refuse_what_we_do(tmp_path: Path) -> None:
    states = _states()
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([_case(*state) for state in states.values()]), "utf-8")
    command = ["node", "--import", "tsx", "tools/bundles.ts", str(path)]
    done = subprocess.run(command, cwd=PAGES, check=True, capture_output=True, text=True)
    theirs = dict(zip(states, json.loads(done.stdout), strict=True))
    assert theirs == {name: _ours(*state) for name, state in states.items()}
