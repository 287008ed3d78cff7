# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`Invalid`."""

from yizhan_client.errors.base import Invalid

__all__ = [
    "ApproverBlind",
    "ArticleEmpty",
    "AssignmentInvalid",
    "AssignmentRuleInvalid",
    "BadSubscription",
    "BulkEmpty",
    "BulkTooLarge",
    "CalendarInvalid",
    "CaseUnfit",
    "CategoryLoop",
    "CategoryUnknown",
    "ChecklistFull",
    "ChecklistOrderInvalid",
    "ConditionInvalid",
    "DefinitionInvalid",
    "DocumentEmpty",
    "DocumentProtected",
    "DocumentUnknown",
    "EgressRefused",
    "EmptyMessage",
    "FieldsInvalid",
    "FormInvalid",
    "IdempotencyKeyReused",
    "IdentityInvalid",
    "ImportUnreadable",
    "InboxNeedsBrand",
    "InvalidValue",
    "JsonOnly",
    "LabelUnknown",
    "LayoutInvalid",
    "LearningInvalid",
    "LeaveInvalid",
    "LinesUnreadable",
    "MacroEmpty",
    "ModelSettingsInvalid",
    "NoApprover",
    "NoConversation",
    "NothingToRewrite",
    "OwnerUnknown",
    "ParamsInvalid",
    "PeriodInvalid",
    "PolicyInvalid",
    "PriorityInvalid",
    "ProfileInvalid",
    "PushAddressRefused",
    "QueryInvalid",
    "QuietHoursInvalid",
    "ReasonNeeded",
    "ReminderPast",
    "ReplayUnclear",
    "ReportFilterInvalid",
    "RequesterMissing",
    "RulesContradict",
    "SetUnfit",
    "SettingsInvalid",
    "SkillSettingsInvalid",
    "SourceSettingsInvalid",
    "StageRulesInvalid",
    "StageUnknown",
    "SurveyInvalid",
    "TeamUnknown",
    "TimeInvalid",
    "TooManyApprovers",
    "TooManyLayouts",
    "TooManyReminders",
    "TooManyTemplates",
    "TransitionRefused",
    "UnderstandingInvalid",
    "UnitCycle",
    "UnknownAction",
    "UnknownEventType",
    "UnknownField",
    "UnknownLabel",
    "UnknownLocale",
    "UnknownMetric",
    "UnknownMode",
    "UnknownReference",
    "UnknownRole",
    "UnknownSourceKind",
    "UnknownStatus",
    "UnknownValue",
    "UnknownVariable",
    "VersionUnfit",
    "WeakPassword",
    "WrongCode",
]


class ApproverBlind(Invalid):
    """Some of these people may not see the ticket; ``agent_ids`` names them."""


class ArticleEmpty(Invalid):
    """An article needs a title and a text."""


class AssignmentInvalid(Invalid):
    """These settings do not fit together."""


class AssignmentRuleInvalid(Invalid):
    """This rule cannot hold."""


class BadSubscription(Invalid):
    """This is not a browser's push subscription."""


class BulkEmpty(Invalid):
    """Nothing is selected, or there is nothing to do."""


class BulkTooLarge(Invalid):
    """More tickets than one bulk run may change; narrow the selection."""


class CalendarInvalid(Invalid):
    """This calendar cannot be computed with."""


class CaseUnfit(Invalid):
    """This cannot be a case of this set."""


class CategoryLoop(Invalid):
    """A category cannot be within itself."""


class CategoryUnknown(Invalid):
    """There is no such category of articles."""


class ChecklistFull(Invalid):
    """A ticket can have up to 200 items."""


class ChecklistOrderInvalid(Invalid):
    """An order names every item once."""


class ConditionInvalid(Invalid):
    """This condition cannot be read. Each part is all, any, not, or a field with an operator."""


class DefinitionInvalid(Invalid):
    """The definition of this field does not fit together."""


class DocumentEmpty(Invalid):
    """There is no text in this document; a scanned page is a picture."""


class DocumentProtected(Invalid):
    """This document is protected by a password; save it without one."""


class DocumentUnknown(Invalid):
    """Only Markdown, HTML, Word (.docx) and PDF can be imported."""


class EgressRefused(Invalid):
    """This address is not on the public internet, or not an http address; nothing was sent."""


class EmptyMessage(Invalid):
    """A message needs a text or a file."""


class FieldsInvalid(Invalid):
    """Some fields do not have a value that they need, or have one that they do not take."""


class FormInvalid(Invalid):
    """A form can only ask for fields that exist, each once."""


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used for a different request."""


class IdentityInvalid(Invalid):
    """This address or number is not valid."""


class ImportUnreadable(Invalid):
    """This document cannot be read."""


class InboxNeedsBrand(Invalid):
    """An inbox needs a brand of this workspace."""


class InvalidValue(Invalid):
    """A field has a value that is not allowed."""


class JsonOnly(Invalid):
    """Send application/json: another site's form must not be able to sign somebody in."""


