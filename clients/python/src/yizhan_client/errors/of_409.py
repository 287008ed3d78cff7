# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`Conflict`."""

from yizhan_client.errors.base import Conflict

__all__ = [
    "AlreadyDrafted",
    "AlreadyUndone",
    "ApprovalFixed",
    "ApprovalOver",
    "ApprovalPending",
    "AskedRecently",
    "BulkOver",
    "BulkRunning",
    "CalendarInUse",
    "CannotBeUndone",
    "CannotJoinTickets",
    "CannotLink",
    "CannotMerge",
    "CannotRetry",
    "CannotSplit",
    "CannotUndo",
    "CaseAlike",
    "CategoryInUse",
    "ChangeOver",
    "CheckOver",
    "CheckRuns",
    "ChooseWorkspace",
    "EmailTaken",
    "FieldKeyTaken",
    "GatheringRuns",
    "HeldAlreadyDecided",
    "IdentityTaken",
    "LastAdmin",
    "LastBrand",
    "LayoutChanged",
    "MacroDoesNotApply",
    "MergeUndone",
    "NeedsModel",
    "NoIncidents",
    "NoSurvey",
    "NoTimer",
    "NotAGap",
    "NotAnApproval",
    "NotInQuarantine",
    "NotUsable",
    "NothingBefore",
    "NothingToDo",
    "NothingToDraft",
    "OpenChildren",
    "OperationStands",
    "PortalNameTaken",
    "ReplyWindowClosed",
    "RoleInUse",
    "RootUnit",
    "RunOver",
    "SetEmpty",
    "SetFull",
    "ShortcutTaken",
    "SkillDecisionSettled",
    "SkillInUse",
    "SkillNameTaken",
    "StaleArticle",
    "StaleReply",
    "SystemRole",
    "TicketClosed",
    "TicketMerged",
    "TimeEntryRunning",
    "TooFewAccepted",
    "TooFewLabels",
    "TooManyViews",
    "TotpEnabled",
    "TotpNotStarted",
    "TrainingOver",
    "TrainingRuns",
    "UnitInUse",
    "WebhookInactive",
]


class AlreadyDrafted(Conflict):
    """There is a draft for this already; go on with that one."""


class AlreadyUndone(Conflict):
    """This was undone already."""


class ApprovalFixed(Conflict):
    """What is being approved does not change; ask again with other words."""


class ApprovalOver(Conflict):
    """This has been decided; it can be asked again."""


class ApprovalPending(Conflict):
    """An approval is done when those who are asked approve it, not by hand."""


class AskedRecently(Conflict):
    """This customer was asked a short time ago."""


class BulkOver(Conflict):
    """This bulk run has ended already."""


class BulkRunning(Conflict):
    """This bulk run still works; cancel it or wait for its end."""


class CalendarInUse(Conflict):
    """Policies count by this calendar; give them another one first."""


class CannotBeUndone(Conflict):
    """What was done has left the desk and cannot be taken back."""


class CannotJoinTickets(Conflict):
    """These two tickets cannot be merged."""


class CannotLink(Conflict):
    """These two tickets cannot be linked like that."""


class CannotMerge(Conflict):
    """These two contacts cannot be merged."""


class CannotRetry(Conflict):
    """Only a failed message, or a doubtful one that you confirm, can be sent again."""


class CannotSplit(Conflict):
    """These messages cannot become a ticket of their own."""


class CannotUndo(Conflict):
    """The message is already on its way."""


class CaseAlike(Conflict):
    """The set has a case that says nearly the same."""


class CategoryInUse(Conflict):
    """Move or archive what is in this category first."""


class ChangeOver(Conflict):
    """This change is decided; make it again to have it checked again."""


class CheckOver(Conflict):
    """This check has ended."""


class CheckRuns(Conflict):
    """A check is running already; wait for it or cancel it."""


class ChooseWorkspace(Conflict):
    """This e-mail has accounts in several workspaces; choose one."""


class EmailTaken(Conflict):
    """An agent with this e-mail exists already."""


class FieldKeyTaken(Conflict):
    """A field with this key exists already; an archived one keeps its key, too."""


class GatheringRuns(Conflict):
    """Cases are being taken from tickets already."""


