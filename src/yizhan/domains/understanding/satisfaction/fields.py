"""What conditions and views can ask about inferred satisfaction."""

from __future__ import annotations

from yizhan.domains.tickets import filters
from yizhan.domains.tickets.filters import Field

# By the primary key of inferred_satisfaction, once a row.
_OF = (
    "(SELECT i.{0} FROM inferred_satisfaction i"
    " WHERE i.workspace_id = t.workspace_id AND i.ticket_id = t.id)"
)


def register() -> None:
    """Tell conditions."""
    filters.register(
        Field(name="inferred.rating", kind="choice", title={"zh": "推断的满意度", "en": "Inferred satisfaction"},
              sql=_OF.format("rating"), choices=("good", "neutral", "bad"), group="satisfaction"),
        Field(name="inferred.score", kind="number", title={"zh": "推断的好评概率", "en": "Chance of a good rating"},
              sql=_OF.format("score"), group="satisfaction"),
    )  # fmt: skip
