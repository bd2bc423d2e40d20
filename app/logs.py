"""Structured log lines: what happened, never about whom. Only the fields listed here are ever written."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

FIELDS: Final = frozenset(
    {"event", "level", "timestamp", "code", "step", "story", "route", "method", "status", "request", "ms", "count",
     "key", "version", "seconds", "issuer"}
)  # fmt: skip


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
