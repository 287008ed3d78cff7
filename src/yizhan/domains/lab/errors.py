"""What can go wrong in the lab."""

from __future__ import annotations

from yizhan.kernel import errors


class SetNotFound(errors.NotFound):
    """There is no such golden set."""


class CaseNotFound(errors.NotFound):
    """There is no such case."""


class RunNotFound(errors.NotFound):
    """There is no such run."""


class ChangeNotFound(errors.NotFound):
    """There is no such change."""


class SetUnfit(errors.Invalid):
    """These settings do not make a golden set."""


class SetFull(errors.Conflict):
    """A golden set holds 2,000 cases; retire some, or begin another set."""


class CaseAlike(errors.Conflict):
    """The set has a case that says nearly the same."""


class CaseUnfit(errors.Invalid):
    """This cannot be a case of this set."""


class SetEmpty(errors.Conflict):
    """The set has no cases; take some from resolved tickets or add them by hand."""


class GatheringRuns(errors.Conflict):
    """Cases are being taken from tickets already."""


class RunOver(errors.Conflict):
    """This run is over; there is nothing to cancel."""


class ChangeOver(errors.Conflict):
    """This change is decided; make it again to have it checked again."""


class VersionUnfit(errors.Invalid):
    """Only a version of this set's head that was trained to its end can be measured."""


class LinesUnreadable(errors.Invalid):
    """A line of this file is not a case."""
