"""One credential that acts are laid on, step by step, beside a model that says what they leave: what the tests of
`test_bits_follow_acts.py` walk through. What must come of it is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Final

import pytest

from kernel.errors import Conflict
from kit.once import Once
from schemas.bulk_acts import BulkAsked, BulkRequest, ByCredentials
from schemas.issuance import ActName, ActView, Reason
from schemas.terms import REVOCATION, SUSPENSION
from tests.issuer.test_disputes import NORA
from tests.issuer.test_notices import ORDINARY, acts, later
from tests.issuer.test_status import LIFT, REVOKE, SUSPEND, act
from tests.issuer.test_suspending_alone import alone
from tests.issuer.world import EVIDENCE, MARTA, OSCAR, House

KEYS: Final = count()
STEPS: Final = (
    "alone", "confirm", "refuse", "lapse", "suspend", "suspend_many", "lift", "lift_many", "announce", "announce_many",
    "withdraw", "withdraw_many", "effective", "revoke",
)  # fmt: skip


@dataclass
class Model:
    """What stands of one credential: a suspension (`alone` or `lasting`), an announced revocation (`one` or `many`, or
    `effective`), a revocation of another kind."""

    suspended: str | None = None
    announced: str | None = None
    revoked: bool = False

    @property
    def bits(self) -> set[str]:
        """Set as long as some act holds them."""
        is_ended = self.revoked or self.announced == "effective"
        is_under_review = self.suspended is not None or self.announced is not None
        return {name for name, is_set in ((REVOCATION, is_ended), (SUSPENSION, is_under_review)) if is_set}

    def may(self, step: str) -> bool:
        """Whether a step is one that this state allows."""
        is_ended, waits = REVOCATION in self.bits, self.announced in ("one", "many")
        match step.removesuffix("_many"):
            case "alone" | "suspend":
                return not self.bits
            case "confirm" | "refuse":
                return self.suspended == "alone"
            case "lift":
                return self.suspended is not None and not is_ended and not waits
            case "announce":
                return not is_ended and not waits
            case "withdraw" | "effective":
                return waits
            case _:
                return not is_ended or step == "lapse"

    def take(self, step: str) -> None:
        """The state after it."""
        match step:
            case "alone":
                self.suspended = "alone"
            case "confirm" | "suspend" | "suspend_many":
                self.suspended = "lasting"
            case "refuse" | "lift" | "lift_many":
                self.suspended = None
            case "announce" | "announce_many":
                self.announced = "many" if step.endswith("many") else "one"
            case "withdraw" | "withdraw_many":
                self.announced = None
            case "revoke":
                self.revoked, self.announced = True, self.announced and "effective"
        if step in ("lapse", "effective"):  # both let the day of who suspended alone go by
            self.suspended = None if self.suspended == "alone" else self.suspended
            self.announced = "effective" if step == "effective" else self.announced


@dataclass
class Life:
    """One credential that acts are laid on; each step is a request, or a beat of the clock."""

    house: House
    n: int
    begun: ActView | None = None
    """The last suspension by one person."""
    announced: ActView | None = None
    bulk: str = ""

    def marks(self) -> dict[int, set[str]]:
        """Row and copies -> the lists in which their bits are set."""
        with self.house.status() as opened:
            family = [row.n for row in opened.issuer.ledger.family_of(self.n)]
            marked = opened.store.marked(family)
        return {n: {purpose for row, purpose in marked if row == n} for n in family}

    def step(self, name: str) -> None:
        """Raises Conflict where it is refused."""
        getattr(self, f"_{name}")()

    def _alone(self) -> None:
        self.begun = alone(self.house, self.n, f"life-{next(KEYS)}", by=replace(MARTA, person=f"approver-{next(KEYS)}"))

    def _confirm(self) -> None:
        if self.begun is None:
            raise Conflict("not_possible_now", detail="nothing to confirm")
        with self.house.status() as opened:
            opened.approve(self.begun.id, by=NORA)

    def _refuse(self) -> None:
        if self.begun is None:
            raise Conflict("not_possible_now", detail="nothing to refuse")
        with self.house.status() as opened:
            opened.refuse(self.begun.id, by=NORA)

    def _lapse(self) -> None:
        later(self.house, self.house.clock.at + timedelta(hours=25))

    def _suspend(self) -> None:
        act(self.house, self.n, SUSPEND)

    def _lift(self) -> None:
        act(self.house, self.n, LIFT)

    def _revoke(self) -> None:
        act(self.house, self.n, REVOKE)

    def _announce(self) -> None:
        act(self.house, self.n, ORDINARY)
        self._find_announced()

    def _suspend_many(self) -> None:
        self._many("suspend", "issued_in_error")

    def _lift_many(self) -> None:
        self._many("lift", "issued_in_error")

    def _announce_many(self) -> None:
        self.bulk = self._many("revoke", "duplicate")
        self._find_announced()

    def _withdraw(self) -> None:
        if self.announced is None:
            raise Conflict("not_possible_now", detail="nothing to withdraw")
        with self.house.notices() as opened:
            opened.withdraw(self.announced.id, by=NORA)

    def _withdraw_many(self) -> None:
        if self.announced is None or self.announced.bulk is None or not self._waits(self.announced):
            return self._withdraw()  # an act on many is withdrawn whole, also where this row's is over already
        with self.house.many_notices() as opened:
            opened.withdraw(self.bulk, by=NORA)
        self.house.desk.act_on_many(self.bulk)
        return None

    def _waits(self, act: ActView) -> bool:
        return any(
            each.id == act.id and each.wait is not None and each.wait.ended is None for each in acts(self.house, self.n)
        )

    def _effective(self) -> None:
        if self.announced is None:
            raise Conflict("not_possible_now", detail="nothing to tell of")
        if self.announced.bulk is None:
            with self.house.notices() as opened:
                wait = opened.tell(self.announced.id, "post", by=OSCAR).wait
            due = None if wait is None else wait.due
        else:
            with self.house.many_notices() as opened_many:
                of_many = opened_many.tell(self.bulk, "post", by=OSCAR).wait
            due = None if of_many is None else of_many.due
        assert due is not None
        later(self.house, due)

    def _find_announced(self) -> None:
        views = acts(self.house, self.n)
        self.announced = next(view for view in views if view.wait is not None and view.wait.phase == "untold")

    def _many(self, name: ActName, reason: Reason) -> str:
        with self.house.issuer() as issuer:
            chosen = ByCredentials(way="credentials", credentials=[issuer.name(self.n)])
        asked = BulkAsked(act=name, reason=reason, evidence=EVIDENCE, chosen=chosen)
        with self.house.bulk_acts() as opened:
            digest = opened.check(asked, by=OSCAR).digest
        with self.house.bulk_acts() as opened:
            once = Once(key=f"life-{next(KEYS)}", digest=b"")
            view = opened.propose(BulkRequest(**dict(asked), digest=digest), by=OSCAR, once=once)
        with self.house.bulk_acts() as opened:
            opened.approve(view.id, by=MARTA, digest=view.digest)
        self.house.desk.act_on_many(view.id)
        return view.id


def walk(life: Life, steps: Sequence[str]) -> Model:
    """Each step is taken or refused as the model says, and after each every copy's bits are as it says."""
    model = Model()
    for at, step in enumerate(steps):
        may = model.may(step)
        if may:
            life.step(step)
            model.take(step)
        else:
            with pytest.raises(Conflict):
                life.step(step)
        assert all(marks == model.bits for marks in life.marks().values()), (steps[: at + 1], life.marks(), model)
    return model
