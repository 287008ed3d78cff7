"""Search learns from answers that were sent, and only keeps what finds no less."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.domains.advice.test_adoption import answer
from tests.domains.advice.test_advice import agent_api, article, note, opened, ticket
from tests.support.desk import Desk
from yizhan.domains.advice import ranking
from yizhan.domains.advice.service import learning
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.types import READ_ALL_JOB
from yizhan.learning import embedding
from yizhan.learning.retrieval import Accepted, Adoption, Entry, Index

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Words that no article has: only what was sent tells what they mean.
SLANG = ("zorble", "flimp", "quanch", "drabbit")
SHELF = ("Return and refund", "Pair the headphones", "Update the firmware", "Invoice by post")


async def found(desk: Desk, words: str, viewer: Viewer) -> list[str]:
    async with desk.begin() as tx:
        rows = await knowledge.suggest(tx, viewer, words=words, locale="en", most=3)
    return [str(one.teaser.article_id) for one in rows]


async def test_what_agents_send_is_found_first_and_forgotten_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "default", lambda: None)
    url = await opened(desk)
    shelf = [await article(desk, title, f"<p>{title} at home.</p>") for title in SHELF]
    inner = await article(desk, "Goodwill", "<p>Vouchers.</p>", audience="agents")
    async with await agent_api(desk) as api:
        few = await api.post("/api/v1/knowledge/ranking")
        assert (few.status_code, few.json()["code"]) == (409, "too_few_accepted")
        for turn in range(5):
            for word, one in zip((*SLANG, "grumbix"), (*shelf, inner), strict=True):
                asked = await ticket(
                    desk, f"{word} {turn}", f"my {word} number {turn}, Li Lei here"
                )
                await note(api, asked, one, "inserted", form="link")
                await answer(api, asked, f"{url}/en/a/{one}")
        assert (await api.post("/api/v1/knowledge/ranking")).status_code == 202
        await desk.run_jobs(only=learning.JOB)
        version: dict[str, Any] = (await api.get("/api/v1/knowledge/ranking")).json()["versions"][0]
        assert (version["state"], version["accepted"]) == ("in_use", 25)
        assert version["report"]["after"]["value"] > version["report"]["before"]["value"]
        assert (await found(desk, "the zorble again", Viewer()))[0] == shelf[0]
        assert (await found(desk, "grumbix", Viewer(agent=True)))[0] == inner
        assert inner not in await found(desk, "grumbix", Viewer())
        beside = await ticket(desk, "Hello", "quanch quanch")
        items = (await api.get(f"/api/v1/tickets/{beside}/articles")).json()["items"]
        assert items[0]["id"] == shelf[2]
        assert (await api.delete("/api/v1/knowledge/ranking")).status_code == 204
        assert await found(desk, "the zorble again", Viewer()) == []
    changed = await desk.events("article_ranking.changed")
    assert [event.data["number"] for event in changed] == [1, None]
    await desk.run_jobs(only=READ_ALL_JOB)


def _said(at: int, text: str, article_id: int) -> ranking.Answered:
    return ranking.Answered(
        text=f"{text} {at}",
        text_id=article_id,
        article_id=article_id,
        weight=2,
        at=NOW + timedelta(hours=at),
    )


def test_what_finds_less_than_before_is_not_better() -> None:
    titles = ("refund", "invoice", "delivery", "warranty", "repair")
    entries = [Entry(str(at), title) for at, title in enumerate(titles, start=1)]
    home = {entry.id: int(entry.id) for entry in entries}
    index = Index.build(entries, None)
    right = [_said(at, titles[at % 5], at % 5 + 1) for at in range(40)]
    good = ranking.learn(right, index=index, home=home, embedder=None)
    assert good.better
    assert good.report["after"]["value"] == 1
    # For weeks people sent other articles with refunds; then the right one again.
    wrong = [_said(at, "refund", 3 + at % 3) for at in range(64)]
    wrong += [_said(at, "strange", 1 + at % 2) for at in range(64, 80)]
    wrong += [_said(at, "refund", 1) for at in range(80, 100)]
    rival = Adoption.fit([Accepted("refund", "1"), Accepted("invoice", "2")], None)
    bad = ranking.learn(
        wrong, index=index, home=home, embedder=None, rival=(rival, NOW + timedelta(hours=79))
    )
    assert not bad.better
    assert bad.report["in_use"]["value"] > bad.report["after"]["value"]


def test_no_name_or_number_of_a_customer_is_learned() -> None:
    said = ranking.veiled("Li Lei here, call 13800138000 about order 20261122334455: refund?")
    assert "13800138000" not in said
    assert "refund" in said
    assert learning.weight(edited=True, resolved=False) < learning.weight(
        edited=False, resolved=False
    )
