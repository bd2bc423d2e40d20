"""`create_app(world)`: routers, pages, handlers, limits; and the check that every route has a Policy.

Wiring stands in `app/provide.py`, pages in `app/pages.py`.
"""

from collections.abc import Iterable

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app import health
from app.pages import install_pages
from app.problems import install_problems
from app.provide import World
from issuer.routes import router as issuer_router
from registry.routes import router as registry_router
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
        max_body_size=world.settings.max_body,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        separate_input_output_schemas=False,
    )
    for router in (issuer_router, wallet_router, verifier_router, registry_router):
        app.include_router(router, prefix="/v1")
    app.include_router(health.router)
    app.state.doors = world.doors()
    app.state.gate = world.gate
    app.state.engine = world.engine
    app.state.bundle = world.bundle
    install_pages(app, data=world.settings.data)
    install_problems(app)
    require_policies(app)
    return app


def _calls(dependant: Dependant) -> Iterable[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def require_policies(app: FastAPI) -> None:
    """Refuse to start with a route that does not say who may call it (TRUST section 10)."""
    for route in app.routes:
        declared = not isinstance(route, APIRoute) or any(hasattr(call, "policy") for call in _calls(route.dependant))
        if not declared:
            raise RuntimeError("a route has no policy")
