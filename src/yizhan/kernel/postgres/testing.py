"""A throw-away server for tests, one for each worker of a test run."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yizhan.kernel.postgres.cluster import Cluster, ensure

# Nothing that a test writes has to survive a power cut.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "min_wal_size": "80MB",
    "max_wal_size": "1GB",
    "log_min_duration_statement": "-1",
}


_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own below it, as below the one for files
_ENOUGH = 6 << 30


def _place() -> Path:
    """In memory where there is plenty: a test's database is a thousand small files."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        return _MEMORY
    return Path(tempfile.gettempdir())


@contextmanager
def throwaway(*, settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """``with postgres_testing.throwaway() as cluster:`` in a session fixture.

    The workers of pytest-xdist do not share one: readers of the event log stop at the oldest
    running transaction of the whole *server*, so one test's transaction would hold up another's.
    """
    folder = _place() / f"yizhan-test-{os.geteuid()}-{os.getpid()}"
    cluster = ensure(folder, settings={**FAST, **(settings or {})})
    try:
        yield cluster
    finally:
        if cluster.stop():
            shutil.rmtree(folder, ignore_errors=True)
