# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``personal``."""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import AttachmentOut, MentionIn, MentionOut

__all__ = [
    "DraftIn",
    "DraftOut",
    "ReadUpTo",
]


class DraftIn(Struct, kw_only=True):
    """Draft in."""

    body_html: str | UnsetType = UNSET
    body: str | UnsetType = UNSET
    attachments: list[str] | UnsetType = UNSET
    mentions: list[MentionIn] | UnsetType = UNSET
    to: list[str] | UnsetType | None = UNSET
    cc: list[str] | UnsetType | None = UNSET


class DraftOut(Struct, kw_only=True):
    """Draft out."""

    mode: str
    body_html: str
    body: str
    attachments: list[AttachmentOut]
    mentions: list[MentionOut]
    to: list[str] | None
    cc: list[str] | None
    updated_at: dt.datetime | None


class ReadUpTo(Struct, kw_only=True):
    """Read up to."""

    message_id: str | UnsetType | None = UNSET
