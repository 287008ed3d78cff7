"""What can go wrong with channels."""

from __future__ import annotations

from yizhan.kernel import errors


class UnknownChannel(errors.NotFound):
    """There is no such channel on this desk."""


class InboxNotFound(errors.NotFound):
    """There is no such inbox."""


class InboxNeedsBrand(errors.Invalid):
    """An inbox needs a brand of this workspace."""


class TeamUnknown(errors.Invalid):
    """There is no such team."""


class SettingsInvalid(errors.Invalid):
    """These settings are not valid for the channel."""


class EnvelopeNotFound(errors.NotFound):
    """There is no such item."""


class NotInQuarantine(errors.Conflict):
    """Somebody has decided on this item already."""


class RawNotKept(errors.NotFound):
    """This message did not come in raw: there is nothing to download."""


class BodyTooLarge(errors.TooLarge):
    """The request is larger than this desk accepts."""
