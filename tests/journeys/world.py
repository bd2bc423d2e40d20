"""The whole product in one process for the journeys: an app on a real database, people with keys, and what was said.

Requests go over HTTP only. Founding (issuers, registry, first bundle) is done once a run and copied. Whatever the app
logs or answers is kept, so that a journey can end by asking whether a personal value got out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import httpx2
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.db import open_engine, transaction
from app.demo import founding
from app.folder import DEMO_ENTRY as ENTRY
from app.jobs import has_workers
from app.main import create_app
from app.picture import PictureReader
from app.provide import World
from app.publish import publish
from app.settings import Settings
from app.shelf import Shelf
from kernel.access import Principal
from kernel.cborld import Dictionary, read_dictionary
from kernel.ed25519 import SeedSigner
from kit.api_keys import KeyRequest, make_key
from schemas import contexts
from schemas.access import TWO_PASSKEYS, Role
from tests.fakes import FixedClock, MemoryKeyStore, SeededRandom
from tests.journeys.inside import HOUSE, Inside
from tests.journeys.papers import ASK, CSV, VP, cohort, proved, row
from tests.signing_in import signed_in


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with API keys: the human, what she may, and where she works."""

    name: str
    roles: tuple[Role, ...]
    issuer: str | None = None
    centre: str | None = None

    @property
    def principal(self) -> Principal:
        """As a key of hers is read."""
        roles = frozenset({*self.roles, "public"})
        return Principal(person=self.name, roles=roles, issuer=self.issuer, centre=self.centre)


EVIDENCE = "ab" * 32
"""The hash of what shows that a reason holds."""
PEOPLE: Mapping[str, Person] = {
    "oscar": Person(name="oscar", roles=("officer",), issuer="formacion"),
    "marta": Person(name="marta", roles=("approver",), issuer="formacion"),
    "oscar-otra-cuenta": Person(name="oscar", roles=("approver",), issuer="formacion"),
    "only-officer-otra-cuenta": Person(name="only-officer", roles=("approver",), issuer="formacion"),
    "olga": Person(name="olga", roles=("officer",), issuer="formacion", centre="D101"),
    "otto": Person(name="otto", roles=("officer",), issuer="formacion", centre="D102"),
    "irene": Person(name="irene", roles=("issuer_admin",), issuer="formacion"),
    "lucia": Person(name="lucia", roles=("officer",), issuer="permisos"),
    "pablo": Person(name="pablo", roles=("approver",), issuer="permisos"),
    "petra": Person(name="petra", roles=("approver",), issuer="permisos"),
    "camilo": Person(name="camilo", roles=("keeper",)),
    "nelly": Person(name="nelly", roles=("keeper",)),
    "uma": Person(name="uma", roles=("auditor",)),
    "ana": Person(name="ana", roles=("holder",)),
    "beto": Person(name="beto", roles=("holder",)),
    "andres": Person(name="andres", roles=("employer",)),
    "raul": Person(name="raul", roles=("analyst",)),
    "luz": Person(name="luz", roles=("helper",)),
    **{f"only-{role}": Person(name=f"only-{role}", roles=(role,), issuer="formacion") for role in get_args(Role)},
}
"""Those named only-ROLE have that one role and nothing else."""


