"""What an administrator fills in for one chat; the interface draws its form from this."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Secret = Annotated[
    str, msgspec.Meta(extra_json_schema={"writeOnly": True, "format": "password"}, max_length=400)
]
Ask = Literal["off", "optional", "required"]
_Color = Annotated[str, msgspec.Meta(pattern=r"^(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})?$")]
_Origin = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/\s]+$", max_length=300)]
_Text = Annotated[str, msgspec.Meta(max_length=1000)]


class Settings(msgspec.Struct, frozen=True):
    """One chat on one or more websites. What is empty falls back to the brand, or to our words."""

    title: Annotated[str, msgspec.Meta(max_length=80)] = ""
    greeting: _Text = ""
    proactive_seconds: Annotated[int, msgspec.Meta(ge=0, le=3600)] = 0  # 0: never by itself
    color: _Color = ""
    position: Literal["right", "left"] = "right"
    locale: Literal["auto", "zh-CN", "en"] = "auto"

    allowed_origins: Annotated[tuple[_Origin, ...], msgspec.Meta(max_length=50)] = ()
    require_identity: bool = False
    identity_secret: Secret = ""

    ask_name: Ask = "off"
    ask_email: Ask = "off"
    offline_text: _Text = ""
    suggest_articles: bool = True  # of the knowledge base, while a visitor writes

    email_continuation: bool = True
    email_inbox_id: Annotated[str, msgspec.Meta(pattern=r"^\d*$")] = ""  # empty: any of the brand
    email_after_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 10
