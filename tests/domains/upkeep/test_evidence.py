"""Stale and contradicting articles: what was planted is found, what is innocent is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.domains.advice.test_advice import agent_api, article, note
from tests.domains.upkeep.test_gaps import answer, ask, checked, findings
from tests.support.desk import Desk
from yizhan.app.demo import articles as demo
from yizhan.domains.knowledge import content
from yizhan.domains.upkeep.looking import aging, contradicting
from yizhan.domains.upkeep.types import Article, Sent
from yizhan.learning import claims, embedding

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SUITES = Path(__file__).parents[3] / "evals" / "suites"
PLANTED = (
    ("Refunds", "Refunds arrive within 3 days.", "A refund arrives within 7 business days."),
    (
        "Returns",
        "Send it back within seven days of delivery.",
        "Send it back within 14 days of delivery.",
    ),
    ("Contact", "Our hotline is 400-820-1234.", "Call our hotline 400-820-9999."),
    ("Where we are", "The store is open 9:00-18:00.", "The store is open 10:00-20:00."),
    ("Cards", "A replacement card costs $5.", "A replacement card costs $12."),
    ("Software", "Opened software cannot be returned.", "Opened software can be returned."),
    ("退款", "退款一般 3 个工作日内到账。", "退款 7 个工作日内原路到账。"),
    ("退货", "签收后七天内可无理由退货。", "签收后 15 天内可以无理由退货。"),
    ("运费", "退货运费由买家承担 ¥10。", "退货运费 15 元由买家承担。"),
    ("联系客服", "客服热线 400-820-1234。", "请拨打客服热线：400-820-9999。"),
    ("定制", "定制商品不支持退货。", "定制商品支持退货。"),
)
INNOCENT = (
    ("Delivery", "Express delivery takes 1 day.", "Standard delivery takes 3 days."),
    ("Refunds", "Refunds arrive within 3 days.", "Refunds arrive within three days."),
    ("Refunds", "A refund takes 3 to 5 days.", "A refund takes 4 days."),
    ("Updates", "It takes eight minutes.", "It takes two hours."),
    ("Sign-in", "Links are valid for 24 hours.", "Vouchers are valid for 90 days."),
    ("快递", "国际快递 10 天送达。", "国内快递 3 天送达。"),
    ("收费", "年费 100 元。", "月费 12 元。"),
    ("退货", "未拆封的商品支持退货。", "已拆封的商品不支持退货。"),
)


@pytest.fixture(autouse=True)
def _by_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an encoder: what every installation can do."""
    monkeypatch.setattr(embedding, "default", lambda: None)


def conflict(topic: str, one: str, other: str, *, of: str = "More") -> bool:
    """Whether two articles with these titles contradict each other."""
    ours, theirs = claims.claims(one, title=topic), claims.claims(other, title=of)
    return bool(claims.conflicts(ours, theirs, claims.Weights([*ours, *theirs])))


def test_what_is_said_otherwise_is_seen_and_what_is_another_case_is_not() -> None:
    assert [pair for pair in PLANTED if not conflict(*pair, of=pair[0])] == []
    assert [pair for pair in INNOCENT if conflict(*pair)] == []


def shelf() -> Iterator[Article]:
    """All articles that come with the program: of the demo and of the suites."""
    rows = [
        (one.title, content.plain(one.html), locale)
        for locale in demo.LOCALES
        for one in demo.read(locale)
    ]
    for file in sorted(SUITES.glob("articles.*.jsonl")):
        lines = map(json.loads, file.read_text("utf-8").splitlines())
        rows += [(line["title"], line["body"], line["lang"]) for line in lines]
    for number, (title, body, locale) in enumerate(rows, start=1):
        yield written(number, title, body, locale=locale)


def written(number: int, title: str, body: str, **more: Any) -> Article:
    given: dict[str, Any] = {"locale": "en", "brand_id": None, "review_on": None, **more}
    return Article(
        text_id=number,
        article_id=number,
        version=1,
        title=title,
        body=body,
        published_at=NOW,
        **given,
    )


def test_in_everything_that_comes_with_the_program_nothing_contradicts() -> None:
    rows = list(shelf())
    assert len(rows) > 60
    library = contradicting.Library(rows)
    assert [found.title for at in range(len(rows)) for found in library.against(at)] == []
    planted = [
        *rows,
        written(901, "Getting money back", "A refund arrives within 7 business days."),
        written(902, "When refunds come", "Refunds arrive within 3 days.", brand_id=1),
        written(903, "Refunds abroad", "Refunds arrive within 30 days.", brand_id=2),
    ]
    library = contradicting.Library(planted)
    pairs = {
        (found.article_id, found.other_id)
        for at in range(len(planted))
        for found in library.against(at)
        if found.article_id is not None and found.article_id > 900
    }
    # Nobody reads the articles of two brands at one place.
    assert pairs == {(901, 902), (901, 903)}


