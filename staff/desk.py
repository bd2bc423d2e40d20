"""What takes two transactions: a challenge stays used up whatever comes of the request, and then the act.

The desk has no session; it opens a door for each step.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from kernel.access import Principal
from schemas.staff import PasskeyMade, PasskeysKept
from staff.service import Staff
from staff.sessions import Opened


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffDesk:
    """Opens the door of the staff."""

    staff: Callable[[], AbstractContextManager[Staff]]

    def add_passkey(self, id_: str, made: PasskeyMade) -> PasskeysKept:
        """Raises what `Staff.add_passkey` raises."""
        with self.staff() as opened:
            challenge = opened.use_enrolment(id_)
        with self.staff() as opened:
            return opened.add_passkey(id_, challenge, made)

    def sign_in(self, id_: str, credential: dict[str, Any]) -> Opened:
        """Raises BadProof `passkey_refused`."""
        with self.staff() as opened:
            challenge = opened.use_challenge(id_, None)
        with self.staff() as opened:
            return opened.sign_in(challenge, credential)

    def step_up(self, id_: str, credential: dict[str, Any], *, by: Principal) -> Opened:
        """Raises BadProof `passkey_refused`, TooMany, NotFound for an API key."""
        with self.staff() as opened:
            challenge = opened.use_challenge(id_, by.session or "")
        with self.staff() as opened:
            return opened.step_up(challenge, credential, by=by)
