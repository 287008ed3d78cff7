"""What is asked of the server, before anything is sent. Pure: both clients use the same."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

import msgspec

Id: TypeAlias = int | str  # of any thing; text in JSON, and either is taken here
# Sent twice these do the same as once; a POST does because of its key.
_REPEATABLE = ("GET", "PUT", "DELETE", "POST")


class Upload(NamedTuple):
    """A file to be uploaded."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request; sent again it is byte for byte the same."""

    method: str
    path: str
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    content: bytes | None = None
    file: Upload | None = None

    @property
    def repeatable(self) -> bool:
        """Whether it may be sent again when nobody knows if it arrived."""
        return self.method in _REPEATABLE or "If-Match" in self.headers


def build(
    method: str,
    path: str,
    ids: tuple[Id, ...],
    *,
    query: Mapping[str, Any] | None = None,
    body: msgspec.Struct | None = None,
    file: Upload | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Request:
    """A request from what a method was given. ``None`` in the query is left out.

    Every POST has an idempotency key: the one given, or a new one.
    """
    headers = {"Accept": "application/json"}
    if method == "POST":
        headers["Idempotency-Key"] = key or str(uuid.uuid4())
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    content = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        content = msgspec.json.encode(body)
    return Request(
        method=method,
        path=path.format(*(quote(str(one), safe="") for one in ids)),
        query={name: _text(value) for name, value in (query or {}).items() if value is not None},
        headers=headers,
        content=content,
        file=file,
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
