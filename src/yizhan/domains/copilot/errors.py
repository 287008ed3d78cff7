"""What can go wrong with the copilot."""

from __future__ import annotations

from yizhan.kernel import errors


class ServerNotFound(errors.NotFound):
    """No model server is set up at this place."""


class SentNotFound(errors.NotFound):
    """This is not, or no longer, in the recording of what left."""


class AnswerNotFound(errors.NotFound):
    """There is no such answer of yours."""


class ModelSettingsInvalid(errors.Invalid):
    """The settings do not hold together; ``field`` says which."""


class NothingToRewrite(errors.Invalid):
    """There is no text to rewrite or translate; write something first."""


class NeedsModel(errors.Conflict):
    """This needs a model server, and none could be used; ``reason`` says why."""
