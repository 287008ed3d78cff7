"""The parent of the web processes, with nothing loaded but the server that starts and watches them.

``python -m yizhan.app.front web`` is what ``yizhan web`` becomes when its database is up and migrated:
whatever it had to load for that, 40 MB, would be held for as long as it serves.
"""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings

from yizhan.kernel import config as configuration
from yizhan.kernel import process

# Streams are requests that never end; the default would stop at about a thousand of them.
_BACKPRESSURE = 30_000


def serve(config: configuration.Config) -> None:
    """Start the web processes and watch them until a signal."""
    Granian(
        "yizhan.app.web:application",
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=max(1, config.workers),
        loop=Loops.uvloop,
        backlog=4096,
        backpressure=_BACKPRESSURE,
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
        websockets=True,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    process.die_with_parent()
    serve(configuration.load())