class HeldAlreadyDecided(Conflict):
    """What was held since the restore is being sent or was set aside already; that cannot be turned round."""


class IdentityTaken(Conflict):
    """Another contact is known by this address or number; merge the two if they are one person."""


class LastAdmin(Conflict):
    """A workspace needs at least one active administrator."""


class LastBrand(Conflict):
    """A workspace needs at least one brand."""


class LayoutChanged(Conflict):
    """Somebody else saved this layout in the meantime; ``version`` is the newest one."""


class MacroDoesNotApply(Conflict):
    """The conditions of this macro do not hold for the ticket."""


class MergeUndone(Conflict):
    """This merge was undone before."""


class NeedsModel(Conflict):
    """This needs a model server, and none could be used; ``reason`` says why."""


class NoIncidents(Conflict):
    """No open incident belongs to this ticket."""


class NoSurvey(Conflict):
    """No active survey may be handed out as a link for this ticket."""


class NoTimer(Conflict):
    """None of your timers runs."""


class NotAGap(Conflict):
    """Only what no article answers can become a draft; edit the article instead."""


class NotAnApproval(Conflict):
    """This item asks nobody for approval."""


class NotInQuarantine(Conflict):
    """Somebody has decided on this item already."""


class NotUsable(Conflict):
    """Only a version that was trained to its end can be used."""


class NothingBefore(Conflict):
    """There is no earlier version to go back to."""


class NothingToDo(Conflict):
    """The ticket is already like that."""


class NothingToDraft(Conflict):
    """No solved ticket has an answer to draft from; solve one of them, or write the article yourself."""


class OpenChildren(Conflict):
    """Tickets below this one are still open; solve them first, or say that it may be solved anyway."""


class OperationStands(Conflict):
    """This can no longer be undone: later changes build on it."""


class PortalNameTaken(Conflict):
    """Other help pages have this name in their address."""


class ReplyWindowClosed(Conflict):
    """The channel no longer lets us answer; wait until the customer writes, or use another channel."""


class RoleInUse(Conflict):
    """Agents still have this role; give them another one first."""


class RootUnit(Conflict):
    """The root of the organisation cannot be moved or deleted."""


class RunOver(Conflict):
    """This run is over; there is nothing to cancel."""


class SetEmpty(Conflict):
    """The set has no cases; take some from resolved tickets or add them by hand."""


class SetFull(Conflict):
    """A golden set holds 2,000 cases; retire some, or begin another set."""


class ShortcutTaken(Conflict):
    """Another macro has this shortcut already."""


class SkillDecisionSettled(Conflict):
    """Somebody has decided about this suggestion, or the ticket has moved on; ``fate`` says which."""


class SkillInUse(Conflict):
    """Rules ask for this skill; change them first."""


class SkillNameTaken(Conflict):
    """Another skill has this name."""


class StaleArticle(Conflict):
    """Somebody saved a newer version; look at it before you save yours."""


class StaleReply(Conflict):
    """The customer has written since you last looked; read it, then confirm."""


class SystemRole(Conflict):
    """This role comes with every workspace: it stays, and the administrator's stays as it is."""


class TicketClosed(Conflict):
    """A closed ticket does not change any more; what the customer writes next becomes a follow-up."""


class TicketMerged(Conflict):
    """This ticket is part of another one now; go on there."""


class TimeEntryRunning(Conflict):
    """This timer runs; stop it before you change how long it took."""


class TooFewAccepted(Conflict):
    """Search learns from answers with articles; too few were sent yet."""


class TooFewLabels(Conflict):
    """There are too few labels to learn from yet."""


class TooManyViews(Conflict):
    """Nobody can keep more than 200 views; delete one first."""


class TotpEnabled(Conflict):
    """The second factor is on already; turn it off first."""


class TotpNotStarted(Conflict):
    """Begin setting up the second factor first."""


class TrainingOver(Conflict):
    """This training is over; there is nothing to cancel."""


class TrainingRuns(Conflict):
    """This is being trained already."""


class UnitInUse(Conflict):
    """This unit still has units or teams below it."""


class WebhookInactive(Conflict):
    """The webhook is switched off; switch it on first."""
