"""What can go wrong with waking a browser."""

from __future__ import annotations

from yizhan.kernel import errors


class PushDeviceNotFound(errors.NotFound):
    """This browser is not registered for notifications."""


class PushAddressRefused(errors.Invalid):
    """A push service is reached by https, or lies in a network that this installation allows."""


class QuietHoursInvalid(errors.Invalid):
    """Quiet hours need a start, an end and a time zone that exists."""
