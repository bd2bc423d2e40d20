"""An issuers' desk that says what a test wants it to: that of whoever seized one (TRUST T13). No rule lives here."""

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.browser import planted
from tests.browser.site import Site, reply

DRAWN = "Q" * 43
"""A challenge of the form that a desk's have."""


class Desk(Site):
    """The pages, and a desk that gives a competence and a permit for whatever key asks, and answers as it is told."""

    def __init__(self, rooms: dict[str, Path | dict[str, bytes]]) -> None:
        self.opening: dict[str, Any] = {"challenge": DRAWN}
        self.answer: dict[str, Any] = answered("open")
        self.passes: list[dict[str, Any]] = []
        self.presentation: dict[str, Any] = {}
        self.answers = 0
        super().__init__(rooms)

    def say(self, path: str, body: Any) -> dict[str, Any]:
        """What comes back to a POST."""
        match path.removeprefix("/v1/issuer/").split("/"):
            case ["pickups"]:
                return {"id": "aaaa", "challenge": DRAWN, "domain": "x.example"}
            case ["pickups", _, "present"]:
                holder, now = body["proof"]["verificationMethod"].partition("#")[0], planted.clock()
                self.passes = [planted.competence(now, subject=holder), planted.permit(now, subject=holder)]
                return {"credentials": [{"credential": document} for document in self.passes]}
            case ["disputes", "openings"]:
                return {"expires_at": "2027-01-01T00:00:00Z", **self.opening}
            case ["disputes", "answers"]:
                self.answers += 1
                return self.answer
            case _:
                self.presentation = body["presentation"]
                return {"ticket": "t" * 22}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        desk = self

        class Handler(super()._handler()):  # type: ignore[misc]  # a class that is made anew for each site
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                said = json.dumps(desk.say(self.path, json.loads(raw or b"{}"))).encode()
                reply(self, said, {"Content-Type": "application/json"})

        return Handler


def answered(state: str, text: str = "", *rows: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    """An answer; each row a pass, and the one in whose place it is said to stand."""
    credentials = [{"credential": new, "supersedes": old["credentialStatus"][0]} for new, old in rows]
    return {"state": state, "text": text, "answered_at": None, "credentials": credentials}
