"""The hosted form as a customer's browser uses it."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from tests.support.desk import Desk, client
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.types import Inbox
from yizhan.extensions.channels.form import answers, page
from yizhan.extensions.channels.form.settings import Field, Settings

QUESTIONS = [
    {"id": "product", "label_zh": "产品", "label_en": "Product", "type": "select",
     "options": ["phone", "watch"], "required": True},
    {"id": "imei", "label_en": "IMEI", "show_when": "product", "show_value": "phone",
     "required": True},
]  # fmt: skip


async def _inbox(desk: Desk, **settings: Any) -> Inbox:
    async with desk.begin() as tx:
        brand_id = await tx.db.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 LIMIT 1", tx.workspace_id
        )
        return await channels.create_inbox(
            tx,
            desk.edge.vault,
            name="Form",
            channel_id="form",
            brand_id=brand_id,
            settings=settings,
        )


def _visitor(desk: Desk) -> httpx2.AsyncClient:
    """A browser without a sign-in."""
    return client(desk.app)


async def _token(browser: httpx2.AsyncClient, inbox: Inbox) -> str:
    shown = await browser.get(f"/f/{inbox.public_key}")
    assert shown.status_code == 200
    found = re.search(r'name="form_token" value="([^"]+)"', shown.text)
    assert found
    return found[1]


async def _send(
    browser: httpx2.AsyncClient, inbox: Inbox, *, files: Any = None, **values: str
) -> httpx2.Response:
    token = values.pop("form_token", "") or await _token(browser, inbox)
    given = {"email": "Ann@Example.com", "subject": "Broken", "message": "It does not start"}
    data = {**given, "form_language": "en", **values, "form_token": token}
    parts = files or {"files": ("", b"", "application/octet-stream")}
    return await browser.post(f"/f/{inbox.public_key}", data=data, files=parts)


async def _all(desk: Desk) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await desk.api.get("/api/v1/tickets?view=all")).json()["items"]
    return items


async def test_submission_becomes_a_ticket_with_number_and_files(desk: Desk) -> None:
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        photo = {"files": ("故障.png", b"\x89PNG....", "image/png")}
        thanks = await _send(browser, inbox, files=photo, name="Ann")
    assert thanks.status_code == 200, thanks.text
    (ticket,) = await _all(desk)
    assert f"Your ticket is number {ticket['number']}" in thanks.text
    assert (ticket["subject"], ticket["requester"]["name"]) == ("Broken", "Ann")
    found = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages")).json()["items"]
    assert found[0]["body_text"] == "It does not start"
    assert found[0]["attachments"][0]["name"] == "故障.png"


async def test_same_page_sent_twice_is_one_ticket(desk: Desk) -> None:
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        token = await _token(browser, inbox)
        first = await _send(browser, inbox, form_token=token)
        second = await _send(browser, inbox, form_token=token)
    number = re.search(r"number (\d+)", first.text)
    assert number
    assert f"number {number[1]}" in second.text
    assert len(await _all(desk)) == 1


async def test_mistakes_come_back_with_what_was_typed(desk: Desk) -> None:
    inbox = await _inbox(desk, fields=QUESTIONS)
    async with _visitor(desk) as browser:
        again = await _send(
            browser, inbox, email="not an address", message="<b>hello</b>", q_product="phone"
        )
    assert again.status_code == 422
    assert "not an e-mail address" in again.text
    assert "“IMEI” is needed" in again.text
    assert "&lt;b&gt;hello&lt;/b&gt;" in again.text
    assert "<b>hello" not in again.text
    assert 'href="#email"' in again.text
    assert await _all(desk) == []


async def test_question_that_does_not_apply_is_neither_needed_nor_kept(desk: Desk) -> None:
    inbox = await _inbox(desk, fields=QUESTIONS)
    async with _visitor(desk) as browser:
        done = await _send(browser, inbox, q_product="watch", q_imei="123")
    assert done.status_code == 200
    (ticket,) = await _all(desk)
    full = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()
    assert full["fields"] == {"product": "watch"}


async def test_machines_end_in_quarantine_and_can_be_let_in(desk: Desk) -> None:
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        done = await _send(browser, inbox, website="https://spam.example")
    assert done.status_code == 200  # a machine learns nothing
    assert await _all(desk) == []
    (held,) = (await desk.api.get("/api/v1/quarantine")).json()["items"]
    assert held["reason"] == "honeypot"
    await desk.api.post(f"/api/v1/quarantine/{held['id']}/release")
    await desk.run_jobs()
    assert len(await _all(desk)) == 1


@pytest.mark.parametrize("token", ["", "1.x.y", "9999999999.aa.bb", "x" * 300])
async def test_made_up_page_token_is_refused(desk: Desk, token: str) -> None:
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        refused = await _send(browser, inbox, form_token=token or "none")
    assert refused.status_code == 422
    assert await _all(desk) == []


async def test_many_from_one_address_are_slowed_down(desk: Desk) -> None:
    inbox = await _inbox(desk, per_hour=2)
    async with _visitor(desk) as browser:
        codes = [(await _send(browser, inbox)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


async def test_typed_address_never_becomes_a_known_customer(desk: Desk) -> None:
    known = await desk.api.post(
        "/api/v1/contacts", json={"name": "Ann", "email": "ann@example.com"}
    )
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        await _send(browser, inbox)
        await _send(browser, inbox)
    requesters = {ticket["requester"]["id"] for ticket in await _all(desk)}
    assert len(requesters) == 1
    assert known.json()["id"] not in requesters
    typed = (await desk.api.get(f"/api/v1/contacts/{requesters.pop()}")).json()
    assert [i["strength"] for i in typed["identities"]] == [1]
    assert [s["contact"]["name"] for s in typed["suggestions"]] == ["Ann"]


async def test_page_speaks_the_browsers_language_and_runs_nothing(desk: Desk) -> None:
    inbox = await _inbox(desk, title_en="<script>x</script>")
    async with _visitor(desk) as browser:
        zh = await browser.get(
            f"/f/{inbox.public_key}", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
        )
        en = await browser.get(f"/f/{inbox.public_key}?lang=en")
        none = await browser.get("/f/nothing-here")
    assert '<html lang="zh-CN">' in zh.text
    assert "提交" in zh.text
    assert "<script" not in en.text
    assert "default-src 'none'" in en.headers["content-security-policy"]
    assert "set-cookie" not in en.headers
    assert none.status_code == 404


def test_questions_in_a_ring_do_not_hang() -> None:
    ring = (
        Field("a", show_when="b", show_value="1"),
        Field("b", show_when="a", show_value="1"),
    )
    given = answers.Answers({"q_a": "1", "q_b": "1"}, ())
    assert answers.asked(Settings(fields=ring), given) == []


def test_labels_fall_back_to_the_other_language() -> None:
    look = page.Look("zh", "Brand", "#000", "n")
    settings = Settings(fields=(Field("a", label_en="Only English"),), title_zh="")
    assert "Only English" in page.ask(settings, look, token="t")
    assert "Contact us" in page.ask(settings, look, token="t")


async def _define(desk: Desk, path: str, **values: Any) -> dict[str, Any]:
    made = await desk.api.post(f"/api/v1/{path}", json={"object": "ticket", **values})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def _own_fields(desk: Desk) -> None:
    """A kind that brings up an amount, a reason of several, and one that is not for customers."""
    kinds = [{"id": one, "name": {"zh": zh, "en": en}} for one, zh, en in
             (("refund", "退款", "Refund"), ("other", "其他", "Other"))]  # fmt: skip
    fields: list[dict[str, Any]] = [
        {"key": "kind", "type": "choice", "options": kinds, "required": True},
        {"key": "amount", "type": "money", "config": {"currencies": ["CNY"], "max": "500"}},
        {"key": "why", "type": "multi_choice", "options": [{"id": "late"}, {"id": "broken"}]},
        {"key": "vip", "type": "checkbox"},
    ]
    for field in fields:
        name = {"zh": field["key"], "en": field["key"].title()}
        await _define(desk, "fields", name=name, customer="edit", **field)
    await _define(desk, "fields", key="score", type="number", name={"en": "Score"})
    asked = [{"do": do, "field": "amount"} for do in ("show", "require")]
    when = {"field": "kind", "op": "is", "value": "refund"}
    await _define(desk, "field-rules", name="refunds", condition=when, effects=asked)
    section = {
        "title": {"en": "About it", "zh": "关于"},
        "fields": ["kind", "amount", "why", "vip"],
    }
    await _define(desk, "forms", name="Web", uses=["hosted"], channels=["form"], sections=[section])


async def test_a_form_asks_the_workspaces_own_fields_by_their_rules(desk: Desk) -> None:
    await _own_fields(desk)
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        first = (await browser.get(f"/f/{inbox.public_key}?lang=en")).text
        assert "About it" in first
        assert 'name="f_kind"' in first
        assert 'name="f_amount"' not in first, "not asked before the kind is known"
        assert 'name="f_score"' not in first, "not for customers"
        answers = {
            "form_asked": "kind why vip",
            "f_kind": "refund",
            "f_vip": "yes",
            "f_why": "late",
        }
        # With a script: the questions alone, at once.
        part = await _send(browser, inbox, form_look="part", **answers)
        assert part.status_code == 200
        assert 'name="f_amount"' in part.text
        assert "<html" not in part.text
        # Without one: what came up is asked before anything is taken.
        more = await _send(browser, inbox, **answers)
        assert more.status_code == 422
        assert "bring up this question" in more.text
        assert '<option value="refund" selected>' in more.text
        answers["form_asked"] = "kind amount why vip"
        high = await _send(browser, inbox, **answers, f_amount="501")
        assert high.status_code == 422
        assert "is at most 500" in high.text
        done = await _send(browser, inbox, **answers, f_amount="99.5")
        assert done.status_code == 200, done.text
    rows = (await desk.api.get("/api/v1/tickets", params={"view": "all"})).json()["items"]
    assert len(rows) == 1
    kept = (await desk.api.get(f"/api/v1/tickets/{rows[0]['id']}")).json()["fields"]
    amount = {"amount": "99.50", "currency": "CNY"}
    assert kept == {"kind": "refund", "amount": amount, "why": ["late"], "vip": True}


async def test_a_field_of_the_desk_cannot_be_slipped_in(desk: Desk) -> None:
    await _own_fields(desk)
    inbox = await _inbox(desk)
    async with _visitor(desk) as browser:
        sent = await _send(
            browser, inbox, form_asked="kind why vip score", f_kind="other", f_score="9"
        )
        assert sent.status_code == 200, sent.text
    row = (await desk.api.get("/api/v1/tickets", params={"view": "all"})).json()["items"][0]
    kept = (await desk.api.get(f"/api/v1/tickets/{row['id']}")).json()["fields"]
    assert kept == {"kind": "other", "vip": False}
