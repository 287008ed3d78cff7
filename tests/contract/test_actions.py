"""What every action folder must hold to. A new folder is tested by being there."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.desk import Desk, agent_actor
from yizhan.app import discovery
from yizhan.domains.automation import contract, registry, testing
from yizhan.domains.automation.contract import Why
from yizhan.domains.automation.service import actions
from yizhan.domains.automation.types import Step
from yizhan.domains.channels import registry as channels
from yizhan.domains.channels import testing as channel_testing
from yizhan.domains.identity.permissions import PERMISSIONS
from yizhan.kernel import errors, forms
from yizhan.kernel.tx import Tx

discovery.load()
ACTIONS = registry.known()
LANGUAGES = set(forms.LANGUAGES)
each = pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.id)
# Each time anew by its very nature.
_REPEATS = {"add_note", "reply", "call_webhook"}


def test_every_folder_is_loaded() -> None:
    root = Path(str(resources.files("yizhan.extensions.actions")))
    folders = {path.parent.name for path in root.glob("*/manifest.toml")}
    assert folders == {action.id for action in ACTIONS}
    assert {"set_status", "assign", "reply", "call_webhook"} <= folders


@each
def test_the_manifest_says_what_it_is_in_both_languages(action: registry.Loaded) -> None:
    manifest = action.manifest
    assert set(manifest.name) == set(manifest.description) == LANGUAGES
    assert all([*manifest.name.values(), *manifest.description.values(), manifest.icon])
    assert manifest.permission in PERMISSIONS
    assert not manifest.set_up or manifest.set_up in PERMISSIONS


@each
def test_every_parameter_has_a_title_in_both_languages(action: registry.Loaded) -> None:
    for name, spec in action.schema().get("properties", {}).items():
        assert set(spec.get("x-title", {})) == LANGUAGES, name
        choices = spec.get("enum")
        for language, words in spec.get("x-choices", {}).items():
            assert choices is None or set(words) == set(choices), (name, language)


async def _params(tx: Tx, action: registry.Loaded) -> list[dict[str, Any]]:
    """Parameters that are valid here: made from the form, or what the action needs besides."""
    team = await tx.db.fetchval("SELECT id FROM team WHERE workspace_id = $1", tx.workspace_id)
    if team is None:
        team = tx.new_id()
        await tx.db.execute(
            "INSERT INTO team (workspace_id, id, name) VALUES ($1, $2, 'T')", tx.workspace_id, team
        )
    me = str(tx.actor.agent_id)
    known: dict[str, list[dict[str, Any]]] = {
        "assign": [{"to": "me"}, {"to": "nobody"}, {"to": "team", "team_id": str(team)},
                   {"to": "agent", "agent_id": me}, {"to": "next", "team_id": str(team)}],
        "reply": [{"text": "Hello {{customer.name}}"}],
        "set_status": [{"status": "pending"}, {"status": "resolved"}, {"status": "closed"}],
        "call_webhook": [{"url": "https://example.com/hook"}],
        "set_field": [{"field": "a", "value": "b"}, {"field": "order", "value": None}],
        "remove_tags": [{"tags": ["old"]}],
        "unwatch": [{"agent_id": me}],
    }  # fmt: skip
    return known.get(action.id) or [_sample(action.schema())]


def _sample(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in schema.get("required", []):
        spec = schema["properties"][name]
        kind = spec.get("type")
        found[name] = (
            spec["enum"][0] if "enum" in spec
            else ["x"] if kind == "array"
            else max(2, spec.get("minimum", 1)) if kind == "integer"
            else "text"
        )  # fmt: skip
    return found


async def _mailbox(desk: Desk) -> None:
    """A way for answers, and time to take them back."""
    brand = (await desk.api.get("/api/v1/brands")).json()
    email = channels.get("email")
    made = await desk.api.post(
        "/api/v1/inboxes",
        json={
            "name": "Mail",
            "channel": "email",
            "brand_id": (brand if isinstance(brand, list) else brand["items"])[0]["id"],
            "settings": channel_testing.sample(email),
        },
    )
    assert made.status_code == 201, made.text
    patient = await desk.api.patch(
        "/api/v1/workspace", json={"settings": {"undo_send_seconds": 60}}
    )
    assert patient.status_code == 200, patient.text


async def _ticket(desk: Desk) -> int:
    made = await desk.api.post(
        "/api/v1/tickets",
        json={
            "subject": "S",
            "body": "B",
            "requester": {"email": "c@example.test", "name": "C"},
            "tags": ["old"],
            "fields": {"order": "7"},
        },
    )
    return int(made.json()["id"])


@each
async def test_parameters_round_trip_and_wrong_ones_are_refused_by_name(
    desk: Desk, action: registry.Loaded
) -> None:
    async with desk.begin() as tx:
        for values in await _params(tx, action):
            params = registry.convert(action, values)
            again = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(params)))
            assert registry.convert(action, again) == params
            with pytest.raises(contract.ParamsInvalid):
                registry.convert(action, {**values, "colour": "red"})


@each
async def test_run_then_undo_is_the_same_ticket(desk: Desk, action: registry.Loaded) -> None:
    await _mailbox(desk)
    ticket_id = await _ticket(desk)
    async with desk.begin() as tx:
        choices = await _params(tx, action)
        if action.id == "unwatch":
            await action_run(tx, ticket_id, Step("watch"))
    for values in choices:
        step = Step(action.id, values)
        async with desk.begin() as tx:
            await actions.check(tx, [step])
            before = await testing.state(tx, ticket_id)
            try:
                run = await action_run(tx, ticket_id, step)
            except contract.NothingToDo:
                assert values == {"to": "nobody"}  # nobody had it
                continue
            if action.manifest.undo != "no":
                assert await testing.state(tx, ticket_id) != before
        async with desk.begin() as tx:  # another transaction: nothing is kept in memory
            if action.manifest.undo == "no":
                with pytest.raises(contract.CannotBeUndone):
                    await actions.undo(tx, run.id)
            else:
                await actions.undo(tx, run.id)
                assert await testing.state(tx, ticket_id) == before
                assert len(await testing.state_hash(tx, ticket_id)) == 64


async def action_run(tx: Tx, ticket_id: int, step: Step) -> Any:
    return await actions.run(tx, ticket_id, steps=[step], why=Why("test"))


@each
async def test_twice_is_safe(desk: Desk, action: registry.Loaded) -> None:
    ticket_id = await _ticket(desk)
    async with desk.begin() as tx:
        values = (await _params(tx, action))[0]
        if action.id == "unwatch":
            await action_run(tx, ticket_id, Step("watch"))
        await action_run(tx, ticket_id, Step(action.id, values))
    async with desk.begin() as tx:
        before = await testing.state_hash(tx, ticket_id)
        if action.id in _REPEATS:
            await action_run(tx, ticket_id, Step(action.id, values))
            return
        with pytest.raises(contract.NothingToDo):
            await action_run(tx, ticket_id, Step(action.id, values))
        assert await testing.state_hash(tx, ticket_id) == before


@each
async def test_the_permission_is_asked_for(desk: Desk, action: registry.Loaded) -> None:
    ticket_id = await _ticket(desk)
    made = await desk.api.post(
        "/api/v1/agents",
        json={
            "name": "V",
            "email": "v@example.test",
            "role_ids": [str(desk.created.roles["viewer"])],
        },
    )
    viewer = await agent_actor(desk.database, desk.workspace_id, int(made.json()["id"]))
    async with desk.begin() as tx:
        values = (await _params(tx, action))[0]
    step = Step(action.id, values)
    async with desk.begin(viewer) as tx:
        if action.manifest.permission == "ticket:read":
            if action.id != "unwatch":
                await action_run(tx, ticket_id, step)
            return
        before = await testing.state_hash(tx, ticket_id)
        with pytest.raises(errors.Forbidden):
            await action_run(tx, ticket_id, step)
        assert await testing.state_hash(tx, ticket_id) == before
