"""What can go wrong with surveys."""

from __future__ import annotations

from yizhan.kernel import errors


class SurveyNotFound(errors.NotFound):
    """There is no such survey."""


class SurveyInvalid(errors.Invalid):
    """This survey cannot hold."""


class NoSurvey(errors.Conflict):
    """No active survey may be handed out as a link for this ticket."""


class AskedRecently(errors.Conflict):
    """This customer was asked a short time ago."""


class SurveyLinkUnknown(errors.NotFound):
    """This link is not one of ours."""


class SurveyLinkExpired(errors.Gone):
    """This survey is over; answers are no longer taken."""


class AnswerSettled(errors.Gone):
    """An answer can be changed for seven days."""


class ScoreInvalid(errors.Invalid):
    """Choose one of the answers."""


class CommentTooLong(errors.Invalid):
    """A comment can have up to 2000 characters."""
