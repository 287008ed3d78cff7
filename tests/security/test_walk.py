"""A random walk of the API beside a model of it: two tenants, two agents of different rights, repeats.

hypothesis chooses the steps and makes a failing walk short. ``python -m tests.security.contract`` walks far.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from typing import Any, ClassVar

import httpx2
import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.domains.identity import people
from tests.security import contract, walk
from tests.support.desk import Desk, api_token, client, make_workspace

TENANTS = ("ours", "theirs")
WHICH = st.integers(0, 5)
WORDS = st.sampled_from(["red", "blue", "发票", "x' OR '1'='1", "ünï"])
LATER = "2099-01-01T00:00:00Z"


class Walk(RuleBasedStateMachine):
    """One walk. The desk is the same in all of them; tickets are made anew."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    apis: ClassVar[dict[str, httpx2.AsyncClient]]
    narrow: ClassVar[httpx2.AsyncClient]  # an agent of ours who sees their own tickets only
    narrow_id: ClassVar[str]
    count: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.model = walk.Model()

    def _ask(self, coroutine: Coroutine[Any, Any, httpx2.Response]) -> httpx2.Response:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)

    def _post(self, tenant: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        sent = self.apis[tenant].post(f"/api/v1{path}", json=body, headers=headers)
        return self._ask(sent)

    def _get(self, api: httpx2.AsyncClient, path: str) -> httpx2.Response:
        return self._ask(api.get(f"/api/v1{path}"))

    def _pick(self, tenant: str, which: int) -> walk.Ticket | None:
        found = self.model.of(tenant)
        return found[which % len(found)] if found else None

    def _change(self, ticket: walk.Ticket, body: dict[str, Any]) -> None:
        path = f"/api/v1/tickets/{ticket.id}"
        answer = self._ask(self.apis[ticket.tenant].patch(path, json=body))
        assert answer.status_code == 200, answer.text

    # ------------------------------------------------------------------------------------- steps

    @rule(tenant=st.sampled_from(TENANTS), subject=WORDS)
    def create(self, tenant: str, subject: str) -> None:
        type(self).count += 1
        key = f"walk-{self.count}"
        body = {"subject": subject, "body": "x", "requester": {"email": "ann@example.test"}}
        made = self._post(tenant, "/tickets", body, **{"Idempotency-Key": key})
        assert made.status_code == 201, made.text
        ticket = walk.Ticket(made.json()["id"], tenant, subject)
        self.model.tickets[ticket.id] = self.model.keys[key] = ticket

    @precondition(lambda self: self.model.keys)
    @rule(which=WHICH)
    def repeat(self, which: int) -> None:
        """The same request again makes nothing new; another one under its key is refused."""
        key, ticket = list(self.model.keys.items())[which % len(self.model.keys)]
        body = {"subject": ticket.subject, "body": "x", "requester": {"email": "ann@example.test"}}
        first = {**body, "subject": "another"}
        again = self._post(ticket.tenant, "/tickets", first, **{"Idempotency-Key": key})
        assert again.status_code in (409, 422), again.text

    @rule(tenant=st.sampled_from(TENANTS), which=WHICH, text=WORDS)
    def note(self, tenant: str, which: int, text: str) -> None:
        ticket = self._pick(tenant, which)
        if ticket is not None:
            type(self).count += 1
            said = f"{text} {self.count}"
            body = {"body": said, "visibility": "internal"}
            twice = {"Idempotency-Key": f"note-{self.count}"}
            ids = set()
            for _ in range(2):
                made = self._post(tenant, f"/tickets/{ticket.id}/messages", body, **twice)
                assert made.status_code == 201, made.text
                ids.add(made.json()["id"])
            assert len(ids) == 1
            ticket.notes.append(said)

    @rule(tenant=st.sampled_from(TENANTS), which=WHICH, priority=st.sampled_from(walk.PRIORITIES))
    def prioritise(self, tenant: str, which: int, priority: str) -> None:
        ticket = self._pick(tenant, which)
        if ticket is not None:
            self._change(ticket, {"priority": priority})
            ticket.priority = priority

    @rule(tenant=st.sampled_from(TENANTS), which=WHICH, tags=st.lists(WORDS, max_size=3))
    def tag(self, tenant: str, which: int, tags: list[str]) -> None:
        ticket = self._pick(tenant, which)
        if ticket is not None:
            self._change(ticket, {"tags": tags})
            ticket.tags = list(set(tags))

    @rule(which=WHICH, given=st.booleans())
    def assign(self, which: int, given: bool) -> None:  # noqa: FBT001 -- hypothesis passes by name
        ticket = self._pick("ours", which)
        if ticket is not None:
            to = self.narrow_id if given else None
            answer = self._post("ours", f"/tickets/{ticket.id}/assign", {"agent_id": to})
            assert answer.status_code == 200, answer.text
            ticket.assignee = to

    @rule(tenant=st.sampled_from(TENANTS), which=WHICH, asleep=st.booleans())
    def snooze(self, tenant: str, which: int, asleep: bool) -> None:  # noqa: FBT001 -- as above
        ticket = self._pick(tenant, which)
        if ticket is not None:
            self._change(ticket, {"snoozed_until": LATER if asleep else None})
            ticket.snoozed = asleep

    @rule(which=WHICH, other=WHICH, tenant=st.sampled_from(TENANTS))
    def merge(self, which: int, other: int, tenant: str) -> None:
        source, target = self._pick(tenant, which), self._pick(tenant, other)
        if source is not None and target is not None and source is not target:
            done = self._post(tenant, f"/tickets/{source.id}/merge", {"into_id": target.id})
            assert done.status_code == 200, done.text
            self.model.merged(done.json()["id"], source, into=target)

    @precondition(lambda self: self.model.merges)
    @rule()
    def undo(self) -> None:
        merge = self.model.merges[-1]
        done = self._post(merge.source.tenant, f"/operations/{merge.operation}/undo")
        assert done.status_code == 200, done.text
        self.model.undone(merge)

    @precondition(lambda self: self.model.tickets)
    @rule(which=WHICH)
    def trespass(self, which: int) -> None:
        """With the other tenant's token: not there, whatever is asked of it."""
        ticket = list(self.model.tickets.values())[which % len(self.model.tickets)]
        stranger = TENANTS[1 - TENANTS.index(ticket.tenant)]
        path = f"/tickets/{ticket.id}"
        assert self._get(self.apis[stranger], path).status_code == 404
        body = {"body": "x", "visibility": "internal"}
        assert self._post(stranger, f"{path}/messages", body).status_code == 404
        own = self._pick(stranger, which)
        if own is not None:
            into = {"into_id": ticket.id}
            assert self._post(stranger, f"/tickets/{own.id}/merge", into).status_code == 404

    # ------------------------------------------------------------------------------- what must hold

    def teardown(self) -> None:
        for ticket in self.model.tickets.values():
            if not ticket.gone:
                self._compare(ticket)
        for tenant in TENANTS:
            listed = self._get(self.apis[tenant], "/tickets?view=all&limit=200").json()["items"]
            ids = {row["id"] for row in listed}
            others = {one.id for one in self.model.tickets.values() if one.tenant != tenant}
            assert not ids & others
            assert {one.id for one in self.model.of(tenant)} <= ids

    def _compare(self, ticket: walk.Ticket) -> None:
        api = self.apis[ticket.tenant]
        answer = self._get(api, f"/tickets/{ticket.id}").json()
        assert walk.shown(answer) == walk.expected(ticket)
        page = self._get(api, f"/tickets/{ticket.id}/messages?limit=200").json()["items"]
        notes = [one["body_text"] for one in page if one["direction"] == "note"]
        assert sorted(notes) == sorted(ticket.notes)
        if ticket.tenant == "ours":
            seen = self._get(self.narrow, f"/tickets/{ticket.id}").status_code
            assert seen == (200 if ticket.assignee == self.narrow_id else 404)


async def test_the_api_does_what_its_model_does(desk: Desk) -> None:
    examples = int(os.environ.get(contract.EXAMPLES, "0"))
    grants = [{"permission": "ticket:read", "scope": "own"}]
    role = await desk.api.post("/api/v1/roles", json={"name": "Narrow", "grants": grants})
    Walk.narrow_id = await people.add_agent(desk, "bo@example.test", role_ids=[role.json()["id"]])
    other = await make_workspace(desk.edge, name="Theirs", email="theirs@example.test")
    token = await api_token(desk.database, int(other.workspace.id), agent_id=other.admin_id)
    Walk.loop = asyncio.get_running_loop()
    async with (
        client(desk.app, token=token) as theirs,
        people.signed_in(desk, "bo@example.test") as narrow,
    ):
        Walk.apis, Walk.narrow = {"ours": desk.api, "theirs": theirs}, narrow
        settings = hypothesis.settings(
            max_examples=examples or 15,
            stateful_step_count=40 if examples else 25,
            deadline=None,
            database=None,
            derandomize=not examples,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        await asyncio.to_thread(run_state_machine_as_test, Walk, settings=settings)
    assert Walk.count > 20  # it did walk
