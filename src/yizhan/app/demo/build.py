"""The whole demo: lay the ground, perform the plan, and say how to sign in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from yizhan.app.demo import articles, asking, lab, mails, people, perform, plan, promises, ratings
from yizhan.app.demo import ground as grounds
from yizhan.app.demo.ground import Ground
from yizhan.kernel import clock, events, log
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

_UNREAD = timedelta(days=2)  # what is older was read by everybody

_READ_TICKETS = """
INSERT INTO ticket_read (workspace_id, agent_id, ticket_id, message_id)
SELECT t.workspace_id, a.id, t.id, t.last_message_id
FROM ticket t JOIN agent a ON a.workspace_id = t.workspace_id
WHERE t.workspace_id = $1 AND t.last_message_at < $2
ON CONFLICT DO NOTHING
"""
_READ_NOTIFICATIONS = "UPDATE notification SET read_at = at WHERE workspace_id = $1 AND at < $2"
# When each channel last carried something, as a desk in use would show.
_INBOXES = """
UPDATE inbox i SET last_in_at = greatest(i.last_in_at, m.last_in), last_out_at = greatest(i.last_out_at, m.last_out)
FROM (SELECT c.inbox_id, max(m.created_at) FILTER (WHERE m.direction = 'in') AS last_in,
             max(m.created_at) FILTER (WHERE m.direction = 'out' AND m.delivery_state <> 'failed') AS last_out
      FROM message m JOIN conversation c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
      WHERE m.workspace_id = $1 GROUP BY c.inbox_id) m
WHERE i.workspace_id = $1 AND i.id = m.inbox_id
"""
_DONE = """
UPDATE workspace SET settings = jsonb_set(settings, '{demo,done}', to_jsonb($2::int))
WHERE workspace_id = $1
"""


async def build(edge: Edge, *, seed: int) -> dict[str, Any]:
    """Create the demo, or what is missing of it, and return its sign-in. Safe to call again."""
    timetable = plan.make(seed)
    ground = await grounds.find(edge.database, seed)
    if ground is None:
        ground = await grounds.lay(edge, seed, base=clock.now())
    if ground.done < len(timetable.steps) + 1:
        await articles.lay(edge, ground)
        stage = perform.Stage(edge.database, plan=timetable, ground=ground, seed=seed)
        await stage.run()
        await asking.ask(stage, stage.ground)
        await mails.take_in(edge, stage.ground)
        async with edge.database.begin(stage.actors[people.AGENTS[0].key]) as tx:
            await lab.lay(tx)
        await _finish(edge, stage.ground, done=len(timetable.steps) + 1)
    return sign_in(edge, ground, seed=seed)


async def _finish(edge: Edge, ground: Ground, *, done: int) -> None:
    """Let the log's readers catch up, so that the first start finds a settled desk."""
    async with edge.database.begin(system(ground.workspace_id)) as tx:
        await promises.settle(tx)
    for consumer in events.consumers():
        await log.catch_up(edge.database, consumer, ground.workspace_id)
    async with edge.database.begin(system(ground.workspace_id)) as tx:
        for statement in (_READ_TICKETS, _READ_NOTIFICATIONS):
            await tx.db.execute(statement, tx.workspace_id, ground.base - _UNREAD)
        await tx.db.execute(_INBOXES, tx.workspace_id)
        await ratings.open_for_all(tx)
        await tx.db.execute(_DONE, tx.workspace_id, done)


def sign_in(edge: Edge, ground: Ground, *, seed: int) -> dict[str, Any]:
    """What a person, or a check, needs to work with the demo."""
    accounts = [
        {
            "email": people.email_of(person),
            "password": grounds.password(edge.vault, ground.workspace_id, key=person.key),
        }
        for person in people.AGENTS
    ]
    return {
        "workspace": grounds.slug_of(seed),
        "admin": accounts[0],
        "agents": accounts[1:],
        "token": grounds.token(edge.vault, ground.workspace_id),
    }
