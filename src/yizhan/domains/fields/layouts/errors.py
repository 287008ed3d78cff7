"""What can go wrong with layouts."""

from __future__ import annotations

from yizhan.kernel import errors


class LayoutNotFound(errors.NotFound):
    """There is no such layout, or it has no such version."""


class LayoutInvalid(errors.Invalid):
    """A layout holds things that there are, each once, and all that its place needs."""


class LayoutChanged(errors.Conflict):
    """Somebody else saved this layout in the meantime; ``version`` is the newest one."""


class TooManyLayouts(errors.Invalid):
    """There can be up to 200 layouts."""
