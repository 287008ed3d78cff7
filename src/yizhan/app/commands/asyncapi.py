"""`yizhan asyncapi`: the AsyncAPI 3.0 document of the events of the running code."""

from __future__ import annotations

import argparse
from typing import Any

from yizhan.app import discovery
from yizhan.app.version import version
from yizhan.kernel import asyncapi
from yizhan.kernel.config import Config

HELP = "print the AsyncAPI document of this release's events"


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(_args: argparse.Namespace, _config: Config) -> dict[str, Any]:
    """Describe every event type that the code knows."""
    discovery.load()
    return asyncapi.describe(title="Yizhan", version=version())
