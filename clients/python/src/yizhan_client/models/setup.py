# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``setup``."""

from __future__ import annotations

from msgspec import Struct

__all__ = [
    "SetUp",
    "Step",
]


class SetUp(Struct, kw_only=True):
    """Set up."""

    steps: list[Step]
    done: bool


class Step(Struct, kw_only=True):
    """Step."""

    id: str
    done: bool
