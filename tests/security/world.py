"""A workspace with one of everything, each carrying a mark that must never show up elsewhere."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Outgoing, Received, StoredFile
from yizhan.kernel.actor import system
from yizhan.kernel.tx import Tx

MARK = "CANARY"


class World:
    """Ids of a workspace's objects by the names that paths use."""

    def __init__(self, workspace_id: int, token: str, ids: dict[str, str]) -> None:
        self.workspace_id = workspace_id
        self.token = token
        self.ids = ids


async def _post(api: httpx2.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await api.post(f"/api/v1{path}", json=body)
    assert answer.status_code in (200, 201), (path, answer.text)
    found: dict[str, Any] = answer.json()
    return found


async def build(desk: Desk, *, name: str) -> World:
    """A further workspace on a desk, full of marked data."""
    mark = f"{MARK}-{name}"
    made = await make_workspace(desk.edge, name=mark, email=f"{name}@example.test")
    workspace_id = int(made.workspace.id)
    token = await api_token(desk.database, workspace_id, agent_id=made.admin_id)
    ids: dict[str, str] = {
        "workspace_id": str(workspace_id),
        "brand_id": str(made.brand_id),
        "other_id": "1",
    }
    async with client(desk.app, token=token) as api:
        ids["unit_id"] = (
            await _post(api, "/units", {"name": mark, "parent_id": str(made.unit_id)})
        )["id"]
        ids["role_id"] = (
            await _post(
                api,
                "/roles",
                {"name": mark, "grants": [{"permission": "ticket:read", "scope": "all"}]},
            )
        )["id"]
        agent = await _post(
            api,
            "/agents",
            {"name": mark, "email": f"agent-{name}@example.test", "role_ids": [ids["role_id"]]},
        )
        ids["agent_id"] = agent["id"]
        ids["team_id"] = (await _post(api, "/teams", {"name": mark, "members": [agent["id"]]}))[
            "id"
        ]
        ids["token_id"] = (await _post(api, "/tokens", {"name": mark, "scopes": ["ticket:read"]}))[
            "id"
        ]
        ids["company_id"] = (await _post(api, "/companies", {"name": mark}))["id"]
        hook = await _post(
            api, "/webhooks", {"url": "https://example.com/h", "events": ["*"], "name": mark}
        )
        ids["webhook_id"] = hook["id"]
        requester = {"email": f"{name}-customer@example.test", "name": mark}
        ticket = await _post(
            api, "/tickets", {"subject": mark, "body": mark, "requester": requester, "tags": [mark]}
        )
        ids["ticket_id"], ids["contact_id"] = ticket["id"], ticket["requester"]["id"]
        macro = {"title": mark, "reach": "all", "variants": [{"locale": "en", "body": mark}]}
        await _relations(api, ids, requester)
        ids["macro_id"] = (await _post(api, "/macros", macro))["id"]
        steps = [{"action": "add_note", "params": {"text": mark}}]
        ids["run_id"] = (
            await _post(api, f"/tickets/{ids['ticket_id']}/actions", {"actions": steps})
        )["id"]
        bulk = await api.post(
            "/api/v1/bulk",
            json={"selection": {"ids": [ids["ticket_id"]]}, "actions": steps, "name": mark},
        )
        assert bulk.status_code == 202, bulk.text
        ids["bulk_id"] = bulk.json()["id"]
        inbox = await _post(
            api,
            "/inboxes",
            {"name": mark, "channel": "form", "brand_id": ids["brand_id"], "settings": {}},
        )
        ids["inbox_id"] = inbox["id"]
        hours = {"mon": [["09:00", "18:00"]]}
        shifts = {"name": mark, "time_zone": "Asia/Shanghai", "hours": hours}
        ids["sla_calendar_id"] = (await _post(api, "/sla/calendars", shifts))["id"]
        target = {"key": "first", "kind": "first_response", "minutes": {"normal": 60}}
        promise = {"name": mark, "targets": [target], "calendar_id": ids["sla_calendar_id"]}
        ids["sla_policy_id"] = (await _post(api, "/sla/policies", promise))["id"]
        view = {"name": mark, "condition": {"field": "subject", "op": "is", "value": mark}}
        ids["view_id"] = (await _post(api, "/views", view))["id"]
        way = {"key": "a", "label_en": mark, "url": "https://example.com/a"}
        source = {"kind": "context_link", "name": mark, "settings": {"links": [way]}}
        made_source = await _post(api, "/panel/sources", {**source, "active": True})
        ids["source_id"], ids["link"] = made_source["id"], "a"
        await _fields(api, ids, mark)
        await _articles(api, ids, mark)
        await _assignment(api, ids, mark)
        await _contact(api, ids, mark)
        await _surveys(api, ids, mark)
        await _work(api, ids, mark)
    await _inside(desk, workspace_id, ids, mark)
    return World(workspace_id, token, ids)


async def _contact(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """Somebody was merged into the customer, of whom a fact is known."""
    contact = f"/contacts/{ids['contact_id']}"
    twin = await _post(api, "/contacts", {"name": mark})
    merged = await _post(api, f"{contact}/merge", {"other_id": twin["id"]})
    ids["merge_id"] = merged["merge_id"]
    profile = await _post(api, f"{contact}/facts", {"key": "city", "value": mark})
    ids["fact_id"] = profile["facts"][0]["id"]


async def _relations(
    api: httpx2.AsyncClient, ids: dict[str, str], requester: dict[str, str]
) -> None:
    """A second ticket that is linked to the first."""
    body = {"subject": requester["name"], "body": requester["name"], "requester": requester}
    other = (await _post(api, "/tickets", body))["id"]
    link = {"role": "child", "ticket_id": other}
    made = await _post(api, f"/tickets/{ids['ticket_id']}/links", link)
    ids["operation_id"], ids["role"] = made["id"], "child"


async def _fields(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """A custom field, a rule about it and a form that asks for it."""
    field = {"object": "ticket", "key": "mark", "type": "text", "name": {"en": mark}}
    ids["field_id"] = (await _post(api, "/fields", field))["id"]
    effect = {"do": "fill", "field": "mark", "value": mark, "only_empty": True}
    rule = {"object": "ticket", "name": mark, "effects": [effect]}
    ids["rule_id"] = (await _post(api, "/field-rules", rule))["id"]
    form = {"object": "ticket", "name": mark, "sections": [{"fields": ["mark"]}]}
    ids["form_id"] = (await _post(api, "/forms", form))["id"]
    layout = {"place": "panel", "name": mark, "groups": [{"items": ["status", "field.mark"]}]}
    ids["layout_id"] = (await _post(api, "/layouts", layout))["id"]


async def _assignment(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """A skill, a rule that asks for it, and leave of an agent."""
    ids["skill_id"] = (await _post(api, "/skills", {"name": mark}))["id"]
    rule = {"name": mark, "needs": [{"skill_id": ids["skill_id"]}]}
    ids["assignment_rule_id"] = (await _post(api, "/assignment/rules", rule))["id"]
    leave = {"begins": "2031-01-01T00:00", "ends": "2031-01-02T00:00", "note": mark}
    ids["leave_id"] = (await _post(api, f"/agents/{ids['agent_id']}/leave", leave))["id"]


async def _articles(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """A category and an article with a published version."""
    category = {"names": {"en": mark}}
    ids["category_id"] = (await _post(api, "/knowledge/categories", category))["id"]
    article = {"locale": "en", "title": mark, "html": f"<p>{mark}</p>"}
    ids["article_id"] = (await _post(api, "/knowledge/articles", article))["id"]
    await _post(api, f"/knowledge/articles/{ids['article_id']}/texts/en/publish", {})
    ids["check_id"] = (await api.post("/api/v1/knowledge/health/checks")).json()["id"]
    ids["locale"], ids["version"] = "en", "1"


async def _surveys(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """A survey, and a customer who is asked by it."""
    survey = {"name": mark, "kind": "csat", "channels": ["link"], "active": True}
    ids["survey_id"] = (await _post(api, "/surveys", survey))["id"]
    await _post(api, f"/tickets/{ids['ticket_id']}/satisfaction/link", {})


async def _work(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """A template, an item, time and a reminder."""
    ticket = f"/tickets/{ids['ticket_id']}"
    template = {"name": mark, "items": [{"text": mark}]}
    ids["checklist_template_id"] = (await _post(api, "/checklist-templates", template))["id"]
    line = {"items": [{"text": mark}]}
    ids["checklist_item_id"] = (await _post(api, f"{ticket}/checklist", line))["items"][0]["id"]
    ids["time_entry_id"] = (await _post(api, f"{ticket}/time", {"minutes": 5, "note": mark}))["id"]
    reminder = {"at": "2031-01-01T09:00:00Z", "note": mark}
    ids["reminder_id"] = (await _post(api, f"{ticket}/reminders", reminder))["id"]
    await _lab(api, ids, mark)


async def _finding(tx: Tx, ids: dict[str, str], mark: str) -> None:
    """A question without an article, that rests on the ticket."""
    evidence = {"quotes": [{"text": mark, "ticket_id": int(ids["ticket_id"])}]}
    finding_id = tx.new_id()
    await tx.db.execute(
        "INSERT INTO knowledge_finding (workspace_id, id, kind, key, state, title, count, evidence,"
        " fingerprint, first_at, last_at) VALUES ($1, $2, 'gap', 'x', 'open', $3, 1, $4, 'x', $5, $5)",
        tx.workspace_id,
        finding_id,
        mark,
        evidence,
        tx.now,
    )
    ids["finding_id"] = str(finding_id)


async def _inside(desk: Desk, workspace_id: int, ids: dict[str, str], mark: str) -> None:
    """What no endpoint makes: files on messages, envelopes, sessions, identities, deliveries."""
    kept = await tickets.put_file(
        desk.edge.store,
        workspace_id,
        name=f"{mark}.txt",
        content_type="text/plain",
        content=mark.encode(),
    )
    async with desk.database.begin(system(workspace_id)) as tx:
        file = await tickets.record_file(tx, kept)
        ids["file_id"] = str(file.id)
        version_id = tx.new_id()
        await tx.db.execute(
            "INSERT INTO model_version (workspace_id, id, head, number, state, cause, started_by, created_at)"
            " VALUES ($1, $2, 'intent', 1, 'candidate', 'button', $3, now())",
            workspace_id,
            version_id,
            {"kind": "agent", "name": mark},
        )
        ids["version_id"] = str(version_id)
        await _finding(tx, ids, mark)
        conversation = await tx.db.fetchval(
            "SELECT id FROM conversation WHERE workspace_id = $1", workspace_id
        )
        envelope_id = tx.new_id()
        receipt = await tickets.receive(
            tx,
            Received(
                channel="api",
                contact_id=int(ids["contact_id"]),
                author_name=mark,
                text=mark,
                conversation_id=conversation,
                files=(StoredFile(file.id),),
                envelope_id=envelope_id,
            ),
        )
        ids["message_id"] = str(receipt.message_id)
        await tickets.reply(
            tx, int(ids["ticket_id"]), outgoing=Outgoing(body=mark, visibility="internal")
        )
        sha256 = await desk.edge.store.put(workspace_id, mark.encode())
        for state, key in (("message", envelope_id), ("quarantine", tx.new_id())):
            await tx.db.execute(
                "INSERT INTO envelope (workspace_id, id, inbox_id, dedupe_key, state, reason, sha256, size,"
                " content_type, summary, message_id, received_at) VALUES"
                " ($1, $2, $3, $4, $5, $6, $7, 10, 'text/plain', $8, $9, now())",
                workspace_id,
                key,
                int(ids["inbox_id"]),
                str(key),
                state,
                mark,
                sha256,
                {"subject": mark},
                receipt.message_id if state == "message" else None,
            )
            ids["envelope_id"] = str(key)
        session_id = tx.new_id()
        await tx.db.execute(
            "INSERT INTO session (workspace_id, id, agent_id, token_hash, expires_at)"
            " VALUES ($1, $2, $3, $4, now() + interval '1 day')",
            workspace_id,
            session_id,
            int(ids["agent_id"]),
            str(session_id).encode(),
        )
        ids["session_id"] = str(session_id)
        ids["device_id"] = str(device_id := tx.new_id())
        await tx.db.execute(
            "INSERT INTO push_device (workspace_id, id, agent_id, session_id, endpoint_hash,"
            " subscription, service, created_at) VALUES ($1, $2, $3, $4, $5, $5, $6, now())",
            workspace_id,
            device_id,
            int(ids["agent_id"]),
            session_id,
            str(device_id).encode(),
            mark,
        )
        ids["identity_id"] = str(
            await tx.db.fetchval(
                "SELECT id FROM identity WHERE workspace_id = $1 LIMIT 1", workspace_id
            )
        )
        delivery_id = tx.new_id()
        await tx.db.execute(
            "INSERT INTO webhook_delivery (workspace_id, id, webhook_id, event_id, type, body, state, next_at,"
            " created_at) VALUES ($1, $2, $3, 1, $4, $4, 'failed', now(), now())",
            workspace_id,
            delivery_id,
            int(ids["webhook_id"]),
            mark,
        )
        ids["delivery_id"] = str(delivery_id)
        ids["change_id"] = str(change_id := tx.new_id())
        await tx.db.execute(
            "INSERT INTO lab_change (workspace_id, id, kind, subject, variant, title, detail, state, asked_by,"
            " created_at) VALUES ($1, $2, 'threshold', 'intent', '1', $3, $4, 'blocked', '{}', now())",
            workspace_id,
            change_id,
            mark,
            {"on": True, "threshold": 0.5},
        )
        await _copilot(tx, ids, mark)


async def _lab(api: httpx2.AsyncClient, ids: dict[str, str], mark: str) -> None:
    """A golden set with a case, and a run that waits."""
    golden = {"name": mark, "kind": "intent", "guards": False}
    ids["set_id"] = (await _post(api, "/lab/sets", golden))["id"]
    path = f"/lab/sets/{ids['set_id']}"
    ids["case_id"] = (await _post(api, f"{path}/cases", {"text": mark, "expected": [mark]}))["id"]
    started = await api.post(f"/api/v1{path}/runs", json={})
    assert started.status_code == 202, started.text
    ids["lab_run_id"] = started.json()["id"]


async def _copilot(tx: Tx, ids: dict[str, str], mark: str) -> None:
    """Something that left for a model server, and what the copilot made."""
    sent_id, answer_id = tx.new_id(), tx.new_id()
    ids["place"] = "cloud"
    await tx.db.execute(
        "INSERT INTO copilot_server (workspace_id, place, url, model, quiet_seconds, whole_seconds,"
        " price_in, price_out, hides, active, updated_at)"
        " VALUES ($1, 'cloud', 'https://example.com/v1', $2, 1, 1, 0, 0, true, false, now())",
        tx.workspace_id,
        mark,
    )
    await tx.db.execute(
        "INSERT INTO copilot_sent (workspace_id, id, at, place, host, model, task, ticket_id, said,"
        " hidden, outcome) VALUES ($1, $2, now(), 'cloud', $3, $3, 'draft', $4, '[]', '{}', 'failed')",
        tx.workspace_id,
        sent_id,
        mark,
        int(ids["ticket_id"]),
    )
    await tx.db.execute(
        "INSERT INTO copilot_answer (workspace_id, id, at, ticket_id, task, made_by, body)"
        " VALUES ($1, $2, now(), $3, 'draft', 'model', $4)",
        tx.workspace_id,
        answer_id,
        int(ids["ticket_id"]),
        mark,
    )
    decision_id = tx.new_id()
    await tx.db.execute(
        "INSERT INTO copilot_skill_decision (workspace_id, id, at, skill, version, prompt_version, model,"
        " made_by, ticket_id, message_id, intent, inputs, output, steps, confidence, why, level, took_ms,"
        " fate) VALUES ($1, $2, now(), 'triage', '1', '', $3, 'embedded', $4, 1, '', '{}', '{}', '[]', 1,"
        " '', 'suggest', 1, 'open')",
        tx.workspace_id,
        decision_id,
        mark,
        int(ids["ticket_id"]),
    )
    ids["sent_id"], ids["answer_id"] = str(sent_id), str(answer_id)
    ids["decision_id"], ids["skill"] = str(decision_id), "triage"
