# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`BadRequest`."""

from yizhan_client.errors.base import BadRequest

__all__ = [
    "BadCursor",
    "IdempotencyKeyInvalid",
]


class BadCursor(BadRequest):
    """This cursor does not belong to this list; start again without one."""


class IdempotencyKeyInvalid(BadRequest):
    """An Idempotency-Key has 1 to 255 characters."""
