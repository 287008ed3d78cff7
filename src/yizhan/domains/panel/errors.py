"""What can go wrong with sources."""

from __future__ import annotations

from yizhan.kernel import errors


class UnknownSourceKind(errors.Invalid):
    """This desk has no such kind of source."""


class SourceNotFound(errors.NotFound):
    """There is no such source, or it is not for you."""


class PanelLinkNotFound(errors.NotFound):
    """There is no such link, or something that it needs is not known of this customer."""


class UnknownRole(errors.Invalid):
    """There is no such role."""
