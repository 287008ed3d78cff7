"""Articles beside a ticket: found by the customer's words, and what became of them."""

from __future__ import annotations

from typing import Any

from tests.support.desk import Desk, api_token, client
from yizhan.domains.advice import service

EN = "en"


async def article(desk: Desk, title: str, html: str, **more: Any) -> str:
    """Published."""
    body = {"locale": EN, "title": title, "html": html, **more}
    made = (await desk.api.post("/api/v1/knowledge/articles", json=body)).json()
    path = f"/api/v1/knowledge/articles/{made['id']}/texts/en/publish"
    assert (await desk.api.post(path, json={})).status_code == 200
    return str(made["id"])


async def ticket(desk: Desk, subject: str, body: str) -> str:
    given = {"subject": subject, "body": body, "requester": {"email": "li@example.test"}}
    made = await desk.api.post("/api/v1/tickets", json=given)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def opened(desk: Desk) -> str:
    """Help pages of the first brand; their address."""
    portals = (await desk.api.get("/api/v1/portals")).json()["items"]
    answer = await desk.api.put(
        f"/api/v1/portals/{portals[0]['brand_id']}", json={"active": True, "slug": "demo"}
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


async def agent_api(desk: Desk) -> Any:
    """The API as the administrator in person: what is used is counted for people."""
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    return client(desk.app, token=token)


async def note(api: Any, ticket_id: str, article_id: str, step: str, **more: Any) -> None:
    answer = await api.post(
        f"/api/v1/tickets/{ticket_id}/articles/used",
        json={"article_ids": [article_id], "step": step, "locale": EN, **more},
    )
    assert answer.status_code == 204, answer.text


async def test_the_right_article_stands_beside_the_ticket(desk: Desk) -> None:
    url = await opened(desk)
    refund = await article(desk, "Return and refund", "<p>Send it back within seven days.</p>")
    await article(desk, "Pair the headphones", "<p>Hold the button until it blinks.</p>")
    inner = await article(desk, "Refund limits", "<p>Above 500 ask a lead.</p>", audience="agents")
    one = await ticket(desk, "My order", "I want to return it, where is my refund?")
    items = (await desk.api.get(f"/api/v1/tickets/{one}/articles")).json()["items"]
    assert items[0]["id"] == refund
    assert "refund" in items[0]["reason"]["in_title"]
    assert items[0]["url"] == f"{url}/en/a/{refund}"
    assert {item["id"]: item["url"] for item in items}[inner] is None
    asked = await desk.api.get(f"/api/v1/tickets/{one}/articles?q=headphones")
    assert [item["title"] for item in asked.json()["items"]] == ["Pair the headphones"]


async def test_what_is_shown_inserted_and_sent_is_counted(desk: Desk) -> None:
    url = await opened(desk)
    refund = await article(desk, "Return and refund", "<p>Send it back within seven days.</p>")
    other = await article(desk, "Pair the headphones", "<p>Hold the button until it blinks.</p>")
    first = await ticket(desk, "Refund", "Where is my refund?")
    second = await ticket(desk, "Refund", "Refund please")
    async with await agent_api(desk) as api:
        for one in (first, second):
            for step in ("shown", "shown", "opened"):
                await note(api, one, refund, step)
        await note(api, first, refund, "inserted", form="link")
        await note(api, first, other, "inserted", form="link")
        text = {"body": f"Please read {url}/en/a/{refund}", "visibility": "public"}
        sent = await api.post(f"/api/v1/tickets/{first}/messages", json=text)
        assert sent.status_code == 201, sent.text
        usage = (await api.get("/api/v1/knowledge/usage")).json()
        steps = (await api.get(f"/api/v1/tickets/{first}/articles")).json()["items"][0]["steps"]
    totals = usage["totals"]
    assert (totals["shown"], totals["sent"], totals["adoption"]) == (2, 1, 0.5)
    assert totals["edited"] == totals["resolved"] == 0
    by_id = {row["article_id"]: row for row in usage["articles"]}
    assert [by_id[refund][step] for step in ("shown", "opened", "inserted", "sent")] == [2, 2, 1, 1]
    assert by_id[other]["sent"] == 0
    assert usage["agents"][0]["agent_id"] == str(desk.created.admin_id)
    assert set(steps) == {"shown", "opened", "inserted", "sent"}
    kinds = [event.data["step"] for event in await desk.events("article.used")]
    assert sorted(kinds) == ["inserted", "inserted", "opened", "opened", "sent", "shown", "shown"]


async def test_an_answer_taken_back_sent_nothing(desk: Desk) -> None:
    url = await opened(desk)
    refund = await article(desk, "Return and refund", "<p>Send it back within seven days.</p>")
    one = await ticket(desk, "Refund", "Where is my refund?")
    async with desk.begin() as tx:
        await tx.db.execute(
            "UPDATE workspace SET settings = settings || '{\"undo_send_seconds\": 30}'"
            " WHERE workspace_id = $1",
            tx.workspace_id,
        )
    async with await agent_api(desk) as api:
        await note(api, one, refund, "inserted", form="link")
        text = {"body": f"{url}/en/a/{refund}", "visibility": "public"}
        message = (await api.post(f"/api/v1/tickets/{one}/messages", json=text)).json()["id"]
        assert (await api.get("/api/v1/knowledge/usage")).json()["totals"]["sent"] == 1
        back = await api.post(f"/api/v1/messages/{message}/cancel")
        if back.status_code < 300:
            assert (await api.get("/api/v1/knowledge/usage")).json()["totals"]["sent"] == 0


def test_an_inserted_text_counts_while_most_of_it_is_left() -> None:
    plain = "Hold the button for five seconds until the light blinks blue"

    def carried(body: str, form: str = "text") -> bool:
        return service.holds(body, "", article_id=7, form=form, plain=plain)

    assert carried(f"Dear customer, {plain}. Best wishes")
    assert carried("Hold the button five seconds until it blinks blue")
    assert not carried("We sent you a new one")
    assert not carried(plain, "link")
    assert carried("https://desk.test/help/demo/en/a/7?x=1", "link")
    assert not carried("https://desk.test/help/demo/en/a/71", "link")


async def test_a_ticket_that_cannot_be_seen_has_no_articles(desk: Desk) -> None:
    one = await ticket(desk, "Refund", "Refund")
    token = await api_token(desk.database, desk.workspace_id, scopes=("knowledge:read",))
    async with client(desk.app, token=token) as api:
        assert (await api.get(f"/api/v1/tickets/{one}/articles")).status_code == 404
    token = await api_token(desk.database, desk.workspace_id, scopes=("ticket:read",))
    async with client(desk.app, token=token) as api:
        assert (await api.get(f"/api/v1/tickets/{one}/articles")).status_code == 403
