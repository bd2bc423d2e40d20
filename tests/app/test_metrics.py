"""`/metrics`: what the house did and what waits, the same from each process; its own requests by template; no names."""

from datetime import timedelta

from prometheus_client.parser import text_string_to_metric_families

from issuer.batches.service import Batches
from tests.journeys.objecting import disputed
from tests.journeys.papers import cohort, holder, row
from tests.journeys.world import PEOPLE, Place


def told(place: Place) -> dict[tuple[str, ...], float]:
    """(name, label values by their labels' order) -> value, as Prometheus' own reader takes them."""
    read = text_string_to_metric_families(place.ask("GET", "/metrics", "uma").text)
    samples = [each for family in read for each in family.samples]
    return {(each.name, *(value for _, value in sorted(each.labels.items()))): each.value for each in samples}


def test_a_house_tells_what_it_issued_and_published_and_what_waits(plain: Place) -> None:
    names = plain.issued(row(name="Canario000Ave"), row(name="Canario001Ave"))
    copies = plain.picked_up(plain.offer(names[0]), holder())
    plain.publish()
    disputed(plain, copies[0]["credential"], holder(), text="Canario que reclama")
    left = plain.check(cohort(row(name="Canario002Ave")))
    plain.good("POST", f"/v1/issuer/batches/{left['id']}/proposal", "oscar")
    with plain.world.doors()[Batches]() as opened:
        opened.release(left["id"], by=PEOPLE["marta"].principal, digest=left["digest"], accept_errors=True)
    for _ in plain.world.desk.plan(left["id"]):
        break
    plain.clock.at += timedelta(days=23)
    now = told(plain)
    assert now["puente_rows_sealed_total",] == len(names)  # no copy of a holder, no full credential beside a pass
    assert (now["puente_chunks_waiting",], now["puente_chunk_oldest_seconds",]) == (1, 23 * 86_400)
    assert (now["puente_disputes_open",], now["puente_disputes_overdue",]) == (1, 1)
    (waits,) = plain.good("GET", "/v1/issuer/disputes", "oscar")["items"]
    assert waits["answerBy"] == "2026-12-15T05:00:00Z"  # fifteen working days: the 8th of December is none
    assert plain.good("GET", "/v1/issuer/numbers", "irene")["isOverdue"] is True
    assert now["puente_publication_age_seconds",] == now["puente_lists_age_seconds",] == 23 * 86_400
    assert now["puente_publication_late_seconds",] == (23 * 24 - 6.5) * 3600
    assert now["puente_bundle_expires_seconds",] < 0 < now["puente_disk_free_bytes",]
    assert now["puente_batches", "done"] == now["puente_batches", "released"] == 1


def test_each_process_counts_its_own_requests_by_template(plain: Place) -> None:
    other = Place(url=plain.url, folder=plain.folder)
    other.bearers = plain.bearers
    plain.ask("GET", "/v1/issuer/credentials/Canario000Ave", "oscar")
    plain.ask("GET", "/Canario001Ave?name=Canario002Ave")
    plain.ask("PROPFIND", "/livez")
    first, second = told(plain), told(other)
    assert first["puente_requests_total", "GET", "/v1/issuer/credentials/{credential}", "404"] == 1
    assert first["puente_requests_total", "GET", "-", "404"] == 1
    assert first["puente_requests_total", "OTHER", "/livez", "405"] == 1
    assert first["puente_request_seconds_count", "/v1/issuer/credentials/{credential}"] == 1
    assert "Canario" not in str(first)
    assert not [key for key in first if key[0].endswith("_created")]
    own = ("puente_request", "puente_disk")
    house = [{key: value for key, value in each.items() if not key[0].startswith(own)} for each in (first, second)]
    assert house[0] == house[1]
    assert not [key for key in second if key[0].startswith(own[0])]
    other.close()
