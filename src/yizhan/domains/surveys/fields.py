"""What conditions and views can ask about what customers said."""

from __future__ import annotations

from yizhan.domains.surveys import scales
from yizhan.domains.surveys.types import KINDS
from yizhan.domains.tickets import filters
from yizhan.domains.tickets.filters import Field

PREFIX = "satisfaction."
# Uses the unique index survey_invitation_ticket, once a row.
_OF = "(SELECT {0} FROM survey_invitation v WHERE v.workspace_id = t.workspace_id AND v.ticket_id = t.id)"


def register() -> None:
    """Tell conditions."""
    filters.register(
        Field(name="satisfaction.score", kind="number", title={"zh": "满意度评分", "en": "Satisfaction score"},
              sql=_OF.format("v.score"), group="satisfaction"),
        Field(name="satisfaction.rating", kind="choice", title={"zh": "评价", "en": "Rating"},
              sql=_OF.format(scales.rating_sql("v.kind", "v.score")), choices=("good", "neutral", "bad"),
              group="satisfaction"),
        Field(name="satisfaction.kind", kind="choice", title={"zh": "调查类型", "en": "Survey kind"},
              sql=_OF.format("v.kind"), choices=KINDS, group="satisfaction"),
        Field(name="satisfaction.commented", kind="flag", title={"zh": "评价有留言", "en": "Rating has a comment"},
              sql=_OF.format("v.comment <> ''"), group="satisfaction"),
        Field(name="satisfaction.asked_at", kind="time", title={"zh": "调查发送时间", "en": "Survey sent"},
              sql=_OF.format("v.sent_at"), group="satisfaction"),
        Field(name="satisfaction.answered_at", kind="time", title={"zh": "评价时间", "en": "Rated"},
              sql=_OF.format("v.answered_at"), group="satisfaction"),
    )  # fmt: skip
