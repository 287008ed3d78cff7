"""Reports as a lead asks for them: numbers, what is behind them, what leaves the desk."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from tests.domains.analytics.lives import take_back
from tests.domains.identity.people import add_agent, signed_in
from tests.domains.tickets.relations import making
from tests.support.desk import Desk, agent_actor
from yizhan.domains.analytics.metrics import METRICS
from yizhan.domains.analytics.service import asking
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Identity
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.relations import merging, operations
from yizhan.domains.tickets.types import Outgoing, Receipt, Received
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Db

HOUR = timedelta(hours=1)
# Sunday 29 March 2026: in Berlin the day has 23 hours.
JUMP = datetime(2026, 3, 28, 23, tzinfo=UTC)  # its midnight


class Past:
    """Does things at given times."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def ask(self, at: datetime, *, who: int, text: str = "help", **more: Any) -> Receipt:
        async with self.desk.as_system() as tx:
            tx.now = at
            given = {"channel": "api", "contact_id": who, "author_name": "Ann", "text": text}
            return await tickets.receive(tx, Received(**{**given, **more}))

    async def answer(
        self, at: datetime, ticket_id: int, *, by: Actor | None = None, **more: Any
    ) -> int:
        async with self.desk.begin(by) as tx:
            tx.now = at
            return await tickets.reply(tx, ticket_id, outgoing=Outgoing(body="here", **more))

    async def set(self, at: datetime, ticket_id: int, **changes: Any) -> None:
        async with self.desk.begin() as tx:
            tx.now = at
            await tickets.update(tx, ticket_id, **changes)


async def customer(desk: Desk) -> int:
    async with desk.as_system() as tx:
        known = [Identity(kind="email", value="a@example.test", strength=KNOWN, source="test")]
        return (await contacts.resolve(tx, known, name="Ann")).id


async def berlin(desk: Desk) -> Past:
    answer = await desk.api.patch("/api/v1/workspace", json={"time_zone": "Europe/Berlin"})
    assert answer.status_code == 200
    return Past(desk)


