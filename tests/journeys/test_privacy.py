"""Promise: what a person is called, holds and shows stands in no log, no problem, no URL, no table but its own.

Canaries go through every journey; the fixture looks for them in the logs, the problems and the URLs at the end.
"""

import json
from typing import Any, Final

from sqlalchemy import inspect, text

from kernel.encoding import base64url_encode
from tests.journeys.inside import HOUSE
from tests.journeys.objecting import disputed, proposed
from tests.journeys.papers import JSON, VP, cohort, disputing, holder, permit, proved, row, shown
from tests.journeys.world import Place
from tests.wallet.sync_world import phone

PEOPLE: Final = 60
SYNC: Final = "/v1/wallet/sync"
PHRASE: Final = "canario amarillo en la ventana"
OWN_TABLES: Final = {
    "issuer_source", "issuer_intent", "issuer_sealed", "issuer_pickup", "issuer_dispute", "issuer_decision",
}  # fmt: skip
"""Where an issuer must keep its rows: what was sent, promised and sealed, to whose key, and what she disputes."""


def canary_rows() -> list[str]:
    """Rows of people whose every cell is a canary; some of them in error, some not issued."""
    rows = []
    for n in range(PEOPLE):
        cells = {"name": f"Canario{n:03}Ave", "surname": f"Pájaro{n:03}Ala", "number": f"0007770{n:05}"}
        wrong = {7: {"judgement": "9"}, 8: {"date": f"canario-{n:03}-dia"}, 9: {"judgement": "2"}}.get(n % 10, {})
        rows.append(row(**{**cells, **wrong}))
    return rows


def test_two_hundred_canaries_fly_through_and_none_gets_out(place: Place) -> None:
    batch = place.check(cohort(*canary_rows()))
    place.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")
    place.release(batch)
    names = place.names(batch)
    place.publish()
    texts = []
    for name in names:
        place.clock.tick(3)  # nobody reads more than thirty rows a minute
        texts.append(place.text(name))
    place.clock.tick(60)
    for name in names[:3]:
        for form in ("", "/qr.png", "/qr.svg"):
            assert place.ask("GET", f"/v1/issuer/credentials/{name}{form}", "oscar").status_code == 200
        place.ask("GET", f"/v1/issuer/credentials/{name}", "lucia")
    (permitted,) = place.permitted(permit(name="Canario Permiso Volador", number="000888777666"))
    place.publish()
    copies = picked(place, names, permitted)
    judged(place, texts, copies)
    objected(place, copies)
    copied_away(place)
    place.acted(names[1], "suspend")
    place.publish()
    assert place.judged(texts[1])["verdict"] == "under_review"
    assert len(place.private) >= 200
    assert len(place.problems) >= 10
    require_only_in_own_tables(place)


def picked(place: Place, names: list[str], permitted: str) -> list[Any]:
    """Pick-ups with wrong and right secrets, by a key and by a wallet."""
    offer, other = place.offer(names[0]), place.offer(permitted, "lucia")
    for wrong in ({"pin": "999999"}, {"code": "CANAR10000"}, {"pin": "no figures"}, {"code": offer["code"] * 9}):
        place.ask("POST", "/v1/issuer/pickups", json={"code": offer["code"], "pin": offer["pin"], **wrong})
    opened = place.good("POST", "/v1/issuer/pickups", json={"code": offer["code"], "pin": offer["pin"]})
    place.private |= {opened["challenge"]}
    path = f"/v1/issuer/pickups/{opened['id']}/present"
    place.ask("POST", path, content=proved(opened, holder(), challenge="canary-challenge"), headers=VP)
    copies = place.good("POST", path, content=proved(opened, holder()), headers=VP)["credentials"]
    place.private |= {each["text"] for each in copies} | {holder().method}
    begun = place.good("POST", "/v1/wallet/vaults", "ana", json={"passphrase": PHRASE})
    vault, token = f"/v1/wallet/vaults/{begun['vault']}", {"Puente-Wallet": begun["token"]}
    place.private |= {begun["token"], begun["sheet"], begun["did"], PHRASE}
    place.ask("POST", f"{vault}/sessions", "ana", json={"passphrase": f"{PHRASE} no"})
    asked = {"issuer": HOUSE, "code": other["code"], "pin": other["pin"]}
    place.good("POST", f"{vault}/pickups", "ana", json=asked, headers=token)
    place.ask("POST", f"{vault}/pickups", "ana", json={**asked, "code": "CANAR10000"}, headers=token)
    for line in place.good("GET", f"{vault}/passes", "ana", headers=token)["passes"]:
        place.private |= {line["holder"]}
    show = {"manner": "live", "profile": "interview"}
    made = place.good("POST", f"{vault}/presentations", "ana", json=show, headers=token)
    place.private |= set(made["texts"])
    place.judged("\n".join(made["texts"]))
    return list(copies)


