"""Promise: one person goes through everything the house does, and no part of her stands where it must not, in any form.

Her names, number, telephone and mail are looked for in logs, problems, URLs, figures, messages, published files, what
others are answered, and, once she was erased, in every table and in the database's own files.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fastapi.routing import iter_route_contexts
from sqlalchemy import inspect, text

from app.db import forget_freed, transaction
from app.fetch import HttpsFetch
from app.webhooks import tell
from issuer.erasing import Erasing
from kernel.ed25519 import SeedSigner
from schemas.webhooks import EVENTS
from tests.journeys.canary import MAIL, NAMES, NUMBER, PARTS, PHONE, SURNAMES, found_in
from tests.journeys.objecting import disputed, proposed, reissued
from tests.journeys.papers import CSV, HEADER, holder, row
from tests.journeys.test_bulk_acts import acted
from tests.journeys.test_webhooks import PATH, System, system
from tests.journeys.world import PEOPLE, Place

__all__ = ["system"]
OTHERS: Final = (None, "lucia", "pablo", "uma", "camilo", "raul", "andres", "ana", "luz")
"""Who has nothing to do with her issuer's rows."""
LOOKS: Final = (
    "audit", "batches", "acts", "bulk-acts", "disputes", "amendments", "reissues", "slips", "numbers", "waiting",
    "webhooks",
)  # fmt: skip
OWN_TABLES: Final = {
    "issuer_source", "issuer_intent", "issuer_sealed", "issuer_dispute", "issuer_decision", "issuer_amendment",
}  # fmt: skip
HOSTILE: Final = f"{NAMES} {SURNAMES} {NUMBER} {MAIL}"


def test_no_part_of_her_gets_out_in_any_form(place: Place, system: System) -> None:
    place.private |= set(PARTS)
    asked = {"url": system.url, "events": list(EVENTS)}
    place.private |= {place.good("POST", PATH, "irene", json=asked)["secret"]}
    hers = [*mended(place), *disputed_and_lost(place)]
    held_back(place, hers)
    place.publish()
    place.clock.tick(60)
    assert tell(place.world, HttpsFetch(local=True)) > 0
    assert len({each["type"] for each in system.bodies()}) > len(EVENTS) // 2
    require_silent(heard for _, heard in system.heard)
    require_silent(looks_of_others(place, hers))
    require_silent(path.read_bytes() for path in served(place))
    require_silent(hostile(place))
    require_silent([place.ask("GET", "/metrics", "uma").content])
    assert tables(place) == OWN_TABLES
    for each in hers:
        if place.ask("GET", f"/v1/issuer/credentials/{each}", "oscar").status_code == 200:
            erase(place, each)
    place.publish()
    assert tables(place) == set()
    require_silent(path.read_bytes() for path in place.folder.rglob("*") if path.is_file())
    require_silent(database_files(place))


def mended(place: Place) -> list[str]:
    """A file with good and bad rows and columns that nobody asked for; what is wrong in it comes again, mended."""
    good, late = hers_in(), hers_in(norm="220601038")
    bad = [hers_in(date=MAIL), hers_in(judgement="9"), hers_in(norm=SURNAMES), good, hers_in(judgement="2")]
    batch = place.check(sheet(good, late.replace("28/09/2025", "31/02/2025"), *bad))
    place.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")
    place.release(batch)
    path = f"/v1/issuer/batches/{batch['id']}/corrections"
    child = place.good("POST", path, "oscar", content=sheet(good, late), headers=CSV)
    place.release(child)
    place.code("POST", path, "oscar", content=sheet(good, late), headers={"Content-Type": HOSTILE.encode().hex()})
    once = {"Idempotency-Key": "slips-of-a-batch"}
    run = place.good("POST", "/v1/issuer/slips", "oscar", json={"batch": batch["id"]}, headers=once)
    for what in ("claims", "pins"):
        place.ask("POST", f"/v1/issuer/slips/{run['id']}/{what}/1", "oscar")
    return [*place.names(batch), *place.names(child)]


