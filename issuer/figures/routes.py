"""HTTP face of figures: one call, counts alone."""

from typing import Annotated

from fastapi import APIRouter

from issuer.figures.service import Figures
from kernel.access import Principal
from kit.caller import caller
from kit.door import door
from schemas.counter import NumbersView
from schemas.problem import answers

router = APIRouter()


@router.get("/numbers", summary="Numbers of the caller's issuer", responses=answers(401, 403, 404, 503))
def numbers(
    by: Annotated[Principal, caller("figure", "read")], figures: Annotated[Figures, door(Figures)]
) -> NumbersView:
    """Groups of fewer than ten are hidden, the rest is rounded to five."""
    return figures.look(by=by)
