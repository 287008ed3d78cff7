# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`Unavailable`."""

from yizhan_client.errors.base import Unavailable

__all__ = [
    "DatabaseDown",
]


class DatabaseDown(Unavailable):
    """The database cannot be reached right now; try again soon."""
