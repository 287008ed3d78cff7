"""`yizhan openapi`: the OpenAPI 3.1 document of the running code."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from yizhan.app import describing
from yizhan.kernel.config import Config

HELP = "print the OpenAPI document of this release"


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(_args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Describe the API."""
    document: dict[str, Any] = msgspec.json.decode(describing.document(config))
    return document
