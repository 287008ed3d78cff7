"""`yizhan web`: the web process alone, on a shared database."""

from __future__ import annotations

import argparse
import os
from typing import Any

from yizhan.app import server, supervisor
from yizhan.kernel import process
from yizhan.kernel.config import Config

HELP = "serve the API and the browser app"


def add(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, help="the port (YIZHAN_PORT)")
    parser.add_argument("--host", help="the address (YIZHAN_HOST)")
    parser.add_argument("--workers", type=int, help="processes (YIZHAN_WORKERS)")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Serve until SIGTERM. Errors: PortTaken."""
    for name in ("port", "host", "workers"):
        if (value := getattr(args, name)) is not None:
            os.environ[f"YIZHAN_{name.upper()}"] = str(value)
    os.environ["YIZHAN_DATA"] = str(config.data)
    # The server would share a port with another one, and each would get some of the requests.
    supervisor.require_free(args.host or config.host, args.port or config.port)
    process.die_with_parent()
    server.serve()
    return {}
