"""The staff's room, wired: one session -> each service. Its acts are told in the audit chain, on that session."""

from dataclasses import dataclass, field

from sqlmodel import Session

from issuer.store import Ledger
from kernel.ports import Clock, Random
from kit.api_keys import KeyStand
from kit.site import Site
from staff.by_password import ByPassword
from staff.keys import Keys
from staff.passwords import Hasher
from staff.people import People
from staff.service import Staff
from staff.store import StaffStore


@dataclass(frozen=True, kw_only=True)
class StaffRooms:
    """What the staff's services are made of; each method makes one on a session."""

    site: Site
    env: str
    clock: Clock
    random: Random
    hasher: Hasher = field(default_factory=Hasher)

    def staff(self, session: Session) -> Staff:
        return Staff(
            store=StaffStore(session=session),
            site=self.site,
            clock=self.clock,
            random=self.random,
            tell=Ledger(session=session).tell,
        )

    def people(self, session: Session) -> People:
        return People(
            store=StaffStore(session=session),
            clock=self.clock,
            random=self.random,
            tell=Ledger(session=session).tell,
        )

    def by_password(self, session: Session) -> ByPassword:
        return ByPassword(
            store=StaffStore(session=session), clock=self.clock, random=self.random, tell=Ledger(session=session).tell
        )

    def keys(self, session: Session) -> Keys:
        return Keys(
            stand=KeyStand(session=session),
            env=self.env[:4],
            clock=self.clock,
            random=self.random,
            tell=Ledger(session=session).tell,
        )
