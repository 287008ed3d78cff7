"""What can go wrong with exercises."""

from __future__ import annotations

from yizhan.kernel import errors


class SceneUnknown(errors.NotFound):
    """There is no such exercise."""
