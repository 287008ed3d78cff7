# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`PreconditionFailed`."""

from yizhan_client.errors.base import PreconditionFailed

__all__ = [
    "StaleVersion",
]


class StaleVersion(PreconditionFailed):
    """Somebody changed this ticket since you loaded it; load it again."""
