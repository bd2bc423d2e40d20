"""`caller(resource, verb)`: the Policy of a route, and the Principal that passed it.

A route without one does not start. Who somebody is, and the answer 401, are `app/auth.py`'s.
"""

from typing import Any

from fastapi import Depends, Request

from kernel.access import Policy, Principal
from schemas.access import Resource, Verb


def caller(resource: Resource, verb: Verb) -> Any:
    """The dependency that admits a caller: `Annotated[Principal, caller("batch", "create")]`."""
    policy = Policy(resource=resource, verb=verb)

    def admit(request: Request) -> Principal:
        principal: Principal = request.app.state.gate(request, policy)
        return principal

    admit.policy = policy  # type: ignore[attr-defined]  # read by app/main.py, which refuses a route without one
    return Depends(admit)
