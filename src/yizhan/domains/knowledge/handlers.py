"""Articles can be found."""

from __future__ import annotations

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import audience
from yizhan.domains.knowledge import service as knowledge
from yizhan.kernel import finding, marks, query, text
from yizhan.kernel.tx import Tx


@finding.kind("article", title={"zh": "知识库", "en": "Articles"}, position=40)
async def find_articles(
    tx: Tx, wanted: query.Query, limit: int, _cursor: str | None
) -> finding.Found:
    """Published articles that the actor may read, best first. There is one page of them."""
    words = " ".join(term.text for term in wanted.words())
    if not words or not permissions.can(tx.actor, "knowledge:read"):
        return finding.Found([])
    marked = [*text.normal(words).split(), *text.wanted(words)]
    found = await knowledge.search(
        tx, audience.agent(tx.actor), q=words, locale=tx.actor.locale, most=limit
    )
    items = []
    for one in found:
        fields = (("title", one.title), ("text", one.summary))
        parts = [(name, marks.snippet(content, marked)) for name, content in fields]
        items.append(
            finding.Hit(
                kind="article",
                id=str(one.article_id),
                title=one.title,
                snippet=one.summary,
                at=one.published_at,
                matches=[finding.Match(name, found) for name, found in parts if found],
            )
        )
    return finding.Found(items)
