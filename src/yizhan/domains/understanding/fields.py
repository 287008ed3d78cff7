"""What conditions and views can ask about what is read in messages."""

from __future__ import annotations

from yizhan.domains.tickets import filters
from yizhan.domains.tickets.filters import Field

# By the primary key of ticket_signal, once a row.
_OF = "(SELECT s.{0} FROM ticket_signal s WHERE s.workspace_id = t.workspace_id AND s.ticket_id = t.id)"
_GROUP = "understanding"
EMOTIONS = ("negative", "neutral", "positive")
LEVELS = ("low", "normal", "high")


def register() -> None:
    """Tell conditions."""
    filters.register(
        Field(name="signal.intent", kind="text", title={"zh": "意图", "en": "Intent"},
              sql=_OF.format("intent"), group=_GROUP),
        Field(name="signal.category", kind="text", title={"zh": "识别的分类", "en": "Category as read"},
              sql=_OF.format("category"), group=_GROUP),
        Field(name="signal.emotion", kind="choice", title={"zh": "情绪", "en": "Emotion"},
              sql=_OF.format("emotion"), choices=EMOTIONS, group=_GROUP),
        Field(name="signal.urgency", kind="choice", title={"zh": "紧急程度", "en": "Urgency as read"},
              sql=_OF.format("urgency"), choices=LEVELS, group=_GROUP),
        Field(name="signal.complexity", kind="choice", title={"zh": "复杂程度", "en": "Complexity"},
              sql=_OF.format("complexity"), choices=LEVELS, group=_GROUP),
        Field(name="signal.language", kind="text", title={"zh": "客户语言", "en": "Customer's language"},
              sql=_OF.format("language"), group=_GROUP),
        Field(name="signal.mood", kind="choice", title={"zh": "需要关注的情绪", "en": "Mood to look after"},
              sql="t.mood", choices=("negative", "grave"), group=_GROUP),
        Field(name="signal.negative", kind="number", title={"zh": "负面情绪概率", "en": "Chance of a negative mood"},
              sql=_OF.format("negative"), group=_GROUP),
        Field(name="signal.grave", kind="flag", title={"zh": "需要负责人关注", "en": "Calls for a person in charge"},
              sql=_OF.format("grave"), group=_GROUP),
        Field(name="signal.turned_at", kind="time", title={"zh": "转为负面的时间", "en": "Turned negative"},
              sql=_OF.format("turned_at"), group=_GROUP),
    )  # fmt: skip
