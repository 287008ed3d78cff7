"""The customers' pages: what they show to whom, signing in by a link, tickets, forms of other sites."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import msgspec
import pytest

from tests.domains.advice.test_advice import article
from tests.support.desk import Desk, make_workspace
from yizhan.domains.portal.service import signing
from yizhan.kernel.actor import system

EN, ZH = "en", "zh-CN"
HELP = "/help/demo"


async def open_pages(desk: Desk, *, slug: str = "demo", **more: Any) -> str:
    """The first brand's pages; the brand."""
    brand = str((await desk.api.get("/api/v1/portals")).json()["items"][0]["brand_id"])
    answer = await desk.api.put(
        f"/api/v1/portals/{brand}", json={"active": True, "slug": slug, **more}
    )
    assert answer.status_code == 200, answer.text
    return brand


def browser(desk: Desk) -> httpx2.AsyncClient:
    """A customer's."""
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(desk.app), base_url="http://desk.test")


async def link_for(desk: Desk, address: str, *, workspace_id: int | None = None) -> str:
    """The token of the newest link of an address, as its mail has it."""
    number = workspace_id or desk.workspace_id
    async with desk.database.begin(system(number)) as tx:
        link_id = await tx.db.fetchval(
            "SELECT max(id) FROM portal_link WHERE workspace_id = $1 AND address = $2",
            number,
            address,
        )
    assert link_id is not None
    return signing.token_of(desk.edge.vault, number, link_id=link_id)


async def sign_in(desk: Desk, page: httpx2.AsyncClient, address: str) -> httpx2.Response:
    asked = await page.post(f"{HELP}/en/sign-in", data={"email": address})
    assert asked.status_code == 200, asked.text
    token = await link_for(desk, address)
    return await page.post(f"{HELP}/en/enter", data={"token": token})


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, html
    return found[1]


async def write(page: httpx2.AsyncClient, **given: str) -> httpx2.Response:
    """A new ticket by the form."""
    form = (await page.get(f"{HELP}/en/new")).text
    data = {"proof": field(form, "proof"), "client_id": field(form, "client_id"), **given}
    return await page.post(f"{HELP}/en/new", data=data)


def number_in(html: str) -> int:
    found = re.search(r"number (\d+)", html)
    assert found is not None, html
    return int(found[1])


# ----------------------------------------------------------------------------------------- reading


async def test_pages_are_closed_until_they_are_opened(desk: Desk) -> None:
    async with browser(desk) as page:
        assert (await page.get(HELP)).status_code == 404
        await open_pages(desk)
        entrance = await page.get(HELP, headers={"Accept-Language": "en-GB,zh;q=0.5"})
        assert (entrance.status_code, entrance.headers["location"]) == (302, f"{HELP}/en")
        assert (await page.get(f"{HELP}/fr")).status_code == 404


@pytest.mark.parametrize("path", ["/en/nowhere", "/en/a/none", "/nowhere", "/en/a/1/2/3", "x/en"])
async def test_an_address_that_leads_nowhere_is_a_page_too(desk: Desk, path: str) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        shown = await page.get(HELP + path, headers={"Accept-Language": "en"})
        assert shown.status_code == 404
        assert shown.headers["content-type"].startswith("text/html")
        assert "/portal.css" in shown.text
        assert "no such page" in shown.text or "不存在" in shown.text
        asked = await page.get(f"{HELP}/en/nowhere.json")
        assert asked.status_code == 404
        assert asked.headers["content-type"].startswith("application/problem+json")


async def test_an_article_is_a_page_of_its_own(desk: Desk) -> None:
    await open_pages(desk)
    html = (
        '<h1>Step</h1><p>Press <b>reset</b>.</p><script>bad()</script><a href="javascript:x">l</a>'
    )
    one = await article(desk, "Reset <it>", html)
    draft = {"title": "重置", "html": "<p>按下按钮。</p>"}
    base = f"/api/v1/knowledge/articles/{one}/texts/zh-CN"
    await desk.api.put(base, json=draft)
    async with browser(desk) as page:
        shown = await page.get(f"{HELP}/en/a/{one}")
        assert "<h1>Reset &lt;it&gt;</h1>" in shown.text
        assert "<h2>Step</h2>" in shown.text
        assert "bad()" not in shown.text
        assert "javascript:" not in shown.text
        assert (
            f'<link rel="canonical" href="{desk.edge.config.url}{HELP}/en/a/{one}">' in shown.text
        )
        assert "noindex" not in shown.text
        assert "script-src 'self'" in shown.headers["content-security-policy"]
        assert shown.headers["cache-control"] == "public, max-age=60"
        again = await page.get(
            f"{HELP}/en/a/{one}", headers={"If-None-Match": shown.headers["etag"]}
        )
        assert again.status_code == 304
        assert "暂无中文版本" in (await page.get(f"{HELP}/zh-CN/a/{one}")).text
        await desk.api.post(f"{base}/publish", json={})
        chinese = (await page.get(f"{HELP}/zh-CN/a/{one}")).text
        assert "<h1>重置</h1>" in chinese
        assert f'hreflang="en" href="{desk.edge.config.url}{HELP}/en/a/{one}"' in chinese
        sitemap = (await page.get(f"{HELP}/sitemap.xml")).text
        assert f"/zh-CN/a/{one}</loc>" in sitemap
        assert "Disallow: /" in (await page.get("/robots.txt")).text


