"""Logs as JSON lines without personal data: no query strings, no addresses, no values inside error messages.

An exception tells its class and where it was raised; its message may quote a row ("Key (email)=(…) exists") and stays
out. A library's line keeps its template; what would be filled in stays out unless it is a plain number.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.types import EventDict

OURS = ("tanggap",)
MOST_FRAMES = 12


def _template_only(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Replace the filled-in message of foreign code by its template."""
    record: logging.LogRecord | None = event.get("_record")
    arguments = event.pop("positional_args", ())
    if record is not None and not record.name.startswith(OURS):
        numbers = isinstance(arguments, tuple) and all(isinstance(value, int | float) for value in arguments)
        if arguments and not numbers:
            event["event"] = str(record.msg)
    return event


def _exception_without_message(_logger: object, _name: str, event: EventDict) -> EventDict:
    """The class of the exception and the frames it passed, never its text or the values of variables."""
    record: logging.LogRecord | None = event.get("_record")
    given = event.pop("exc_info", None) or (record.exc_info if record is not None else None)
    given = sys.exc_info() if given is True else given
    event.pop("exception", None)
    if isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    if isinstance(given, tuple) and given[0] is not None:
        frames = traceback.extract_tb(given[2])[-MOST_FRAMES:]
        event["exception"] = f"{given[0].__module__}.{given[0].__qualname__}"
        event["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _extra_of_ours(logger: logging.Logger, name: str, event: EventDict) -> EventDict:
    """Fields given with `extra=` by our own code."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and record.name.startswith(OURS):
        structlog.stdlib.ExtraAdder()(logger, name, event)
    return event


BEFORE: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    _template_only,
    _extra_of_ours,
    _exception_without_message,
]


def _lead_structlog() -> None:
    """Without this structlog writes by itself: exceptions with their text, and what a row held with them."""
    structlog.configure(
        processors=[*BEFORE[:3], _exception_without_message, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def configuration() -> dict[str, Any]:
    """For settings.LOGGING; everything goes to standard error, one JSON object a line."""
    after = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: type(value).__name__),
    ]
    _lead_structlog()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": after,
                "pass_foreign_args": True,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Our own middleware writes one line a request, with the route instead of the address.
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "procrastinate": {"level": "WARNING"},
            "axes": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "_granian": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
