"""Conditions: the SQL means what a plain reading of the condition means, for any ticket."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.desk import Desk
from yizhan.domains.tickets import errors, filters
from yizhan.kernel.tx import Tx

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
WORDS = ["", "a", "B", "order 7", "订单", "%_", "it's {0} $1", "\\"]
TAGS = ["vip", "退款", "a b", "x"]
Row = dict[str, Any]

ROWS = st.fixed_dictionaries(
    {
        "priority": st.sampled_from(["low", "normal", "high", "urgent"]),
        "subject": st.sampled_from(WORDS),
        "tags": st.lists(st.sampled_from(TAGS), unique=True, max_size=3),
        "assignee": st.sampled_from([None, 7, 8, 9]),
        "team": st.sampled_from([None, 1, 2]),
        "messages": st.integers(0, 5),
        "resolved_at": st.none() | st.integers(-9, 9).map(lambda h: NOW + timedelta(hours=h)),
    }
)
TIMES = st.integers(-9, 9).map(lambda h: (NOW + timedelta(hours=h)).isoformat())


def asks(field: str, op: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda v: {"field": field, "op": op, "value": v}, value)


def _tests() -> st.SearchStrategy[Any]:
    priority = st.sampled_from(["low", "normal", "high", "nothing"])
    person = st.sampled_from(["7", "8", "me", 9])
    team = st.sampled_from(["1", "2", "my_teams"])
    word, tag, number = st.sampled_from(WORDS), st.sampled_from(TAGS), st.integers(0, 5)
    span = st.sampled_from(["0m", "90m", "2h", "1d"])
    empties = [
        st.just({"field": field, "op": op})
        for field in ("assignee", "team", "subject", "tags", "resolved_at")
        for op in ("empty", "not_empty")
    ]
    return st.one_of(
        *[asks("priority", op, priority) for op in ("is", "is_not")],
        *[asks("priority", op, st.lists(priority, max_size=3)) for op in ("in", "not_in")],
        *[asks("assignee", op, person) for op in ("is", "is_not")],
        *[asks("assignee", op, st.lists(person, max_size=3)) for op in ("in", "not_in")],
        *[asks("team", op, st.lists(team, max_size=3)) for op in ("in", "not_in")],
        *[asks("subject", op, word)
          for op in ("is", "is_not", "contains", "not_contains", "starts_with")],
        asks("tags", "has", tag),
        *[asks("tags", op, st.lists(tag, max_size=3)) for op in ("has_any", "has_all", "has_none")],
        *[asks("messages", op, number) for op in ("is", "is_not", "lt", "lte", "gt", "gte")],
        asks("messages", "between", st.tuples(number, number)),
        *[asks("resolved_at", op, TIMES) for op in ("before", "after")],
        asks("resolved_at", "between", st.tuples(TIMES, TIMES)),
        *[asks("resolved_at", op, span) for op in ("within_last", "within_next", "older_than")],
        *empties,
    )  # fmt: skip


CONDITIONS = st.recursive(
    _tests(),
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(below, max_size=3).map(lambda parts: {"any": parts}),
        below.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


def holds(condition: Any, row: Row) -> bool:
    """The plain reading."""
    if "all" in condition:
        return all(holds(part, row) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, row) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], row)
    return _test(
        condition["op"], row[condition["field"]], condition.get("value"), condition["field"]
    )


def _test(op: str, have: Any, value: Any, field: str) -> bool:  # noqa: C901, PLR0911, PLR0912 -- one line an operator
    if op == "empty":
        return have in (None, "", [])
    if op == "not_empty":
        return have not in (None, "", [])
    if field == "assignee":
        value = _numbers(value, {"me": [7]})
    if field == "team":
        value = _numbers(value, {"my_teams": [2]})
    if field == "resolved_at":
        return have is not None and _time(op, have, value)
    match op:
        case "is":
            return bool(have == value)
        case "is_not":
            return bool(have != value)
        case "in":
            return have in value
        case "not_in":
            return have not in value
        case "contains":
            return value.lower() in have.lower()
        case "not_contains":
            return value.lower() not in have.lower()
        case "starts_with":
            return bool(have.lower().startswith(value.lower()))
        case "has":
            return value in have
        case "has_any":
            return bool(set(have) & set(value))
        case "has_all":
            return set(have) >= set(value)
        case "has_none":
            return not set(have) & set(value)
        case "between":
            return bool(value[0] <= have <= value[1])
    return bool({"lt": have < value, "lte": have <= value, "gt": have > value,
                 "gte": have >= value}[op])  # fmt: skip


def _numbers(value: Any, meaning: dict[str, list[int]]) -> Any:
    if isinstance(value, list):
        return [n for one in value for n in meaning.get(one) or [int(one)]]
    return meaning.get(value, [value])[0] if value in meaning else int(value)


def _time(op: str, have: datetime, value: Any) -> bool:
    if op in ("before", "after", "between"):
        first, *last = [datetime.fromisoformat(v) for v in ([value] if op != "between" else value)]
        if op == "between":
            return first <= have <= last[0]
        return have < first if op == "before" else have > first
    amount = timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[value[-1]]: int(value[:-1])})
    if op == "within_last":
        return NOW - amount < have <= NOW
    if op == "within_next":
        return NOW <= have < NOW + amount
    return have < NOW - amount


async def fill(tx: Tx, rows: list[Row]) -> None:
    await tx.db.execute("DELETE FROM ticket WHERE workspace_id = $1", tx.workspace_id)
    for number, row in enumerate(rows):
        await tx.db.execute(
            "INSERT INTO ticket (workspace_id, id, number, subject, priority, tags, channel,"
            " assignee_id, team_id, message_count, resolved_at, requester_id, created_at, updated_at)"
            " VALUES ($1, $2, $2, $3, $4, $5, 'api', $6, $7, $8, $9, 1, $10, $10)",
            tx.workspace_id, number, row["subject"], row["priority"], row["tags"],
            row["assignee"], row["team"], row["messages"], row["resolved_at"], NOW,
        )  # fmt: skip


async def found(tx: Tx, raw: Any) -> set[int]:
    condition = filters.parse(raw)
    fields = await filters.known(tx, filters.fields_of(condition))
    who = filters.Reader(7, (2,), NOW)
    made = filters.clause(condition, fields, who=who, first=2)
    rows = await tx.db.fetch(
        f"SELECT t.id FROM ticket t WHERE t.workspace_id = $1 AND {made.sql}",
        tx.workspace_id, *made.args,
    )  # fmt: skip
    return {row[0] for row in rows}


async def test_any_condition_finds_exactly_the_tickets_that_a_plain_reading_finds(
    desk: Desk,
) -> None:
    loop = asyncio.get_running_loop()

    async def check(rows: list[Row], conditions: list[Any]) -> None:
        async with desk.as_system() as tx:
            await fill(tx, rows)
            for condition in conditions:
                expected = {n for n, row in enumerate(rows) if holds(condition, row)}
                assert await found(tx, condition) == expected, condition

    @settings(
        max_examples=60, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(st.lists(ROWS, min_size=1, max_size=8), st.lists(CONDITIONS, min_size=5, max_size=5))
    def run(rows: list[Row], conditions: list[Any]) -> None:
        asyncio.run_coroutine_threadsafe(check(rows, conditions), loop).result(60)

    await asyncio.to_thread(run)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ([], "Expected `object`"),
        ({}, "one of all, any, not, field"),
        ({"all": [], "any": []}, "one of all"),
        ({"field": "priority"}, "a field needs an op"),
        ({"field": "priority", "op": "is", "value": "x", "sql": "drop"}, "unknown field"),
        ({"any": [{"not": {}}]}, "one of all"),
        ({"all": [{"field": "messages", "op": "is", "value": 1}] * 201}, "more than 200"),
    ],
)
def test_a_malformed_condition_says_what_is_wrong(raw: object, reason: str) -> None:
    with pytest.raises(errors.ConditionInvalid) as caught:
        filters.parse(raw)
    assert reason in str(caught.value.extra["reason"])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"field": "nothing", "op": "is", "value": 1}, "no such field"),
        ({"field": "priority", "op": "has", "value": "x"}, "the operator is one of is, is_not"),
        ({"field": "messages", "op": "is", "value": "1"}, "not a value of a number field"),
        ({"field": "messages", "op": "is", "value": True}, "not a value of a number field"),
        ({"field": "assignee", "op": "is", "value": "1; drop table ticket"}, "not a value"),
        ({"field": "assignee", "op": "is", "value": str(1 << 63)}, "not a value"),
        ({"field": "subject", "op": "is", "value": "\x00"}, "not a value of a text field"),
        ({"field": "created_at", "op": "before", "value": "2026-01-01T00:00:00"}, "not a value"),
        ({"field": "created_at", "op": "within_last", "value": "999999999w"}, "a span"),
        ({"field": "created_at", "op": "within_last", "value": "٣d"}, "a span"),
        ({"field": "messages", "op": "between", "value": [1]}, "two values"),
        ({"field": "priority", "op": "in", "value": "high"}, "a list"),
    ],
)
async def test_an_unfit_value_is_refused_before_the_database_sees_it(
    desk: Desk, raw: Any, reason: str
) -> None:
    async with desk.as_system() as tx:
        with pytest.raises(errors.ConditionInvalid) as caught:
            await found(tx, raw)
    assert reason in str(caught.value.extra["reason"])


async def test_one_query_tells_which_of_many_conditions_hold(desk: Desk) -> None:
    made = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": "订单", "body": "x", "priority": "high",
              "requester": {"email": "a@b.example", "name": "A"}, "tags": ["vip"]},
    )  # fmt: skip
    conditions = {
        1: filters.parse({"field": "priority", "op": "is", "value": "high"}),
        2: filters.parse({"field": "customer.name", "op": "is", "value": "B"}),
        3: filters.parse({"field": "customer.name", "op": "starts_with", "value": "a"}),
        4: filters.EVERYTHING,
    }
    async with desk.as_system() as tx:
        ticket_id = int(made.json()["id"])
        assert await filters.matching(tx, ticket_id, conditions=conditions) == [1, 3, 4]
        assert await filters.matching(tx, 5, conditions=conditions) == []
