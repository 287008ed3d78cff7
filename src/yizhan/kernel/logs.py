"""Structured logs on standard error, one JSON object a line, ids only and never what people wrote.

The text of an exception may repeat a customer's words or address, and so may local variables and the
arguments of other libraries' log lines. None of them is written: a type, a place and the database's
names of things are enough to find a fault.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO, cast

import msgspec
import structlog

from yizhan.kernel import logtail

_MOST_FRAMES = 30
_MOST_TEXT = 200
# What PostgreSQL says about an error besides its text; the text and the detail repeat values.
_DATABASE_NAMES = ("sqlstate", "table_name", "column_name", "constraint_name")


def _frames(trace: TracebackType | None) -> list[str]:
    found: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-_MOST_FRAMES:]


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )


def describe(error: BaseException) -> list[dict[str, Any]]:
    """An exception and what led to it, without any value: types and places."""
    return [
        {
            "type": f"{type(one).__module__}.{type(one).__qualname__}",
            **{name: value for name in _DATABASE_NAMES if (value := getattr(one, name, None))},
            "frames": _frames(one.__traceback__),
        }
        for one in _chain(error)
    ]


def _without_values(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()[1]
    elif isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        event["exception"] = describe(given)
    return event


def _kept(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    logtail.remember(event)
    return event


class _Plain(logging.Formatter):
    """Other libraries' lines in our form: the template's first line, without what was put into it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "event": (str(record.msg).splitlines() or [""])[0][:_MOST_TEXT],
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = describe(record.exc_info[1])
        logtail.remember_foreign(record, line.get("exception"))
        return msgspec.json.encode(line).decode()


class _StandardError:
    """Standard error as the last set-up found it; today's where that one was closed meanwhile.

    A line that cannot be written is lost: a full disk must not end the work that it tells of.
    """

    first: TextIO = sys.stderr

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            return (sys.stderr if self.first.closed else self.first).write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            (sys.stderr if self.first.closed else self.first).flush()


# One for all, as a logger keeps what it was given at its first line, whoever sets up again.
_STANDARD_ERROR = _StandardError()


def set_up(level: str = "info") -> None:
    """Configure structlog and the standard library's logging for this process."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    _STANDARD_ERROR.first = sys.stderr
    here = cast(TextIO, _STANDARD_ERROR)
    handler = logging.StreamHandler(here)
    handler.setFormatter(_Plain())
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_values,
            _kept,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(here),
        cache_logger_on_first_use=True,
    )
