"""What can be wrong with a question to the reports."""

from __future__ import annotations

from yizhan.kernel import errors


class UnknownMetric(errors.Invalid):
    """There is no such metric; the catalogue lists those that there are."""


class PeriodInvalid(errors.Invalid):
    """The period ends before it begins, lies ahead, or has more than 400 steps."""


class ReportFilterInvalid(errors.Invalid):
    """A filter holds something that is neither an id nor none."""
