# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``files``."""

from __future__ import annotations

from msgspec import Struct

__all__ = [
    "FileOut",
]


class FileOut(Struct, kw_only=True):
    """File out."""

    id: str
    name: str
    content_type: str
    size: int
    url: str
