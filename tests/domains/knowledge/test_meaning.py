"""Articles are found by what is meant, and only by those who may read them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import Desk
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.types import READ_ALL_JOB
from yizhan.learning import embedding

needs_encoder = pytest.mark.skipif(
    embedding.default() is None, reason="there is no encoder for this machine"
)
PUBLIC, STAFF = Viewer(), Viewer(agent=True)


async def article(desk: Desk, title: str, html: str, **more: Any) -> str:
    """Published in English."""
    body = {"locale": "en", "title": title, "html": html, **more}
    made = (await desk.api.post("/api/v1/knowledge/articles", json=body)).json()
    path = f"/api/v1/knowledge/articles/{made['id']}/texts/en/publish"
    assert (await desk.api.post(path, json={})).status_code == 200
    return str(made["id"])


async def found(desk: Desk, words: str, viewer: Viewer = PUBLIC) -> list[str]:
    async with desk.begin() as tx:
        rows = await knowledge.suggest(tx, viewer, words=words, locale="en", most=3)
    return [str(one.teaser.article_id) for one in rows]


async def shelf(desk: Desk) -> dict[str, str]:
    """A few articles that share no words with what is asked about them."""
    return {
        "refund": await article(desk, "Refunds", "<p>Reimbursement takes three days.</p>"),
        "invoice": await article(desk, "Invoices", "<p>Download the bill as PDF.</p>"),
        "parcel": await article(desk, "Delivery", "<p>Parcels arrive within a week.</p>"),
        "inner": await article(
            desk, "Goodwill", "<p>Vouchers for angry people.</p>", audience="agents"
        ),
    }


@needs_encoder
async def test_other_words_lead_to_the_article(desk: Desk) -> None:
    known = await shelf(desk)
    asked = "when will I get my money back?"
    assert known["refund"] not in await found(desk, asked)
    await desk.run_jobs(only=READ_ALL_JOB)
    assert (await found(desk, asked))[0] == known["refund"]
    assert (await found(desk, "东西什么时候能送到"))[0] == known["parcel"]


@needs_encoder
async def test_nobody_finds_what_is_not_for_them(desk: Desk) -> None:
    known = await shelf(desk)
    await desk.run_jobs(only=READ_ALL_JOB)
    asked = "coupon for a furious customer"
    assert known["inner"] in await found(desk, asked, STAFF)
    assert known["inner"] not in await found(desk, asked, PUBLIC)
    path = f"/api/v1/knowledge/articles/{known['refund']}/texts/en/archive"
    assert (await desk.api.post(path)).status_code == 200
    # Before the worker has forgotten it, and after.
    assert known["refund"] not in await found(desk, "give me my money back")
    await desk.run_jobs(only=READ_ALL_JOB)
    assert known["refund"] not in await found(desk, "give me my money back")


async def test_an_article_is_found_by_questions_that_it_answers(desk: Desk) -> None:
    known = await shelf(desk)
    path = f"/api/v1/knowledge/articles/{known['parcel']}/texts/en/questions"
    asked = {"questions": ["  where is my   stuff ", "where is my stuff", "Is the courier late?"]}
    answer = await desk.api.put(path, json=asked)
    assert answer.status_code == 200, answer.text
    tidy = ["where is my stuff", "Is the courier late?"]
    assert answer.json()["texts"][0]["questions"] == tidy
    assert (await desk.api.put(path, json=asked)).status_code == 200
    changed = await desk.events("article.updated")
    assert [one.data["changes"] for one in changed] == [{"questions.en": [[], tidy]}]
    await desk.run_jobs(only=READ_ALL_JOB)
    assert (await found(desk, "the courier is late"))[0] == known["parcel"]
    missing = path.replace("/en/", "/fr/")
    assert (await desk.api.put(missing, json=asked)).status_code == 404
    assert (await desk.api.put(path, json={"questions": ["x"] * 51})).status_code == 422


async def test_without_an_encoder_words_find(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "default", lambda: None)
    known = await shelf(desk)
    await desk.run_jobs(only=READ_ALL_JOB)
    assert await found(desk, "refunds and reimbursement") == [known["refund"]]
