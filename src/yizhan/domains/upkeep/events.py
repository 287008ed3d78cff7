"""What happens in upkeep."""

from __future__ import annotations

from yizhan.kernel import events


class KnowledgeCheckStarted(events.Event, frozen=True, tag="knowledge_check.started"):
    """Somebody, or the night, looks at all articles."""

    check_id: int
    cause: str


class KnowledgeCheckEnded(events.Event, frozen=True, tag="knowledge_check.ended"):
    """It is done, failed, or was cancelled. ``found``: open findings by kind."""

    check_id: int
    state: str
    found: dict[str, int] = {}


class KnowledgeFindingSettled(events.Event, frozen=True, tag="knowledge_finding.settled"):
    """Somebody dismissed a finding, or took that back."""

    finding_id: int
    kind: str
    state: str


class ArticleDrafted(events.Event, frozen=True, tag="article.drafted"):
    """A draft was made from solved tickets."""

    article_id: int
    locale: str
    ticket_ids: list[int]
    finding_id: int | None = None
