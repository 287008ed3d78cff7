"""Questions without an article, and drafts in the words of those who solved them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.advice.test_advice import agent_api, article, note, opened
from tests.support.desk import Desk, api_token, client
from yizhan.domains.upkeep.looking import drafting
from yizhan.domains.upkeep.service import checking
from yizhan.domains.upkeep.types import Solved
from yizhan.learning import embedding

INVOICES = (
    "Can you put our VAT number on the invoice?",
    "The invoice needs our company VAT number, how do I get that?",
    "How can I have the VAT number printed on my invoice?",
    "please add a VAT number to the invoice of last week",
)
ANSWER = (
    "Hello {name},\n\nopen Orders in the app, choose the order and press Invoice details."
    " Enter the VAT number and save; the new invoice arrives by mail within ten minutes."
    " I have sent yours to {email} already.\n\nKind regards\nAda"
)


@pytest.fixture(autouse=True)
def _by_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an encoder: what every installation can do."""
    monkeypatch.setattr(embedding, "default", lambda: None)


async def ask(desk: Desk, body: str, *, who: str = "li", subject: str = "Question") -> str:
    requester = {"email": f"{who}@example.test", "name": who.title()}
    given = {"subject": subject, "body": body, "requester": requester}
    made = await desk.api.post("/api/v1/tickets", json=given)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def answer(api: Any, ticket_id: str, body: str, **more: Any) -> None:
    text = {"body": body, "visibility": "public", **more}
    made = await api.post(f"/api/v1/tickets/{ticket_id}/messages", json=text)
    assert made.status_code == 201, made.text


async def checked(desk: Desk) -> dict[str, Any]:
    """After a whole check."""
    started = await desk.api.post("/api/v1/knowledge/health/checks")
    assert started.status_code == 202, started.text
    await desk.run_jobs(only=checking.JOB)
    health: dict[str, Any] = (await desk.api.get("/api/v1/knowledge/health")).json()
    assert health["check"]["state"] == "done", health
    return health


async def findings(desk: Desk, kind: str, state: str = "open") -> list[dict[str, Any]]:
    path = f"/api/v1/knowledge/health/findings?kind={kind}&state={state}"
    found = await desk.api.get(path)
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


STRANGERS = (
    "Do you sell gift cards?",
    "Is the office open on Sunday?",
    "My headphones crackle since yesterday.",
    "Which size fits a child of six?",
    "I was charged twice for one kettle.",
)


async def strangers(desk: Desk) -> None:
    """What nobody asks twice."""
    for at, text in enumerate(STRANGERS):
        await ask(desk, text, who=f"s{at}")


async def innocents(desk: Desk) -> None:
    """Questions that an article answers, and such as nobody asks twice."""
    refund = await article(desk, "Return and refund", "<p>Send it back; the refund follows.</p>")
    url = await opened(desk)
    async with await agent_api(desk) as api:
        for at in range(3):
            one = await ask(desk, f"Where is my refund for the return of day {at}?", who=f"r{at}")
            await note(api, one, refund, "inserted", form="link")
            await answer(api, one, f"Please read {url}/en/a/{refund}")
    await strangers(desk)
    for who in ("a", "b", "c", "d"):
        await ask(desk, "Hello, thank you!", who=who, subject="Hi")


async def test_what_is_asked_again_and_again_without_an_article_is_a_gap(desk: Desk) -> None:
    await innocents(desk)
    asked = [await ask(desk, text, who=f"c{at}") for at, text in enumerate(INVOICES)]
    assert (await checked(desk))["gaps"] == 1
    (gap,) = await findings(desk, "gap")
    assert {quote["ticket_id"] for quote in gap["quotes"]} == set(asked)
    assert (gap["count"], sum(gap["weeks"]), gap["locale"]) == (4, 4, "en")
    assert {"vat", "invoice"} & set(gap["terms"])
    assert gap["title"] in {quote["text"] for quote in gap["quotes"]}
    again = await checked(desk)
    assert (again["gaps"], (await findings(desk, "gap"))[0]["id"]) == (1, gap["id"])
    # Dismissed, it comes back when half as many more have asked.
    path = f"/api/v1/knowledge/health/findings/{gap['id']}"
    assert (await desk.api.post(f"{path}/dismiss")).status_code == 204
    await ask(desk, INVOICES[0], who="one-more")
    assert (await checked(desk))["gaps"] == 0
    for at in range(3):
        await ask(desk, INVOICES[at], who=f"more{at}")
    assert (await checked(desk))["gaps"] == 1
    settled = await desk.events("knowledge_finding.settled")
    assert [event.data["state"] for event in settled] == ["dismissed"]


