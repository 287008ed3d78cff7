# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`NotFound`."""

from yizhan_client.errors.base import NotFound

__all__ = [
    "AgentUnknown",
    "AnswerNotFound",
    "ArticleNotFound",
    "AssignmentRuleNotFound",
    "BulkNotFound",
    "CalendarNotFound",
    "CaseNotFound",
    "CategoryNotFound",
    "ChangeNotFound",
    "CheckNotFound",
    "ChecklistItemNotFound",
    "ChecklistTemplateNotFound",
    "CompanyNotFound",
    "ContactNotFound",
    "DeliveryNotFound",
    "EnvelopeNotFound",
    "FactNotFound",
    "FieldNotFound",
    "FileNotFound",
    "FindingNotFound",
    "FormNotFound",
    "IdentityNotFound",
    "InboxNotFound",
    "LayoutNotFound",
    "LeaveNotFound",
    "LinkNotFound",
    "MacroNotFound",
    "MergeNotFound",
    "MessageNotFound",
    "NothingRead",
    "OperationNotFound",
    "PanelLinkNotFound",
    "PolicyNotFound",
    "PortalNotFound",
    "PushDeviceNotFound",
    "RawNotKept",
    "RecordNotFound",
    "ReminderNotFound",
    "RuleNotFound",
    "RunNotFound",
    "SceneUnknown",
    "SentNotFound",
    "ServerNotFound",
    "SetNotFound",
    "ShownElsewhere",
    "SkillNotFound",
    "SourceNotFound",
    "SurveyNotFound",
    "TicketNotFound",
    "TimeEntryNotFound",
    "UnknownChannel",
    "UnknownSkill",
    "VersionNotFound",
    "ViewNotFound",
    "WebhookNotFound",
]


class AgentUnknown(NotFound):
    """Nobody in the archive has this e-mail address; nothing was changed but the import."""


class AnswerNotFound(NotFound):
    """There is no such answer of yours."""


class ArticleNotFound(NotFound):
    """There is no such article that you can see."""


class AssignmentRuleNotFound(NotFound):
    """There is no such rule."""


class BulkNotFound(NotFound):
    """There is no such bulk run, or it is not yours to see."""


class CalendarNotFound(NotFound):
    """There is no such calendar."""


class CaseNotFound(NotFound):
    """There is no such case."""


class CategoryNotFound(NotFound):
    """There is no such category."""


class ChangeNotFound(NotFound):
    """There is no such change."""


class CheckNotFound(NotFound):
    """There is no such check."""


class ChecklistItemNotFound(NotFound):
    """There is no such item on a checklist."""


class ChecklistTemplateNotFound(NotFound):
    """There is no such checklist template."""


class CompanyNotFound(NotFound):
    """There is no such company."""


class ContactNotFound(NotFound):
    """There is no such contact."""


class DeliveryNotFound(NotFound):
    """There is no such delivery."""


class EnvelopeNotFound(NotFound):
    """There is no such item."""


class FactNotFound(NotFound):
    """There is no such fact of this customer."""


class FieldNotFound(NotFound):
    """There is no such field."""


class FileNotFound(NotFound):
    """There is no such file, or it is not yours to see."""


class FindingNotFound(NotFound):
    """There is no such finding that you can see."""


class FormNotFound(NotFound):
    """There is no such form, or it has no such version."""


class IdentityNotFound(NotFound):
    """There is no such identity."""


class InboxNotFound(NotFound):
    """There is no such inbox."""


class LayoutNotFound(NotFound):
    """There is no such layout, or it has no such version."""


class LeaveNotFound(NotFound):
    """There is no such leave."""


class LinkNotFound(NotFound):
    """These tickets are not linked like that."""


class MacroNotFound(NotFound):
    """There is no such macro, or it is not yours to use."""


class MergeNotFound(NotFound):
    """There is no such merge."""


class MessageNotFound(NotFound):
    """There is no such message, or it is not yours to see."""


class NothingRead(NotFound):
    """Nothing of this ticket has been read yet; wait a moment, or for a message of the customer."""


class OperationNotFound(NotFound):
    """There is no such operation, or it is not yours to see."""


class PanelLinkNotFound(NotFound):
    """There is no such link, or something that it needs is not known of this customer."""


class PolicyNotFound(NotFound):
    """There is no such policy."""


class PortalNotFound(NotFound):
    """There are no help pages here."""


class PushDeviceNotFound(NotFound):
    """This browser is not registered for notifications."""


class RawNotKept(NotFound):
    """This message did not come in raw: there is nothing to download."""


class RecordNotFound(NotFound):
    """There is no such ticket, customer or company, or it is not yours to see."""


class ReminderNotFound(NotFound):
    """There is no such reminder."""


class RuleNotFound(NotFound):
    """There is no such rule."""


class RunNotFound(NotFound):
    """There is no such change set, or it is not yours to see."""


class SceneUnknown(NotFound):
    """There is no such exercise."""


class SentNotFound(NotFound):
    """This is not, or no longer, in the recording of what left."""


class ServerNotFound(NotFound):
    """No model server is set up at this place."""


class SetNotFound(NotFound):
    """There is no such golden set."""


class ShownElsewhere(NotFound):
    """The state of the installation is shown in its operator's workspace only (YIZHAN_OPERATOR_WORKSPACE)."""


class SkillNotFound(NotFound):
    """There is no such skill."""


class SourceNotFound(NotFound):
    """There is no such source, or it is not for you."""


class SurveyNotFound(NotFound):
    """There is no such survey."""


class TicketNotFound(NotFound):
    """There is no such ticket, or it is not yours to see."""


class TimeEntryNotFound(NotFound):
    """There is no such time entry."""


class UnknownChannel(NotFound):
    """There is no such channel on this desk."""


class UnknownSkill(NotFound):
    """There is no such skill in this installation."""


class VersionNotFound(NotFound):
    """There is no such version of a model."""


class ViewNotFound(NotFound):
    """There is no such view, or nobody shares it with you."""


class WebhookNotFound(NotFound):
    """There is no such webhook."""
