"""A profile on a real desk: it lives, keeps what agents say, and goes when it is erased."""

from __future__ import annotations

from typing import Any

from tests.support.desk import Desk
from yizhan.domains.profile.service import staging
from yizhan.domains.understanding import repository as signals
from yizhan.domains.understanding.types import Signals
from yizhan.kernel import events, log

WHO = {"email": "ann@shop.example", "name": "Ann"}


async def send(desk: Desk, verb: str, path: str, body: Any = None, *, status: int = 200) -> Any:
    answer = await desk.api.request(verb, f"/api/v1{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def writes(desk: Desk, text: str, *, who: Any = WHO) -> tuple[str, str]:
    """A customer's ticket; its id and theirs."""
    ticket = {"subject": "Hello", "body": text, "requester": who}
    made = await send(desk, "POST", "/tickets", ticket, status=201)
    await follow(desk)
    return made["id"], made["requester"]["id"]


async def follow(desk: Desk) -> None:
    """Let profiles read the log."""
    consumer = next(one for one in events.consumers() if one.name == "profile")
    await log.catch_up(desk.database, consumer, desk.workspace_id)


def values(profile: Any) -> dict[str, str]:
    return {one["key"]: one["value"] for one in profile["facts"]}


async def test_what_is_said_is_known_with_its_source_and_an_agent_s_word_holds(desk: Desk) -> None:
    ticket, contact = await writes(desk, "I live in Berlin. Please don't call me.")
    path = f"/contacts/{contact}"
    profile = await send(desk, "GET", f"{path}/profile")
    assert (profile["stage"], profile["stage_by"]) == ("new", "rule")
    city = next(one for one in profile["facts"] if one["key"] == "city")
    assert (city["value"], city["source"]["ticket_id"]) == ("Berlin", ticket)
    assert "I live in Berlin" in city["source"]["quote"]
    await writes(desk, "I live in Bonn these days.")
    profile = await send(desk, "GET", f"{path}/profile")
    city = next(one for one in profile["facts"] if one["key"] == "city")
    assert (city["value"], [one["value"] for one in city["before"]]) == ("Bonn", ["Berlin"])
    fixed = await send(desk, "PATCH", f"{path}/facts/{city['id']}", {"value": "Köln"})
    assert values(fixed)["city"] == "Köln"
    await writes(desk, "I live in Berlin, really.")
    after = await send(desk, "GET", f"{path}/profile")
    assert values(after)["city"] == "Köln", "a correction is never overwritten"
    calls = next(one for one in after["facts"] if one["key"] == "calls")
    await send(desk, "DELETE", f"{path}/facts/{calls['id']}", status=204)
    await writes(desk, "Please don't call me.")
    assert "calls" not in values(await send(desk, "GET", f"{path}/profile"))
    await send(desk, "PATCH", f"{path}/facts/1", {"value": "x"}, status=404)


async def test_a_merge_shows_both_and_its_undoing_takes_them_apart(desk: Desk) -> None:
    _, one = await writes(desk, "I live in Berlin.")
    _, two = await writes(desk, "Call me after 6 pm", who={"email": "a2@shop.example", "name": "A"})
    merge = await send(desk, "POST", f"/contacts/{one}/merge", {"other_id": two}, status=201)
    both = values(await send(desk, "GET", f"/contacts/{one}/profile"))
    assert {"city", "contact_time"} <= set(both)
    await send(desk, "POST", f"/contacts/merges/{merge['merge_id']}/undo", status=204)
    assert "city" not in values(await send(desk, "GET", f"/contacts/{two}/profile"))
    assert "contact_time" not in values(await send(desk, "GET", f"/contacts/{one}/profile"))


async def test_erasing_leaves_nothing_and_reads_nothing(desk: Desk) -> None:
    _, contact = await writes(desk, "I live in Berlin.")
    await send(desk, "DELETE", f"/contacts/{contact}/profile", status=204)
    await writes(desk, "I live in Berlin.")
    profile = await send(desk, "GET", f"/contacts/{contact}/profile")
    assert (profile["facts"], profile["collect"]) == ([], False)
    logged = [event for event in await desk.events() if event.type.startswith("contact.")]
    assert all("Berlin" not in str(event.data) for event in logged), "the log has keys only"
    await send(desk, "PATCH", f"/contacts/{contact}/profile", {"collect": True})
    await writes(desk, "I live in Berlin.")
    assert "city" in values(await send(desk, "GET", f"/contacts/{contact}/profile"))


async def test_stages_follow_what_happens_unless_set_by_hand(desk: Desk) -> None:
    ticket, contact = await writes(desk, "This is the last time I write to you!")
    async with desk.as_system() as tx:
        known = Signals(ticket_id=int(ticket), message_id=1, negative=0.95, grave=True)
        await signals.put_current(tx, known, turned_at=tx.now)
        assert await staging.evaluate(tx, [int(contact)]) == 1
        assert await staging.evaluate(tx, [int(contact)]) == 0, "nothing changed, nothing said"
    path = f"/contacts/{contact}/profile"
    profile = await send(desk, "GET", path)
    assert profile["stage"] == "at_risk"
    assert profile["reasons"] == [{"metric": "grave_30", "op": "at_least", "value": 1, "figure": 1}]
    by_hand = await send(desk, "PATCH", path, {"stage": "loyal"})
    assert (by_hand["stage"], by_hand["stage_by"]) == ("loyal", "agent")
    async with desk.as_system() as tx:
        assert await staging.evaluate(tx, [int(contact)]) == 0
    assert (await send(desk, "PATCH", path, {"stage": None}))["stage"] == "at_risk"
    await send(desk, "PATCH", path, {"stage": "nowhere"}, status=422)
    changed = [event for event in await desk.events() if event.type == "contact.stage_changed"]
    stages = [event.data["changes"]["stage"][1] for event in changed]
    assert stages == ["new", "at_risk", "loyal", "at_risk"]


async def test_the_admin_s_rules_hold_for_everybody(desk: Desk) -> None:
    _, contact = await writes(desk, "Hello there, where is my parcel?")
    settings = await send(desk, "GET", "/profile/settings")
    assert settings["rules"] == settings["usual"]
    rules = [
        {"stage": "busy", "tests": [{"metric": "tickets", "op": "at_least", "value": 1}]},
        {"stage": "quiet"},
    ]
    await send(desk, "PUT", "/profile/settings", {"rules": rules})
    async with desk.as_system() as tx:
        assert await staging.all_of(tx, after=0) is None
    assert (await send(desk, "GET", f"/contacts/{contact}/profile"))["stage"] == "busy"
    shown = await send(desk, "GET", "/profile/settings")
    assert {one["stage"]: one["customers"] for one in shown["counts"]}["busy"] == 1
    endless = {"rules": rules[:1]}
    refused = await send(desk, "PUT", "/profile/settings", endless, status=422)
    assert refused["code"] == "stage_rules_invalid"
