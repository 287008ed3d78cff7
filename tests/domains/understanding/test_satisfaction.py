"""How satisfied a customer probably is whom nobody asked."""

from __future__ import annotations

from datetime import timedelta

from tests.domains.understanding.test_reading import ANGRY, CALM, Json, ticket, writes
from tests.support.desk import Desk
from yizhan.domains.surveys.service import answering
from yizhan.domains.understanding.satisfaction import rules


def test_what_happened_decides_and_is_said() -> None:
    thanked = rules.infer(
        rules.Course(last_text="好的，解决了，谢谢！", moods=(0.8, 0.05), turns=2)
    )
    upset = rules.infer(
        rules.Course(
            moods=(0.3, 0.9), turns=9, reopened=2, longest_wait=timedelta(days=3), answered=False
        )
    )
    assert (thanked.rating, upset.rating) == ("good", "bad")
    assert {one.name for one in thanked.parts} == {"usual", "course", "thanks"}
    assert [one.found for one in upset.parts if one.name == "reopened"] == ["2"]
    usual = rules.infer(rules.Course()).score
    assert upset.score < usual < thanked.score
    scolding = rules.Course(last_text="谢谢，真是“太好了”", moods=(0.9,))
    assert "thanks" not in {one.name for one in rules.infer(scolding).parts}


async def test_it_is_inferred_when_done_and_gives_way_to_the_customer_s_word(reader: Desk) -> None:
    calm, angry = await ticket(reader, CALM), await ticket(reader, ANGRY)
    assert (await _inferred(reader, angry["id"]))["score"] is None
    for one in (calm, angry):
        done = {"status": "resolved"}
        assert (
            await reader.api.patch(f"/api/v1/tickets/{one['id']}", json=done)
        ).status_code == 200
    await reader.run_jobs()
    good, bad = await _inferred(reader, calm["id"]), await _inferred(reader, angry["id"])
    assert (good["rating"], bad["rating"], bad["model"]) == ("good", "bad", "rules")
    assert {"mood", "grave", "unanswered"} <= {one["name"] for one in bad["parts"]}
    listed = {"name": "Bad", "condition": {"field": "inferred.rating", "op": "is", "value": "bad"}}
    view = (await reader.api.post("/api/v1/views", json=listed)).json()["id"]
    rows = (await reader.api.get(f"/api/v1/tickets?view={view}")).json()["items"]
    assert [one["id"] for one in rows] == [angry["id"]]

    await writes(reader, calm, "太气人了，根本没有解决，差评！")
    await reader.run_jobs()
    await reader.api.patch(f"/api/v1/tickets/{calm['id']}", json={"status": "resolved"})
    await reader.run_jobs()
    again = await _inferred(reader, calm["id"])
    assert again["score"] < good["score"]
    told = [one.data for one in await reader.events("satisfaction.inferred")]
    assert [one["rating"] for one in told][:2] in (["good", "bad"], ["bad", "good"])

    survey = {"name": "S", "kind": "csat", "channels": ["link"], "active": True}
    assert (await reader.api.post("/api/v1/surveys", json=survey)).status_code == 201
    async with reader.as_system() as tx:
        await tx.db.execute(
            "INSERT INTO survey_invitation (workspace_id, id, survey_id, kind, ticket_id, contact_id,"
            " channel, locale, sent_at, expires_at) SELECT workspace_id, 1, 1, 'csat', id, requester_id,"
            " 'link', 'en', now(), now() + interval '1 day' FROM ticket WHERE id = $1",
            int(angry["id"]),
        )
    async with reader.as_system() as tx:
        await answering.answer(tx, 1, score=5)
    report = (await reader.api.get("/api/v1/learning/satisfaction")).json()
    assert (report["inferred"], report["rated"], report["compared"]) == (2, 1, 1)
    assert report["right"]["value"] == 0.0, "it was wrong, and says so"
    assert report["calibration"][0]["good"]["value"] == 1.0


async def _inferred(desk: Desk, ticket_id: str) -> Json:
    answer = await desk.api.get(f"/api/v1/tickets/{ticket_id}/satisfaction/inferred")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found
