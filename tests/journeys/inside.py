"""The network of the journeys: a wallet in them reaches the app itself, in this process, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from kernel.errors import Unavailable
from kernel.ports import Answered, Asked, Fetched
from schemas.identifiers import Url

HOUSE = "https://puente.demo.puente.example"
"""Where a holder's wallet believes the app to stand; no such host is ever asked."""


@dataclass(frozen=True)
class Inside:
    """The network of a wallet in these tests: it reaches the app itself and nothing else."""

    ask_app: Callable[..., httpx2.Response]

    def get(self, url: Url, /, *, accept: str, limit: int) -> Fetched:
        return self._send("GET", url, b"", {"Accept": accept}, limit)

    def post(self, url: Url, body: bytes, /, *, media_type: str, limit: int) -> Fetched:
        return self._send("POST", url, body, {"Content-Type": media_type}, limit)

    def ask(self, asked: Asked, /, *, limit: int) -> Answered:
        answer = self._answer(asked.method, asked.url, asked.body, dict(asked.headers), limit)
        wait = answer.headers.get("retry-after")
        return Answered(
            status=answer.status_code,
            body=answer.content,
            etag=answer.headers.get("etag"),
            retry_after=None if wait is None else int(wait),
        )

    def _send(self, method: str, url: Url, body: bytes, headers: dict[str, str], limit: int) -> Fetched:
        answer = self._answer(method, url, body, headers, limit)
        return Fetched(body=answer.content, media_type=answer.headers["content-type"].partition(";")[0])

    def _answer(self, method: str, url: Url, body: bytes, headers: dict[str, str], limit: int) -> httpx2.Response:
        if not url.startswith(f"{HOUSE}/"):
            raise Unavailable("network_unavailable", detail="no such host")
        answer = self.ask_app(method, url.removeprefix(HOUSE), content=body, headers=headers)
        if len(answer.content) > limit or answer.status_code >= 500:
            raise Unavailable("network_unavailable", detail="the other side did not answer")
        return answer
