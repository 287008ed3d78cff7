"""What can go wrong with approvals."""

from __future__ import annotations

from yizhan.kernel import errors


class NoApprover(errors.Invalid):
    """Nobody is left to ask: an approval needs somebody who may see the ticket and did not ask for it."""


class ApproverBlind(errors.Invalid):
    """Some of these people may not see the ticket; ``agent_ids`` names them."""


class TooManyApprovers(errors.Invalid):
    """Up to 100 people can be asked at once."""


class NotAnApproval(errors.Conflict):
    """This item asks nobody for approval."""


class ApprovalPending(errors.Conflict):
    """An approval is done when those who are asked approve it, not by hand."""


class ApprovalFixed(errors.Conflict):
    """What is being approved does not change; ask again with other words."""


class ApprovalOver(errors.Conflict):
    """This has been decided; it can be asked again."""


class NotAsked(errors.Forbidden):
    """Others were asked to approve this."""


class OwnApproval(errors.Forbidden):
    """Who asks for something does not approve it here."""


class ReasonNeeded(errors.Invalid):
    """Say why you decline."""


class OpenItems(errors.Conflict):
    """Some items of the checklist must be done before this ticket is resolved; ``items`` names them."""


class ItemNeeded(errors.Forbidden):
    """Only who put this on the list, or who manages checklists, may set it aside."""
