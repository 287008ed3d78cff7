"""`yizhan openapi`: the OpenAPI 3.1 document of the running code."""

from __future__ import annotations

import argparse
from typing import Any, cast

import msgspec

from yizhan.app import apidocs, web
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HELP = "print the OpenAPI document of this release"


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(_args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Build the application without a database and describe it."""
    edge = Edge(
        config=config, database=cast(Any, None), store=cast(Any, None), vault=cast(Any, None)
    )
    document: dict[str, Any] = msgspec.json.decode(apidocs.document(web.create_app(edge)))
    return document
