"""A throw-away server for tests, shared by all workers of one test run."""

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


@contextmanager
def throwaway(*, settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """``with postgres_testing.throwaway() as cluster:`` in a session fixture.

    The workers of pytest-xdist get the same server: they have the same run id.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}"
    folder = Path(tempfile.gettempdir()) / f"yizhan-test-{os.geteuid()}-{run[:16]}"
    cluster = ensure(folder, settings={**FAST, **(settings or {})})
    try:
        yield cluster
    finally:
        if cluster.stop():
            shutil.rmtree(folder, ignore_errors=True)
