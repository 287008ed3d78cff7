# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`Unavailable`."""

from yizhan_client.errors.base import Unavailable

__all__ = [
    "DatabaseDown",
    "ModelFailed",
]


class DatabaseDown(Unavailable):
    """The database cannot be reached right now; try again soon."""


class ModelFailed(Unavailable):
    """The model server did not give a usable answer."""
