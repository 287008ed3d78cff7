# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`TooMany`."""

from yizhan_client.errors.base import TooMany

__all__ = [
    "RateLimited",
    "TooManyAttempts",
]


class RateLimited(TooMany):
    """Too many requests in a short time; wait as long as Retry-After says."""


class TooManyAttempts(TooMany):
    """Too many wrong attempts; wait a little and try again."""
