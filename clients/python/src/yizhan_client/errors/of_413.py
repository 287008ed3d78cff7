# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`TooLarge`."""

from yizhan_client.errors.base import TooLarge

__all__ = [
    "DocumentTooLarge",
    "FileTooLarge",
]


class DocumentTooLarge(TooLarge):
    """This document is too large."""


class FileTooLarge(TooLarge):
    """The file is larger than this chat accepts."""
