"""Articles in the chat while the visitor writes: of this brand, public, in their language, until a person is there."""

from __future__ import annotations

from typing import Any

from tests.extensions.channels.chat.conftest import ChatDesk
from tests.extensions.channels.chat.test_http import say


async def article(chat: ChatDesk, title: str, html: str, **more: Any) -> str:
    """Published."""
    api, locale = chat.desk.api, more.pop("locale", "en")
    body = {"locale": locale, "title": title, "html": html, **more}
    made = await api.post("/api/v1/knowledge/articles", json=body)
    assert made.status_code == 201, made.text
    path = f"/api/v1/knowledge/articles/{made.json()['id']}/texts/{locale}/publish"
    assert (await api.post(path, json={})).status_code == 200
    return str(made.json()["id"])


async def offered(chat: ChatDesk, token: str, text: str, locale: str = "en-US") -> dict[str, Any]:
    answer = await chat.http.post(
        f"/chat/{chat.key}/articles", json={"visitor": token, "text": text, "locale": locale}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_only_what_is_for_everybody_of_this_brand_is_offered(chat: ChatDesk) -> None:
    other = (await chat.desk.api.post("/api/v1/brands", json={"name": "Other"})).json()["id"]
    text = "<p>Send the kettle back within seven days.</p>"
    mine = await article(chat, "Return a kettle", text)
    await article(chat, "Return a kettle, inside", text, audience="agents")
    await article(chat, "Return a kettle, members", text, audience="customers")
    await article(chat, "Return a kettle elsewhere", text, brand_id=other)
    await article(chat, "Return a kettle retour", text, locale="fr")
    token = await chat.visitor()
    found = await offered(chat, token, "How do I return my kettle?")
    assert [one["id"] for one in found["items"]] == [mine]
    assert (found["items"][0]["url"], found["items"][0]["more"]) == (None, False)
    assert "seven days" in found["items"][0]["text"]
    assert (await offered(chat, token, "xyzzy"))["ask"] is None
    assert await chat.tickets() == []


async def test_what_helped_is_counted_and_a_person_ends_the_offers(chat: ChatDesk) -> None:
    mine = await article(chat, "Return a kettle", "<p>Send it back within seven days.</p>")
    token = await chat.visitor()
    ask = (await offered(chat, token, "return kettle, call me on 13800138000"))["ask"]
    assert (await offered(chat, token, "return the kettle please"))["ask"] == ask
    path = f"/chat/{chat.key}/articles/{ask}"

    async def step(name: str, who: str = token) -> int:
        given = {"visitor": who, "step": name, "article": mine}
        return (await chat.http.post(path, json=given)).status_code

    assert await step("solved", await chat.visitor()) == 204
    assert await chat.desk.events("article.self_served") == []
    assert [await step("opened"), await step("solved"), await step("solved")] == [204] * 3
    served = await chat.desk.events("article.self_served")
    assert [event.data["outcome"] for event in served] == ["solved"]
    totals = (await chat.desk.api.get("/api/v1/knowledge/usage")).json()["totals"]
    assert (totals["offered"], totals["read"], totals["solved"]) == (1, 1, 1)
    assert totals["shown"] == 0
    await say(chat, token, "return the kettle")
    assert (await offered(chat, token, "return the kettle"))["ask"] is not None
    (ticket,) = await chat.tickets()
    await chat.answer(ticket["id"], "I am here, how can I help?")
    assert (await offered(chat, token, "return the kettle"))["ask"] is None


async def test_who_wants_no_articles_gets_none(chat: ChatDesk) -> None:
    await article(chat, "Return a kettle", "<p>Send it back within seven days.</p>")
    await chat.add_chat(suggest_articles=False)
    token = await chat.visitor()
    assert (await offered(chat, token, "return a kettle"))["items"] == []
    nobody = await chat.http.post(
        f"/chat/{chat.key}/articles", json={"visitor": "x", "text": "return a kettle"}
    )
    assert nobody.status_code in {401, 403}
