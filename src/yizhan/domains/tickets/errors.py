"""What can go wrong with tickets."""

from __future__ import annotations

from yizhan.kernel import errors


class TicketNotFound(errors.NotFound):
    """There is no such ticket, or it is not yours to see."""


class MessageNotFound(errors.NotFound):
    """There is no such message, or it is not yours to see."""


class StaleReply(errors.Conflict):
    """The customer has written since you last looked; read it, then confirm."""


class StaleVersion(errors.PreconditionFailed):
    """Somebody changed this ticket since you loaded it; load it again."""


class TransitionRefused(errors.Invalid):
    """A ticket cannot go from its status to that one."""


class TicketClosed(errors.Conflict):
    """A closed ticket does not change any more; what the customer writes next becomes a follow-up."""


class UnknownStatus(errors.Invalid):
    """This workspace has no such status."""


class UnknownValue(errors.Invalid):
    """A field has a value that does not exist here."""


class EmptyMessage(errors.Invalid):
    """A message needs a text or a file."""


class NoConversation(errors.Invalid):
    """The customer cannot be reached from this ticket: it has no conversation to answer in."""


class ReplyWindowClosed(errors.Conflict):
    """The channel no longer lets us answer; wait until the customer writes, or use another channel."""


class CannotUndo(errors.Conflict):
    """The message is already on its way."""


class CannotRetry(errors.Conflict):
    """Only a failed message, or a doubtful one that you confirm, can be sent again."""


class FileNotFound(errors.NotFound):
    """There is no such file, or it is not yours to see."""


class FileTooLarge(errors.TooLarge):
    """The file is larger than this desk accepts."""


class ConditionInvalid(errors.Invalid):
    """This condition cannot be read. Each part is all, any, not, or a field with an operator."""


class ViewNotFound(errors.NotFound):
    """There is no such view, or nobody shares it with you."""


class ViewNotYours(errors.Forbidden):
    """Only its owner, or somebody who may share views, changes this view."""


class TooManyViews(errors.Conflict):
    """Nobody can keep more than 200 views; delete one first."""


class QueryInvalid(errors.Invalid):
    """A part of the search cannot be understood."""


class TicketMerged(errors.Conflict):
    """This ticket is part of another one now; go on there."""


class CannotJoinTickets(errors.Conflict):
    """These two tickets cannot be merged."""


class CannotSplit(errors.Conflict):
    """These messages cannot become a ticket of their own."""


class CannotLink(errors.Conflict):
    """These two tickets cannot be linked like that."""


class LinkNotFound(errors.NotFound):
    """These tickets are not linked like that."""


class OperationNotFound(errors.NotFound):
    """There is no such operation, or it is not yours to see."""


class OperationStands(errors.Conflict):
    """This can no longer be undone: later changes build on it."""


class OpenChildren(errors.Conflict):
    """Tickets below this one are still open; solve them first, or say that it may be solved anyway."""


class NoIncidents(errors.Conflict):
    """No open incident belongs to this ticket."""
