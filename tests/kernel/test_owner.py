"""A database server of one's own: its owner need not be a superuser, and cannot see across either."""

from __future__ import annotations

import secrets
from pathlib import Path

import asyncpg

from tests.conftest import named
from tests.support.desk import make_workspace
from yizhan.kernel import crypto, db, migrate
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge
from yizhan.kernel.storage import Disk


async def test_an_owner_who_made_the_role_can_migrate_and_work(
    cluster_dsn: str, template: str, tmp_path: Path
) -> None:
    # As PostgreSQL leaves it when an owner with CREATEROLE has just made the role.
    name = f"house_{secrets.token_hex(4)}"
    superuser = await asyncpg.connect(cluster_dsn)
    await superuser.execute(f"CREATE ROLE {name} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS")
    await superuser.execute(
        f"GRANT {db.APP_ROLE} TO {name} WITH ADMIN TRUE, SET FALSE, INHERIT FALSE"
    )
    await superuser.execute(f"CREATE DATABASE {name} OWNER {name}")
    await superuser.close()
    owned = named(cluster_dsn, name).replace("//yizhan@", f"//{name}@")
    assert name in owned.partition("?")[0]
    assert await migrate.run(owned)
    database = await db.connect(owned, pool=2)
    try:
        config = Config(data=tmp_path)
        edge = Edge(
            config=config,
            database=database,
            store=Disk(tmp_path / "files"),
            vault=crypto.open_vault(config),
        )
        await make_workspace(edge)
        assert await database.lookup("SELECT * FROM workspace") == []  # not without a tenant
        assert await database.lookup("SELECT current_user::text") == [(db.APP_ROLE,)]
    finally:
        await database.close()
