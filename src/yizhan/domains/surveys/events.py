"""What happens to surveys and to the customers who are asked."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class SurveyCreated(events.Event, frozen=True, tag="survey.created"):
    """A new survey."""

    survey_id: int
    changes: Changes


class SurveyChanged(events.Event, frozen=True, tag="survey.changed"):
    """A survey asks others, something else, or no longer."""

    survey_id: int
    changes: Changes


class SurveyDeleted(events.Event, frozen=True, tag="survey.deleted"):
    """A survey is gone; what customers said stays."""

    survey_id: int
    name: str


class SurveysOrdered(events.Event, frozen=True, tag="survey.ordered"):
    """Surveys are asked in another order."""

    survey_ids: list[int]


class SurveySent(events.Event, frozen=True, tag="survey.sent"):
    """A customer is asked about a ticket. ``way`` is mail, chat or link."""

    ticket_id: int
    survey_id: int
    invitation_id: int
    contact_id: int
    kind: str
    way: str


class SurveyAnswered(events.Event, frozen=True, tag="survey.answered"):
    """A customer gave a score, or another one than before. ``rating`` is good, neutral or bad."""

    ticket_id: int
    survey_id: int
    invitation_id: int
    contact_id: int
    kind: str
    score: int
    rating: str
    before: str | None = None  # the rating until then
    agent_id: int | None = None


class SurveyCommented(events.Event, frozen=True, tag="survey.commented"):
    """A customer said in words why. The words are with the answer, not in the log."""

    ticket_id: int
    survey_id: int
    invitation_id: int
    contact_id: int
