"""Where the vector sets that others published are read in place: `PUENTE_VECTORS`, by default beside the project.

They are never copied in. In CI their absence fails; elsewhere the run names what was absent.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def published(name: str) -> Path:
    """The file or folder `name` of the published sets; where it is absent, CI fails and other runs say so by name."""
    folder = Path(os.environ.get("PUENTE_VECTORS", str(ROOT.parent / "shared" / "vectors")))
    path = folder / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"published vectors are required in CI and absent: {name} (set PUENTE_VECTORS)")
        pytest.skip(f"published vectors absent: {name} (set PUENTE_VECTORS)")
    return path
