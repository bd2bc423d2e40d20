"""`/livez` and `/readyz`: is the process up, and can it do its work."""

from pathlib import Path
from typing import Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import Engine, text

from app.db import reading
from app.disk import has_room
from app.doctor_machine import ahead
from app.signing_client import SigningClient
from app.told_outside import contradicted
from kernel.errors import PuenteError
from kernel.ports import Hand
from kit.caller import caller

_PATIENCE: Final = 2.0
"""Seconds in which the signer has to answer."""
router = APIRouter(tags=["health"], dependencies=[caller("health", "read")])


class Health(BaseModel):
    """Each part that is needed, and whether it answers."""

    status: Literal["ok", "degraded"]
    database: bool
    disk: bool
    bundle: bool
    publication: bool
    """Lists and bundle go out and are signed again in time."""
    record: bool
    """The database goes on from what was told outside of its logs and of its audit chain."""
    signer: bool
    """What holds the issuers' keys answers; keys that this process holds itself are open."""
    clock: bool
    """Nothing was kept in this clock's time to come."""


@router.get("/livez", summary="Is the process up", response_class=Response, status_code=204)
def livez() -> Response:
    """204 as long as the process answers."""
    return Response(status_code=204)


@router.get(
    "/readyz",
    summary="Can the process do its work",
    responses={503: {"model": Health, "description": "A part that is needed does not answer"}},
)
def readyz(request: Request, response: Response) -> Health:
    """200 when database and disk are there and the database did not go back, else 503; `degraded` where anything is
    amiss: without a signer, or with a clock that is behind, what was published is still served and judged."""
    state = request.app.state
    disk = has_room(state.data)
    bundle = state.bundle() is not None
    database = _answers(state.engine)
    record = database and _goes_on(state.engine, state.data)
    publication = database and not state.is_late()
    parts = {
        "database": database,
        "disk": disk,
        "bundle": bundle,
        "publication": publication,
        "record": record,
        "signer": _signs(state.hand),
        "clock": ahead(state.data, state.engine, state.clock) is None,
    }
    response.status_code = 200 if disk and database and record else 503
    return Health(status="ok" if all(parts.values()) else "degraded", **parts)


def _answers(engine: Engine) -> bool:
    try:
        with reading(engine) as session:
            session.execute(text("SELECT 1"))
    except PuenteError:
        return False
    return True


def _goes_on(engine: Engine, data: Path) -> bool:
    try:
        return not contradicted(engine, data)
    except PuenteError:
        return False


def _signs(hand: Hand | None) -> bool:
    if not isinstance(hand, SigningClient):  # rung K0: the keys were opened when this process began
        return True
    try:
        hand.ping(patience=_PATIENCE)
    except PuenteError:
        return False
    return True
