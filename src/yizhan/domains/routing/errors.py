"""What can go wrong with presence."""

from __future__ import annotations

from yizhan.kernel import errors


class NoAgent(errors.Forbidden):
    """Only a person has a presence; this is a token of the workspace."""
