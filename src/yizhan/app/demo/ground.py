"""The demo's ground: workspace, people, teams, inboxes, the token. One transaction."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from yizhan.app.demo import arranging, hours, people, plan, promises, ratings, staffing
from yizhan.domains.channels import registry
from yizhan.domains.channels import service as channels
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Identity
from yizhan.domains.identity import events, schemas
from yizhan.domains.identity.repository import access
from yizhan.domains.identity.service import (
    agents,
    authentication,
    brands,
    colleagues,
    teams,
    units,
    workspaces,
)
from yizhan.domains.identity.types import ANY, Token
from yizhan.kernel import crypto
from yizhan.kernel import events as log_events
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

INBOX_NAMES = {"email": "客服邮箱 support@", "chat": "官网聊天", "form": "售后申请表"}
_CHAT = {"title": "禾声客服", "greeting": "您好，我是禾声客服，有什么可以帮您？"}
_FORM = {
    "title_zh": "售后服务申请",
    "title_en": "Service request",
    "intro_zh": "保修、退换、使用问题都可以在这里告诉我们，工作时间内两小时回复。",
    "intro_en": "Warranty, returns, questions: tell us here, we answer within two working hours.",
    "fields": [{"id": "order", "label_zh": "订单号", "label_en": "Order number"}],
}
_TOKEN_NAME = "Demo"  # noqa: S105 -- a name


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What the stories stand on, by key."""

    workspace_id: int
    base: datetime
    done: int  # steps of the plan that are in the database
    agents: dict[str, int]
    teams: dict[str, int]
    brands: dict[str, int]  # by language
    companies: dict[str, int]
    inboxes: dict[str, int]  # by channel


def slug_of(seed: int) -> str:
    """The workspace's address."""
    return people.SLUG if seed == 1 else f"{people.SLUG}-{seed}"


def password(vault: Vault, workspace_id: int, *, key: str) -> str:
    """Of this installation alone, and the same each time it is asked."""
    mac = vault.sign(key, workspace_id=workspace_id, purpose="demo password", size=12)
    return f"{mac[:4]}-{mac[4:8]}-{mac[8:]}"


def token(vault: Vault, workspace_id: int) -> str:
    """The API token, derived likewise, so that a second run can print it again."""
    mac = vault.sign("token", workspace_id=workspace_id, purpose="demo token", size=52)
    return authentication.TOKEN_PREFIX + mac


async def find(database: Database, seed: int) -> Ground | None:
    """The demo of this seed, if it was begun."""
    rows = await database.lookup("SELECT yizhan_workspace_by_slug($1)", slug_of(seed))
    workspace_id = rows[0][0]
    if workspace_id is None:
        return None
    async with database.begin(system(workspace_id)) as tx:
        kept = (await workspaces.current(tx)).settings.get("demo")
        return None if kept is None else msgspec.convert(kept, Ground, strict=False)


async def remember(tx: Tx, ground: Ground) -> None:
    """Keep in the workspace's settings how far the demo is.

    The transaction does not wait for the disk: what a crash takes away is done again.
    """
    await tx.db.execute(
        "UPDATE workspace SET settings = settings || jsonb_build_object('demo', $2::jsonb)"
        " WHERE workspace_id = $1 RETURNING set_config('synchronous_commit', 'off', true)",
        tx.workspace_id,
        log_events.plain(msgspec.to_builtins(ground)),
    )


async def lay(edge: Edge, seed: int, *, base: datetime) -> Ground:
    """Create the workspace with everything but its customers' words."""
    workspace_id = edge.database.new_id()
    vault = edge.vault
    boss = people.AGENTS[0]
    async with edge.database.begin(system(workspace_id)) as tx:
        tx.now = hours.back(base, plan.SPAN + 300)
        created = await workspaces.create(
            tx,
            vault=vault,
            name=people.BRAND,
            slug=slug_of(seed),
            admin=workspaces.Admin(
                email=people.email_of(boss),
                name=boss.name,
                password=password(vault, workspace_id, key=boss.key),
            ),
        )
        await workspaces.update(tx, schemas.WorkspaceChange(setup_done=True))
        admin_id = created.admin_id or 0
        team_ids = await _teams(tx)
        agent_ids = await _agents(tx, vault, created=created, team_ids=team_ids)
        ground = Ground(
            workspace_id=workspace_id,
            base=base,
            done=0,
            agents=agent_ids | {boss.key: admin_id},
            teams=team_ids,
            brands=await _brands(tx, created.brand_id),
            companies=await _companies(tx),
            inboxes={},
        )
        await staffing.lay(tx, agents=ground.agents, teams=team_ids, base=base)
        await promises.lay(tx, teams=team_ids)
        await arranging.lay(tx, roles=created.roles)
        inboxes = await _inboxes(tx, vault, ground)
        await ratings.lay(tx, workspace=people.BRAND)
        await _token(tx, vault)
        ground = msgspec.structs.replace(ground, inboxes=inboxes)
        await remember(tx, ground)
    return ground