async def query(api: Any, metrics: str, **params: Any) -> dict[str, Any]:
    asked = {"from": "2026-03-27", "to": "2026-03-31", "metrics": metrics} | params
    answer = await api.get("/api/v1/reports/query", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def behind(desk: Desk, metric: str, **filters: str) -> list[dict[str, Any]]:
    """All rows of a number, two at a time."""
    params = {"metric": metric, "from": "2026-03-27", "to": "2026-03-31", "limit": "2"} | filters
    found: list[dict[str, Any]] = []
    while True:
        page = (await desk.api.get("/api/v1/reports/rows", params=params)).json()
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        params["cursor"] = page["next_cursor"]


def values(report: dict[str, Any], place: int = 0) -> list[Any]:
    return [step["value"] for step in report["metrics"][place]["steps"]]


async def test_every_number_says_what_it_counts(desk: Desk) -> None:
    found = (await desk.api.get("/api/v1/reports/metrics")).json()
    assert [one["key"] for one in found["metrics"]] == list(METRICS)
    for one in found["metrics"]:
        for words in (one["title"], one["definition"]):
            assert set(words) == {"zh", "en"}
            assert all(len(text) > 1 for text in words.values())
    assert found["time_zone"] == "Asia/Shanghai"


async def test_a_day_is_a_day_of_the_workspace_also_when_the_clock_jumps(desk: Desk) -> None:
    past, who = await berlin(desk), await customer(desk)
    minute = timedelta(minutes=1)
    first = await past.ask(JUMP - minute, who=who)  # Saturday 23:59
    await past.ask(JUMP, who=who)  # Sunday 0:00
    await past.ask(JUMP + 23 * HOUR - minute, who=who)  # Sunday 23:59
    await past.ask(JUMP + 23 * HOUR, who=who)  # Monday 0:00
    await past.set(JUMP + 23 * HOUR - minute, first.ticket_id, status="resolved")
    await desk.run_jobs()
    report = await query(desk.api, "created,backlog,resolved")
    assert values(report) == [0, 1, 2, 1, 0]
    assert values(report, 1) == [0, 1, 2, 3, 3]
    assert values(report, 2) == [0, 0, 1, 0, 0]
    assert [one["value"] for one in report["metrics"]] == [4, 3, 1]
    weeks = await query(desk.api, "created,backlog", step="week")
    assert [(s["first"], s["last"], s["value"]) for s in weeks["metrics"][0]["steps"]] == [
        ("2026-03-27", "2026-03-29", 3),
        ("2026-03-30", "2026-03-31", 1),
    ]
    assert values(weeks, 1) == [2, 3]
    later = await query(desk.api, "created,backlog", **{"from": "2026-04-01", "to": "2026-04-05"})
    assert later["previous"] == {"first": "2026-03-27", "last": "2026-03-31"}
    assert [one["previous"] for one in later["metrics"]] == [4, 3]
    april = await query(desk.api, "created", **{"from": "2026-04-01", "to": "2026-04-30"})
    assert april["previous"] == {"first": "2026-03-01", "last": "2026-03-31"}


async def test_times_leave_out_what_their_definitions_leave_out(desk: Desk) -> None:
    past, who = await berlin(desk), await customer(desk)
    begin = JUMP - 10 * HOUR
    quick = await past.ask(begin, who=who)
    slow = await past.ask(begin, who=who)
    await past.answer(begin + HOUR / 2, quick.ticket_id, automatic=True)
    held = await past.answer(begin + HOUR, quick.ticket_id)
    async with desk.begin() as tx:
        tx.now = begin + HOUR
        await take_back(tx, held)
    await past.answer(begin + 2 * HOUR, quick.ticket_id)
    await past.answer(begin + 5 * HOUR, slow.ticket_id, status="resolved")
    await past.answer(begin + 6 * HOUR, quick.ticket_id, visibility="internal")
    await past.set(begin + 6 * HOUR, quick.ticket_id, status="resolved")
    # The customer writes again: solved at the second time only.
    await past.ask(begin + 7 * HOUR, who=who, conversation_id=quick.conversation_id)
    await past.set(begin + 9 * HOUR, quick.ticket_id, status="resolved")
    await desk.run_jobs()
    keys = "answered,first_response_median,first_response_p90,resolved,reopened"
    keys += ",resolution_median,resolution_p90,messages_per_ticket"
    report = await query(desk.api, keys)
    hours = [one["value"] for one in report["metrics"]]
    assert hours == [2, 7200, 18000, 3, 1, 18000, 32400, 2.5]


async def test_a_merge_solves_nothing_and_can_be_taken_back(desk: Desk) -> None:
    past, who = await berlin(desk), await customer(desk)
    one = await past.ask(JUMP - 5 * HOUR, who=who)
    other = await past.ask(JUMP - 4 * HOUR, who=who)
    async with desk.begin() as tx:
        tx.now = JUMP - 3 * HOUR
        made = await merging.merge(tx, other.ticket_id, into_id=one.ticket_id)
    await desk.run_jobs()
    keys = "created,backlog,resolved,reopened"
    assert [m["value"] for m in (await query(desk.api, keys))["metrics"]] == [2, 1, 0, 0]
    async with desk.begin() as tx:
        tx.now = JUMP - HOUR
        await operations.undo(tx, made.id)
    await desk.run_jobs()
    assert [m["value"] for m in (await query(desk.api, keys))["metrics"]] == [2, 2, 0, 0]


async def test_groups_filters_and_the_rows_behind_them(desk: Desk) -> None:
    past, who = await berlin(desk), await customer(desk)
    teams = [(await making.post(desk, "/teams", {"name": name}, status=201))["id"] for name in "AB"]
    bo_id = await add_agent(desk, "bo@example.test")
    bo = await agent_actor(desk.database, desk.workspace_id, int(bo_id))
    for number, team in enumerate([teams[0], teams[0], teams[1], None]):
        at = JUMP - number * HOUR
        tags = ("vip", "refund")[: number % 3]
        asked = await past.ask(
            at, who=who, team_id=None if team is None else int(team), tags=tags, text=f"=t{number}"
        )
        if team is None:
            await past.answer(at + HOUR, asked.ticket_id, by=bo)
    await desk.run_jobs()

    async def groups(metric: str, group: str, **filters: str) -> dict[str, int]:
        report = await query(desk.api, metric, group=group, **filters)
        return {row["name"] or "-": row["value"] for row in report["metrics"][0]["groups"]}

    assert await groups("created", "team") == {"A": 2, "B": 1, "-": 1}
    assert await groups("created", "tag") == {"vip": 2, "refund": 1, "-": 2}
    assert await groups("created", "tag", team=teams[0]) == {"vip": 1, "-": 1}
    assert await groups("answered", "agent") == {"bo": 1}
    assert await groups("backlog", "agent") == {"bo": 1, "-": 3}
    wanted: tuple[dict[str, str], ...] = ({}, {"team": teams[0]}, {"team": "none"}, {"tag": "vip"})
    for metric in ("created", "backlog", "answered"):
        for filters in (*wanted, {"agent": bo_id}):
            report = await query(desk.api, metric, steps="false", **filters)
            found = await behind(desk, metric, **filters)
            assert len(found) == report["metrics"][0]["value"], (metric, filters)
            assert len({row["id"] for row in found}) == len(found)


async def test_a_lead_of_a_unit_counts_her_unit_only(desk: Desk) -> None:
    past, who = await berlin(desk), await customer(desk)
    teams = {}
    for name in ("East", "West"):
        unit = await making.post(desk, "/units", {"name": name}, status=201)
        body = {"name": name, "unit_id": unit["id"]}
        teams[name] = (await making.post(desk, "/teams", body, status=201))["id"]
    grants = [{"permission": name, "scope": "unit"} for name in ("report:read",)]
    role = await making.post(desk, "/roles", {"name": "Lead", "grants": grants}, status=201)
    await add_agent(desk, "east@example.test", role_ids=[role["id"]], team_ids=[teams["East"]])
    await add_agent(desk, "agent@example.test")
    for team in (teams["East"], teams["East"], teams["West"], None):
        await past.ask(JUMP, who=who, team_id=None if team is None else int(team), text="secret")
    await desk.run_jobs()
    async with signed_in(desk, "east@example.test") as lead:
        report = await query(lead, "created,backlog", group="team")
        assert [one["value"] for one in report["metrics"]] == [2, 2]
        assert [row["name"] for row in report["metrics"][0]["groups"]] == ["East"]
        params = {"metric": "created", "from": "2026-03-27", "to": "2026-03-31"}
        rows = (await lead.get("/api/v1/reports/rows", params=params)).json()["items"]
        assert len(rows) == 2
        assert {row["subject"] for row in rows} == {None}, "counting is not reading"
        answer = await lead.get("/api/v1/reports/export", params=params)
        assert len(answer.text.splitlines()) == 3
        other = await query(lead, "created", team=teams["West"])
        assert other["metrics"][0]["value"] == 0
    async with signed_in(desk, "agent@example.test") as agent:
        assert (await agent.get("/api/v1/reports/metrics")).status_code == 403
        assert (await agent.get("/api/v1/reports/query?metrics=created")).status_code == 403


async def test_an_export_opens_in_a_spreadsheet_and_runs_nothing(desk: Desk) -> None:
    past, who = await berlin(desk), await customer(desk)
    for number in range(3):
        await past.ask(JUMP + number * HOUR, who=who, subject='=HYPERLINK("x")', tags=("@a", "b,c"))
    await desk.run_jobs()
    params = {"metric": "created", "from": "2026-03-27", "to": "2026-03-31"}
    answer = await desk.api.get(
        "/api/v1/reports/export", params=params, headers={"Accept-Language": "zh-CN"}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["时间", "工单", "主题"]
    assert len(rows) == 4
    assert rows[-1][0] == "2026-03-29 00:00:00"
    assert rows[1][2] == '\'=HYPERLINK("x")'
    assert rows[1][9] == "'@a, b,c"
    assert [event.data["metric"] for event in await desk.events("report.exported")] == ["created"]


async def test_questions_that_make_no_sense_are_refused(desk: Desk) -> None:
    async def status(**params: str) -> tuple[int, str]:
        asked = {"metrics": "created"} | params
        answer = await desk.api.get("/api/v1/reports/query", params=asked)
        return answer.status_code, answer.json().get("code", "")

    assert await status(metrics="beauty") == (422, "unknown_metric")
    assert (await status(**{"from": "2026-03-02", "to": "2026-03-01"}))[1] == "period_invalid"
    assert (await status(**{"from": "2020-01-01", "to": "2026-03-01"}))[1] == "period_invalid"
    assert (await status(**{"from": "2999-01-01"}))[1] == "period_invalid"
    assert (await status(team="mine"))[1] == "report_filter_invalid"
    assert (await status(group="mood"))[0] in (400, 422)
    assert await status(**{"from": "2020-01-01", "to": "2026-03-01", "step": "month"}) == (200, "")


class Listening(Db):
    """Keeps what is asked of the database."""

    asked: list[tuple[str, tuple[Any, ...]]]

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        self.asked.append((sql, args))
        return await super().fetch(sql, *args)


INDEXES = ("report_fact_count", "report_fact_valued", "report_span_open", "report_span_began")


async def test_a_number_reads_one_range_of_one_index(desk: Desk) -> None:
    """However many tickets there are: those of a kind in a period, of this workspace."""
    plans = []
    async with desk.as_system() as tx:
        tx.db = listening = Listening(tx.db.connection)
        listening.asked = []
        asked = await asking.prepared(tx, group="tag", filters={"team": "1,none"})
        await asking.report(tx, asked, metrics=list(METRICS), compare=True, with_steps=True)
        counted = [one for one in listening.asked if "report_" in one[0]]
        assert len(counted) > len(METRICS)
        await tx.db.execute("SET LOCAL enable_seqscan = off")
        for sql, args in counted:
            rows = await tx.db.fetch(f"EXPLAIN {sql}", *args)
            plans.append("\n".join(row[0] for row in rows))
    for plan in plans:
        assert any(name in plan for name in INDEXES), plan
        assert "Index Cond: ((workspace_id = " in plan, plan
