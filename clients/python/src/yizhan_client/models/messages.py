# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``messages``."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import MentionIn

__all__ = [
    "CreateMessage",
    "RetryMessage",
]


class CreateMessage(Struct, kw_only=True):
    """Create message."""

    body: str | UnsetType = UNSET
    body_html: str | UnsetType | None = UNSET
    visibility: Literal["public", "internal"] | UnsetType = UNSET
    channel: str | UnsetType | None = UNSET
    conversation_id: str | UnsetType | None = UNSET
    seen_up_to: str | UnsetType | None = UNSET
    confirm_stale: bool | UnsetType = UNSET
    attachments: list[str] | UnsetType = UNSET
    mentions: list[MentionIn] | UnsetType = UNSET
    client_id: str | UnsetType | None = UNSET
    status: str | UnsetType | None = UNSET
    despite_children: bool | UnsetType = UNSET
    despite_items: bool | UnsetType = UNSET
    to: list[str] | UnsetType = UNSET
    cc: list[str] | UnsetType = UNSET


class RetryMessage(Struct, kw_only=True):
    """Retry message."""

    confirm_duplicate: bool | UnsetType = UNSET