def disputed_and_lost(place: Place) -> list[str]:
    """Picked up, disputed, corrected, lost, given again; another one corrected at the counter."""
    disputes, mine, other = "/v1/issuer/disputes", *issued(place, "210601027", "299001007")
    copies = place.picked_up(place.offer(mine), holder())
    ticket = disputed(place, copies[0]["credential"], holder(), text=f"Soy {NAMES}, {PHONE}", name=NAMES)
    (dispute,) = place.good("GET", disputes, "oscar", params={"state": "open"})["items"]
    right = {"names": "Zacarílda Úrsulina Inés"}
    decision = proposed(place, dispute["id"], "correct", sentence=f"Escriba a {MAIL}", correction=right)
    done = place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    place.good("POST", f"{disputes}/answers", json={"ticket": ticket})
    reissue = reissued(place, done["replacement"])
    there = f"/v1/issuer/reissues/{reissue['id']}"
    place.good("POST", f"{there}/approval", "marta")
    place.clock.tick(24 * 3600)
    made = place.good("POST", f"{there}/offers", "oscar", headers={"Idempotency-Key": "given-to-her-again"})
    picked_up(place, made, holder(2))
    last = place.good("GET", f"/v1/issuer/reissues/{reissue['id']}", "oscar")
    return [mine, other, done["replacement"], last["replacement"], amended(place, other, right)]


def amended(place: Place, name: str, right: dict[str, str]) -> str:
    """Corrected at the counter, once for good and once more in vain; a third correction waits."""
    at_counter = {"json": {"correction": right}, "headers": {"Idempotency-Key": "misspelt-at-the-counter"}}
    there = f"/v1/issuer/credentials/{name}/amendments"
    change = place.good("POST", there, "oscar", **at_counter)
    assert place.good("POST", there, "oscar", **at_counter)["id"] == change["id"]
    wrong = {"correction": {"names": HOSTILE * 9, HOSTILE: HOSTILE}}
    place.code("POST", there, "oscar", json=wrong, headers={"Idempotency-Key": "of-no-form-at-all"})
    made = place.good("POST", f"/v1/issuer/amendments/{change['id']}/approval", "marta")["replacement"]
    once_more = {"correction": {"names": NAMES}}
    there, once = f"/v1/issuer/credentials/{made}/amendments", {"Idempotency-Key": "and-once-more"}
    place.good("POST", there, "oscar", json=once_more, headers=once)
    return str(made)


def held_back(place: Place, hers: list[str]) -> None:
    """She is searched for, suspended among many, let go, and told that one of hers is to be revoked."""
    found = place.good("POST", "/v1/issuer/searches", "oscar", json={"text": NUMBER})["people"]
    place.good("POST", f"/v1/issuer/people/{found[0]['id']}", "oscar")
    place.good("POST", "/v1/issuer/searches", "oscar", json={"text": SURNAMES})
    many = acted(place, "suspend", way="credentials", credentials=hers[:2])
    place.ask("POST", f"/v1/issuer/bulk-acts/{many['id']}/notices/1", "oscar")
    acted(place, "lift", way="bulk", bulk=many["id"])
    acted(place, "suspend", way="documents", documents=[NUMBER])
    told = acted(place, "revoke", reason="duplicate", way="credentials", credentials=hers[:1])
    place.ask("POST", f"/v1/issuer/bulk-acts/{told['id']}/notices/1", "oscar")
    place.acted(hers[1], "revoke", reason="duplicate")


def looks_of_others(place: Place, hers: list[str]) -> Iterator[bytes]:
    """What is answered to who may not see her rows, who asks for them by their names too."""
    for who in OTHERS:
        yield place.ask("GET", "/metrics", who).content
        for each in LOOKS:
            yield place.ask("GET", f"/v1/issuer/{each}", who).content
        for name in hers:
            yield place.ask("GET", f"/v1/issuer/credentials/{name}", who).content
        for asked in ({"text": NUMBER}, {"text": hers[0]}):
            yield place.ask("POST", "/v1/issuer/searches", who, json=asked).content


