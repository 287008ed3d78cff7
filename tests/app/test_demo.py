"""The demo: the same for a seed, safe to run again and to interrupt, believable in its times."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from tests.conftest import cloned
from tests.support import desk as support
from tests.support.desk import Desk
from yizhan.app import discovery
from yizhan.app.demo import articles, build, ground, hours, lab, perform, plan
from yizhan.domains.audit import service as audit
from yizhan.domains.identity.service import authentication
from yizhan.kernel import clock, db
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.learning import shipped

BASE = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # a Tuesday, 14:30 in Shanghai


def test_a_seed_gives_the_same_content_and_another_seed_another() -> None:
    assert plan.make(1).digest() == plan.make(1).digest()
    assert plan.make(1).digest() != plan.make(2).digest()


def test_it_is_a_lively_desk() -> None:
    made = plan.make(1)
    count = Counter(story.status for story in made.stories)
    assert len(made.stories) >= 120
    assert len(set(made.customers)) >= 60
    assert set(count) >= {"new", "open", "pending", "on_hold", "snoozed", "resolved", "closed"}
    assert {story.channel for story in made.stories} == {"email", "chat", "form", "api"}
    assert {story.locale for story in made.stories} == {"zh-CN", "en"}
    said = [step.text for step in made.steps if step.act in ("ask", "answer", "note")]
    assert len(said) > 300
    assert len(set(said)) == len(said), "nothing is said twice"
    assert not [text for text in said if "{" in text]
    assert sum(1 for step in made.steps if step.error) >= 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_story_runs_forward_in_time(seed: int) -> None:
    before: dict[int, float] = {}
    for step in plan.make(seed).steps:
        assert 0 <= step.ago <= before.get(step.story, plan.SPAN + 1)
        before[step.story] = step.ago


def test_work_happens_in_business_hours_and_in_order() -> None:
    moments = [hours.back(BASE, minutes) for minutes in range(0, 24_000, 37)]
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == BASE
    assert all(9 <= moment.hour <= 19 for moment in moments)
    assert BASE - moments[-1] > timedelta(weeks=5)


@dataclass
class Built:
    """A desk with a demo."""

    desk: Desk
    printed: dict[str, Any]
    workspace_id: int


@pytest.fixture(scope="module")
async def built(
    cluster_dsn: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Built]:
    """Made once: nobody who looks at it changes it."""
    discovery.load()
    async with cloned(cluster_dsn, template) as dsn:
        database = await db.connect(dsn, pool=8)
        async with support.open_desk(database, tmp_path_factory.mktemp("demo")) as desk:
            printed = await build.build(desk.edge, seed=7)
            found = await ground.find(database, 7)
            assert found is not None
            yield Built(desk, printed, found.workspace_id)
        await database.close()


async def content(database: Database, workspace_id: int) -> list[Any]:
    """Tickets in their order, with what was said, without ids and times."""
    async with database.begin(system(workspace_id)) as tx:
        rows = await tx.db.fetch(
            "SELECT t.subject, t.status, t.priority, t.tags, t.channel, c.name AS customer,"
            " a.name AS agent, t.snoozed_until IS NOT NULL AS snoozed,"
            " (SELECT jsonb_agg(jsonb_build_array(m.direction, m.author_name, m.body_text,"
            "   m.delivery_state) ORDER BY m.id) FROM message m WHERE m.ticket_id = t.id) AS said"
            " FROM ticket t JOIN contact c ON c.id = t.requester_id"
            " LEFT JOIN agent a ON a.id = t.assignee_id"
            " WHERE t.workspace_id = $1 ORDER BY t.number",
            workspace_id,
        )
    return [dict(row) for row in rows]


async def test_a_second_run_changes_nothing_and_prints_the_same(built: Built) -> None:
    database = built.desk.database
    before = await content(database, built.workspace_id)
    made = plan.make(7)
    assert [row["subject"] for row in before] == [
        made.stories[step.story].subject for step in _first_words(made)
    ]
    assert [row["customer"] for row in before] == [
        made.customers[step.story].name for step in _first_words(made)
    ]
    assert await build.build(built.desk.edge, seed=7) == built.printed
    assert await content(database, built.workspace_id) == before
    async with database.begin(system(built.workspace_id)) as tx:
        waiting = await tx.db.fetchval(
            "SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending')"
        )
        held = await tx.db.fetchval("SELECT count(*) FROM envelope WHERE state = 'quarantine'")
        late = await tx.db.fetchval("SELECT max(at) FROM event WHERE ticket_id IS NOT NULL")
    assert waiting == 0, "nothing of the demo is ever sent"
    assert held >= 2
    assert late <= clock.now()
    actor = await authentication.by_token(database, built.printed["token"])
    assert actor.workspace_id == built.workspace_id
    assert actor.scopes is None


def _first_words(made: plan.Plan) -> list[plan.Step]:
    first: dict[int, plan.Step] = {}
    for step in made.steps:
        first.setdefault(step.story, step)
    return list(first.values())


async def test_an_interrupted_run_is_continued(desk: Desk) -> None:
    made = plan.make(8)
    begun = await ground.lay(desk.edge, 8, base=clock.now())
    part = msgspec.structs.replace(made, steps=made.steps[:120])
    await perform.Stage(desk.database, plan=part, ground=begun, seed=8).run()
    await build.build(desk.edge, seed=8)
    rows = await content(desk.database, begun.workspace_id)
    assert [row["subject"] for row in rows] == [
        made.stories[step.story].subject for step in _first_words(made)
    ]
    spoken = sum(1 for step in made.steps if step.act in ("ask", "answer", "note"))
    assert sum(len(row["said"]) for row in rows) == spoken


async def test_the_audit_log_is_in_the_order_of_time_and_sound(built: Built) -> None:
    async with support.client(built.desk.app, token=built.printed["token"]) as api:
        page = (await api.get("/api/v1/audit?limit=200")).json()
        rows = page["items"]
        while page["next_cursor"]:
            page = (await api.get(f"/api/v1/audit?limit=200&cursor={page['next_cursor']}")).json()
            rows += page["items"]
    times = [datetime.fromisoformat(row["at"]) for row in rows]
    assert len(times) > 300
    assert times == sorted(times, reverse=True)
    assert "contact.updated" in {row["action"] for row in rows}
    async with built.desk.database.begin(system(built.workspace_id)) as tx:
        assert (await audit.verify(tx)).ok


async def test_every_inbox_has_been_used_lately(built: Built) -> None:
    async with support.client(built.desk.app, token=built.printed["token"]) as api:
        inboxes = (await api.get("/api/v1/inboxes")).json()["items"]
    for inbox in inboxes:
        last = datetime.fromisoformat(inbox["state"]["last_in_at"])
        assert timedelta(0) <= clock.now() - last < timedelta(days=4), inbox["channel"]
        assert inbox["state"]["last_out_at"] is not None


async def test_the_brand_has_articles_in_both_languages_and_open_help_pages(desk: Desk) -> None:
    begun = await ground.lay(desk.edge, 9, base=clock.now())
    for _ in range(2):
        await articles.lay(desk.edge, begun)
    async with desk.database.begin(system(begun.workspace_id)) as tx:
        found = await tx.db.fetch(
            "SELECT x.locale, count(*) AS n, count(*) FILTER (WHERE a.audience = 'public') AS open"
            " FROM article a JOIN article_text x ON x.workspace_id = a.workspace_id"
            " AND x.article_id = a.id AND x.state = 'published' WHERE a.workspace_id = $1 GROUP BY 1",
            tx.workspace_id,
        )
        portals = await tx.db.fetch(
            "SELECT slug, active, locales FROM portal WHERE workspace_id = $1 ORDER BY slug",
            tx.workspace_id,
        )
    assert {row["locale"]: (row["n"], row["open"]) for row in found} == {
        "zh-CN": (14, 13),
        "en": (14, 13),
    }
    assert [(row["active"], row["locales"][0]) for row in portals] == [
        (True, "zh-CN"),
        (True, "en"),
    ]


def test_articles_are_the_same_in_both_languages() -> None:
    chinese, english = (articles.read(locale) for locale in articles.LOCALES)
    assert [(one.key, one.category, one.audience) for one in chinese] == [
        (one.key, one.category, one.audience) for one in english
    ]
    assert len(chinese) >= 12
    assert {one.category for one in chinese} == set(articles.CATEGORIES)
    assert all(one.title and one.summary and "<p>" in one.html for one in (*chinese, *english))


async def test_promises_stand_as_they_would_on_a_working_desk(built: Built) -> None:
    found = await ground.find(built.desk.database, 7)
    assert found is not None
    async with built.desk.database.begin(system(found.workspace_id)) as tx:
        clocks = await tx.db.fetchrow(
            "SELECT count(*) FILTER (WHERE met) AS met,"
            " count(*) FILTER (WHERE breached_at IS NOT NULL) AS breached,"
            " count(*) FILTER (WHERE ended_at IS NULL AND paused_at IS NULL AND due_at > now()) AS ahead,"
            " count(DISTINCT policy_id) AS policies FROM sla_clock WHERE workspace_id = $1",
            tx.workspace_id,
        )
        overdue = await tx.db.fetchval(
            "SELECT count(*) FROM sla_ticket WHERE workspace_id = $1 AND tick_at <= $2",
            tx.workspace_id,
            found.base,
        )
        asked = await tx.db.fetchval(
            "SELECT count(*) FROM approval WHERE workspace_id = $1 AND state = 'waiting'",
            tx.workspace_id,
        )
    assert clocks is not None
    assert clocks["met"] > 100
    assert clocks["breached"] > 5, dict(clocks)
    assert clocks["ahead"] > 5
    assert clocks["policies"] == 3
    assert clocks["met"] > 3 * clocks["breached"], dict(clocks)
    assert overdue == 0, "nothing is told only when the desk first starts"
    assert asked == 1
    async with support.client(built.desk.app, token=built.printed["token"]) as api:
        [layout] = (await api.get("/api/v1/layouts")).json()["items"]
    assert layout["published"] == 1


def test_labelled_stories_are_there_and_so_are_their_labels() -> None:
    head = shipped.intent()
    assert head is not None
    assert set(lab.labels().values()) <= set(head.labels)
    solved = {
        story.subject for story in plan.make(1).stories if story.status in ("resolved", "closed")
    }
    assert set(lab.labels()) <= solved


async def test_golden_sets_wait_for_the_worker_with_no_figure_of_ours(built: Built) -> None:
    async with built.desk.database.begin(system(built.workspace_id)) as tx:
        sets = await tx.db.fetch(
            "SELECT s.kind, (SELECT count(*) FROM golden_case c WHERE c.workspace_id = s.workspace_id"
            "   AND c.set_id = s.id) AS cases, r.state, r.report FROM golden_set s JOIN lab_run r"
            " ON r.workspace_id = s.workspace_id AND r.set_id = s.id WHERE s.workspace_id = $1",
            tx.workspace_id,
        )
    assert sorted(row["kind"] for row in sets) == ["intent", "skill", "skill", "skill"]
    assert all(row["cases"] >= 16 for row in sets)
    assert {row["state"] for row in sets} == {"waiting"}
    assert all(row["report"] == {} for row in sets)
