"""Calendars and policies: who may change them, what is refused, holidays from a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.sla import errors
from yizhan.domains.sla.service import calendars

_HOURS = {
    day: [["09:00", "12:00"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
}
_CALENDAR = {"name": "Office", "time_zone": "Asia/Shanghai", "hours": _HOURS}
_FIRST = {"key": "first", "kind": "first_response", "minutes": {"normal": 60}}


async def _calendar(desk: Desk, **changes: Any) -> dict[str, Any]:
    answer = await desk.api.post("/api/v1/sla/calendars", json=_CALENDAR | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_only_who_may_manage_changes_anything(desk: Desk) -> None:
    made = await _calendar(desk)
    token = await api_token(desk.database, desk.workspace_id, scopes=("ticket:read", "ticket:edit"))
    async with client(desk.app, token=token) as reader:
        assert (await reader.get("/api/v1/sla/policies")).status_code == 200
        for method, path, body in (
            ("POST", "/sla/calendars", _CALENDAR),
            ("PATCH", f"/sla/calendars/{made['id']}", {"name": "x"}),
            ("DELETE", f"/sla/calendars/{made['id']}", None),
            ("POST", f"/sla/calendars/{made['id']}/holidays", {"text": "2026-10-01"}),
            ("POST", "/sla/preview", {"minutes": [60]}),
            ("POST", "/sla/policies", {"name": "P", "targets": [_FIRST]}),
            ("PUT", "/sla/policies/order", {"ids": []}),
            ("GET", "/sla/recomputation", None),
        ):
            answer = await reader.request(method, f"/api/v1{path}", json=body)
            assert answer.status_code == 403, (method, path, answer.text)


async def test_a_calendar_that_policies_use_stays(desk: Desk) -> None:
    made = await _calendar(desk)
    body = {"name": "P", "targets": [_FIRST], "calendar_id": made["id"]}
    policy = (await desk.api.post("/api/v1/sla/policies", json=body)).json()
    path = f"/api/v1/sla/calendars/{made['id']}"
    refused = await desk.api.delete(path)
    assert refused.status_code == 409
    assert refused.json()["policies"] == ["P"]
    assert (await desk.api.delete(f"/api/v1/sla/policies/{policy['id']}")).status_code == 204
    assert (await desk.api.delete(path)).status_code == 204
    assert (await desk.api.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"time_zone": "Mars/Olympus"}, "no time zone"),
        ({"hours": {}}, "nothing is ever open"),
        ({"hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "overlap"),
        ({"hours": {"mon": [["12:00", "09:00"]]}}, "two spans"),
        ({"hours": {"mon": [["09:00", "09:00"]]}}, "ends where it begins"),
        ({"holidays": [{"date": "2026-02-30"}]}, "no date"),
        ({"holidays": [{"date": "2026-02-03"}, {"date": "2026-02-03"}]}, "twice"),
    ],
)
async def test_a_calendar_that_cannot_be_is_refused(
    desk: Desk, changes: dict[str, Any], reason: str
) -> None:
    answer = await desk.api.post("/api/v1/sla/calendars", json=_CALENDAR | changes)
    assert answer.status_code == 422
    assert reason in answer.text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"targets": []}, "needs a target"),
        ({"targets": [_FIRST, _FIRST]}, "same key"),
        ({"escalations": [{"key": "a", "after": 0, "targets": ["other"]}]}, "no target other"),
        ({"condition": {"field": "sla.breached", "op": "is", "value": True}}, "follows from the policy"),
        ({"condition": {"field": "assignee", "op": "is", "value": "me"}}, "nobody is me"),
        ({"condition": {"field": "nothing", "op": "is", "value": 1}}, "no such field"),
        ({"condition": {"any": 3}}, "condition"),
    ],
)  # fmt: skip
async def test_a_policy_that_cannot_hold_is_refused(
    desk: Desk, changes: dict[str, Any], reason: str
) -> None:
    body = {"name": "P", "targets": [_FIRST]} | changes
    answer = await desk.api.post("/api/v1/sla/policies", json=body)
    assert answer.status_code == 422, answer.text
    assert reason in answer.text


async def test_holidays_come_as_a_list_and_replace_their_dates(desk: Desk) -> None:
    made = await _calendar(desk, holidays=[{"date": "2026-10-01", "hours": [["09:00", "10:00"]]}])
    text = "# our own list\n2026-10-01 National Day\n\n2026/10/10, 9:00-12:00, 13:30–18:00 Make-up day\n"
    path = f"/api/v1/sla/calendars/{made['id']}/holidays"
    found = (await desk.api.post(path, json={"text": text})).json()["holidays"]
    assert found == [
        {"date": "2026-10-01", "hours": [], "name": "National Day"},
        {"date": "2026-10-10", "hours": [["09:00", "12:00"], ["13:30", "18:00"]], "name": "Make-up day"},
    ]  # fmt: skip
    wrong = await desk.api.post(path, json={"text": "2026-10-02\n2026-13-01"})
    assert wrong.status_code == 422
    assert "line 2" in wrong.text


def test_a_line_with_a_wrong_time_is_refused() -> None:
    with pytest.raises(errors.CalendarInvalid):
        calendars.read_holidays("2026-10-02 09:00-25:00")


async def test_a_preview_says_when_it_would_be_due(desk: Desk) -> None:
    body = {
        "time_zone": "Asia/Shanghai",
        "hours": _HOURS,
        "holidays": [{"date": "2026-11-23"}],
        "start": "2026-11-20T17:30:00+08:00",
        "minutes": [30, 60],
    }
    found = (await desk.api.post("/api/v1/sla/preview", json=body)).json()
    assert found["open"] is True
    assert found["due"] == ["2026-11-20T10:00:00Z", "2026-11-24T01:30:00Z"]


async def test_every_change_of_a_policy_is_audited(desk: Desk) -> None:
    made = (
        await desk.api.post("/api/v1/sla/policies", json={"name": "P", "targets": [_FIRST]})
    ).json()
    await desk.api.patch(f"/api/v1/sla/policies/{made['id']}", json={"name": "Q"})
    await desk.run_jobs()
    kept = (await desk.api.get("/api/v1/audit?limit=50")).json()["items"]
    assert {"sla_policy.created", "sla_policy.changed"} <= {one["action"] for one in kept}


async def test_public_holidays_are_ready_to_be_taken_over(desk: Desk) -> None:
    sets = {one["id"]: one for one in (await desk.api.get("/api/v1/sla/holidays")).json()["items"]}
    days = {one["date"]: one["works"] for one in sets["cn-2026"]["days"]}
    assert days["2026-02-15"] is False
    assert days["2026-02-28"] is True
    assert len(sets["cn-2025"]["days"]) == 28 + 5
    assert len(days) == 33 + 6
    for one in sets.values():
        assert one["source"]
        assert set(one["name"]) == {"zh", "en"}
        for day in one["days"]:
            date = datetime.fromisoformat(day["date"])
            assert date.year == one["year"]
            assert not day["works"] or date.weekday() >= 5  # a make-up day is one of the weekend