async def test_only_those_for_whom_it_is_meant_read_it(desk: Desk) -> None:
    await open_pages(desk)
    kinds: dict[str, dict[str, Any]] = {
        "open": {},
        "customers": {"audience": "customers"},
        "gold": {"audience": "tagged", "audience_tags": ["gold"]},
        "inner": {"audience": "agents"},
    }
    ids = {
        name: await article(desk, f"Zebra {name}", "<p>zebra</p>", **more)
        for name, more in kinds.items()
    }
    places = ("en", "en/search?q=zebra", "suggest.json?q=zebra&locale=en", "sitemap.xml")

    async def seen(page: httpx2.AsyncClient) -> set[str]:
        found = set()
        for name, one in ids.items():
            answers = [(await page.get(f"{HELP}/en/a/{one}")).status_code == 200]
            for place in places[:3]:
                text = (await page.get(f"{HELP}/{place}")).text
                answers.append(f"/a/{one}" in text)
            assert len(set(answers)) == 1, (name, answers)
            found |= {name} if answers[0] else set()
        sitemap = (await page.get(f"{HELP}/sitemap.xml")).text
        assert {n for n, one in ids.items() if f"/a/{one}<" in sitemap} == {"open"}
        return found

    async with browser(desk) as page:
        assert await seen(page) == {"open"}
        await sign_in(desk, page, "gu@example.test")
        assert await seen(page) == {"open", "customers"}
        private = await page.get(f"{HELP}/en/a/{ids['customers']}")
        assert private.headers["cache-control"] == "private, no-store"
        contact = (await desk.api.get("/api/v1/contacts?q=gu@example.test")).json()["items"][0]
        await desk.api.patch(f"/api/v1/contacts/{contact['id']}", json={"tags": ["gold"]})
        assert await seen(page) == {"open", "customers", "gold"}


async def test_feedback_counts_once_for_a_visitor(desk: Desk) -> None:
    await open_pages(desk)
    one = await article(desk, "Care", "<p>Wipe it.</p>")
    async with browser(desk) as page:
        for helpful, comment in (("yes", ""), ("no", "Which  cloth?")):
            answer = await page.post(
                f"{HELP}/en/a/{one}/feedback", data={"helpful": helpful, "comment": comment}
            )
            assert answer.status_code == 303
    row = (await desk.api.get(f"/api/v1/knowledge/articles/{one}")).json()
    assert (row["helpful"], row["unhelpful"]) == (0, 1)
    said = (await desk.api.get(f"/api/v1/knowledge/articles/{one}/feedback")).json()["items"]
    assert said[0]["comment"] == "Which cloth?"


# --------------------------------------------------------------------------------------- signing in


