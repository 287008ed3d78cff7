# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`Unauthorized`."""

from yizhan_client.errors.base import Unauthorized

__all__ = [
    "CodeRequired",
    "InvalidCredentials",
    "InvalidToken",
    "SessionExpired",
]


class CodeRequired(Unauthorized):
    """Enter the code of your authenticator app."""


class InvalidCredentials(Unauthorized):
    """E-mail, password or code is wrong."""


class InvalidToken(Unauthorized):
    """This token is not valid, has expired or was revoked."""


class SessionExpired(Unauthorized):
    """You are signed out; sign in again."""
