"""An unfinished answer goes along to every device of its writer."""

from __future__ import annotations

from tests.support.desk import Desk, api_token, client


async def test_a_draft_keeps_its_recipients_for_the_next_device(desk: Desk) -> None:
    ticket = (
        await desk.api.post(
            "/api/v1/tickets",
            json={"subject": "Hi", "body": "?", "requester": {"email": "li@example.test"}},
        )
    ).json()
    place = f"/api/v1/tickets/{ticket['id']}/draft"
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with (
        client(desk.app, token=token) as here,
        client(desk.app, token=token) as there,
    ):
        assert (await there.get(place)).json()["to"] is None
        written = {"body": "Dear", "to": ["li@example.test", "wang@exa"], "cc": []}
        assert (await here.put(place, json=written)).status_code == 200
        found = (await there.get(place)).json()
        assert (found["body"], found["to"], found["cc"]) == ("Dear", written["to"], [])

        # As the server would do it: nothing is chosen any more.
        await there.put(place, json={"body": "Dear", "to": None, "cc": None})
        assert (await here.get(place)).json()["to"] is None
        await there.put(place, json={"body": "Dear", "cc": ["wang@example.test"]})
        assert (await here.delete(place)).status_code == 204
        assert (await here.get(place)).json()["cc"] is None
