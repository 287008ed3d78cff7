"""What an administrator fills in for a set of links."""

from __future__ import annotations

from typing import Annotated

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=100)]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One link."""

    key: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label_zh: Text = ""
    label_en: Text = ""
    # The place is fixed: a variable may only stand behind it.
    url: Annotated[
        str, msgspec.Meta(max_length=2000, pattern=r"^https?://[A-Za-z0-9.:\-\[\]]+([/?#].*)?$")
    ]
    signed: bool = True


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Links into one other system."""

    links: Annotated[tuple[Way, ...], msgspec.Meta(min_length=1, max_length=12)]
    seconds: Annotated[int, msgspec.Meta(ge=10, le=3600)] = 60
