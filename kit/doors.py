"""The doors of one process: for each service, what opens it on a session of its own. `door.py` brings a request in."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

Doors = Mapping[type, Callable[[], AbstractContextManager[Any]]]
