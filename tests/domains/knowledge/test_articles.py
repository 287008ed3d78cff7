"""Articles through the API: languages, versions, publishing, hostile markup, rights, the search."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import audience, content, diffing, errors
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.documents import texts

ZH, EN = "zh-CN", "en"


async def write(desk: Desk, title: str, html: str = "<p>Body</p>", **more: Any) -> str:
    """A draft; its id."""
    body = {"locale": EN, "title": title, "html": html, **more}
    answer = await desk.api.post("/api/v1/knowledge/articles", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def publish(desk: Desk, article_id: str, locale: str = EN, **more: Any) -> dict[str, Any]:
    """Readers see it."""
    answer = await desk.api.post(
        f"/api/v1/knowledge/articles/{article_id}/texts/{locale}/publish", json=more
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def save(desk: Desk, article_id: str, locale: str = EN, **body: Any) -> Any:
    """A version."""
    return await desk.api.put(f"/api/v1/knowledge/articles/{article_id}/texts/{locale}", json=body)


async def titles(desk: Desk, viewer: Viewer, *, locale: str = EN) -> set[str]:
    async with desk.as_system() as tx:
        return {one.title for one in await knowledge.teasers(tx, viewer, locale=locale)}


async def test_what_is_shown_is_the_published_version_until_the_next_is_published(
    desk: Desk,
) -> None:
    article = await write(desk, "Reset the router", "<p>Hold the button.</p>")
    assert await titles(desk, Viewer()) == set()
    await publish(desk, article)
    answer = await save(desk, article, title="Reset it", html="<p>Press twice.</p>", base=1)
    assert answer.status_code == 200, answer.text
    assert await titles(desk, Viewer()) == {"Reset the router"}
    await publish(desk, article)
    assert await titles(desk, Viewer()) == {"Reset it"}
    await publish(desk, article, version=1)
    assert await titles(desk, Viewer()) == {"Reset the router"}


async def test_two_who_edit_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    article = await write(desk, "A")
    assert (await save(desk, article, title="B", html="<p>b</p>", base=1)).status_code == 200
    stale = await save(desk, article, title="C", html="<p>c</p>", base=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_article")


async def test_an_old_version_comes_back_as_a_new_one_and_nothing_is_lost(desk: Desk) -> None:
    article = await write(desk, "One", "<p>first line</p><p>shared</p>")
    await save(desk, article, title="Two", html="<p>second line</p><p>shared</p>")
    base = f"/api/v1/knowledge/articles/{article}/texts/{EN}"
    diff = (await desk.api.get(f"{base}/diff?old=1&new=2")).json()
    changes = [(line["change"], "".join(p["text"] for p in line["parts"])) for line in diff["body"]]
    assert changes == [("removed", "first line"), ("added", "second line"), ("same", "shared")]
    back = await desk.api.post(f"{base}/rollback", json={"version": 1})
    assert back.json()["contents"][0]["title"] == "One"
    history = (await desk.api.get(f"{base}/versions")).json()["items"]
    assert [(one["version"], one["restored"]) for one in history] == [(3, 1), (2, None), (1, None)]
    again = await desk.api.get(f"{base}/versions/2")
    assert again.json()["title"] == "Two"
    assert (await desk.api.get(f"{base}/versions/9")).status_code == 404


async def test_saving_the_same_again_makes_no_version(desk: Desk) -> None:
    article = await write(desk, "Same", "<p>same</p>")
    answer = await save(desk, article, title="Same", html="<p>same</p>")
    assert answer.json()["texts"][0]["version"] == 1


async def test_a_reader_gets_the_language_that_there_is(desk: Desk) -> None:
    article = await write(desk, "Warranty")
    await save(desk, article, ZH, title="保修", html="<p>两年</p>")
    await publish(desk, article)
    assert await titles(desk, Viewer(), locale=ZH) == {"Warranty"}
    await publish(desk, article, ZH)
    assert await titles(desk, Viewer(), locale=ZH) == {"保修"}
    assert await titles(desk, Viewer(), locale="fr") == {"Warranty"}
    await desk.api.post(f"/api/v1/knowledge/articles/{article}/texts/{ZH}/archive")
    assert await titles(desk, Viewer(), locale=ZH) == {"Warranty"}


HOSTILE = """<h1 onclick=x()>Hi</h1><script>alert(1)</script><p style="position:fixed">a
<a href="javascript:alert(1)">b</a><a href="//evil.test">c</a><img src=x onerror=alert(1)>
<img src="https://evil.test/pixel"><iframe src="https://evil.test"></iframe>
<svg><a xlink:href="javascript:alert(1)">d</a></svg><form action="//evil.test"><input></form>
<a href="/api/v1/auth/logout">e</a><style>p{}</style><!-- <img src=x onerror=1> --></p>"""


def test_nothing_of_hostile_markup_is_left() -> None:
    safe = content.clean(HOSTILE)
    lower = safe.lower()
    for bad in ("script", "onclick", "onerror", "javascript", "evil", "iframe", "style", "svg",
                "<form", "<input", "<!--", "logout", "<h1"):  # fmt: skip
        assert bad not in lower, (bad, safe)
    assert "<h2>Hi</h2>" in safe
    assert content.clean(safe) == safe


async def test_nobody_shows_a_picture_that_is_not_theirs(desk: Desk) -> None:
    async with desk.as_system() as tx:
        other = tx.new_id()
        await tx.db.execute(
            "INSERT INTO file (workspace_id, id, name, content_type, size, sha256, owner_kind, owner_id)"
            " VALUES ($1, $2, 'a', 'image/png', 1, 'x', 'agent', 1)",
            tx.workspace_id,
            other,
        )
    body = {"locale": EN, "title": "T", "html": f'<p><img src="/api/v1/files/{other}"></p>'}
    answer = await desk.api.post("/api/v1/knowledge/articles", json=body)
    assert answer.status_code == 404


AUDIENCES: dict[str, dict[str, Any]] = {
    "public": {"audience": "public"},
    "customers": {"audience": "customers"},
    "tagged": {"audience": "tagged", "audience_tags": ["gold"]},
    "agents": {"audience": "agents"},
}
VIEWERS = {
    "nobody": (Viewer(), {"public"}),
    "customer": (Viewer(customer=True), {"public", "customers"}),
    "gold": (Viewer(customer=True, tags=frozenset({"gold"})), {"public", "customers", "tagged"}),
    "silver": (Viewer(customer=True, tags=frozenset({"silver"})), {"public", "customers"}),
    "a tag alone": (Viewer(tags=frozenset({"gold"})), {"public"}),
    "agent": (Viewer(agent=True), set(AUDIENCES)),
}


async def test_lists_search_and_single_articles_agree_on_who_may_read(desk: Desk) -> None:
    ids: dict[str, str] = {}
    for name, more in AUDIENCES.items():
        ids[name] = await write(desk, f"Zebra {name}", "<p>zebra crossing</p>", **more)
        await publish(desk, ids[name])
    await write(desk, "Zebra draft", "<p>zebra crossing</p>")
    for viewer, expected in VIEWERS.values():
        assert await titles(desk, viewer) == {f"Zebra {name}" for name in expected}
        async with desk.as_system() as tx:
            for q in ("zebra", "zebra crossing", "my zebra crossing is broken"):
                found = await knowledge.search(tx, viewer, q=q, locale=EN)
                assert {one.title for one in found} == {f"Zebra {name}" for name in expected}
            for name, one in ids.items():
                try:
                    await knowledge.read(tx, viewer, article_id=int(one), locale=EN)
                    can = True
                except errors.ArticleNotFound:
                    can = False
                assert can == (name in expected)


async def test_a_brands_articles_stay_with_the_brand(desk: Desk) -> None:
    brand = (await desk.api.post("/api/v1/brands", json={"name": "Other"})).json()["id"]
    for title, more in (("Ours", {"brand_id": brand}), ("Everybody's", {})):
        await publish(desk, await write(desk, title, **more))
    assert await titles(desk, Viewer(brand_id=int(brand))) == {"Ours", "Everybody's"}
    assert await titles(desk, Viewer(brand_id=1)) == {"Everybody's"}


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (("knowledge:read",), (200, 403, 403, 403)),
        (("knowledge:read", "knowledge:edit"), (200, 201, 403, 403)),
        (("knowledge:read", "knowledge:edit", "knowledge:publish"), (200, 201, 200, 201)),
        (("ticket:read",), (403, 403, 404, 403)),
    ],
)
async def test_rights(desk: Desk, scopes: tuple[str, ...], expected: tuple[int, ...]) -> None:
    article = await write(desk, "Right", "<p>x</p>")
    await publish(desk, article)
    await save(desk, article, title="Right again", html="<p>y</p>")
    token = await api_token(desk.database, desk.workspace_id, scopes=scopes)
    async with client(desk.app, token=token) as api:
        base = "/api/v1/knowledge"
        draft = {"locale": EN, "title": "N", "html": "<p>n</p>"}
        one = f"{base}/articles/{article}"
        given = (
            (await api.get(one)).status_code,
            (await api.post(f"{base}/articles", json=draft)).status_code,
            (await api.post(f"{one}/texts/en/publish", json={})).status_code,
            (await api.post(f"{base}/categories", json={"names": {"en": "C"}})).status_code,
        )
    assert given == expected


async def test_who_only_reads_sees_what_is_published(desk: Desk) -> None:
    article = await write(desk, "Old title", "<p>x</p>")
    hidden = await write(desk, "Never shown", "<p>x</p>")
    await publish(desk, article)
    await save(desk, article, title="New title", html="<p>y</p>")
    token = await api_token(desk.database, desk.workspace_id, scopes=("knowledge:read",))
    async with client(desk.app, token=token) as api:
        rows = (await api.get("/api/v1/knowledge/articles")).json()["items"]
        assert [row["texts"][0]["title"] for row in rows] == ["Old title"]
        assert (await api.get(f"/api/v1/knowledge/articles/{hidden}")).status_code == 404
        versions = f"/api/v1/knowledge/articles/{article}/texts/en/versions"
        assert (await api.get(versions)).status_code == 403


async def test_the_search_finds_articles_in_both_languages(desk: Desk) -> None:
    article = await write(desk, "Pair the earbuds", "<p>Open the case.</p>")
    await save(desk, article, ZH, title="耳机配对", html="<p>打开充电盒，长按按键。</p>")
    await publish(desk, article)
    await publish(desk, article, ZH)
    for q in ("earbud", "充电盒", "耳机 按键"):
        found = (await desk.api.get("/api/v1/search", params={"q": q, "types": "article"})).json()
        assert [item["id"] for item in found["items"]] == [article], q


async def test_the_article_that_fits_comes_first_and_says_why(desk: Desk) -> None:
    for title, html in (
        ("发票怎么开", "<p>在订单页面申请电子发票，一个工作日内发到邮箱。</p>"),
        ("退货与退款", "<p>七天内可以退货，退款原路返回。</p>"),
        ("物流多久到", "<p>下单后两天内发货，订单页面可以看到物流。</p>"),
    ):
        one = await write(desk, title, html, locale=ZH)
        await publish(desk, one, ZH)
    async with desk.as_system() as tx:
        words = "你好，我上周买的耳机想退货，请问退款要多久到账？"
        found = await knowledge.suggest(tx, Viewer(), words=words, locale=ZH, most=3)
    assert found[0].teaser.title == "退货与退款"
    assert {"退货", "退款"} <= set(found[0].in_title)
    async with desk.as_system() as tx:
        assert await knowledge.suggest(tx, Viewer(), words="你好 谢谢", locale=ZH, most=3) == []


async def test_categories_make_a_tree_without_loops(desk: Desk) -> None:
    base = "/api/v1/knowledge/categories"
    top = (await desk.api.post(base, json={"names": {"en": "Top"}})).json()["id"]
    low = (await desk.api.post(base, json={"names": {"en": "Low"}, "parent_id": top})).json()["id"]
    loop = await desk.api.patch(f"{base}/{top}", json={"parent_id": low})
    assert loop.json()["code"] == "category_loop"
    assert (await desk.api.delete(f"{base}/{top}")).json()["code"] == "category_in_use"
    await write(desk, "In it", category_id=low)
    assert (await desk.api.delete(f"{base}/{low}")).json()["code"] == "category_in_use"
    renamed = await desk.api.patch(f"{base}/{low}", json={"names": {"en": "L", ZH: "下"}})
    assert renamed.json()["names"] == {"en": "L", ZH: "下"}


async def test_what_is_due_for_review_is_told(desk: Desk) -> None:
    await write(desk, "Old", review_on="2020-01-01")
    await write(desk, "Later", review_on="2999-01-01")
    rows = (await desk.api.get("/api/v1/knowledge/articles?review=due")).json()["items"]
    assert [(row["texts"][0]["title"], row["review_due"]) for row in rows] == [("Old", True)]


def test_documents_are_read() -> None:
    markdown = (
        "---\ntitle: Ignored\n---\n# Set up\n\nDo *this*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert texts.read("markdown", markdown)[0] == "Ignored"
    title, html = texts.read(
        "markdown", "# Set up\n\nDo *this*.\n\n- one\n- two\n<script>x</script>"
    )
    assert title == "Set up"
    assert html.startswith("<p>Do <em>this</em>.</p>")
    assert "script" not in html
    assert texts.read("html", "<title>T &amp; U</title><body><p>x</p>") == ("T & U", "<p>x</p>")


async def test_an_imported_document_is_a_draft(desk: Desk) -> None:
    body = {"format": "markdown", "content": "# Care\n\nWipe it.", "locale": EN}
    made = (await desk.api.post("/api/v1/knowledge/imports", json=body)).json()
    assert (made["texts"][0]["title"], made["texts"][0]["state"]) == ("Care", "draft")
    empty = await desk.api.post("/api/v1/knowledge/imports", json=body | {"content": "  "})
    assert (empty.status_code, empty.json()["code"]) == (422, "import_unreadable")


def test_a_row_is_a_line_however_its_cells_are_written() -> None:
    bare = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table><p>end</p>"
    written = bare.replace("<td>", "<td><p>").replace("</td>", "</p></td>")
    assert content.plain(bare) == "A B\n1 2\nend"
    assert content.plain(written) == content.plain(bare)


def test_a_difference_marks_words() -> None:
    lines = diffing.compare("Hold for 5 seconds", "Hold for 10 seconds")
    assert [part.text for part in lines[0].parts if part.changed] == ["5"]
    assert [part.text for part in lines[1].parts if part.changed] == ["10"]


def test_default_roles_know_articles() -> None:
    names = {
        role: {g.permission for g in grants}
        for role, (_, grants) in permissions.DEFAULT_ROLES.items()
    }
    assert "knowledge:publish" in names["lead"]
    assert "knowledge:publish" not in names["agent"]
    assert "knowledge:edit" not in names["viewer"]
    assert audience.Viewer().customer is False


async def test_somebody_keeps_an_article_and_lists_theirs(desk: Desk) -> None:
    mine, other = await write(desk, "Mine"), await write(desk, "Another")
    me = str(desk.created.admin_id)
    path = f"/api/v1/knowledge/articles/{mine}"
    assert (await desk.api.patch(path, json={"owner_id": me})).json()["owner_id"] == me
    rows = (await desk.api.get(f"/api/v1/knowledge/articles?owner={me}")).json()["items"]
    assert [row["id"] for row in rows] == [mine]
    unknown = await desk.api.patch(path, json={"owner_id": other})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "owner_unknown")
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=token) as api:
        body = {"locale": EN, "title": "By a person", "html": "<p>x</p>"}
        made = (await api.post("/api/v1/knowledge/articles", json=body)).json()
    assert made["owner_id"] == me
