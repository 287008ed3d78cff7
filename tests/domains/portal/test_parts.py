"""Files on requests, and which topics the pages show."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.domains.advice.test_advice import article, ticket
from tests.domains.knowledge.documents import PIXEL
from tests.domains.portal.test_portal import (
    HELP,
    browser,
    field,
    number_in,
    open_pages,
    sign_in,
)
from tests.support.desk import Desk

Files = list[tuple[str, tuple[str, bytes, str]]]


def upload(
    name: str, content: bytes, kind: str = "image/png"
) -> tuple[str, tuple[str, bytes, str]]:
    return ("files", (name, content, kind))


async def send(page: httpx2.AsyncClient, files: Files, **given: str) -> httpx2.Response:
    form = (await page.get(f"{HELP}/en/new")).text
    assert 'enctype="multipart/form-data"' in form
    data = {"proof": field(form, "proof"), "client_id": field(form, "client_id"), **given}
    return await page.post(f"{HELP}/en/new", data=data, files=files)


async def _first_message(desk: Desk, number: int) -> Any:
    tickets = (await desk.api.get("/api/v1/tickets?view=all")).json()["items"]
    one = next(row for row in tickets if row["number"] == number)
    return (await desk.api.get(f"/api/v1/tickets/{one['id']}/messages")).json()["items"][0]


async def test_files_go_along_with_a_request_and_with_an_answer(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page, browser(desk) as stranger:
        await sign_in(desk, page, "wu@example.test")
        files = [
            upload("../../照片\u202e.png", PIXEL),
            upload("x.html", b"<script>", "text/html; x"),
        ]
        sent = await send(page, files, subject="Broken", message="See the picture")
        number = number_in(sent.text)
        message = await _first_message(desk, number)
        names = [one["name"] for one in message["attachments"]]
        assert names == ["_.._照片.png", "x.html"] or names[1] == "x.html", names
        assert "/" not in names[0]
        got = await desk.api.get(message["attachments"][0]["url"])
        assert got.content == PIXEL
        page_text = (await page.get(f"{HELP}/en/my/{number}")).text
        file_id = message["attachments"][1]["id"]
        assert f"/my-files/{file_id}" in page_text
        mine = await page.get(f"{HELP}/my-files/{file_id}")
        assert mine.headers["content-disposition"].startswith("attachment")
        assert mine.headers["content-type"] == "application/octet-stream"
        assert (await stranger.get(f"{HELP}/my-files/{file_id}")).status_code == 303
        data = {
            "proof": field(page_text, "proof"),
            "client_id": field(page_text, "client_id"),
            "message": "",
        }
        answered = await page.post(
            f"{HELP}/en/my/{number}", data=data, files=[upload("more.png", PIXEL)]
        )
        assert answered.status_code == 303, "a picture alone is an answer"
        assert "more.png" in (await page.get(f"{HELP}/en/my/{number}")).text


async def test_too_many_and_too_large_files_are_told_and_nothing_is_kept(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        given = {"email": "x@example.test", "subject": "S", "message": "Kept words"}
        many = await send(page, [upload(f"{n}.png", PIXEL) for n in range(6)], **given)
        assert (many.status_code, "At most 5 files" in many.text) == (422, True)
        assert "Kept words" in many.text
        large = await send(page, [upload("l.bin", b"0" * (10 * 1024 * 1024 + 1))], **given)
        assert (large.status_code, "at most 10 MB" in large.text) == (422, True)
    assert (await desk.api.get("/api/v1/tickets?view=all")).json()["items"] == []
    async with desk.as_system() as tx:
        kept = await tx.db.fetchval(
            "SELECT count(*) FROM file WHERE workspace_id = $1", tx.workspace_id
        )
    assert kept == 0


async def test_only_the_chosen_topics_are_shown_and_linked(desk: Desk) -> None:
    async def topic(name: str, parent: str | None = None) -> str:
        body = {"names": {"en": name}, "parent_id": parent}
        return str((await desk.api.post("/api/v1/knowledge/categories", json=body)).json()["id"])

    shop, inner = await topic("Shop"), await topic("Inner")
    returns = await topic("Returns", shop)
    places = {"in": returns, "out": inner, "loose": None}
    ids = {
        name: await article(desk, f"Zebra {name}", "<p>zebra stripes</p>", category_id=place)
        for name, place in places.items()
    }
    await open_pages(desk, categories=[shop])
    async with browser(desk) as page:
        for place in (
            "en",
            "en/search?q=zebra",
            "suggest.json?q=zebra stripes&locale=en",
            "sitemap.xml",
        ):
            text = (await page.get(f"{HELP}/{place}")).text
            if place == "en":
                assert "Shop" in text
                assert "Inner" not in text
                continue
            seen = {name for name, one in ids.items() if f"/a/{one}" in text}
            assert seen == {"in", "loose"}, place
        for name, status in (("in", 200), ("out", 404), ("loose", 200)):
            assert (await page.get(f"{HELP}/en/a/{ids[name]}")).status_code == status
        assert (await page.get(f"{HELP}/en/c/{inner}")).status_code == 404
    one = await ticket(desk, "Zebra", "Where are my zebra stripes?")
    advised = (await desk.api.get(f"/api/v1/tickets/{one}/articles")).json()["items"]
    urls = {item["id"]: item["url"] for item in advised}
    assert urls[ids["out"]] is None
    assert urls[ids["in"]].endswith(f"/a/{ids['in']}")
    brand = (await desk.api.get("/api/v1/portals")).json()["items"][0]["brand_id"]
    wrong = await desk.api.put(f"/api/v1/portals/{brand}", json={"categories": ["12345"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "category_unknown")
    back = await desk.api.put(f"/api/v1/portals/{brand}", json={"categories": None})
    assert back.json()["categories"] is None
