"""A small registry on a real database: three keepers, an issuer's admin, and the changes they may make."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from app.db import transaction
from kernel import status
from kernel.access import Principal
from kernel.keys import PublicKey
from registry import rules
from registry.build import Published, PublishedList
from registry.contents import list_url
from registry.publishing import Publisher
from registry.roles import PRODUCTION
from registry.rules import Rules
from registry.service import Registry
from registry.store import RegistryStore
from schemas import contexts
from schemas.registration import AddKey, AddList, Change, Proposed, RegisterIssuer, ScopePair, SetKeyState
from tests.fakes import FixedClock, MemoryKeyStore, SeededRandom
from tests.small_registry import ORDERS, signer

KAREN, KOFI, KIM = (Principal(person=name, roles=frozenset({"keeper"})) for name in ("karen", "kofi", "kim"))
IVAN = Principal(person="ivan", roles=frozenset({"issuer_admin"}), issuer="formacion")
UMA = Principal(person="uma", roles=frozenset({"auditor"}))
HOST = "formacion.demo.puente.example"
DID = f"did:web:{HOST}"
KID = f"{DID}#k1"
MULTIKEY = PublicKey(signer("issuer").public).multikey()

REGISTER = RegisterIssuer(
    id="formacion",
    did=DID,
    host=HOST,
    name_es="Servicio de Aprendizaje (DEMO)",
    name_en="Training Service (DEMO)",
    tier="T1",
    country="CO",
    scope=[ScopePair(type="CompetencePass", scheme="SENA-NSCL")],
)
ADD_KEY = AddKey(issuer="formacion", id=KID, public_key_multibase=MULTIKEY)
ACTIVATE = SetKeyState(id=KID, state="active")
LISTS = (AddList(issuer="formacion", number=1), AddList(issuer="formacion", number=2))


def bits(number: int, places: tuple[int, ...] = ()) -> PublishedList:
    """A list as its issuer would publish it."""
    order, purpose = ORDERS[number], "revocation" if number % 2 else "suspension"
    rest = status.reserve(order)
    own = status.set_bits(status.empty(), [order[place] for place in places])
    before = status.dress(status.empty(), former=status.empty(), rest=rest, purpose=purpose, random=SeededRandom())
    return PublishedList(
        number=number,
        url=list_url(HOST, number),
        purpose=purpose,
        bits=status.dress(own, former=before, rest=rest, purpose=purpose, random=SeededRandom()),
        canaries_set=rest.canaries_set,
        canaries_clear=rest.canaries_clear,
    )


@dataclass
class Place:
    """One registry and its clock, key store and database."""

    engine: Engine
    rules: Rules = rules.PRODUCTION
    clock: FixedClock = field(default_factory=FixedClock)
    random: SeededRandom = field(default_factory=SeededRandom)
    keys: MemoryKeyStore = field(default_factory=MemoryKeyStore)

    @contextmanager
    def registry(self) -> Iterator[Registry]:
        with transaction(self.engine) as session:
            yield Registry(store=RegistryStore(session), clock=self.clock, random=self.random, rules=self.rules)

    def propose(self, change: Change, by: Principal = KAREN) -> Proposed:
        with self.registry() as registry:
            return registry.propose(change, by=by)

    def approve(self, id_: str, by: Principal = KOFI) -> Proposed:
        with self.registry() as registry:
            return registry.approve(id_, by=by)

    def agree(self, *changes: Change) -> None:
        """One keeper proposes, and as many more as it takes approve."""
        for change in changes:
            proposed = self.propose(change)
            for other in (KOFI, KIM):
                if proposed.stage == "proposed":
                    proposed = self.approve(proposed.id, other)
            assert proposed.stage == "done"

    def settle(self) -> None:
        """An issuer with an active key and two lists."""
        self.agree(REGISTER, ADD_KEY, *LISTS)
        self.clock.tick(15 * 86400)
        self.agree(ACTIVATE)

    def publish(self, lists: Mapping[str, Any] | None = None, **more: Any) -> Published:
        with transaction(self.engine) as session:
            publisher = Publisher(
                store=RegistryStore(session),
                clock=self.clock,
                keys=self.keys,
                random=self.random,
                thresholds=PRODUCTION,
                entry=5790,
                contexts=contexts.documents(),
                demo=True,
            )
            return publisher.publish({"formacion": (bits(1), bits(2))} if lists is None else lists, **more)

    def pass_days(self, days: float) -> None:
        self.clock.tick(int(timedelta(days=days).total_seconds()))
