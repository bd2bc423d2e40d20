"""The tables of this package's data folder, read once a process and shared: nobody changes what is in them."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> Any:
    """`data/NAME.json` as it stands; of what shape it is, its reader knows."""
    return json.loads(files("schemas").joinpath(f"data/{name}.json").read_text("utf-8"))
