"""``python -m yizhan.app.describing`` prints the API's description and ends, with all the memory it took."""

from __future__ import annotations

import sys
from typing import Any, cast

from yizhan.app import apidocs, web
from yizhan.kernel import config as configuration
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge


def document(config: Config) -> bytes:
    """Build the application without a database and describe it."""
    nothing = cast(Any, None)
    edge = Edge(config=config, database=nothing, store=nothing, vault=nothing)
    return apidocs.document(web.create_app(edge))


if __name__ == "__main__":
    sys.stdout.buffer.write(document(configuration.load()))