class LabelUnknown(Invalid):
    """This label is not one of the workspace's."""


class LayoutInvalid(Invalid):
    """A layout holds things that there are, each once, and all that its place needs."""


class LearningInvalid(Invalid):
    """These settings cannot hold."""


class LeaveInvalid(Invalid):
    """Leave ends after it begins, and lasts three years at most."""


class LinesUnreadable(Invalid):
    """A line of this file is not a case."""


class MacroEmpty(Invalid):
    """A macro needs a text or an action."""


class ModelSettingsInvalid(Invalid):
    """The settings do not hold together; ``field`` says which."""


class NoApprover(Invalid):
    """Nobody is left to ask: an approval needs somebody who may see the ticket and did not ask for it."""


class NoConversation(Invalid):
    """The customer cannot be reached from this ticket: it has no conversation to answer in."""


class NothingToRewrite(Invalid):
    """There is no text to rewrite or translate; write something first."""


class OwnerUnknown(Invalid):
    """Nobody who works here is this person."""


class ParamsInvalid(Invalid):
    """The parameters of an action are not valid."""


class PeriodInvalid(Invalid):
    """The period ends before it begins, lies ahead, or has more than 400 steps."""


class PolicyInvalid(Invalid):
    """This policy cannot hold."""


class PriorityInvalid(Invalid):
    """With these weights somebody might wait for ever."""


class ProfileInvalid(Invalid):
    """Something about these skills, shifts or limits does not fit together."""


class PushAddressRefused(Invalid):
    """A push service is reached by https, or lies in a network that this installation allows."""


class QueryInvalid(Invalid):
    """A part of the search cannot be understood."""


class QuietHoursInvalid(Invalid):
    """Quiet hours need a start, an end and a time zone that exists."""


class ReasonNeeded(Invalid):
    """Say why you decline."""


class ReminderPast(Invalid):
    """A reminder needs a time that is still to come."""


class ReplayUnclear(Invalid):
    """A replay begins either behind a cursor (after) or at a moment (since): give one of them."""


class ReportFilterInvalid(Invalid):
    """A filter holds something that is neither an id nor none."""


class RequesterMissing(Invalid):
    """A ticket needs a requester: an id, an e-mail, a phone number or an external id."""


class RulesContradict(Invalid):
    """These rules contradict each other, or run in a circle; ``reasons`` names them. Nothing was saved."""


class SetUnfit(Invalid):
    """These settings do not make a golden set."""


class SettingsInvalid(Invalid):
    """These settings are not valid for the channel."""


class SkillSettingsInvalid(Invalid):
    """These settings of a skill do not hold together; ``field`` says which."""


class SourceSettingsInvalid(Invalid):
    """The settings of a source are not valid; the field is named."""


class StageRulesInvalid(Invalid):
    """These rules leave some customers without a stage."""


class StageUnknown(Invalid):
    """No rule leads to this stage."""


class SurveyInvalid(Invalid):
    """This survey cannot hold."""


class TeamUnknown(Invalid):
    """There is no such team."""


class TimeInvalid(Invalid):
    """This time cannot be."""


class TooManyApprovers(Invalid):
    """Up to 100 people can be asked at once."""


class TooManyLayouts(Invalid):
    """There can be up to 200 layouts."""


class TooManyReminders(Invalid):
    """You can have up to 20 reminders of a ticket."""


class TooManyTemplates(Invalid):
    """There can be up to 200 checklist templates."""


class TransitionRefused(Invalid):
    """A ticket cannot go from its status to that one."""


class UnderstandingInvalid(Invalid):
    """These settings cannot be."""


class UnitCycle(Invalid):
    """A unit cannot be placed below itself."""


class UnknownAction(Invalid):
    """This desk has no such action."""


class UnknownEventType(Invalid):
    """There is no such event; use *, a family such as ticket.*, or a type from the list."""


class UnknownField(Invalid):
    """Some keys are no fields here, or none that you may see; ``fields`` names them."""


class UnknownLabel(Invalid):
    """There is no such label; take one of those that are offered."""


class UnknownLocale(Invalid):
    """Name a language like en or zh-CN."""


class UnknownMetric(Invalid):
    """There is no such metric; the catalogue lists those that there are."""


class UnknownMode(Invalid):
    """A draft is public or internal."""


class UnknownReference(Invalid):
    """Something that this refers to does not exist in this workspace."""


class UnknownRole(Invalid):
    """There is no such role."""


class UnknownSourceKind(Invalid):
    """This desk has no such kind of source."""


class UnknownStatus(Invalid):
    """This workspace has no such status."""


class UnknownValue(Invalid):
    """A field has a value that does not exist here."""


class UnknownVariable(Invalid):
    """The text uses a variable that does not exist."""


class VersionUnfit(Invalid):
    """Only a version of this set's head that was trained to its end can be measured."""


class WeakPassword(Invalid):
    """A password needs 8 to 256 characters and must not be your e-mail address."""


class WrongCode(Invalid):
    """This code is wrong or was used already."""