@dataclass
class Place:
    """One founded world, its app, and everything that was asked of it and answered."""

    url: str
    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    keys: MemoryKeyStore = field(default_factory=MemoryKeyStore)
    random: SeededRandom = field(default_factory=lambda: SeededRandom("journeys"))
    private: set[str] = field(default_factory=set)
    """Values that may stand in an answer to who asked for them, and in no log, no problem and no URL."""
    problems: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    bearers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def world(self) -> World:
        """As `app/provide.py` opens it, but for the clock, the randomness, the keys and the network."""
        shelf = Shelf(folder=self.folder, clock=self.clock)
        bare = read_dictionary({str(url): found for url, found in contexts.documents().items()}, {"entries": {}})

        def dictionary() -> Dictionary:
            bundle = shelf()
            return bare if bundle is None else bundle.dictionary

        return World(
            settings=Settings(
                env="demo", data=self.folder, entry=ENTRY, approvals=2, waiving=2, announced_days=0, database=self.url
            ),
            engine=open_engine(self.url),
            clock=self.clock,
            random=self.random,
            keys=self.keys,
            fetch=Inside(ask_app=self.ask),
            picture=PictureReader(),
            bundle=shelf,
            dictionary=dictionary,
        )

    @cached_property
    def app(self) -> FastAPI:
        """The app itself."""
        return create_app(self.world)

    @cached_property
    def client(self) -> TestClient:
        """The app, asked in process."""
        return TestClient(self.app, base_url=HOUSE)

    def found(self) -> None:
        """Issuers, registry, first bundle."""
        founding.found(self.world)

    def publish(self) -> None:
        """What the clock does every six hours: lists, bundle, files."""
        publish(self.world)

    def close(self) -> None:
        self.world.engine.dispose()

    def entry(self, who: str) -> dict[str, str]:
        """What somebody comes in with: who approves signs in and has just shown her passkey, a key never does."""
        person = PEOPLE[who]
        if not TWO_PASSKEYS.intersection(person.roles):
            return self.bearer(who)
        return signed_in(
            self.world.engine, self.clock.now(), person.name, person.roles, issuer=person.issuer, centre=person.centre
        )

    def bearer(self, who: str) -> dict[str, str]:
        """The header with a key of somebody, made when first needed."""
        if who not in self.bearers:
            person = PEOPLE[who]
            ask = KeyRequest(
                person=person.name,
                roles=frozenset(person.roles),
                issuer=person.issuer,
                centre=person.centre,
                life=timedelta(days=365),
            )
            with transaction(self.world.engine) as session:
                text = make_key(session, ask, env="demo", now=self.clock.now(), random=self.random)
            self.bearers[who] = text
            self.private.add(text)
        return {"Authorization": f"Bearer {self.bearers[who]}"}

    def ask(self, method: str, path: str, who: str | None = None, **how: Any) -> httpx2.Response:
        """One request. A refusal must be a problem with a code, and its body is kept."""
        headers = {**(self.entry(who) if who is not None else {}), **how.pop("headers", {})}
        answer = self.client.request(method, path, headers=headers, **how)
        self.urls.append(str(answer.request.url))
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", answer.text
            assert answer.json()["code"], answer.text
            self.problems.append(answer.text)
        return answer

    def good(self, method: str, path: str, who: str | None = None, **how: Any) -> Any:
        """The JSON of a request that is answered well."""
        answer = self.ask(method, path, who, **how)
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def code(self, method: str, path: str, who: str | None = None, **how: Any) -> tuple[int, str]:
        """Status and code of a request that is refused."""
        answer = self.ask(method, path, who, **how)
        assert answer.status_code >= 400, (method, path, answer.status_code)
        return answer.status_code, answer.json()["code"]

    # What people do.

    def check(self, raw: bytes, who: str = "oscar", **changes: Any) -> Any:
        """The dry run of a cohort."""
        cells = [line.split(",") for line in raw.decode("utf-8", "replace").splitlines()[1:]]
        self.private |= {cell for line in cells for cell in line[3:6] if len(cell) > 6}
        return self.good("POST", "/v1/issuer/batches", who, params={**ASK, **changes}, content=raw, headers=CSV)

    def release(self, batch: Any, officer: str = "oscar", approver: str = "marta", *, errors: bool = True) -> Any:
        """Proposed by one, released by another; it is issued when this returns."""
        self.good("POST", f"/v1/issuer/batches/{batch['id']}/proposal", officer)
        asked = {"digest": batch["digest"], "acceptErrors": errors}
        self.good("POST", f"/v1/issuer/batches/{batch['id']}/release", approver, json=asked)
        self.work(batch)
        return self.good("GET", f"/v1/issuer/batches/{batch['id']}", approver)

    def work(self, batch: Any) -> None:
        """A released batch is taken by a worker where there are workers."""
        if has_workers(self.world.engine):
            self.world.desk.run(batch["id"])

    def names(self, batch: Any, who: str = "oscar") -> list[str]:
        """The outside names of a batch's credentials."""
        page = self.good("GET", f"/v1/issuer/batches/{batch['id']}/credentials", who)
        return [each["id"] for each in page["items"]]

    def issued(self, *rows: str) -> list[str]:
        """The names of the credentials of a small cohort, issued."""
        batch = self.check(cohort(*rows))
        self.release(batch)
        return self.names(batch)

    def numbered(self, number: int) -> str:
        """The name of one credential, of the person with this document number."""
        (name,) = self.issued(row(number=f"{number:012d}"))
        return name

    def permitted(self, *rows: Mapping[str, Any]) -> list[str]:
        """The same for permit statuses."""
        asked = {"reason": "Estados de permiso (DEMO)", "rows": list(rows)}
        self.private |= {str(each[fact]) for each in rows for fact in ("name", "documentNumber")}
        batch = self.good("POST", "/v1/issuer/batches/permits", "lucia", json=asked)
        self.release(batch, "lucia", "pablo")
        return self.names(batch, "lucia")

    def text(self, name: str, who: str = "oscar") -> str:
        """The QR text of a credential."""
        answer = self.ask("GET", f"/v1/issuer/credentials/{name}/text", who)
        assert answer.status_code == 200, answer.text
        text = answer.text
        self.private.add(text)
        return text

    def judged(self, raw: str | bytes, media: str = "text/plain", challenge: str | None = None) -> Any:
        """The public verifier's report."""
        headers = {"Content-Type": media, **({} if challenge is None else {"Puente-Challenge": challenge})}
        return self.good("POST", "/v1/verifier/verify", content=raw, headers=headers)

    def offer(self, name: str, who: str = "oscar") -> Any:
        """A claim code and its PIN."""
        once = {"Idempotency-Key": f"offer-{len(self.urls)}-of-these"}
        made = self.good("POST", f"/v1/issuer/credentials/{name}/offers", who, headers=once)
        self.private |= {made["code"]}
        return made

    def picked_up(self, offer: Any, signer: SeedSigner) -> list[Any]:
        """The holder's own copies, by her code, PIN and key."""
        opened = self.good("POST", "/v1/issuer/pickups", json={"code": offer["code"], "pin": offer["pin"]})
        proof = proved(opened, signer)
        path = f"/v1/issuer/pickups/{opened['id']}/present"
        given = self.good("POST", path, content=proof, headers=VP)["credentials"]
        self.private |= {each["text"] for each in given}
        return list(given)

    def acted(
        self, name: str, act: str, officer: str = "oscar", approver: str = "marta", *, reason: str = "issued_in_error"
    ) -> None:
        """An act of status, by two people; it is seen after the next publication."""
        path = f"/v1/issuer/credentials/{name}/acts"
        once = {"Idempotency-Key": f"act-{len(self.urls)}-of-these"}
        asked = {"act": act, "reason": reason, "evidence": EVIDENCE}
        made = self.good("POST", path, officer, json=asked, headers=once)
        self.good("POST", f"/v1/issuer/acts/{made['id']}/approval", approver)