def sent(number: int, article_id: int, *, again: bool, text: str = "") -> Sent:
    return Sent(
        article_id=article_id,
        locale="en",
        ticket_id=number,
        message_id=number,
        form="text",
        text=text,
        at=NOW + timedelta(days=1),
        edited=bool(text),
        again=again,
    )


def test_only_an_article_that_fails_more_often_than_others_is_unhelpful() -> None:
    bad, usual = written(1, "Bad", "x"), written(2, "Usual", "x")
    rows = [sent(at, 1, again=at < 8) for at in range(10)]
    rows += [sent(100 + at, 2, again=at % 4 == 0) for at in range(40)]
    (found,) = aging.unhelpful([bad, usual], rows)
    assert (found.article_id, found.count, found.evidence.of) == (1, 8, 10)
    assert list(aging.unhelpful([bad, usual], rows[:6])) == []


def test_a_date_that_has_come_is_said() -> None:
    rows = [
        written(1, "Due", "x", review_on=date(2026, 1, 1)),
        written(2, "Not yet", "x", review_on=date(2026, 1, 2)),
    ]
    assert [found.article_id for found in aging.due(rows, today=date(2026, 1, 1))] == [1]


async def test_tickets_speak_against_articles_until_somebody_sees_to_it(desk: Desk) -> None:
    first, stale = "Hold the button for five seconds.", "Then enter the code 0000 on the phone."
    html = f"<p>{first}</p><p>{stale}</p><p>The light turns blue when it is done.</p>"
    pair = await article(desk, "Pair the headphones", html)
    refund = await article(desk, "Refunds", "<p>A refund arrives within 3 days.</p>")
    await article(desk, "Warranty", "<p>The warranty lasts two years.</p>")
    async with await agent_api(desk) as api:
        for at in range(3):
            one = await ask(desk, "How do I pair my headphones?", who=f"p{at}")
            await note(api, one, pair, "inserted", form="text")
            await answer(api, one, f"{first} The light turns blue when it is done.")
            two = await ask(desk, "Where is my money?", who=f"m{at}")
            await answer(api, two, f"Hello M{at}! A refund arrives within 10 days.")
        assert (await checked(desk))["stale"] == 2
        rows = {row["reason"]: row for row in await findings(desk, "stale")}
        assert (rows["edited"]["article_id"], rows["edited"]["ours"]) == (pair, stale)
        assert (rows["value"]["article_id"], rows["value"]["count"]) == (refund, 3)
        assert "10 days" in rows["value"]["quotes"][0]["text"]
        away = f"/api/v1/knowledge/health/findings/{rows['value']['id']}"
        assert (await api.post(f"{away}/dismiss")).status_code == 204
        assert (await checked(desk))["stale"] == 1
        # A fourth answer says nothing new; another value does.
        more = await ask(desk, "Where is my money?", who="m4")
        await answer(api, more, "A refund arrives within 10 days.")
        assert (await checked(desk))["stale"] == 1
        assert [row["id"] for row in await findings(desk, "stale", "dismissed")] == [
            rows["value"]["id"]
        ]
        assert (await api.post(f"{away}/reopen")).status_code == 204
        fixed = {"title": "Refunds", "html": "<p>A refund arrives within 10 days.</p>"}
        path = f"/api/v1/knowledge/articles/{refund}/texts/en"
        assert (await api.put(path, json=fixed)).status_code == 200
        assert (await api.post(f"{path}/publish", json={})).status_code == 200
    assert [row["reason"] for row in await findings(desk, "stale")] == ["edited"]
    assert (await checked(desk))["stale"] == 1


async def test_two_articles_that_disagree_are_shown_with_their_sentences(desk: Desk) -> None:
    one = await article(
        desk, "Return and refund", "<p>Send it back within seven days of delivery.</p>"
    )
    two = await article(desk, "Returns", "<p>Send it back within 14 days of delivery.</p>")
    await article(desk, "Delivery", "<p>Express delivery takes one day.</p>")
    await article(desk, "Parcels", "<p>Standard delivery takes three days.</p>")
    assert (await checked(desk))["contradictions"] == 1
    (found,) = await findings(desk, "contradiction")
    assert {found["article_id"], found["other_id"]} == {one, two}
    assert {side for pair in found["pairs"] for side in pair.values()} == {
        "Send it back within seven days of delivery",
        "Send it back within 14 days of delivery",
    }
    archive = f"/api/v1/knowledge/articles/{two}/texts/en/archive"
    assert (await desk.api.post(archive)).status_code == 200
    assert await findings(desk, "contradiction") == []


def test_every_pair_of_planted_sentences_is_about_its_own_matter() -> None:
    apart = [
        (one[1], other[2])
        for one, other in combinations(PLANTED, 2)
        if conflict(one[0], one[1], other[2], of=other[0])
    ]
    assert apart == []