async def actors(database: Database, ground: Ground) -> dict[str, Actor]:
    """The agents as actors, by key."""
    async with database.begin(system(ground.workspace_id)) as tx:
        found = await colleagues.actors(tx, list(ground.agents.values()))
    return {key: found[agent_id] for key, agent_id in ground.agents.items()}


async def _teams(tx: Tx) -> dict[str, int]:
    made: dict[str, int] = {}
    units_made: dict[str, int] = {}
    for key, (name, description) in people.TEAM_NAMES.items():
        place = people.UNITS[key]
        if place not in units_made:
            units_made[place] = (await units.create(tx, schemas.UnitIn(name=place))).id
        team = await teams.create(
            tx,
            schemas.TeamIn(
                name=name,
                unit_id=str(units_made[place]),
                description=description,
                assignment=schemas.Assignment(mode="manual" if key == "pre" else "round_robin"),
            ),
        )
        made[key] = team.id
    return made


async def _agents(
    tx: Tx, vault: Vault, *, created: workspaces.Created, team_ids: Mapping[str, int]
) -> dict[str, int]:
    made: dict[str, int] = {}
    for person in people.AGENTS[1:]:
        agent, _ = await agents.create(
            tx,
            schemas.AgentIn(
                name=person.name,
                email=people.email_of(person),
                password=password(vault, tx.workspace_id, key=person.key),
                role_ids=[str(created.roles[person.role])],
                team_ids=[str(team_ids[team]) for team in person.teams],
                locale="en" if person.locale == "en" else "zh-CN",
                capacity=person.capacity,
            ),
        )
        made[person.key] = agent.id
    boss = schemas.AgentChange(team_ids=[str(team_ids[team]) for team in people.AGENTS[0].teams])
    await agents.update(tx, created.admin_id or 0, change=boss)
    return made


async def _brands(tx: Tx, first: int) -> dict[str, int]:
    home = schemas.BrandChange(
        color="#0f766e",
        sender_name="禾声客服",
        signature="禾声 Hesonic · 听见生活\n客服时间 9:00–22:00",
    )
    await brands.update(tx, first, change=home)
    abroad = await brands.create(
        tx,
        schemas.BrandIn(
            name="Hesonic",
            color="#4338ca",
            locale="en",
            sender_name="Hesonic Support",
            signature="Hesonic · Hear the room\nhesonic.example/support",
        ),
    )
    return {"zh-CN": first, "en": abroad.id}


async def _companies(tx: Tx) -> dict[str, int]:
    made = {}
    for name, domain, note in people.COMPANIES:
        company = await contacts.create_company(tx, name=name, domains=[domain], note=note)
        made[name] = company.id
    for one in people.BUYERS:
        await contacts.create(
            tx,
            name=one.name,
            given=[Identity(kind="email", value=one.email, strength=KNOWN, source="import")],
            values={"company_id": made[one.company], "locale": one.locale, "vip": one.vip},
        )
    return made


def _server(value: str, *, into: str) -> dict[str, Any]:
    """Settings for ``host:port`` of a test server without encryption."""
    if not value:
        return {}
    host, _, port = value.partition(":")
    return {f"{into}_host": host, f"{into}_port": int(port), f"{into}_security": "none"}


def mailbox_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """The mailbox: with ``YIZHAN_DEMO_IMAP`` and ``YIZHAN_DEMO_SMTP`` it really works."""
    imap = _server(environment.get("YIZHAN_DEMO_IMAP", ""), into="imap")
    smtp = _server(environment.get("YIZHAN_DEMO_SMTP", ""), into="smtp")
    address = environment.get("YIZHAN_DEMO_ADDRESS", f"support@{people.DOMAIN}")
    user = environment.get("YIZHAN_DEMO_USER", "")
    secret = environment.get("YIZHAN_DEMO_PASSWORD", "")
    sign_in = {"imap_username": user, "imap_password": secret} if imap and user else {}
    return {"address": address, "name": "禾声客服 Hesonic Support", **imap, **smtp, **sign_in}


async def _inboxes(tx: Tx, vault: Vault, ground: Ground) -> dict[str, int]:
    settings = {"email": mailbox_settings(os.environ), "chat": _CHAT, "form": _FORM}
    offered = {channel.id for channel in registry.offered()}
    made = {}
    for channel, name in INBOX_NAMES.items():
        if channel not in offered:
            continue
        inbox = await channels.create_inbox(
            tx,
            vault,
            name=name,
            channel_id=channel,
            brand_id=ground.brands["zh-CN"],
            team_id=ground.teams["after"],
            settings=settings[channel],
        )
        made[channel] = inbox.id
    return made


async def _token(tx: Tx, vault: Vault) -> None:
    text = token(vault, tx.workspace_id)
    row = Token(
        id=tx.new_id(),
        agent_id=None,
        parent_id=None,
        name=_TOKEN_NAME,
        prefix=text[:11],
        scopes=[ANY],
        created_by=None,
        created_at=tx.now,
        expires_at=None,
        last_used_at=None,
    )
    await access.add_token(tx, row, token_hash=crypto.digest(text))
    tx.emit(
        events.TokenCreated(
            token_id=row.id, agent_id=None, name=row.name, scopes=row.scopes, expires_at=None
        )
    )
