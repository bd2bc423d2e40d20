"""The app itself on loopback for the journeys in a browser: real API, real database, this run's pages."""

import asyncio
import threading
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tests.journeys.world import Place


@dataclass
class LiveSite:
    """An app that is served until `stop`; its pages are the ones given."""

    place: Place
    pages: dict[str, Path]
    port: int = 0
    _server: uvicorn.Server = field(init=False)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        app = self.place.app
        app.router.routes[:] = [route for route in app.router.routes if getattr(route, "name", None) not in self.pages]
        for name, folder in self.pages.items():
            app.router.routes.append(Mount(f"/{name}", StaticFiles(directory=folder, html=True), name=name))
        config = uvicorn.Config(
            app, host="localhost", port=self.port, log_config=None, access_log=False, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=asyncio.run, args=(self._server.serve(),), daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.02)
            if not self._thread.is_alive():
                raise RuntimeError(f"the app could not be served on port {self.port}")
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """Where the pages are; a secure context for the browser."""
        return f"http://localhost:{self.port}"

    def stop(self) -> None:
        """Ends the server and frees its port: the network is off for whoever comes now."""
        self._server.should_exit = True
        self._thread.join(10)
