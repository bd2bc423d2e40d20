"""What jobs and the clock call, each through doors like a request: in a worker of its own, or inside the one server.

`python -m app.worker seal|tend DATA` works until it is told to stop or its parent goes (its input ends); who starts it
again is `app/supervisor.py`. Where there is no queue `puente serve` lets `tending` do the same. A worker that does not
reach the issuers' keys takes no job, and ends where they go. Not here: the queue, which is `app/jobs.py`'s.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Final, Literal, ParamSpec, get_args

import structlog

from app.beside import repeating
from app.folder import settings_of
from app.hourly import keep_logs
from app.jobs import Tends, Works, has_workers, work
from app.logs import set_up_logs
from app.opening import open_world
from app.own_keys import without_keys
from app.provide import World
from app.punctual import keep_time
from app.webhooks import tell
from kernel.errors import PuenteError

_log = structlog.get_logger()
Part = Literal["seal", "tend"]
BEAT: Final = 15.0
"""Seconds between two rounds of what the clock calls."""
_TUPLES: Final = 50_000
"""What a few chunks make before circles are looked for."""
PARTS: Final[tuple[Part, ...]] = get_args(Part)
_Did = ParamSpec("_Did")


def works(world: World, part: Part) -> Works:
    """What a worker of that part does with what it finds in its queues."""
    if part == "seal":
        return {"seal": lambda first: world.desk.seal_chunk(int(first))}
    return {"plan": world.desk.work_through}


def tends(world: World) -> Tends:
    """What nobody asks for: what was left, publication on time, what is told outside.

    Each by itself: an act on many that is gone on with for an hour must not keep an urgent one from being published.
    """
    return {"tend": partial(_take_up, world), "clock": partial(_keep_clock, world), "tell": partial(tell, world)}


def _take_up(world: World) -> None:
    if world.bundle() is not None:  # before the first one nothing can be issued
        world.desk.tend()


def _keep_clock(world: World) -> None:
    keep_time(world)
    keep_logs(world)


@contextmanager
def tending(world: World, *, every: float = BEAT) -> Iterator[None]:
    """While this is open threads do what the clock calls, where no workers do."""
    with ExitStack() as threads:
        if not has_workers(world.engine):
            for name, call in tends(world).items():
                threads.enter_context(repeating(partial(_round, name, call), every=every))
        yield


def _round(name: str, call: Callable[[], object]) -> None:
    try:
        call()
    except PuenteError as error:  # a database that is busy now is looked at again in the next round
        _log.warning("round_left", step=name, code=error.code)


def run(world: World, part: Part) -> None:
    """Work for a world until told to stop; where there is no queue only the clock calls."""
    if has_workers(world.engine):
        calls = {name: _with_keys(world, call) for name, call in tends(world).items()} if part == "tend" else {}
        jobs = {name: _with_keys(world, do) for name, do in works(world, part).items()}
        work(world.settings.database_url, jobs, tends=calls)
        return
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: over.set())
    with tending(world):
        over.wait()


def _with_keys(world: World, call: Callable[_Did, object]) -> Callable[_Did, object]:
    """The call, which ends this worker when it failed and keys are gone: what it was at waits for one that has them."""

    @wraps(call)
    def called(*args: _Did.args, **kwargs: _Did.kwargs) -> object:
        try:
            return call(*args, **kwargs)
        except PuenteError:
            if _tell_missing(world):
                os.kill(os.getpid(), signal.SIGTERM)  # the engine gives the job back first
            raise

    return called


def _tell_missing(world: World) -> bool:
    try:
        missing = without_keys(world.engine, world.keys)
    except PuenteError:  # the database does not answer: that is another matter, and is told by who asked it
        return False
    for issuer in missing:
        _log.error("keys_missing", issuer=issuer, code="signer_unavailable")
    return bool(missing)


def main() -> None:
    """A worker under a supervisor, which starts it again: also when the keys that were not here may be."""
    part, data = sys.argv[1:]
    set_up_logs()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    try:
        with open_world(settings_of(Path(data))) as world:
            if _tell_missing(world):
                sys.exit(1)
            _collect_seldom()
            run(world, next(each for each in PARTS if each == part))
    except PuenteError as error:
        _log.error("worker_left", step=part, code=error.code)
        sys.exit(1)


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