async def test_a_link_works_once_and_by_its_button_only(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page, browser(desk) as scanner, browser(desk) as thief:
        await page.post(f"{HELP}/en/sign-in", data={"email": "Wu@Example.test"})
        token = await link_for(desk, "wu@example.test")
        for _ in range(2):
            looked = await scanner.get(f"{HELP}/en/enter?token={token}")
            assert looked.status_code == 200
            assert "set-cookie" not in looked.headers
        entered = await page.post(f"{HELP}/en/enter", data={"token": token})
        assert entered.status_code == 303
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert f"Path={HELP}" in cookie
        assert (await page.get(f"{HELP}/en/my")).status_code == 200
        again = await thief.post(f"{HELP}/en/enter", data={"token": token})
        assert again.status_code == 410
        assert (await thief.get(f"{HELP}/en/my")).status_code == 303


async def test_a_session_travels_by_https_only_where_the_desk_is_there(desk: Desk) -> None:
    await open_pages(desk)
    plain = desk.edge.config
    for url, secure in (("http://desk.test", False), ("https://desk.test", True)):
        desk.edge.config = msgspec.structs.replace(plain, public_url=url)
        async with browser(desk) as page:
            await page.post(f"{HELP}/en/sign-in", data={"email": "wu@example.test"})
            token = await link_for(desk, "wu@example.test")
            entered = await page.post(f"{HELP}/en/enter", data={"token": token})
        assert entered.status_code == 303
        assert ("Secure" in entered.headers["set-cookie"]) is secure


async def test_a_link_that_is_late_or_changed_does_not_work(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        await page.post(f"{HELP}/en/sign-in", data={"email": "late@example.test"})
        token = await link_for(desk, "late@example.test")
        number, _, mac = token.partition("-")
        for wrong in (f"{int(number) + 1}-{mac}", f"{number}-{mac[::-1]}", "", "x", number, "é-é"):
            assert (await page.post(f"{HELP}/en/enter", data={"token": wrong})).status_code == 410
        async with desk.as_system() as tx:
            await tx.db.execute(
                "UPDATE portal_link SET expires_at = now() - interval '1 second'"
                " WHERE workspace_id = $1",
                tx.workspace_id,
            )
        assert (await page.post(f"{HELP}/en/enter", data={"token": token})).status_code == 410


async def test_a_link_and_a_session_hold_in_their_own_workspace_only(desk: Desk) -> None:
    await open_pages(desk)
    other = await make_workspace(desk.edge, name="Other", email="other@example.test")
    async with desk.database.begin(system(int(other.workspace.id))) as tx:
        await tx.db.execute(
            "INSERT INTO portal (workspace_id, id, slug, active, updated_at)"
            " VALUES ($1, $2, 'other', true, now())",
            tx.workspace_id,
            int(other.brand_id),
        )
    async with browser(desk) as page:
        await page.post(f"{HELP}/en/sign-in", data={"email": "wu@example.test"})
        token = await link_for(desk, "wu@example.test")
        abroad = await page.post("/help/other/en/enter", data={"token": token})
        assert abroad.status_code == 410
        entered = await page.post(f"{HELP}/en/enter", data={"token": token})
        session = entered.headers["set-cookie"].split("yz_help=")[1].split(";")[0]
        stolen = {"Cookie": f"yz_help={session}"}
        assert (await page.get("/help/other/en/my", headers=stolen)).status_code == 303
    async with browser(desk) as stranger:
        as_agent = {"Cookie": f"yz_session={session}"}
        assert (await stranger.get("/api/v1/auth/me", headers=as_agent)).status_code == 401


async def test_asking_for_a_link_tells_nothing_and_has_an_end(desk: Desk) -> None:
    await open_pages(desk)
    await desk.api.post("/api/v1/contacts", json={"name": "Known", "email": "known@example.test"})
    async with browser(desk) as page:
        texts = set()
        for address in ("known@example.test", "unknown@example.test", "no address", ""):
            answer = await page.post(f"{HELP}/en/sign-in", data={"email": address})
            texts.add((answer.status_code, answer.text))
        assert len(texts) == 1
        for _ in range(5):
            answer = await page.post(f"{HELP}/en/sign-in", data={"email": "known@example.test"})
            assert (answer.status_code, answer.text) in texts
    async with desk.as_system() as tx:
        count = await tx.db.fetchval(
            "SELECT count(*) FROM portal_link WHERE workspace_id = $1 AND address = $2",
            tx.workspace_id,
            "known@example.test",
        )
    assert count == 3


async def test_signing_out_ends_the_session(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        await sign_in(desk, page, "wu@example.test")
        kept = dict(page.cookies)
        proof = field((await page.get(f"{HELP}/en/my")).text, "proof")
        assert (await page.post(f"{HELP}/en/sign-out", data={})).status_code == 403
        out = await page.post(f"{HELP}/en/sign-out", data={"proof": proof})
        assert out.status_code == 303
        stolen = {"Cookie": f"yz_help={kept['yz_help']}"}
    async with browser(desk) as thief:
        assert (await thief.get(f"{HELP}/en/my", headers=stolen)).status_code == 303


async def test_a_blocked_customer_is_out(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        await sign_in(desk, page, "wu@example.test")
        contact = (await desk.api.get("/api/v1/contacts?q=wu@example.test")).json()["items"][0]
        await desk.api.patch(f"/api/v1/contacts/{contact['id']}", json={"blocked": True})
        assert (await page.get(f"{HELP}/en/my")).status_code == 303
        await page.post(f"{HELP}/en/sign-in", data={"email": "wu@example.test"})
        token = await link_for(desk, "wu@example.test")
        assert (await page.post(f"{HELP}/en/enter", data={"token": token})).status_code == 410


# ----------------------------------------------------------------------------------------- tickets


async def test_a_customer_writes_reads_and_answers(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        await sign_in(desk, page, "wu@example.test")
        sent = await write(page, subject="It <broke>", message="No sound")
        number = number_in(sent.text)
        tickets = (await desk.api.get("/api/v1/tickets?view=all")).json()["items"]
        assert [(t["number"], t["channel"]) for t in tickets] == [(number, "web")]
        one = f"/api/v1/tickets/{tickets[0]['id']}/messages"
        note = {"body": "SECRET note", "visibility": "internal"}
        assert (await desk.api.post(one, json=note)).status_code == 201
        said = await desk.api.post(one, json={"body": "Try <this>", "visibility": "public"})
        assert said.status_code == 201, said.text
        await desk.run_jobs()
        shown = (await page.get(f"{HELP}/en/my/{number}")).text
        assert "Try &lt;this&gt;" in shown
        assert "SECRET" not in shown
        proof, client_id = field(shown, "proof"), field(shown, "client_id")
        data = {"proof": proof, "client_id": client_id, "message": "Still silent"}
        for _ in range(2):
            answer = await page.post(f"{HELP}/en/my/{number}", data=data)
            assert answer.status_code == 303
        texts = [m["body_text"] for m in (await desk.api.get(one)).json()["items"]]
        assert texts.count("Still silent") == 1
        assert (await page.post(f"{HELP}/en/my/{number}", data=data | {"message": ""})).text.count(
            "problem"
        )


async def test_others_tickets_are_not_there_unless_the_company_lets_them(desk: Desk) -> None:
    await open_pages(desk)
    company = (
        await desk.api.post("/api/v1/companies", json={"name": "Blue", "domains": ["blue.test"]})
    ).json()["id"]
    async with browser(desk) as first, browser(desk) as second, browser(desk) as stranger:
        for page, who in (
            (first, "a@blue.test"),
            (second, "b@blue.test"),
            (stranger, "c@red.test"),
        ):
            await sign_in(desk, page, who)
        number = number_in((await write(first, subject="Ours", message="M")).text)
        for page in (second, stranger):
            assert (await page.get(f"{HELP}/en/my/{number}")).status_code == 404
            assert "Ours" not in (await page.get(f"{HELP}/en/my?of=company")).text
        for who in ("b@blue.test", "c@red.test"):
            contact = (await desk.api.get(f"/api/v1/contacts?q={who}")).json()["items"][0]
            role = f"/api/v1/contacts/{contact['id']}/portal"
            given = await desk.api.put(role, json={"company_tickets": True})
            assert given.json() == {"company_tickets": True}
        assert company
        assert "Ours" in (await second.get(f"{HELP}/en/my?of=company")).text
        assert "Ours" not in (await second.get(f"{HELP}/en/my")).text
        assert (await second.get(f"{HELP}/en/my/{number}")).status_code == 200
        assert (await stranger.get(f"{HELP}/en/my/{number}")).status_code == 404


async def test_without_signing_in_a_ticket_needs_an_address_and_proves_nothing(desk: Desk) -> None:
    await open_pages(desk)
    known = {"name": "Known", "email": "known@example.test"}
    contact = (await desk.api.post("/api/v1/contacts", json=known)).json()["id"]
    async with browser(desk) as page:
        wrong = await write(page, email="nobody", subject="", message="M")
        assert wrong.status_code == 422
        assert "This is not an e-mail address" in wrong.text
        sent = await write(page, email="known@example.test", subject="Hello", message="M")
        assert "known@example.test" in sent.text
        assert (await page.get(f"{HELP}/en/my")).status_code == 303
    tickets = (await desk.api.get("/api/v1/tickets?view=all")).json()["items"]
    assert tickets[0]["requester"]["id"] != contact


async def test_the_same_form_sent_twice_is_one_ticket(desk: Desk) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        form = (await page.get(f"{HELP}/en/new")).text
        data = {
            "proof": field(form, "proof"),
            "client_id": field(form, "client_id"),
            "email": "x@example.test",
            "subject": "S",
            "message": "M",
        }
        first = await page.post(f"{HELP}/en/new", data=data)
        second = await page.post(f"{HELP}/en/new", data=data)
        assert number_in(first.text) == number_in(second.text)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://e.test"},
    ],
)
async def test_forms_of_other_sites_are_refused(desk: Desk, headers: dict[str, str]) -> None:
    await open_pages(desk)
    async with browser(desk) as page:
        answer = await page.post(f"{HELP}/en/sign-in", data={"email": "a@b.test"}, headers=headers)
        assert answer.status_code == 403


async def test_names_in_addresses_are_given_once(desk: Desk) -> None:
    await open_pages(desk)
    brand = (await desk.api.post("/api/v1/brands", json={"name": "Second"})).json()["id"]
    taken = await desk.api.put(f"/api/v1/portals/{brand}", json={"slug": "demo"})
    assert (taken.status_code, taken.json()["code"]) == (409, "portal_name_taken")
    odd = await desk.api.put(f"/api/v1/portals/{brand}", json={"slug": "A/../b"})
    assert odd.status_code == 422