def hostile(place: Place) -> Iterator[bytes]:
    """What every door answers to whom she is thrown at it: in the path, the query, the headers, the body."""
    bodies: tuple[bytes, ...] = (
        json.dumps({HOSTILE: HOSTILE, "text": [HOSTILE], "name": {NUMBER: MAIL}, "rows": [{NUMBER: NAMES}]}).encode(),
        json.dumps([HOSTILE]).encode(),
        f'{{"{NAMES}": "{MAIL}'.encode(),
    )
    key = re.sub("[^A-Za-z0-9]", "", HOSTILE)
    thrown: dict[str, Any] = {"params": dict.fromkeys((HOSTILE, "after", "limit", "state", "asOf"), HOSTILE)}
    odd = {"Puente-Wallet": key, "Puente-Sync": key, "Accept-Language": key, "X-Request-Id": key, "Cookie": f"a={key}"}
    for each in iter_route_contexts(place.app.routes):
        path = re.sub(r"{[^}]*}", MAIL, str(each.path))
        for method in sorted((each.methods or {"GET"}) - {"HEAD"}):
            for who, raw in zip((None, "oscar", "uma"), bodies, strict=True):
                headers = {"Content-Type": "application/json", "Idempotency-Key": f"{key}-{len(path)}", **odd}
                headers |= {"Authorization": f"Bearer {key}"} if who is None else place.bearer(who)
                answer = place.client.request(
                    method, path, content=raw, headers=headers, follow_redirects=False, **thrown
                )
                assert answer.status_code < 500, (method, path, answer.status_code)
                if answer.status_code >= 400 or who != "oscar":
                    answer.headers.pop("location", "")  # sends whoever asked on, with what she asked
                    yield answer.content + str(answer.headers).encode()


def served(place: Place) -> Iterator[Path]:
    """Every file that is set out for anybody."""
    files = [path for path in place.folder.rglob("*") if path.is_file() and path.suffix not in {".db", ".sqlite"}]
    assert files
    yield from files


def tables(place: Place) -> set[str]:
    """The tables that hold any part of her."""
    with place.world.engine.connect() as connection:
        return {
            name
            for name in inspect(connection).get_table_names()
            for record in connection.execute(text(f'SELECT * FROM "{name}"'))
            if found_in(b"\0".join(_bytes(cell) for cell in record))
        }


def _bytes(cell: Any) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def database_files(place: Place) -> Iterator[bytes]:
    """The files of SQLite itself, where what was deleted may still stand; a server's are its own house's."""
    file = place.world.engine.url.database
    if place.world.engine.url.get_backend_name() == "sqlite":
        for each in Path(str(file)).parent.glob(f"{Path(str(file)).name}*"):
            yield each.read_bytes()


def require_silent(told: Any) -> None:
    for raw in told:
        assert not found_in(raw), (found_in(raw), raw[:2000])


def erase(place: Place, name: str) -> None:
    with transaction(place.world.engine) as session:
        erasing = Erasing(persons=place.world.rooms.people(session), random=place.random)
        erasing.erase(name, reason="reclamo 812", by=PEOPLE["oscar"].principal, approved_by=PEOPLE["marta"].principal)
    forget_freed(place.world.engine)


def issued(place: Place, *norms: str) -> list[str]:
    batch = place.check(sheet(*(hers_in(norm=norm) for norm in norms)))
    place.release(batch)
    return place.names(batch)


def picked_up(place: Place, offer: Any, signer: SeedSigner) -> None:
    place.private |= {offer["code"]}
    place.picked_up(offer, signer)


def hers_in(**other: str) -> str:
    """A row of hers."""
    return f"{row(name=NAMES, surname=SURNAMES, number=NUMBER, **other)},{PHONE},{MAIL}"


def sheet(*rows: str) -> bytes:
    """A file of such rows."""
    return "\n".join((f"{HEADER},Celular,Correo", *rows, "")).encode()
