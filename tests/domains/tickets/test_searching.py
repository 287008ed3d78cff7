"""Search: operators, phrases, typing errors, why it was found, who sees it, pages."""

from __future__ import annotations

import random
from typing import Any

import httpx2
import pytest

from tests.domains.analytics.test_reports import Listening
from tests.domains.identity import people
from tests.support.desk import Desk
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.searching import asking, finding, service, vocabulary
from yizhan.domains.tickets.types import Received
from yizhan.kernel import query


async def ticket(desk: Desk, subject: str, body: str, **more: Any) -> str:
    answer = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": subject, "body": body, "requester": {"email": "ann@x.example", "name": "Ann 安"},
              **more},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def search(api: httpx2.AsyncClient, q: str, **more: Any) -> dict[str, Any]:
    answer = await api.get("/api/v1/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def found(api: httpx2.AsyncClient, q: str) -> set[str]:
    """Search and list agree, always."""
    hits = (await search(api, q, types="ticket", limit=100))["items"]
    listed = await api.get("/api/v1/tickets", params={"view": "all", "q": q, "limit": 100})
    if listed.status_code == 200:
        assert {row["id"] for row in listed.json()["items"]} == {hit["id"] for hit in hits}, q
    return {hit["id"] for hit in hits}


async def test_words_phrases_and_operators_find_what_they_say(desk: Desk) -> None:
    team = (await desk.api.post("/api/v1/teams", json={"name": "售后 Care", "members": []})).json()[
        "id"
    ]
    agent = await people.add_agent(desk, "lin@example.test")
    a = await ticket(
        desk, "Left ear silent", "My order 20261122001 left ear is silent", tags=["audio"]
    )
    b = await ticket(desk, "退款", "我的耳机要退款，订单 A-7781", priority="urgent", team_id=team,
                     requester={"email": "bo@y.example", "name": "Bo"})  # fmt: skip
    c = await ticket(
        desk,
        "Delivery",
        "the ear of the left shoe; please refund",
        requester={"phone": "+8613800138000"},
    )
    await desk.api.post(f"/api/v1/tickets/{c}/assign", json={"agent_id": agent})
    await desk.api.patch(f"/api/v1/tickets/{a}", json={"status": "resolved"})
    every = {a, b, c}
    cases = {
        "left ear": {a, c}, '"left ear"': {a}, "left -silent": {c}, '-"left ear" ear': {c},
        "退款 耳机": {b}, "耳": {b}, "20261122001": {a}, "A-7781": {b}, "refunds": {c},
        "from:ann@x.example": {a}, "from:Ann": {a}, "来自：Bo": {b}, "from:13800138000": {c},
        "tag:audio": {a}, "-tag:audio": {b, c}, "status:resolved": {a}, "status:已解决": {a},
        "priority:紧急": {b}, "priority:urgent ear": set(), "team:care": {b}, "team:none": {a, c},
        "assignee:lin": {c}, "assignee:none": {a, b}, "channel:api": every, "is:unassigned left": {a},
        "after:today": every, "before:today": set(), "after:2020-01 before:2099": every,
        "has:file": set(), "-has:file left": {a, c}, "is:unread": every, "left status:closed": set(),
        "nothing-of-this": set(),
    }  # fmt: skip
    for q, expected in cases.items():
        assert await found(desk.api, q) == expected, q


async def test_a_hit_says_why(desk: Desk) -> None:
    one = await ticket(desk, "Earbuds", "The warranty card was missing in the box")
    note = {"body": "check 保修卡 first", "visibility": "internal"}
    await desk.api.post(f"/api/v1/tickets/{one}/messages", json=note)
    for q, field, hits in (
        ("warranty", "message", ["warranty"]),
        ("保修卡", "note", ["保修卡"]),
        ("earbuds", "subject", ["Earbuds"]),
    ):
        (hit,) = (await search(desk.api, q, types="ticket"))["items"]
        match = next(m for m in hit["matches"] if m["field"] == field)
        assert [part["text"] for part in match["parts"] if part["hit"]] == hits
    number = (await desk.api.get(f"/api/v1/tickets/{one}")).json()["number"]
    (hit,) = (await search(desk.api, f"#{number}", types="ticket"))["items"]
    assert (hit["id"], hit["matches"][0]["field"]) == (one, "number")


async def test_what_is_not_understood_is_explained(desk: Desk) -> None:
    await ticket(desk, "One", "a refund")
    answer = await search(
        desk.api, "refund before:soon colour:red assignee:nobody-such", types="ticket"
    )
    assert {p["code"] for p in answer["problems"]} == {
        "bad_date",
        "unknown_operator",
        "unknown_value",
    }
    assert all(p["message"]["zh"] and p["message"]["en"] for p in answer["problems"])
    listed = await desk.api.get("/api/v1/tickets", params={"q": "before:soon"})
    assert (listed.status_code, listed.json()["code"]) == (422, "query_invalid")
    assert "soon" in listed.json()["errors"][0]["message"]


async def test_a_new_subject_is_found(desk: Desk) -> None:
    one = await ticket(desk, "First", "text")
    await desk.api.patch(f"/api/v1/tickets/{one}", json={"subject": "Completely different"})
    assert await found(desk.api, "completely different") == {one}


async def test_a_message_is_found_by_whom_it_went_to(desk: Desk) -> None:
    async with desk.as_system() as tx:
        receipt = await tickets.receive(
            tx,
            Received(
                channel="email", contact_id=1, author_name="Ann", text="hello",
                addressing={"to": [{"address": "Billing@Shop.example", "name": ""}], "cc": []},
            ),
        )  # fmt: skip
    for q in ("to:billing@shop.example", "to:billing", "to:shop.example hello", "发给：Billing"):
        assert await found(desk.api, q) == {str(receipt.ticket_id)}, q
    assert await found(desk.api, "to:sales") == await found(desk.api, "-to:billing") == set()


async def test_people_and_companies_are_found_with_the_reason(desk: Desk) -> None:
    await ticket(desk, "One", "x")
    made = await desk.api.post(
        "/api/v1/companies", json={"name": "Xylo 木琴", "domains": ["x.example"]}
    )
    items = (await search(desk.api, "ann@x.example"))["items"]
    person = next(hit for hit in items if hit["kind"] == "contact")
    assert person["title"] == "Ann 安"
    assert any(match["field"] == "email" for match in person["matches"])
    company = next(hit for hit in (await search(desk.api, "木琴"))["items"])
    assert (company["kind"], company["id"]) == ("company", made.json()["id"])
    assert [k["kind"] for k in (await search(desk.api, "x"))["kinds"]][:3] == [
        "ticket",
        "contact",
        "company",
    ]


async def test_each_reader_finds_only_what_they_may_see(desk: Desk) -> None:
    lin = await people.add_agent(desk, "lin@example.test")
    own = (await desk.api.post("/api/v1/teams", json={"name": "L", "members": [lin]})).json()["id"]
    other = (await desk.api.post("/api/v1/teams", json={"name": "O", "members": []})).json()["id"]
    mine = await ticket(desk, "invoice", "about an invoice", team_id=own)
    await ticket(desk, "invoice", "another invoice", team_id=other)
    role = await desk.api.post(
        "/api/v1/roles",
        json={"name": "R", "grants": [{"permission": "search:use"}, {"permission": "ticket:read"}]},
    )
    await people.add_agent(desk, "viewer@example.test", role_ids=[role.json()["id"]])
    note = {"body": "a secret of the house", "visibility": "internal"}
    await desk.api.post(f"/api/v1/tickets/{mine}/messages", json=note)
    async with people.signed_in(desk, "lin@example.test") as reader:
        for q in ("invoice", "from:ann", "is:new", "-nothing"):
            assert await found(reader, q) == {mine}, q
        assert await found(reader, "secret") == {mine}
    async with people.signed_in(desk, "viewer@example.test") as reader:
        assert await found(reader, "secret") == set()  # without the right to notes
        kinds = {hit["kind"] for hit in (await search(reader, "ann"))["items"]}
        assert "contact" not in kinds


@pytest.mark.parametrize("common", ["rare", "common"])
async def test_pages_go_on_exactly_while_messages_come(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, common: str
) -> None:
    ids = [await ticket(desk, f"N {n}", "please refund") for n in range(7)]
    await desk.run_jobs()
    if common == "common":
        monkeypatch.setattr(asking, "COMMON", 0)
        monkeypatch.setattr(finding, "WALK", 2)
        monkeypatch.setattr(finding, "MOST_BY_WORD", 3)
    seen: list[str] = []
    cursor: str | None = None
    for n in range(10):
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = await search(desk.api, "refund", types="ticket", limit=2, **more)
        seen += [hit["id"] for hit in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        # A ticket that was shown moves to the front: it must not come a second time.
        note = {"body": f"refund {n}", "visibility": "internal"}
        await desk.api.post(f"/api/v1/tickets/{seen[0]}/messages", json=note)
    assert seen == list(reversed(ids))


WORDS = """refund delivery headphones pairing invoice warranty battery screen support address coupon account
exchange manual firmware update noise colour stock shipping customer package tracking password payment
subscription cancel replacement bluetooth charger missing damaged quality return wrong size order number
receipt discount voucher postage courier signature overseas customs installation connection microphone
"""


def mistyped(word: str, rng: random.Random) -> str:
    """One error of typing: a letter dropped, doubled, changed, or two swapped."""
    at = rng.randrange(len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at:]
    if kind == 2:
        return word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


async def test_most_single_typing_errors_find_the_word_that_was_meant(desk: Desk) -> None:
    await ticket(desk, "Words", WORDS)
    await desk.run_jobs()
    rng = random.Random(7)
    long = [word for word in WORDS.split() if len(word) >= 5]
    tries = [(word, mistyped(word, rng)) for word in long * 4]
    good = 0
    async with desk.begin() as tx:
        for word, typed in tries:
            good += typed in WORDS.split() or word in await vocabulary.meant(
                tx, typed, unfinished=False
            )
    assert good / len(tries) >= 0.9
    (hit,) = (await search(desk.api, "warrenty rest", types="ticket"))["items"][:1] or [None]
    assert hit is None  # "rest" stands nowhere
    answer = await search(desk.api, "warrenty", types="ticket")
    assert len(answer["items"]) == 1
    assert answer["corrected"][0]["word"] == "warrenty"
    assert [p["text"] for m in answer["items"][0]["matches"] for p in m["parts"] if p["hit"]] == [
        "warranty"
    ]
    typing = await search(desk.api, "headph", types="ticket")
    assert len(typing["items"]) == 1


def test_distance_counts_errors_of_typing() -> None:
    assert vocabulary.distance("refund", "refund", most=1) == 0
    assert vocabulary.distance("refudn", "refund", most=1) == 1
    assert vocabulary.distance("rfund", "refund", most=1) == 1
    assert vocabulary.distance("refnd", "refunds", most=1) is None


async def test_any_text_can_be_searched(desk: Desk) -> None:
    for q in (
        "'",
        '"',
        "\\",
        ":*",
        "&|!()",
        "%_",
        "\ufffd",
        "is:",
        "-",
        "a" * 600,
        "👩‍💻",
        "to:'x' & y",
    ):
        assert (await desk.api.get("/api/v1/search", params={"q": q})).status_code == 200, q
        async with desk.begin() as tx:
            asked = await asking.ask(tx, query.parse(q))
            if asked.words:
                await finding.by_words(tx, asked, limit=5)


async def _field(desk: Desk, key: str, kind: str, name: str, **more: Any) -> None:
    body = {"object": "ticket", "key": key, "type": kind, "name": {"zh": name, "en": key}, **more}
    made = await desk.api.post("/api/v1/fields", json=body)
    assert made.status_code == 201, made.text


async def test_an_own_field_is_asked_by_its_key_or_its_name(desk: Desk) -> None:
    parts = [{"id": "hw", "name": {"zh": "硬件", "en": "Hardware"},
              "children": [{"id": "ear", "name": {"zh": "耳机", "en": "Earbuds"}}]}]  # fmt: skip
    await _field(desk, "order_no", "text", "订单号", indexed=True)
    await _field(desk, "product", "tree", "产品", options=parts)
    await _field(desk, "amount", "money", "金额", config={"currencies": ["CNY"]})
    await _field(desk, "bought_on", "date", "购买日期")
    await _field(desk, "insured", "checkbox", "已投保")
    fields = {"order_no": "A-1001", "product": "hw/ear", "amount": {"amount": "99.5"},
              "bought_on": "2026-03-31", "insured": True}  # fmt: skip
    one = await ticket(desk, "One", "first", fields=fields)
    two = await ticket(
        desk, "Two", "second", fields={"order_no": "A-1002", "bought_on": "2026-04-01"}
    )
    await desk.run_jobs()  # the index holds everything from here on
    third = await ticket(desk, "Three", "third", fields={"order_no": "a-1001"})
    for query_text, ids in {
        "field:order_no=A-1001": {one, third},
        "字段:订单号=ａ-1001": {one, third},
        "-field:order_no=A-1001": {two},
        "field:产品=耳机": {one},
        "field:product=Hardware": {one},
        "field:amount=99.5": {one},
        "field:bought_on=2026-03": {one},
        "field:bought_on=2026": {one, two},
        "field:bought_on=2026-04-01": {two},
        "field:insured=是": {one},
        "field:insured": {one},
        "field:amount": {one},
        "field:order_no=A-1001 tag:none": set(),
        "a-1001": {one, third},  # alone, as it was copied from elsewhere
        "a-1001 tag:none": set(),
    }.items():
        assert await found(desk.api, query_text) == ids, query_text
    hit = (await search(desk.api, "A-1001", types="ticket"))["items"][0]
    assert hit["matches"][0]["title"] == {"zh": "订单号", "en": "order_no"}
    problems = (await search(desk.api, "field:colour=red"))["problems"]
    assert [problem["code"] for problem in problems] == ["unknown_value"]


async def test_a_field_that_one_may_not_see_cannot_be_searched(desk: Desk) -> None:
    lead = await people.role_id(desk, "lead")
    await _field(desk, "secret", "text", "秘密", see_roles=[lead], indexed=True)
    await desk.run_jobs()
    made = await ticket(desk, "Hidden", "value", fields={"secret": "x1"})
    await people.add_agent(desk, "eve@example.test")
    assert await found(desk.api, "field:secret=x1") == {made}
    assert await found(desk.api, "x1") == {made}
    async with people.signed_in(desk, "eve@example.test") as eve:
        assert await found(eve, "field:secret=x1") == set()
        assert await found(eve, "x1") == set()


async def test_a_phrase_is_found_however_it_is_set(desk: Desk) -> None:
    bodies = {
        "plain": "the left ear is silent", "capitals": "The LEFT EAR is silent", "lines": "the left\near is silent",
        "spaces": "the left   ear is silent", "wide": "the ｌｅｆｔ　ｅａｒ is silent",
        "tab": "the left\tear, 左边 silent",
        "apart": "the ear on the left is silent", "letters": "the ℓeft ear is silent",
        "within": "a left earring is not an ear", "chinese": "左耳\n没有声音", "chinese wide": "左耳　没有声音，很急！",
    }  # fmt: skip
    made = {name: await ticket(desk, "S", body) for name, body in bodies.items()}
    for q, expected in {
        '"left ear"': {"plain", "capitals", "lines", "spaces", "wide", "tab", "letters", "within"},
        '"Left  Ear"': {"plain", "capitals", "lines", "spaces", "wide", "tab", "letters", "within"},
        '"左耳 没有"': {"chinese", "chinese wide"},
        '"声音，很急"': {"chinese wide"},
        '"ear, 左边"': {"tab"},
    }.items():
        names = {name for name, one in made.items() if one in await found(desk.api, q)}
        assert names == expected, q


@pytest.mark.parametrize("common", [True, False])
async def test_a_search_is_one_walk_along_one_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, common: bool
) -> None:
    """However many messages there are; and what is shown of the hits comes with them."""
    await ticket(desk, "N", "please refund the left ear")
    await desk.run_jobs()
    if common:
        monkeypatch.setattr(asking, "COMMON", 0)
    async with desk.begin() as tx:
        tx.db = listening = Listening(tx.db.connection)
        listening.asked = []
        await service.find(tx, query.parse('"refund the" ear'), 1, None)
        asked = [one for one in listening.asked if "search_doc" in one[0]]
        assert len(asked) == (3 if common else 1)  # a full page would end the first of them
        await tx.db.execute("SET LOCAL enable_seqscan = off")
        plans = [
            "\n".join(row[0] for row in await tx.db.fetch(f"EXPLAIN {sql}", *args))
            for sql, args in asked
        ]
    assert ("search_doc_newest" in plans[0]) is common, plans[0]
    assert ("yizhan_search_docs" in plans[0]) is not common, plans[0]
    assert "search_doc_ticket" in plans[0], plans[0]
    assert "Seq Scan" not in plans[0], plans[0]
