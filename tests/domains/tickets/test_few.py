"""Lists by a tag or a part of a subject that few tickets have: the same tickets, read by an index."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from tests.domains.analytics.test_reports import Listening
from tests.support.desk import Desk
from yizhan.domains.tickets import filters, jobs, listing
from yizhan.domains.tickets.filters import rare
from yizhan.domains.tickets.service import indexing

SUBJECTS = (
    "Left ear silent", "左耳没有声音", "退款 A-7781", "100% refund_now", "Refund of 50", "İstanbul order",
    "耳机退款", "re: refund", "a", "b",
)  # fmt: skip
TAGS: tuple[list[str], ...] = (
    ["vip"],
    ["vip", "退款"],
    [],
    ["bug"],
    ["bug", "vip"],
    [],
    ["x y"],
    [],
    ["退款"],
    [],
)


def asks(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


CONDITIONS: list[dict[str, Any]] = [
    *(asks("tags", "has", one) for one in ("vip", "退款", "x y", "nowhere", "%")),
    asks("tags", "has_any", ["bug", "退款"]),
    asks("tags", "has_any", []),
    asks("tags", "has_all", ["bug", "vip"]),
    asks("tags", "has_none", ["vip"]),
    *(asks("subject", "contains", one) for one in ("refund", "REFUND", "退款", "款", "没有", "0% r", "d_n", "ear s",
                                                   "zzz", "i̇st", "\\", "")),
    asks("subject", "starts_with", "refund"),
    asks("subject", "is", "Refund of 50"),
    asks("subject", "not_contains", "refund"),
    {"all": [asks("tags", "has", "vip"), asks("subject", "contains", "退款")]},
    {"any": [asks("tags", "has", "bug"), asks("subject", "contains", "refund")]},
    {"any": [asks("tags", "has", "bug"), asks("priority", "is", "normal")]},
    {"any": []},
    asks("created_at", "within_last", "1h"),
    asks("created_at", "older_than", "1h"),
    asks("updated_at", "after", "2020-01-01T00:00:00Z"),
    asks("waiting_since", "between", ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"]),
    asks("resolved_at", "before", "2099-01-01T00:00:00Z"),
    asks("snoozed_until", "empty", None),
    asks("snoozed_until", "within_next", "1d"),
    {"all": [asks("created_at", "within_last", "1h"), asks("tags", "has", "vip")]},
    {"not": asks("tags", "has", "vip")},
    {"all": [{"not": asks("tags", "has", "vip")}, asks("subject", "contains", "refund")]},
]  # fmt: skip


async def _world(desk: Desk) -> list[str]:
    made = []
    for subject, tags in zip(SUBJECTS, TAGS, strict=True):
        body = {
            "subject": subject,
            "tags": tags,
            "body": "x",
            "requester": {"email": "a@x.example"},
        }
        answer = await desk.api.post("/api/v1/tickets", json=body)
        assert answer.status_code == 201, answer.text
        made.append(str(answer.json()["id"]))
    return made


async def _listed(desk: Desk, condition: dict[str, Any], sort: str) -> list[str]:
    asked = quote(msgspec.json.encode(condition).decode())
    answer = await desk.api.get(f"/api/v1/tickets?view=all&sort={sort}&condition={asked}")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["items"]]


async def _few(desk: Desk, condition: dict[str, Any]) -> list[str] | None:
    async with desk.begin() as tx:
        parsed = filters.parse(condition)
        known = await filters.known(tx, filters.fields_of(parsed))
        found = await filters.few(tx, parsed, known)
    return None if found is None else [str(one) for one in found]


async def test_the_index_never_leaves_a_ticket_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _world(desk)
    asked: list[bool] = []
    for condition in CONDITIONS:
        found = await _few(desk, condition)
        asked.append(found is not None)
        quick = {
            way: await _listed(desk, condition, way) for way in ("updated", "waiting", "-priority")
        }
        with monkeypatch.context() as off:
            off.setattr(rare, "_MOST_ASKED", 0)
            slow = {way: await _listed(desk, condition, way) for way in quick}
        assert quick == slow, condition
        if found is not None:
            assert set(slow["updated"]) <= set(found), condition
    assert sum(asked) >= len(CONDITIONS) // 2


async def test_the_index_follows_what_changes(desk: Desk) -> None:
    made = await _world(desk)
    for change, condition, expected in (
        ({"tags": ["new", "vip"]}, asks("tags", "has", "new"), True),
        ({"tags": ["vip"]}, asks("tags", "has", "new"), False),
        ({"subject": "Quite another 退货"}, asks("subject", "contains", "退货"), True),
        ({"subject": "Back again"}, asks("subject", "contains", "退货"), False),
    ):
        await desk.api.patch(f"/api/v1/tickets/{made[0]}", json=change)
        assert await _few(desk, condition) == ([made[0]] if expected else []), condition


async def test_what_many_have_is_not_read_by_the_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await _world(desk)
    monkeypatch.setattr(rare, "MOST", 2)
    assert await _few(desk, asks("tags", "has", "vip")) is None
    assert await _few(desk, asks("tags", "has", "bug")) == [made[3], made[4]]
    both = {"all": [asks("tags", "has", "vip"), asks("tags", "has", "bug")]}
    assert await _few(desk, both) == [made[3], made[4]]


async def test_tickets_from_before_are_taken_in_step_by_step(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await _world(desk)
    async with desk.as_system() as tx:
        await tx.db.execute("DELETE FROM ticket_tag")
        await tx.db.execute("DELETE FROM ticket_subject")
        await tx.db.execute(
            "INSERT INTO ticket_words_missing VALUES ($1, 9223372036854775807)", tx.workspace_id
        )
    vip = asks("tags", "has", "vip")
    assert await _few(desk, vip) is None
    assert len(await _listed(desk, vip, "updated")) == 3
    monkeypatch.setattr(indexing, "STEP", 4)
    await jobs.index_words(desk.context, workspace_id=desk.workspace_id)
    assert await _few(desk, vip) == [made[0], made[1], made[4]]
    assert await _few(desk, asks("subject", "contains", "退款")) == [made[2], made[6]]


async def test_a_list_of_few_reads_these_and_no_others(desk: Desk) -> None:
    await _world(desk)
    async with desk.begin() as tx:
        tx.db = listening = Listening(tx.db.connection)
        listening.asked = []
        condition = filters.parse(asks("tags", "has", "nowhere"))
        await listing.page_json(tx, listing.Filter(view="all", condition=condition))
        (sql, args) = next(one for one in listening.asked if "promise" in one[0])
        await tx.db.execute("SET LOCAL enable_seqscan = off")
        rows = await tx.db.fetch(f"EXPLAIN {sql}", *args)
    plan = "\n".join(row[0] for row in rows)
    assert "ticket_pkey" in plan, plan
    assert "ticket_all" not in plan, plan