def objected(place: Place, copies: list[Any]) -> None:
    """A dispute with wrong and right proofs, its decision, its answer."""
    mine, path = copies[0]["credential"], "/v1/issuer/disputes"
    opened = place.good("POST", f"{path}/openings")
    for wrong in ({"kind": "Canario000Ave"}, {"text": "Canario\u202e"}, {"name": "Canario" * 99}, {"Canario000Ave": 1}):
        place.ask("POST", path, content=disputing(opened, mine, holder(), **wrong), headers=JSON)
    place.ask("POST", path, content=disputing(opened, mine, holder(2), text="Canario000Ave"), headers=JSON)
    ticket = disputed(place, mine, holder(), text="Canario que reclama", name="Canario Bien Escrito")
    (dispute,) = place.good("GET", path, "oscar")["items"]
    place.private |= {"Canario Corregido", "Canario de la respuesta"}
    correction = {"names": "Canario Corregido"}
    place.ask("POST", f"{path}/{dispute['id']}/decisions", "oscar", json={"correction": correction})
    decision = proposed(place, dispute["id"], "correct", sentence="Canario de la respuesta", correction=correction)
    place.good("POST", f"/v1/issuer/decisions/{decision['id']}/approval", "marta")
    told = place.good("POST", f"{path}/answers", json={"ticket": ticket})
    place.private |= {each["text"] for each in told["credentials"]}
    for each in ("Canario000Ave", "Canario000AveCanario00"):
        place.ask("POST", f"{path}/answers", json={"ticket": each})


def copied_away(place: Place) -> None:
    """A vault's copy at the server: coming in rightly and wrongly, a sheet, a device that waits."""
    mine, new = phone(1), phone(2)
    for each, wrong in ((mine, {}), (new, {}), (new, {"signature": bytes(64)}), (mine, {"device": new.secret})):
        drawn = place.good("POST", f"{SYNC}/challenges", json={"vault": each.vault_name})["challenge"]
        body = each.body(drawn, **wrong)
        answer = place.ask("POST", f"{SYNC}/sessions", json=body)
        place.private |= {drawn, body["device"], body["signature"], answer.json().get("token", drawn)}
        token = {"Puente-Sync": answer.json().get("token", "canario-sin-sesion".ljust(43, "x"))}
        name, sealed = mine.item(b"Canario000Ave")
        bytes_ = {**token, "Content-Type": "application/octet-stream"}
        for raw in (sealed, sealed[:-1], b"Canario000Ave"):
            place.ask("PUT", f"{SYNC}/blobs/{name.item}/{name.hash}", content=raw, headers=bytes_)
        locator = base64url_encode(b"Canario000Ave".ljust(32))
        place.private |= {locator}
        for sheet in ({"locator": locator, "wrap": base64url_encode(mine.wrap())}, {"locator": locator[:-1]}):
            place.ask("PUT", f"{SYNC}/recovery", json=sheet, headers=token)
            place.ask("POST", f"{SYNC}/recoveries", json={"locator": sheet["locator"]})
        place.ask("GET", f"{SYNC}/devices", headers=token)
        place.ask("POST", f"{SYNC}/devices/{new.name}/approval", headers={"Puente-Sync": "Canario000Ave"})


def judged(place: Place, texts: list[str], copies: list[Any]) -> None:
    """Good codes, spoiled ones and requests that are none, all with canaries in them."""
    asked = place.good("POST", "/v1/verifier/challenges", json={"name": "CANARIO"})
    place.private |= {asked["challenge"]}
    bound = copies[0]["credential"]
    answer = shown([bound], holder(), challenge=asked["challenge"], domain="CANARIO", created="2026-11-22T12:00:00Z")
    assert place.judged(answer, "application/vp", asked["challenge"])["level"] == "live_challenge"
    for raw in (texts[0], texts[0][:-3], texts[0] + "Canario000Ave", json.dumps(bound), "Canario000Ave"):
        place.judged(raw)
    place.judged(json.dumps({**bound, "name": "Canario000Ave"}), "application/vc")
    for media in ("application/json", "image/png", "application/pdf"):
        place.ask("POST", "/v1/verifier/verify", content=texts[0], headers={"Content-Type": media})
    path = f"/v1/issuer/credentials/{'Canario000Ave'}/acts"
    place.client.post(path, json={"act": "Canario000Ave", "reason": "x"}, headers=place.bearer("oscar"))
    place.ask("POST", "/v1/issuer/batches/permits", "lucia", json={"rows": [{"name": "Canario000Ave"}]})


def require_only_in_own_tables(place: Place) -> None:
    """No canary in any table but those that hold an issuer's rows; a wallet's are sealed."""
    found = set()
    with place.world.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            for record in connection.execute(text(f'SELECT * FROM "{name}"')):
                told = b"\x00".join(_bytes(cell) for cell in record)
                if any(value.encode() in told for value in place.private):
                    found.add(name)
    assert found == OWN_TABLES


def _bytes(cell: Any) -> bytes:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell)
    return str(cell).encode()
