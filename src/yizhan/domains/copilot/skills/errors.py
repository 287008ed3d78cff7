"""What can go wrong with skills."""

from __future__ import annotations

from yizhan.kernel import errors


class UnknownSkill(errors.NotFound):
    """There is no such skill in this installation."""


class SkillDecisionNotFound(errors.NotFound):
    """There is no such suggestion on this ticket."""


class SkillDecisionSettled(errors.Conflict):
    """Somebody has decided about this suggestion, or the ticket has moved on; ``fate`` says which."""


class SkillSettingsInvalid(errors.Invalid):
    """These settings of a skill do not hold together; ``field`` says which."""
