"""`door(Service)`: opens one service for one request, with one session; the door alone commits.

How a service is wired stands in `app/provide.py`; routes name no wiring. With `scope="function"` FastAPI ends the
dependency after the handler and before the answer, so a failed commit can never be answered with success.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, Request

from kit.doors import Doors


def door(service: type) -> Any:
    """The dependency that opens `service`: `Annotated[Issuer, door(Issuer)]`."""

    def enter(request: Request) -> Iterator[Any]:
        doors: Doors = request.app.state.doors
        with doors[service]() as opened:
            yield opened

    return Depends(enter, scope="function")
