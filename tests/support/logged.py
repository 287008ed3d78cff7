"""What a process writes to its log, read as whoever runs the desk reads it."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from collections.abc import Iterator

import structlog

from yizhan.kernel import logs


@contextlib.contextmanager
def logged(level: str = "info") -> Iterator[io.StringIO]:
    """Logging is set up as in an installation, into the text that is handed out; then as it was."""
    written, before = io.StringIO(), sys.stderr
    root = logging.getLogger()
    handlers, root_level = root.handlers[:], root.level
    root.handlers.clear()
    sys.stderr = written
    logs.set_up(level)
    try:
        yield written
    finally:
        sys.stderr = before
        logs.set_up(level)  # loggers that were used meanwhile write where all others do
        root.handlers[:] = handlers
        root.setLevel(root_level)
        structlog.reset_defaults()
