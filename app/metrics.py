"""`/metrics`: figures for Prometheus, for a key that may read them. Counts and times only, labels from fixed sets.

What a process did itself it counts itself, so each app process is asked apart; what the house did is read from the
database at each asking, so every process tells the same and workers need no door of their own. Who looks into the
rows are `issuer/pulse.py`, `app/punctual.py` and `app/jobs.py`. The only file that uses prometheus-client.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from shutil import disk_usage
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app import jobs, punctual
from app.db import reading
from app.provide import World
from issuer import pulse
from kit.answers import NO_STORE
from kit.caller import caller

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BOUNDS: Final = (0.01, 0.05, 0.25, 1.0, 5.0)
# A time beside each counter, which nobody draws.
disable_created_metrics()  # type: ignore[no-untyped-call]  # it lacks its return type
router = APIRouter(tags=["health"], dependencies=[caller("metrics", "read")])


@router.get("/metrics", summary="Figures for Prometheus", response_class=PlainTextResponse)
def metrics(request: Request) -> Response:
    """This process's requests, and how the house stands. No personal data, no verdict, no issuer apart."""
    told: Metrics = request.app.state.metrics
    return Response(told.text(), media_type=CONTENT_TYPE_LATEST, headers=NO_STORE)


class Metrics:
    """The figures of one app."""

    def __init__(self, world: World) -> None:
        self._all = CollectorRegistry()
        self._requests = Counter(
            "puente_requests", "Requests answered", ["route", "method", "status"], registry=self._all
        )
        self._seconds = Histogram(
            "puente_request_seconds", "Time to answer", ["route"], buckets=_BOUNDS, registry=self._all
        )
        self._all.register(House(world))

    def count(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """One request that was answered; `route` is a template and never a path."""
        self._requests.labels(route, method if method in METHODS else "OTHER", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All of it as it stands now. Raises Unavailable."""
        return generate_latest(self._all)


@dataclass(frozen=True, eq=False)  # a registry tells its collectors apart by who they are
class House(Collector):
    """How the house stands, read anew at each asking."""

    world: World

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: to register a collector must not ask the database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Raises Unavailable."""
        now, settings = self.world.clock.now(), self.world.settings
        with reading(self.world.engine) as session:
            yield from _issuing(pulse.take(session, overdue=settings.working_days.overdue_before(now)), now)
            yield from _publishing(punctual.standing(session), now)
            yield from _queue(jobs.depth(session))
        bundle = self.world.bundle()
        if bundle is not None:
            left = (bundle.timestamp_expires - now).total_seconds()
            yield _gauge("puente_bundle_expires_seconds", "Until this process's bundle stops being believed", left)
        free = disk_usage(settings.data).free if settings.data.exists() else 0
        yield _gauge("puente_disk_free_bytes", "Room on the disk of this process's data folder", free)


def _issuing(told: pulse.Pulse, now: datetime) -> Iterator[Metric]:
    yield CounterMetricFamily(
        "puente_rows_sealed", "Credentials issued: no copies, no full ones beside passes", told.sealed
    )
    yield CounterMetricFamily("puente_rows_void", "Promised rows that could not be sealed", told.void)
    yield _gauge("puente_chunks_waiting", "Chunks promised and not sealed", told.chunks_waiting)
    yield _gauge("puente_chunk_oldest_seconds", "Since the release of the oldest of them", _age(told.oldest_chunk, now))
    batches = GaugeMetricFamily("puente_batches", "Batches by state", labels=["state"])
    for state, count in sorted(told.batches.items()):
        batches.add_metric([state], count)
    yield batches
    yield _gauge(
        "puente_lists_age_seconds", "Since the oldest status list was set out", _age(told.lists_published, now)
    )
    yield _gauge("puente_disputes_open", "Disputes that wait for an answer", told.disputes_open)
    yield _gauge("puente_disputes_overdue", "Of them those that wait too long", told.disputes_overdue)


def _publishing(told: punctual.Standing, now: datetime) -> Iterator[Metric]:
    late = told.late(now).total_seconds()
    yield _gauge("puente_publication_age_seconds", "Since lists and bundle were signed anew", _age(told.last, now))
    yield _gauge("puente_publication_late_seconds", "By how much they should have gone out before now", late)
    yield _gauge("puente_urgent_wait_seconds", "Since an urgent act waits to go out", _age(told.urgent, now))


def _queue(told: jobs.Depth) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("puente_jobs", "Jobs in the queue", labels=["queue", "state"])
    for (queue, state), count in sorted(told.jobs.items()):
        waiting.add_metric([queue, state], count)
    yield waiting
    failing = GaugeMetricFamily("puente_jobs_failing", "Jobs that keep failing", labels=["queue"])
    for queue, count in sorted(told.failing.items()):
        failing.add_metric([queue], count)
    yield failing
    yield _gauge("puente_jobs_stalled", "Jobs of a worker that went silent", told.stalled)
    yield _gauge("puente_workers", "Workers with a heartbeat", told.workers)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value)


def _age(at: datetime | None, now: datetime) -> float:
    """Seconds; 0 where nothing is there that could have an age."""
    return 0.0 if at is None else (now - at).total_seconds()
