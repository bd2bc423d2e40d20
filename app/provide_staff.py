"""The staff's room, wired: one session -> each service. Its acts are told in the audit chain, on that session."""

from dataclasses import dataclass

from sqlmodel import Session

from issuer.store import Ledger
from kernel.ports import Clock, Random
from kit.site import Site
from staff.people import People
from staff.service import Staff
from staff.store import StaffStore


@dataclass(frozen=True, kw_only=True)
class StaffRooms:
    """What the staff's services are made of; each method makes one on a session."""

    site: Site
    clock: Clock
    random: Random

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
