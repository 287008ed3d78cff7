"""What can go wrong with notifications."""

from __future__ import annotations

from yizhan.kernel import errors


class NoAgent(errors.Forbidden):
    """Only a person has notifications; this is a token of the workspace."""
