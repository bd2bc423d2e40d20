"""`/livez` and `/readyz`: is the process up, and can it do its work."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import Engine, text

from app.db import reading
from app.disk import has_room
from kernel.errors import PuenteError
from kit.caller import caller

router = APIRouter(tags=["health"], dependencies=[caller("health", "read")])


class Health(BaseModel):
    """Each part that is needed, and whether it answers."""

    status: Literal["ok", "degraded"]
    database: bool
    disk: bool
    bundle: bool
    publication: bool
    """Lists and bundle go out and are signed again in time."""


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
    """200 when database and disk are there, else 503; `degraded` where anything is amiss."""
    state = request.app.state
    disk = has_room(state.data)
    bundle = state.bundle() is not None
    database = _answers(state.engine)
    parts = {"database": database, "disk": disk, "bundle": bundle, "publication": database and not state.is_late()}
    response.status_code = 200 if disk and database else 503
    return Health(status="ok" if all(parts.values()) else "degraded", **parts)


def _answers(engine: Engine) -> bool:
    try:
        with reading(engine) as session:
            session.execute(text("SELECT 1"))
    except PuenteError:
        return False
    return True
