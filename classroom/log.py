"""How the server writes its log: one line per decision, key=value, on standard error.

Never in it: names, addresses of people, tokens, room codes, chat. `_clean` is the second line of
defence, for a key that should not have been bound.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

PRIVATE = frozenset(
    {"name", "email", "password", "token", "seat", "address", "ip", "text", "chat", "title"}
    | {"cookie", "csrf", "authorization", "agent", "sdp", "url", "path"}
)
LIBRARIES = ("tortoise", "aiosqlite", "asyncio", "uvicorn", "engineio", "socketio", "quart")


def configure_log(level: str, *, stream: TextIO | None = None) -> None:
    """Send our lines and the libraries' warnings to `stream` (standard error)."""
    number = logging.getLevelNamesMapping()[level.upper()]
    out = stream or sys.stderr
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _clean,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(),
                structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "logger", "event"], bool_as_flag=False
                ),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)
    for library in LIBRARIES:
        logging.getLogger(library).setLevel(max(number, logging.WARNING))


def _clean(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in PRIVATE & event.keys():
        event[key] = "(private)"
    return event
