"""What can go wrong with skills, profiles, rules and settings."""

from __future__ import annotations

from yizhan.kernel import errors


class SkillNotFound(errors.NotFound):
    """There is no such skill."""


class SkillNameTaken(errors.Conflict):
    """Another skill has this name."""


class SkillInUse(errors.Conflict):
    """Rules ask for this skill; change them first."""


class AgentUnknown(errors.NotFound):
    """There is no such agent."""


class LeaveNotFound(errors.NotFound):
    """There is no such leave."""


class ProfileInvalid(errors.Invalid):
    """Something about these skills, shifts or limits does not fit together."""


class LeaveInvalid(errors.Invalid):
    """Leave ends after it begins, and lasts three years at most."""


class AssignmentRuleNotFound(errors.NotFound):
    """There is no such rule."""


class AssignmentRuleInvalid(errors.Invalid):
    """This rule cannot hold."""


class AssignmentInvalid(errors.Invalid):
    """These settings do not fit together."""


class PriorityInvalid(errors.Invalid):
    """With these weights somebody might wait for ever."""


class NoTeam(errors.Conflict):
    """The ticket is in no team, and none was named."""