async def test_a_draft_says_what_agents_said_and_nobodys_data(desk: Desk) -> None:
    await strangers(desk)
    asked = [await ask(desk, text, who=f"c{at}") for at, text in enumerate(INVOICES)]
    async with await agent_api(desk) as api:
        for at, one in enumerate(asked[:3]):
            words = ANSWER.format(name=f"C{at}", email=f"c{at}@example.test")
            await answer(api, one, words, status="resolved")
        await checked(desk)
        (gap,) = await findings(desk, "gap")
        path = f"/api/v1/knowledge/health/findings/{gap['id']}/draft"
        made = await api.post(path)
        assert made.status_code == 201, made.text
        twice = await api.post(path)
        assert (twice.status_code, twice.json()["code"]) == (409, "already_drafted")
        where = made.json()
        draft = (await api.get(f"/api/v1/knowledge/articles/{where['article_id']}")).json()
        (row,) = (await api.get("/api/v1/knowledge/health/drafts")).json()["items"]
    text = draft["contents"][0]["html"]
    assert draft["texts"][0]["state"] == "draft"
    assert "Enter the VAT number" in text
    assert "press Invoice details" in text
    for private in ("example.test", "Hello", "C0", "I have sent", "regards"):
        assert private not in text
    assert draft["contents"][0]["title"] == gap["title"]
    assert row["finding_id"] == gap["id"]
    assert all(source["ticket_id"] in asked for source in row["sources"])
    assert {one for source in row["sources"] for one in source["tickets"]} == set(asked[:3])
    # Published it answers the question: the gap is closed by the next check.
    publish = f"/api/v1/knowledge/articles/{where['article_id']}/texts/en/publish"
    assert (await desk.api.post(publish, json={})).status_code == 200
    assert (await checked(desk))["gaps"] == 0
    assert (await desk.api.get("/api/v1/knowledge/health/drafts")).json()["items"] == []


async def test_one_ticket_becomes_a_draft_only_when_it_is_done(desk: Desk) -> None:
    one = await ask(desk, INVOICES[0], subject="VAT number on the invoice")
    path = f"/api/v1/tickets/{one}/article-draft"
    early = await desk.api.post(path)
    assert (early.status_code, early.json()["code"]) == (409, "nothing_to_draft")
    async with await agent_api(desk) as api:
        await answer(api, one, ANSWER.format(name="Li", email="li@example.test"), status="resolved")
    made = await desk.api.post(path)
    assert made.status_code == 201, made.text
    drafted = await desk.events("article.drafted")
    assert drafted[0].data["ticket_ids"] == [one]


async def test_nobody_reads_in_findings_what_they_may_not_read_in_tickets(desk: Desk) -> None:
    await strangers(desk)
    for at, text in enumerate(INVOICES):
        await ask(desk, text, who=f"c{at}")
    await checked(desk)
    (gap,) = await findings(desk, "gap")
    token = await api_token(
        desk.database, desk.workspace_id, scopes=("knowledge:*", "knowledge:edit")
    )
    async with client(desk.app, token=token) as api:
        listed = (await api.get("/api/v1/knowledge/health/findings?kind=gap")).json()["items"]
        assert listed == []
        draft = await api.post(f"/api/v1/knowledge/health/findings/{gap['id']}/draft")
        assert draft.status_code == 404
    token = await api_token(desk.database, desk.workspace_id, scopes=("knowledge:read",))
    async with client(desk.app, token=token) as api:
        assert (await api.get("/api/v1/knowledge/health")).status_code == 403


async def test_a_check_can_be_cancelled_and_two_do_not_run(desk: Desk) -> None:
    first = (await desk.api.post("/api/v1/knowledge/health/checks")).json()
    second = await desk.api.post("/api/v1/knowledge/health/checks")
    assert (second.status_code, second.json()["code"]) == (409, "check_runs")
    path = f"/api/v1/knowledge/health/checks/{first['id']}"
    assert (await desk.api.post(f"{path}/cancel")).json()["state"] == "cancelled"
    await desk.run_jobs(only=checking.JOB)
    assert (await desk.api.get(path)).json()["state"] == "cancelled"
    over = await desk.api.post(f"{path}/cancel")
    assert (over.status_code, over.json()["code"]) == (409, "check_over")
    async with desk.as_system() as tx:
        tx.defer(checking.NIGHTLY_JOB)
    await desk.run_jobs(only=checking.NIGHTLY_JOB)
    await desk.run_jobs(only=checking.JOB)
    check = (await desk.api.get("/api/v1/knowledge/health")).json()["check"]
    assert (check["state"], check["cause"], check["encoder"]) == ("done", "nightly", "")


def solved(number: int, *replies: str) -> Solved:
    return Solved(
        ticket_id=number,
        number=number,
        requester_id=number,
        brand_id=None,
        subject="",
        question="",
        names=("Li Lei", "Ada"),
        replies=tuple(enumerate(replies, start=number * 10)),
    )


def test_steps_stay_steps_and_the_houses_own_number_stays() -> None:
    steps = (
        "您好，李雷！\n1. 打开应用的“设备”页面\n2. 长按电源键十秒，直到指示灯变红\n3. 重新连接无线网络\n"
        "还不行请致电 400-820-8820。"
    )
    other = "重置后还是不行的话，请致电 400-820-8820。您的订单已经安排补发。请问您的手机号是 13800138000 吗？"
    made = drafting.draft("设备离线怎么办", [solved(1, steps), solved(2, other)])
    assert made is not None
    assert made.html.count("<li>") == 3
    assert "400-820-8820" in made.html
    for private in ("李雷", "13800138000", "您的订单"):
        assert private not in made.html
    assert drafting.draft("x", [solved(1, "您好！请问有什么可以帮您？")]) is None
    hostile = drafting.draft(
        "x", [solved(1, "Type <script>alert(1)</script> into the field first.")]
    )
    assert hostile is not None
    assert "<script>" not in hostile.html
