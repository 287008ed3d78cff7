"""Adoption: what agents changed of articles, what they resolved, and that every number has its rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from tests.domains.advice.test_advice import agent_api, article, note, opened, ticket
from tests.support.desk import Desk
from yizhan.domains.advice import editing
from yizhan.domains.advice import service as advice

STEPS = ("shown", "opened", "inserted", "sent", "edited", "resolved")
PAIR = "Hold the button for five seconds until the light blinks blue, then choose the headphones."


async def answer(api: Any, ticket_id: str, body: str, **more: Any) -> str:
    made = await api.post(
        f"/api/v1/tickets/{ticket_id}/messages",
        json={"body": body, "visibility": "public", **more},
    )
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def later(desk: Desk, ticket_id: str, days: int) -> None:
    """As if a ticket had been done so many days ago."""
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE ticket SET resolved_at = resolved_at - $3::interval WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            int(ticket_id),
            timedelta(days=days),
        )
        await tx.db.execute(
            "UPDATE article_use SET at = at - $3::interval WHERE workspace_id = $1 AND ticket_id = $2",
            tx.workspace_id,
            int(ticket_id),
            timedelta(days=days),
        )
        await advice.stands(tx, int(ticket_id))


async def recount(desk: Desk) -> dict[str, dict[str, int]]:
    """Tickets by article and step, from the log alone."""
    taken_back = {event.data["message_id"] for event in await desk.events("message.cancelled")}
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in await desk.events("article.used"):
        if event.data["message_id"] not in taken_back or event.data["message_id"] is None:
            key = (str(event.data["article_id"]), event.data["step"])
            seen[key].add(str(event.data["ticket_id"]))
    articles = {article_id for article_id, _ in seen}
    return {one: {step: len(seen[one, step]) for step in STEPS} for one in articles}


async def test_changed_texts_and_lasting_solutions_are_counted_as_the_log_has_them(
    desk: Desk,
) -> None:
    url = await opened(desk)
    pair = await article(desk, "Pair the headphones", f"<p>{PAIR}</p>")
    refund = await article(desk, "Return and refund", "<p>Send it back within seven days.</p>")
    asked = [await ticket(desk, "Headphones", f"How do I pair them? {n}") for n in range(4)]
    async with await agent_api(desk) as api:
        for one in asked:
            await note(api, one, pair, "shown")
            await note(api, one, pair, "inserted", form="text")
        await note(api, asked[3], refund, "inserted", form="link")
        await answer(api, asked[0], f"Dear Li,\n{PAIR}\nBest wishes", status="resolved")
        await answer(api, asked[1], PAIR.replace("five", "ten"), status="resolved")
        await answer(api, asked[2], PAIR, status="resolved")
        await answer(api, asked[3], f"{url}/en/a/{refund}")
        await later(desk, asked[0], 8)
        await later(desk, asked[1], 3)
        reopened = await api.patch(f"/api/v1/tickets/{asked[2]}", json={"status": "open"})
        assert reopened.status_code == 200, reopened.text
        await later(desk, asked[2], 8)
        usage = (await api.get("/api/v1/knowledge/usage")).json()
        rows = {row["article_id"]: row for row in usage["articles"]}
        edited = (await api.get("/api/v1/knowledge/usage/tickets?step=edited")).json()["items"]
        resolved = (await api.get("/api/v1/knowledge/usage/tickets?step=resolved")).json()["items"]
        table = await api.get(f"/api/v1/knowledge/usage/export?step=sent&article={pair}")
    assert [rows[pair][step] for step in STEPS] == [4, 0, 4, 3, 1, 1]
    assert {one: {step: rows[one][step] for step in STEPS} for one in rows} == await recount(desk)
    assert [row["ticket_id"] for row in edited] == [asked[1]]
    assert 0 < edited[0]["changed"] < 0.2
    assert [row["ticket_id"] for row in resolved] == [asked[0]]
    assert usage["totals"]["target"] == 0.4
    assert len(table.text.strip().splitlines()) == 4


async def test_the_seventh_day_is_looked_at_by_itself(desk: Desk) -> None:
    pair = await article(desk, "Pair the headphones", f"<p>{PAIR}</p>")
    one = await ticket(desk, "Headphones", "How do I pair them?")
    async with await agent_api(desk) as api:
        await note(api, one, pair, "inserted", form="text")
        await answer(api, one, PAIR, status="resolved")
    async with desk.as_system() as tx:
        due = await tx.db.fetchval(
            "SELECT due_at - $2 FROM timer WHERE workspace_id = $1 AND kind = 'advice.stands'",
            tx.workspace_id,
            tx.now,
        )
    assert timedelta(days=6) < due <= timedelta(days=7)


def test_only_what_happens_within_the_text_is_a_change() -> None:
    assert editing.distance(PAIR, f"Hello Ms Li!\n\n{PAIR.upper()}\nYours") == 0
    assert editing.distance(PAIR, "Something else altogether") > 0.8
    assert editing.distance("", "anything") == 0
    text = "退货请在七天内寄回，运费由我们承担。"
    assert editing.distance(text, f"您好！{text}祝好") == 0
    assert 0 < editing.distance(text, text.replace("七", "十五")) < 0.2
    assert 0.3 < editing.distance(text, "退货请在七天内寄回。") < 0.7
