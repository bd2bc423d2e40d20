"""Where the staff's pages stand: the one origin whose passkeys and requests are believed. Settings name it.

Without one, on a machine of its own (development, demo), every port of `http://localhost` is this house.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from kernel.errors import Forbidden

_LOCAL: Final = re.compile(r"http://localhost(:[0-9]{1,5})?")
_NEAR: Final = frozenset({"same-origin", "none"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """`origin` as a browser writes it, or None for localhost; `local` says that None may mean that."""

    origin: str | None
    local: bool

    @property
    def host(self) -> str:
        """The relying party of its passkeys (WebAuthn section 5.1.2)."""
        return "localhost" if self.origin is None else urlsplit(self.origin).hostname or ""

    def require_own(self, origin: str) -> None:
        """Raises Forbidden `cross_site` for another origin than ours."""
        known = origin == self.origin if self.origin is not None else self.local and _LOCAL.fullmatch(origin)
        if not known:
            raise Forbidden("cross_site", detail="the request comes from another site")

    def require_same(self, *, fetched: str | None, origin: str | None, marked: bool) -> None:
        """A change that a browser sends by itself comes from our own pages (TRUST section 10).

        `fetched` = Sec-Fetch-Site, `marked` = our header `X-Puente` was there, which no form of another site can send.
        Raises Forbidden `cross_site`.
        """
        if not marked or (fetched is not None and fetched not in _NEAR):
            raise Forbidden("cross_site", detail="the request comes from another site, or without X-Puente")
        if fetched is None:
            self.require_own(origin or "")
