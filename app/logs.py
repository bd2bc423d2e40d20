"""Structured log lines: what happened, never about whom. Only the fields listed here are ever written."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final, TextIO

import structlog

FIELDS: Final = frozenset(
    {"event", "level", "timestamp", "code", "step", "story", "route", "method", "status", "request", "ms", "count",
     "key", "version", "seconds", "issuer", "fault", "where"}
)  # fmt: skip
_HOUSE: Final = Path(__file__).resolve().parents[1]
_ROOMS: Final = frozenset(
    {"schemas", "kernel", "kit", "issuer", "wallet", "verifier", "registry", "staff", "app", "migrations"}
)


def fault_of(error: BaseException | None) -> dict[str, str]:
    """Of what kind a fault is, and the last line of ours that it came from: never its text, which may name a person."""
    if error is None:
        return {}
    told = [(_place(each.filename), each.lineno) for each in traceback.extract_tb(error.__traceback__)]
    ours = [(place, line) for place, line in told if "/" in place] or told
    where = {"where": f"{ours[-1][0]}:{ours[-1][1]}"} if ours else {}
    return {"fault": type(error).__name__, **where}


def _place(file: str) -> str:
    """A file of ours from its room on, and of any other its name alone: no path of the machine is told."""
    path = Path(file)
    if path.is_relative_to(_HOUSE) and path.relative_to(_HOUSE).parts[0] in _ROOMS:
        return path.relative_to(_HOUSE).as_posix()
    return path.name


def _only_listed(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: value for name, value in line.items() if name in FIELDS}


def set_up_logs(stream: TextIO | None = None) -> None:
    """One JSON object a line to `stream` (standard error by default); libraries' own lines are kept out."""
    logging.getLogger("uvicorn.access").disabled = True
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_listed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # Asked for at each line: who redirects standard error gets the lines.
        logger_factory=lambda *_args: structlog.PrintLogger(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
