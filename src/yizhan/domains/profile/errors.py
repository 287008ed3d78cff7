"""What can go wrong with profiles."""

from __future__ import annotations

from yizhan.kernel import errors


class FactNotFound(errors.NotFound):
    """There is no such fact of this customer."""


class StageUnknown(errors.Invalid):
    """No rule leads to this stage."""


class StageRulesInvalid(errors.Invalid):
    """These rules leave some customers without a stage."""
