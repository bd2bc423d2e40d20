"""Loading a file of ours with all that it needs. Circles are not looked for meanwhile: what a file defines stays.

`python -m app.loading app.worker seal DATA` loads a process's file so. What a process is for is its own file's.
"""

import gc
import importlib
import sys
from types import ModuleType


def load(name: str) -> ModuleType:
    """The module of that name; what it brought is not looked through again either."""
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    load(sys.argv.pop(1)).main()
