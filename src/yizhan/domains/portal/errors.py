"""What can go wrong on the customers' pages."""

from __future__ import annotations

from yizhan.kernel import errors


class PortalNotFound(errors.NotFound):
    """There are no help pages here."""


class PortalNameTaken(errors.Conflict):
    """Other help pages have this name in their address."""


class CategoryUnknown(errors.Invalid):
    """There is no such category of articles."""


class HandoverRefused(errors.Forbidden):
    """The website's word of who this is does not hold, is too old or was used already."""


class LinkUsedUp(errors.Gone):
    """This link was used already or is too old; ask for a new one."""


class SignInNeeded(errors.Unauthorized):
    """Sign in to see this page."""


class OtherSite(errors.Forbidden):
    """This came from another site."""
