"""A process that ends itself by SIGKILL at its n-th transaction, just before or just after the commit.

It is a fork that opens the database anew: the caller disposes of its own engine first.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from app.db import open_engine
from issuer.desk import Desk
from tests.fakes import SeededRandom
from tests.issuer.world import House


class Doors:
    """The doors of a house, counted; at the n-th the process is gone."""

    def __init__(self, stop: int, when: str) -> None:
        self.left, self.when = stop, when

    def counted(self, door: Callable[[], AbstractContextManager[Any]]) -> Callable[[], AbstractContextManager[Any]]:
        @contextmanager
        def opened() -> Iterator[Any]:
            with door() as service:
                yield service
                self.left -= 1
                self._end("before")
            self._end("after")

        return opened

    def _end(self, when: str) -> None:
        if self.left == 0 and self.when == when:
            os.kill(os.getpid(), signal.SIGKILL)


def killed(house: House, url: str, stop: int, when: str, work: Callable[[Desk], object]) -> bool:
    """Let a process of its own do some work at the desk; whether it was killed."""
    house.engine.dispose()
    process = multiprocessing.get_context("fork").Process(target=_run, args=(house, url, stop, when, work))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def _run(house: House, url: str, stop: int, when: str, work: Callable[[Desk], object]) -> None:
    own = House(
        open_engine(url), clock=house.clock, random=SeededRandom(f"{house.random.drawn} {stop} {when}"), keys=house.keys
    )
    counted = Doors(stop, when)
    doors: dict[str, Any] = {name: counted.counted(door) for name, door in own.doors.items()}
    work(Desk(**doors, chunk=house.chunk))
