"""Promise: a system is told of what happens: signed, in order, once, and again where its answer was lost."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from app.fetch import HttpsFetch, stands_for_private
from app.webhooks import AT_ONCE, tell
from issuer.webhooks.service import AGAIN, EVERY, SLOTS, Webhooks
from kernel.access import Principal
from kernel.errors import Malformed, Unavailable
from kernel.ports import Answered, Asked
from schemas.identifiers import Url
from schemas.webhooks import EVENTS, NOTICES, WebhookAsk
from tests.journeys.papers import cohort, row
from tests.journeys.world import Place

PATH = "/v1/issuer/webhooks"


@dataclass
class System:
    """An issuer's system: what it was told, and how it answers."""

    status: int = 204
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.heard]


@pytest.fixture
def system() -> Iterator[System]:
    told = System()

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(told.status)
            self.send_header("Location", f"{told.url}/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        told.url = f"http://127.0.0.1:{server.server_port}/avisos"
        yield told
        server.shutdown()
        thread.join()


def tell_all(place: Place) -> int:
    return tell(place.world, HttpsFetch(local=True))


def require_signed(heard: tuple[dict[str, str], bytes], secret: str) -> None:
    headers, body = heard
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"


def test_what_happens_is_told_by_ids_signed_and_in_order(place: Place, system: System) -> None:
    before = place.issued(row(number="000000200009"))
    made = place.good("POST", PATH, "irene", json={"url": system.url})
    place.private |= {made["secret"]}
    batch = place.check(cohort(row(name="Canario000Ave"), row(name="Canario001Ave")))
    place.release(batch)
    names = place.names(batch)
    place.acted(names[0], "suspend")
    place.acted(names[0], "lift")
    place.acted(before[0], "revoke", reason="holder_request")
    place.permitted({"name": "Otra Casa", "documentNumber": "000000200008", "country": "VEN",
                     "permitStatus": "vigente", "workAllowed": True, "cardValidUntil": "2031-05-30"})  # fmt: skip
    place.publish()
    assert tell_all(place) == 6
    for heard in system.heard:
        require_signed(heard, made["secret"])
    told = [(each["type"], {name: each["data"][name] for name in each["data"] if name != "act"})
            for each in system.bodies()]  # fmt: skip
    house = {"issuer": "formacion"}
    assert told == [
        ("credentials.issued", {**house, "batch": batch["id"], "credentials": names}),
        ("batch.done", {**house, "batch": batch["id"]}),
        ("credential.suspended", {**house, "credential": names[0]}),
        ("credential.restored", {**house, "credential": names[0]}),
        ("credential.revoked", {**house, "credential": before[0]}),
        ("status.published", house),
    ]
    assert len({headers["webhook-id"] for headers, _ in system.heard}) == len(told)
    assert not [value for value in place.private for _, body in system.heard if value.encode() in body]
    assert tell_all(place) == 0


class Slow:
    """A network in which one issuer's systems answer only when everything else was told."""

    def __init__(self, slow: str) -> None:
        self.slow, self.others, self.heard = slow, threading.Event(), list[str]()

    def ask(self, asked: Asked, /, *, limit: int) -> Answered:
        host = asked.url.partition("//")[2].partition("/")[0]
        self.heard.append(host)
        if host.startswith(self.slow):
            assert self.others.wait(10), "the others wait for a slow one"
            raise Unavailable("network_unavailable", detail="too slow")
        self.others.set()
        return Answered(status=204, body=b"", etag=None, retry_after=None)


def test_slow_systems_of_one_issuer_hold_up_nobody_elses(place: Place) -> None:
    for number in range(AT_ONCE + 1):
        place.good("POST", PATH, "irene", json={"url": f"http://lento{number}.example/"})
    place.clock.tick(1)
    with place.world.doors()[Webhooks]() as opened:
        by = Principal(person="ivan", roles=frozenset({"issuer_admin"}), issuer="permisos")
        opened.add(WebhookAsk(url="http://otro.example/"), by=by)
    place.publish()
    place.clock.tick(60)
    net = Slow("lento")
    assert tell(place.world, net) >= 1
    assert sum(host.startswith("lento") for host in net.heard) == 1, "one that fails ends its issuer's round"
    assert "otro.example" in net.heard
    tell(place.world, net)
    assert len({host for host in net.heard if host.startswith("lento")}) == 2, "the next round is another one's turn"


def test_a_lost_answer_is_asked_for_again_with_the_same_id_and_later_and_later(plain: Place, system: System) -> None:
    made = plain.good("POST", PATH, "irene", json={"url": system.url, "events": ["status.published"]})
    plain.publish()
    for status, wait in ((500, AGAIN[0]), (302, AGAIN[1])):
        system.status = status
        assert tell_all(plain) == 0
        count = len(system.heard)
        plain.clock.at += wait - timedelta(seconds=1)
        assert (tell_all(plain), len(system.heard)) == (0, count)
        assert plain.good("GET", PATH, "irene")["items"][0]["failed"] == f"status_{status}"
        plain.clock.at += timedelta(seconds=1)
    system.status = 204
    assert tell_all(plain) == 1
    assert plain.good("GET", PATH, "irene")["items"][0]["failed"] is None
    assert [headers["webhook-id"] for headers, _ in system.heard] == [system.heard[0][0]["webhook-id"]] * 3
    assert {headers["webhook-timestamp"] for headers, _ in system.heard} != {system.heard[0][0]["webhook-timestamp"]}
    system.status = 500
    plain.publish()
    plain.clock.at += EVERY
    for wait in (*AGAIN, timedelta(0)):
        tell_all(plain)
        plain.clock.at += wait
    (line,) = plain.good("GET", PATH, "irene")["items"]
    assert (line["stopped"] is not None, line["tries"]) == (True, len(AGAIN) + 1)
    system.status, system.heard = 204, []
    assert tell_all(plain) == 0
    plain.good("POST", f"{PATH}/{made['id']}/test", "irene")
    assert tell_all(plain) == 2
    assert [each["type"] for each in system.bodies()] == ["ping", "status.published"]
    plain.good("DELETE", f"{PATH}/{made['id']}", "irene")
    plain.publish()
    assert tell_all(plain) == 0


def test_two_senders_never_send_one_message_at_once(place: Place, system: System) -> None:
    place.good("POST", PATH, "irene", json={"url": system.url})
    place.publish()
    door = place.world.doors()[Webhooks]
    with door() as first:
        was_due, message = first.take()
    with door() as second:
        assert second.take() == (False, None)
    assert (was_due, message is not None) == (True, True)
    place.clock.at += timedelta(minutes=1)
    assert tell_all(place) == 1


def test_what_is_no_address_of_a_system_is_refused(plain: Place, system: System) -> None:
    for url in ("http://a:b@127.0.0.1/", "http:///x", "http://h:0/", "http://h:99999/", "https://[::1", "ftp://h/x"):
        code = "bad_request" if url.startswith("ftp:") else "webhook_address"
        assert plain.code("POST", PATH, "irene", json={"url": url})[1] == code
    for each in range(SLOTS):
        plain.good("POST", PATH, "irene", json={"url": f"{system.url}/{each}"})
    assert plain.code("POST", PATH, "irene", json={"url": system.url}) == (409, "too_many_webhooks")
    assert set(plain.good("GET", PATH, "irene")["items"][0]["events"]) == set(EVENTS) - NOTICES
    for url in ("https://10.1.2.3/x", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/", "https://127.0.0.1/", "https://224.0.0.1/"):  # fmt: skip
        asked = Asked(method="POST", url=Url(url), headers={}, body=b"")
        with pytest.raises(Unavailable):
            HttpsFetch().ask(asked, limit=9)
    assert system.heard == []


def test_an_address_is_told_once_by_each_issuer(plain: Place, system: System) -> None:
    plain.good("POST", PATH, "irene", json={"url": system.url})
    assert plain.code("POST", PATH, "irene", json={"url": system.url}) == (409, "webhook_known")
    with plain.world.doors()[Webhooks]() as opened:
        by = Principal(person="ivan", roles=frozenset({"issuer_admin"}), issuer="permisos")
        opened.add(WebhookAsk(url=system.url), by=by)


@pytest.mark.parametrize(
    "url",
    ["http://8.8.8.8/x", "https://localhost/x", "https://127.0.0.1/x", "https://127.1/x", "https://10.1.2.3/x",
     "https://[::1]/x", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/"],
)  # fmt: skip
def test_in_production_an_address_of_a_private_network_is_refused_as_it_is_added(plain: Place, url: str) -> None:
    by = Principal(person="irene", roles=frozenset({"issuer_admin"}), issuer="formacion")
    with plain.world.doors()[Webhooks]() as opened:
        served = replace(opened, is_private=stands_for_private)
        with pytest.raises(Malformed) as caught:
            served.add(WebhookAsk(url=url), by=by)
        assert (caught.value.code, caught.value.pointer) == ("webhook_address", "/url")
        for good in ("https://8.8.8.8/x", "https://nobody.invalid/x"):
            served.add(WebhookAsk(url=good), by=by)


def test_a_paused_system_is_told_in_order_once_it_is_resumed(plain: Place, system: System) -> None:
    asked = {"url": system.url, "events": ["status.published"]}
    path = f"{PATH}/{plain.good('POST', PATH, 'irene', json=asked)['id']}"
    line = plain.good("POST", f"{path}/pause", "irene")
    assert (line["paused"], line["stopped"] is not None) == (True, True)
    plain.publish()
    plain.publish()
    plain.clock.at += EVERY
    assert (tell_all(plain), system.heard) == (0, [])
    assert plain.code("POST", f"{path}/test", "irene") == (409, "not_possible_now")
    assert plain.good("POST", f"{path}/pause", "irene") == line
    line = plain.good("POST", f"{path}/resume", "irene")
    assert (line["paused"], line["stopped"]) == (False, None)
    assert plain.good("POST", f"{path}/resume", "irene") == line
    assert (tell_all(plain), len(system.heard)) == (2, 2)
    newest = [each["act"] for each in plain.good("GET", "/v1/issuer/audit", "uma")["items"]]
    assert [act for act in newest if act.startswith("webhook_")] == [
        "webhook_resumed",
        "webhook_paused",
        "webhook_added",
    ]


def test_one_that_never_answered_is_no_paused_one_and_is_resumed_too(plain: Place, system: System) -> None:
    system.status = 500
    asked = {"url": system.url, "events": ["status.published"]}
    path = f"{PATH}/{plain.good('POST', PATH, 'irene', json=asked)['id']}"
    plain.publish()
    for wait in (*AGAIN, timedelta(0)):
        tell_all(plain)
        plain.clock.at += wait
    line = plain.good("POST", f"{path}/pause", "irene")
    assert (line["paused"], line["stopped"] is not None) == (False, True)
    system.status = 204
    plain.good("POST", f"{path}/resume", "irene")
    assert tell_all(plain) == 1


def test_a_message_under_way_while_it_is_paused_is_told_once(plain: Place, system: System) -> None:
    path = f"{PATH}/{plain.good('POST', PATH, 'irene', json={'url': system.url})['id']}"
    plain.publish()
    door = plain.world.doors()[Webhooks]
    with door() as opened:
        _, message = opened.take()
    assert message is not None
    plain.good("POST", f"{path}/pause", "irene")
    with door() as opened:
        opened.settle(message, failed=None)
    assert plain.good("GET", PATH, "irene")["items"][0]["paused"]
    plain.good("POST", f"{path}/resume", "irene")
    assert tell_all(plain) == 0
