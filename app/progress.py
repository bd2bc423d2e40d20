"""How far long work has come, on standard error: done, rate, time left. It looks from outside; no work knows of it."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import IO, Final

from app.beside import repeating
from app.language import figure
from app.language import told as _t
from schemas.issuance import BatchView

_EVERY: Final = 2.0
_MIB: Final = 1 << 20
_READINGS: Final = 3
"""A cohort is read once for its hash, once for its rows, and once more to be kept."""


def told(done: float, of: float, seconds: float, unit: str) -> str:
    """`  412.000 de 2.200.000 filas, 9.811 por segundo, faltan 182 s`, in the language in force."""
    rate = done / seconds if seconds > 0 else 0.0
    so_far = f"  {figure(done)} {_t('de', 'of')} {figure(of)} {unit}"
    if not rate:
        return so_far + _t("; aún no se sabe cuánto falta", "; how long it takes is not known yet")
    left = figure((of - done) / rate)
    es, en = f", {figure(rate)} por segundo, faltan {left} s", f", {figure(rate)} a second, {left} s left"
    return so_far + _t(es, en)


@contextmanager
def tell_reading(source: IO[bytes]) -> Iterator[None]:
    """While a file is read: where its reader stands, which the system knows at no cost."""
    number, size = source.fileno(), os.fstat(source.fileno()).st_size
    place = 0.0
    passed = 0

    def done() -> tuple[float, float]:
        nonlocal place, passed
        now = float(os.lseek(number, 0, os.SEEK_CUR))
        passed += now < place
        place = now
        return min(passed * size + place, _READINGS * size) / _MIB, _READINGS * size / _MIB

    with _telling(done, "MiB"):
        yield


@contextmanager
def tell_sealing(look: Callable[[], BatchView]) -> Iterator[Callable[[], None]]:
    """While a batch is issued; gives a call that comes back when it is done."""
    first = look().sealed

    def done() -> tuple[float, float]:
        view = look()
        return view.sealed - first, view.issue - view.already_issued - first

    def ended() -> None:
        while look().state != "done":
            time.sleep(_EVERY / 4)

    with _telling(done, _t("filas", "rows")):
        yield ended


def _telling(done: Callable[[], tuple[float, float]], unit: str) -> AbstractContextManager[None]:
    began = time.monotonic()

    def tell() -> None:
        print(told(*done(), time.monotonic() - began, unit), file=sys.stderr, flush=True)

    return repeating(tell, every=_EVERY)
