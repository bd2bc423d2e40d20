"""What jobs and the clock call, each through doors like a request; and a worker as a process of its own.

`python -m app.worker seal|tend DATA` works until it is told to stop or its parent goes (its input ends); who starts it
again is `app/supervisor.py`. Not here: the queue, which is `app/jobs.py`'s.
"""

import gc
import os
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Final, Literal, get_args

import structlog

from app.hourly import keep_logs
from app.jobs import Tends, Works, has_workers, work
from app.logs import set_up_logs
from app.opening import open_world
from app.provide import World
from app.punctual import keep_time
from app.staff import settings_of
from app.webhooks import tell
from kernel.errors import PuenteError

_log = structlog.get_logger()
Part = Literal["seal", "tend"]
_BEAT: Final = 15.0
_TUPLES: Final = 50_000
"""What a few chunks make before circles are looked for."""
PARTS: Final[tuple[Part, ...]] = get_args(Part)


def works(world: World, part: Part) -> Works:
    """What a worker of that part does with what it finds in its queues."""
    if part == "seal":
        return {"seal": lambda first: world.desk.seal_chunk(int(first))}
    return {"plan": world.desk.work_through}


def tend(world: World) -> None:
    """What nobody asks for: what was left, and publication on time."""
    world.desk.tend()
    keep_time(world)
    keep_logs(world)


def run(world: World, part: Part) -> None:
    """Work for a world until told to stop; where there is no queue only the clock calls."""
    if has_workers(world.engine):
        calls: Tends = {"tend": partial(tend, world), "tell": partial(tell, world)} if part == "tend" else {}
        work(world.settings.database_url, works(world, part), tends=calls)
        return
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: over.set())
    while not over.wait(_BEAT):
        _tick(world)


def _tick(world: World) -> None:
    try:
        keep_time(world)
        keep_logs(world)
    except PuenteError as error:  # a database that is busy now is looked at again at the next beat
        _log.error("clock_failed", code=error.code)


def main() -> None:
    """A worker under a supervisor."""
    part, data = sys.argv[1:]
    set_up_logs()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    with open_world(settings_of(Path(data))) as world:
        _collect_seldom()
        run(world, next(each for each in PARTS if each == part))


def _collect_seldom() -> None:
    """Rows come by the thousand, as tuples in no circle: looking for circles among them took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_TUPLES, 50, 50)


def _end_with_the_parent() -> None:
    os.read(0, 1)  # not by sys.stdin, whose lock would be held while the process ends
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
