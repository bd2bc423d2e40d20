"""One thing done again and again in a thread beside others, while a block runs; what it is, is the caller's."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_GRACE: Final = 10.0
"""Seconds in which a round may end when the block does; what it is at then is cut off, as by a stop."""


@contextmanager
def repeating(act: Callable[[], object], *, every: float) -> Iterator[None]:
    """Each so many seconds until the block ends. A fault that the act does not catch ends its round, not the next."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(every):
            one_round = threading.Thread(target=act, daemon=True)
            one_round.start()
            one_round.join()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_GRACE)
