"""`puente work`: keeps workers running, each a process of its own: sealers, and one that plans and tends.

A worker that ends is started again, at once the first time and then slower; it ends when the database goes away, when
it is killed, or by a fault. Told to stop, it lets each end what it is at.
"""

import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

import structlog

from app.worker import Part

_LOOK: Final = 0.2
_SLOWEST: Final = 5.0
_GRACE: Final = 30.0
_log = structlog.get_logger()


@dataclass(kw_only=True)
class _Place:
    """A worker's place: who is in it, and when another may come."""

    part: Part
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    wait: float = 0.0


@dataclass(kw_only=True)
class Supervisor:
    """Runs workers for a data folder until `stop` is set."""

    data: Path
    sealers: int
    stop: threading.Event = field(default_factory=threading.Event)
    _places: list[_Place] = field(default_factory=list)

    def run(self) -> None:
        """Until told to stop, by signal or by the event."""
        self._places = [_Place(part="tend"), *(_Place(part="seal") for _ in range(self.sealers))]
        try:
            while not self.stop.wait(_LOOK):
                for place in self._places:
                    self._look(place)
        finally:
            self._end()

    def heed_signals(self) -> None:
        """Stop at SIGTERM and SIGINT."""

        def told(_number: int, _frame: FrameType | None) -> None:
            self.stop.set()

        signal.signal(signal.SIGTERM, told)
        signal.signal(signal.SIGINT, told)

    def pids(self, part: Part) -> list[int]:
        """The processes that do that part now."""
        return [place.process.pid for place in self._places if place.part == part and place.process is not None]

    def _look(self, place: _Place) -> None:
        now = time.monotonic()
        if place.process is not None and place.process.poll() is not None:
            _log.warning("worker_ended", step=place.part, status=place.process.returncode)
            _close(place.process)
            # One that lived for a while comes back at once; one that falls over and over comes slower.
            place.wait = 0.0 if now - place.began > _SLOWEST else min(_SLOWEST, place.wait * 2 + _LOOK)
            place.process, place.began = None, now
        if place.process is None and now - place.began >= place.wait:
            place.process, place.began = self._start(place.part), now

    def _start(self, part: Part) -> subprocess.Popen[bytes]:
        # Its input is a pipe of ours: when we go, however we go, it ends and the worker with it.
        command = [sys.executable, "-m", "app.loading", "app.worker", part, str(self.data)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own module

    def _end(self) -> None:
        running = [place.process for place in self._places if place.process is not None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
