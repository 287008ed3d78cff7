"""A worker's figures for Prometheus: it has no web server of its own that could tell them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import prometheus_client
import structlog

from yizhan.kernel.config import BadSetting

logger = structlog.get_logger(__name__)


@contextlib.contextmanager
def served(address: str) -> Iterator[None]:
    """Answer at ``host:port`` for as long as the block runs; not at all where it is empty.

    Work goes on without where another process has the port. Errors: BadSetting.
    """
    if not address:
        yield
        return
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise BadSetting(f"worker_metrics: host:port is wanted, such as 127.0.0.1:9101: {address}")
    try:
        server, thread = prometheus_client.start_http_server(int(port), host.strip("[]"))
    except OSError as error:
        logger.warning("figures_not_served", address=address, reason=error.strerror)
        yield
        return
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
