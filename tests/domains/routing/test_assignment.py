"""Assignment through the API and the desk's own workers: who gets what, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.domains.routing.staff import Floor
from tests.support import desk as support
from yizhan.domains.routing import distribution
from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.service import profiles, skills
from yizhan.kernel import clock
from yizhan.kernel.errors import Forbidden

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 10:00 in Shanghai


class Desk(Floor):
    """The floor, and the API of an administrator."""

    def __init__(self, desk: support.Desk) -> None:
        super().__init__(desk.database, desk.workspace_id)
        self.api = desk.api
        self.now = NOW

    def tick(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    async def send(self, verb: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        answer = await self.api.request(verb, f"/api/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def skill(self, name: str) -> str:
        made: str = (await self.send("POST", "/skills", {"name": name}, status=201))["id"]
        return made

    async def knows(self, agent: int, **profile: Any) -> Any:
        return await self.send("PATCH", f"/agents/{agent}/profile", profile)

    async def needs(self, skill: str, level: int, *, required: bool = True) -> Any:
        need = {"skill_id": skill, "level": level, "required": required}
        rule = {
            "name": "rule",
            "condition": {"field": "tags", "op": "has_any", "value": ["hard"]},
            "needs": [need],
        }
        return await self.send("POST", "/assignment/rules", rule, status=201)

    async def why(self, ticket: int) -> Any:
        return await self.send("GET", f"/tickets/{ticket}/assignment")

    async def later(self, **delta: float) -> None:
        """Time passes and the timers of routing ring."""
        self.now += timedelta(**delta)
        async with self.database.begin(self.actor) as tx:
            await distribution.turn(tx)
        await self.settle()


@pytest.fixture
async def desk(desk: support.Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk(desk)
    monkeypatch.setattr(clock, "now", found.tick)
    return found


async def test_a_hard_ticket_waits_for_who_can_and_says_why(desk: Desk) -> None:
    team = await desk.team_of([5, 5])
    can, cannot = desk.agents
    skill = await desk.skill("固件")
    await desk.needs(skill, 3)
    await desk.knows(can, skills=[{"skill_id": skill, "level": 4}])
    await desk.knows(cannot, skills=[{"skill_id": skill, "level": 2}])
    await desk.set(cannot, "online")
    ticket = await desk.ticket(team, tags=["hard"])
    easy = await desk.ticket(team)
    await desk.settle()
    assert await desk.owner(easy) == cannot
    found = await desk.why(ticket)
    assert found["state"] == "waiting"
    assert found["waiting"]["skills"][0] | {"rules": []} == {
        "skill_id": skill, "name": "固件", "level": 3, "level_now": 3, "required": True, "rules": [],
    }  # fmt: skip
    reasons = {one["agent_id"]: one["hindrances"] for one in found["waiting"]["agents"]}
    lacks = {"code": "skill", "skill_id": skill, "skill": "固件", "needs": 3, "has": 2}
    assert reasons == {str(can): [{"code": "offline"}], str(cannot): [lacks]}
    assert found["waiting"]["hindrances"] == {"offline": 1, "skill": 1}
    await desk.set(can, "online")
    await desk.settle()
    assert await desk.owner(ticket) == can
    given = (await desk.why(ticket))["given"]
    assert (given["by"], given["why"], given["fitting"]) == ("distribution", "turn", 1)
    assert given["skills"] == [
        {"skill_id": skill, "name": "固件", "level": 3, "required": True, "has": 4}
    ]


async def test_a_skill_learnt_while_it_waits_counts_at_once(desk: Desk) -> None:
    team = await desk.team_of([5])
    skill = await desk.skill("refunds")
    await desk.needs(skill, 2)
    await desk.set(desk.agents[0], "online")
    ticket = await desk.ticket(team, tags=["hard"])
    await desk.settle()
    assert await desk.owner(ticket) is None
    await desk.knows(desk.agents[0], skills=[{"skill_id": skill, "level": 2}])
    await desk.settle()
    assert await desk.owner(ticket) == desk.agents[0]


async def test_needs_loosen_step_by_step_and_never_in_silence(desk: Desk) -> None:
    team = await desk.team_of([5])
    agent = desk.agents[0]
    wished, strict = await desk.skill("wished"), await desk.skill("strict")
    await desk.needs(wished, 2, required=False)
    await desk.needs(strict, 3)
    await desk.knows(agent, skills=[{"skill_id": strict, "level": 2}])
    steps = {"preferred_minutes": 10, "lower_minutes": 30}
    await desk.send("PATCH", f"/teams/{team}/assignment", steps)
    await desk.set(agent, "online")
    ticket = await desk.ticket(team, tags=["hard"])
    await desk.settle()
    first = (await desk.why(ticket))["waiting"]
    assert (first["loosened"], first["loosens_at"] is not None) == ([], True)
    await desk.later(minutes=11)
    assert await desk.owner(ticket) is None
    second = (await desk.why(ticket))["waiting"]
    assert second["loosened"] == ["preferred"]
    assert {one["name"]: one["level_now"] for one in second["skills"]} == {"wished": 0, "strict": 3}
    await desk.later(minutes=20)
    assert await desk.owner(ticket) == agent
    given = (await desk.why(ticket))["given"]
    assert (given["loosened"], given["preferred_met"]) == (["preferred", "level"], False)
    history = await desk.send("GET", f"/tickets/{ticket}/history")
    kinds = [one["type"] for one in history["items"]]
    assert kinds.count("assignment.loosened") == 2


async def test_the_customer_s_language_is_spoken(desk: Desk) -> None:
    team = await desk.team_of([5, 5])
    chinese, german = desk.agents
    await desk.send("PATCH", f"/teams/{team}/assignment", {"language": "required"})
    await desk.knows(chinese, languages=["zh", "en"])
    await desk.knows(german, languages=["de"])
    for agent in desk.agents:
        await desk.set(agent, "online")
    mine = [await desk.ticket(team, locale=code) for code in ("de-AT", "zh-TW", "fr", None)]
    writes = await desk.ticket(team, locale="de-DE")
    async with desk.database.begin(desk.actor) as tx:
        await tx.db.execute(
            "INSERT INTO ticket_signal (workspace_id, ticket_id, message_id, language, readings, updated_at)"
            " VALUES ($1, $2, 1, 'zh', $3, now())", tx.workspace_id, int(writes),
            {"ticket_id": int(writes), "message_id": 1},
        )  # fmt: skip
    await desk.settle()
    assert await desk.owner(writes) == chinese, "what they write, not what they are set to"
    owners = [await desk.owner(ticket) for ticket in mine]
    assert owners[:3] == [german, chinese, None]
    assert owners[3] is not None, "of whom nothing is known everybody may take"
    assert (await desk.why(mine[2]))["waiting"]["language"] == "fr"


async def test_work_begins_with_the_shift_and_ends_with_leave(desk: Desk) -> None:
    team = await desk.team_of([5])
    agent = desk.agents[0]
    late = {"mon": [["11:00", "20:00"]], "tue": [["22:00", "02:00"]]}
    found = await desk.knows(agent, time_zone="Asia/Shanghai", shifts=late)
    assert (found["on_shift"], found["next_change_at"]) == (False, "2026-11-23T03:00:00Z")
    await desk.set(agent, "online")
    first = await desk.ticket(team)
    await desk.settle()
    assert await desk.owner(first) is None
    kept = (await desk.why(first))["waiting"]["agents"][0]["hindrances"]
    assert kept == [{"code": "off_shift", "until": "2026-11-23T03:00:00Z"}]
    await desk.later(hours=1)
    assert await desk.owner(first) == agent
    leave = {"begins": "2026-11-23T12:00", "ends": "2026-11-24T23:00", "note": "dentist"}
    made = await desk.send("POST", f"/agents/{agent}/leave", leave, status=201)
    await desk.settle()
    await desk.later(hours=1, minutes=1)
    second = await desk.ticket(team)
    await desk.settle()
    assert await desk.owner(second) is None
    listed = (await desk.send("GET", f"/agents/{agent}/leave"))["items"]
    assert listed == [made]
    await desk.send("DELETE", f"/agents/{agent}/leave/{made['id']}", status=204)
    await desk.settle()
    assert await desk.owner(second) == agent, "leave taken back"


async def test_the_last_agent_comes_first_when_free(desk: Desk) -> None:
    team = await desk.team_of([2, 5])
    known, other = desk.agents
    await desk.set(known, "online")
    first = await desk.ticket(team, customer="ann@shop.example")
    await desk.settle()
    assert await desk.owner(first) == known
    await desk.set(other, "online")
    again = await desk.ticket(team, customer="ann@shop.example")
    await desk.settle()
    assert await desk.owner(again) == known, "though it was the other's turn"
    assert (await desk.why(again))["given"]["why"] == "sticky"
    third = await desk.ticket(team, customer="ann@shop.example")
    await desk.settle()
    assert await desk.owner(third) == other, "nobody waits for somebody who is full"


async def test_a_chat_costs_more_and_a_channel_has_a_limit(desk: Desk) -> None:
    team = await desk.team_of([5, 5])
    one, two = desk.agents
    await desk.send("PUT", "/assignment/weights", {"items": [{"channel": "chat", "weight": 3}]})
    await desk.knows(two, limits=[{"channel": "api", "most": 1}])
    for agent in desk.agents:
        await desk.set(agent, "online")
    await desk.settle()
    chats = [await desk.ticket(team, channel="chat") for _ in range(3)]
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in chats] == [one, two, None]
    mails = [await desk.ticket(team) for _ in range(4)]
    await desk.settle()
    loads = await desk.loads()
    assert (loads[one][:2], loads[two][:2]) == ((5, 5), (4, 5))
    assert [await desk.owner(ticket) for ticket in mails].count(None) == 1
    kept = {one["agent_id"]: one for one in (await desk.why(mails[3]))["waiting"]["agents"]}
    assert kept[str(two)]["hindrances"] == [{"code": "channel_full", "needs": 1, "has": 1}]


async def test_an_action_hands_to_the_next_in_turn_also_where_work_is_by_hand(desk: Desk) -> None:
    team = await desk.team_of([5, 5], mode="manual")
    for agent in desk.agents:
        await desk.set(agent, "online")
    mine = [await desk.ticket(team) for _ in range(3)]
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [None] * 3
    assert (await desk.why(mine[0]))["state"] == "by_hand"
    steps = {"actions": [{"action": "assign", "params": {"to": "next"}}]}
    for ticket in mine[:2]:
        await desk.send("POST", f"/tickets/{ticket}/actions", steps)
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [*desk.agents, None]
    await desk.send("POST", f"/tickets/{mine[0]}/actions", steps)
    await desk.settle()
    assert await desk.owner(mine[0]) == desk.agents[0], "whose turn came round"


async def test_what_cannot_be_is_refused(desk: Desk) -> None:
    team = await desk.team_of([5])
    agent = desk.agents[0]
    skill = await desk.skill("One")

    async def refused(verb: str, path: str, body: Any, code: str, status: int) -> None:
        answer = await desk.send(verb, path, body, status=status)
        assert answer["code"] == code

    await refused("POST", "/skills", {"name": "one"}, "skill_name_taken", 409)
    twice = [{"skill_id": skill, "level": 1}, {"skill_id": skill, "level": 2}]
    await refused("PATCH", f"/agents/{agent}/profile", {"skills": twice}, "profile_invalid", 422)
    nobody = [{"skill_id": "1", "level": 1}]
    await refused("PATCH", f"/agents/{agent}/profile", {"skills": nobody}, "skill_not_found", 404)
    zone = {"time_zone": "Mars/Base"}
    await refused("PATCH", f"/agents/{agent}/profile", zone, "profile_invalid", 422)
    flat = {"shifts": {"mon": [["09:00", "09:00"]]}}
    await refused("PATCH", f"/agents/{agent}/profile", flat, "profile_invalid", 422)
    back = {"begins": "2026-12-02T00:00", "ends": "2026-12-01T00:00"}
    await refused("POST", f"/agents/{agent}/leave", back, "leave_invalid", 422)
    early = {"preferred_minutes": 10, "lower_minutes": 5}
    await refused("PATCH", f"/teams/{team}/assignment", early, "assignment_invalid", 422)
    weights = {"items": [{"channel": "pigeon", "weight": 2}]}
    await refused("PUT", "/assignment/weights", weights, "unknown_reference", 422)
    mine = {"field": "assignee", "op": "in", "value": ["me"]}
    rule = {"name": "r", "needs": [{"skill_id": skill}], "condition": mine}
    await refused("POST", "/assignment/rules", rule, "assignment_rule_invalid", 422)
    made = await desk.needs(skill, 1)
    await refused("DELETE", f"/skills/{skill}", None, "skill_in_use", 409)
    await desk.send("DELETE", f"/assignment/rules/{made['id']}", status=204)
    await desk.send("DELETE", f"/skills/{skill}", status=204)


async def test_only_who_manages_assignment_changes_it(desk: Desk) -> None:
    await desk.team_of([5])
    agent = desk.agents[0]
    async with desk.database.begin(desk.as_agent(agent)) as tx:
        assert await profiles.leave(tx, agent) == []
        with pytest.raises(Forbidden):
            await skills.create(tx, setup.SkillIn(name="x"))
        with pytest.raises(Forbidden):
            await profiles.update(tx, agent, change=setup.AgentProfileChange(languages=["zh"]))
