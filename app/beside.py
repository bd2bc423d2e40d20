"""One thing done again and again in a thread beside others, while a block runs; what it is, is the caller's."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def repeating(act: Callable[[], object], *, every: float) -> Iterator[None]:
    """Each so many seconds until the block ends; an act that raises is the last one, so a caller catches its own."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(every):
            act()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
