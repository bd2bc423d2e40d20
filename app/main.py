"""`create_app(world)`: routers, pages, handlers, limits; and the check that every route has a Policy.

Wiring stands in `app/provide.py`, pages in `app/pages.py`.
"""

from collections.abc import Iterable, Sequence
from functools import cache, partial

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from app import health, metrics
from app.auth import make_gate
from app.description import describe
from app.limits import Limits
from app.metrics import Metrics
from app.pages import install_headers, install_pages
from app.problems import install_problems
from app.provide import World
from app.punctual import is_late
from issuer.routes import router as issuer_router
from kernel.access import Policy
from registry.routes import router as registry_router
from staff.routes import router as staff_router
from verifier.routes import router as verifier_router
from wallet.routes import router as wallet_router

DESCRIPTION = """
Credenciales verificables W3C que caben en un código QR y se comprueban sin internet.

W3C Verifiable Credentials 2.0 in a QR, checked with no internet. Errors are problem details (RFC 9457) with
stable codes and a Spanish sentence (English with `Accept-Language: en`). Lists take `after` and `limit` (at most 100).
"""
_TAGS = [
    {"name": "issuer", "description": "Cohorts, credentials, status. Needs an API key."},
    {"name": "wallet", "description": "The holder's keys and passes, kept by this process."},
    {"name": "verifier", "description": "Judge a QR, a credential, a presentation or a photo; nothing is kept."},
    {"name": "registry", "description": "Who may issue what, and the signed bundle. Needs an API key."},
    {"name": "staff", "description": "How people of the house come in; their sessions."},
    {"name": "bundle", "description": "The signed trust bundle, public files."},
    {"name": "health", "description": "Is the process up, can it do its work."},
]


def create_app(world: World) -> FastAPI:
    """The whole service over `world`."""
    app = FastAPI(
        title="Puente",
        version="1",
        description=DESCRIPTION,
        openapi_tags=_TAGS,
        docs_url=None,  # those pages load scripts from elsewhere, which no page of ours does; /openapi.json says it all
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        separate_input_output_schemas=False,
        routes=list(_routes()),
    )
    app.state.doors = world.doors()
    app.state.gate = make_gate(world.engine, world.clock, world.site)
    app.state.engine = world.engine
    app.state.bundle = world.bundle
    app.state.hand = world.hand
    app.state.clock = world.clock
    app.state.metrics = Metrics(world)
    app.state.is_late = partial(is_late, world)
    app.add_middleware(Limits, own=_own_bounds(app))
    install_pages(app, data=world.settings.data, follow=world.bundle)
    install_problems(app, count=app.state.metrics.count)
    install_headers(app)
    require_policies(app)
    describe(app, policies)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Every story's: put together once a process, since that takes longer than the rest of an app."""
    whole = APIRouter()
    for router in (issuer_router, wallet_router, verifier_router, registry_router, staff_router):
        whole.include_router(router, prefix="/v1")
    whole.include_router(health.router)
    whole.include_router(metrics.router)
    return tuple(whole.routes)


def policies(dependant: Dependant) -> list[Policy]:
    """What a route asks of its caller."""
    return [call.policy for call in _calls(dependant) if hasattr(call, "policy")]


def _calls(dependant: Dependant) -> Iterable[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def _own_bounds(app: FastAPI) -> dict[object, int]:
    """The endpoints that read their bodies themselves, with their bounds."""
    found: dict[object, int] = {}
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            found.update((route.endpoint, call.limit) for call in _calls(route.dependant) if hasattr(call, "limit"))
    return found


def require_policies(app: FastAPI) -> None:
    """Refuse to start with a route that does not say who may call it (TRUST section 10)."""
    # The app's own list holds included routers whole; this walks into them, and gives each route with its prefix.
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and not policies(route.dependant):
            raise RuntimeError(f"a route has no policy: {route.path}")
