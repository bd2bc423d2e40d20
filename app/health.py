"""`/livez` and `/readyz`: is the process up, and can it do its work."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.disk import has_room
from kit.caller import caller

router = APIRouter(tags=["health"], dependencies=[caller("health", "read")])


class Health(BaseModel):
    """Each part that is needed, and whether it answers."""

    status: Literal["ok", "degraded"]
    database: bool
    disk: bool
    bundle: bool


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
    """200 when database, disk and bundle are there, else 503 with which one is not."""
    state = request.app.state
    disk = has_room(state.data)
    bundle = state.bundle() is not None
    database = _answers(state.engine)
    ready = disk and database
    response.status_code = 200 if ready else 503
    return Health(status="ok" if ready and bundle else "degraded", database=database, disk=disk, bundle=bundle)


def _answers(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
