"""What takes two transactions: what stays used up or counted whatever comes of the request, and then the act.

The desk has no session; it opens a door for each step. Hashing a password stands between two of them: it takes a tenth
of a second, and no transaction waits for that.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from kernel.access import Principal
from kernel.ports import Random
from schemas.staff import Enrolled, NamedPassword, PasskeyMade, PasskeysKept, PasswordKept, PasswordTyped
from staff import passwords
from staff.by_password import ByPassword
from staff.passwords import SALT, Hasher
from staff.service import Staff
from staff.sessions import Opened


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffDesk:
    """Opens the doors of the staff."""

    staff: Callable[[], AbstractContextManager[Staff]]
    by_password: Callable[[], AbstractContextManager[ByPassword]]
    hasher: Hasher
    random: Random

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

    def choose_password(self, id_: str, password: str) -> PasswordKept:
        """Raises what `ByPassword.require_may_choose` and `passwords.choose` raise."""
        with self.by_password() as opened:
            opened.require_may_choose(id_)
        chosen = passwords.choose(password, self.hasher, self.random)
        with self.by_password() as opened:
            return opened.keep_choice(id_, chosen)

    def confirm_password(self, id_: str, code: str) -> Enrolled:
        """Raises TooMany, and what `ByPassword.confirm` raises."""
        with self.by_password() as opened:
            opened.count_first(id_)
        with self.by_password() as opened:
            return opened.confirm(id_, code)

    def sign_in_by_password(self, asked: NamedPassword, *, device: str, near: str) -> Opened:
        """Raises TooMany, Unavailable, BadProof `signin_refused`."""
        with self.by_password() as opened:
            kept = opened.look_up(asked.name, device, near)
        output = self.hasher.stretch(asked.password.get_secret_value(), kept[:SALT])
        with self.by_password() as opened:
            return opened.sign_in(asked.name, output, asked.totp.get_secret_value(), device)

    def step_up_by_password(self, asked: PasswordTyped, *, by: Principal) -> Opened:
        """Raises TooMany, Unavailable, NotFound, BadProof `signin_refused`."""
        with self.by_password() as opened:
            kept = opened.look_up_own(by)
        output = self.hasher.stretch(asked.password.get_secret_value(), kept[:SALT])
        with self.by_password() as opened:
            return opened.step_up(by, output, asked.totp.get_secret_value())
