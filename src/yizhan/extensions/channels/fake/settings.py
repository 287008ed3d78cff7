"""Settings of the test channel."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """The shared secret, and how fast to fetch."""

    secret: Annotated[
        str,
        msgspec.Meta(extra_json_schema={"writeOnly": True, "format": "password"}, max_length=200),
    ]
    account: str = "main"
    poll_seconds: Annotated[float, msgspec.Meta(ge=0.01, le=3600)] = 0.05
