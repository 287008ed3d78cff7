"""What of a workspace leaves: every table with a workspace_id, found in the schema, but for those here.

A new table is exported without anybody's doing. One that must not be, or a column that holds a secret,
is named here with its reason; a test looks through the schema for what nobody has thought of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from yizhan.kernel import crypto, signing
from yizhan.kernel.crypto import Vault

STAYS = {
    "api_token": "opens the desk to whoever has it",
    "session": "is somebody's sign-in",
    "portal_session": "is a customer's sign-in",
    "portal_link": "is a customer's way in",
    "portal_handover": "is a customer's way in",
    "push_device": "is bound to a sign-in and to this installation's key",
    "call_secret": "is a secret; a new one is made when it is needed",
    "idempotency": "repeats answers of one day, sealed with this installation's key",
    "webhook_delivery": "is what was sent elsewhere from here; the log has the events",
    "restored": "is of this place, not of the workspace",
    "held_job": "is what waited to be sent from here",
    "panel_answer": "is a copy of what other systems said; they are asked again",
    "ticket_tag": "follows from tickets when they are written",
    "ticket_subject": "follows from tickets when they are written",
    "report_counted": "follows from facts, by a job in the new place",
    "report_day": "follows from facts, by a job in the new place",
    "report_spread": "follows from facts, by a job in the new place",
    "report_spread_by": "follows from facts, by a job in the new place",
    "ticket_words_missing": "follows from tickets when they are written",
}

# Columns that are left out: null afterwards, or what stands here, or made anew below.
SECRETS: dict[tuple[str, str], str | None] = {
    ("agent", "password_hash"): None,
    ("agent", "totp_secret"): None,
    ("agent", "totp_enabled"): "false",
    ("agent", "totp_last"): "0",
    ("agent", "recovery"): "'{}'",
    ("copilot_server", "key"): None,
    ("inbox", "secrets"): None,
    ("panel_source", "secrets"): None,
    ("panel_source", "key"): "''",
    ("panel_source", "former_key"): None,
    ("portal", "sso_secret"): None,
    ("webhook", "secret"): "''",
    ("webhook", "previous_secret"): None,
    ("workspace", "secret"): "''",
}

# Bytes that are no secrets.
OPEN_BYTES = {("article_learning", "model"), ("article_meaning", "vectors"), ("audit", "hash")}

# Names that sound like secrets and are none.
HARMLESS = {("panel_source", "former_until"), ("webhook", "previous_until")}

# What the rest of the installation looks for across workspaces: written last, all at once.
LAST = ("timer", "inbox", "portal", "workspace")

# Said otherwise: by the order of the rows, and by the manifest, because the new place may need another.
ELSEWHERE = {("event", "xid"), ("consumer", "xid"), ("workspace", "slug")}


class Fresh(msgspec.Struct, frozen=True):
    """A secret that cannot be empty and is made anew in the new place."""

    table: str
    column: str
    place: Callable[[int], str]
    make: Callable[[], bytes]


FRESH = (
    Fresh(
        "workspace",
        "secret",
        lambda key: f"workspace.secret.{key}",
        lambda: crypto.token().encode(),
    ),
    Fresh("webhook", "secret", lambda key: f"webhook.secret.{key}", signing.new_secret),
    Fresh("panel_source", "key", lambda key: f"panel_source.key.{key}", signing.new_secret),
)


async def make_secrets(connection: Any, vault: Vault, *, workspace_id: int) -> None:
    """New ones for what cannot be without, sealed with this installation's key."""
    for fresh in FRESH:
        key = "workspace_id" if fresh.table == "workspace" else "id"
        rows = await connection.fetch(
            f"SELECT {key} AS id FROM {fresh.table} WHERE workspace_id = $1", workspace_id
        )
        for row in rows:
            sealed = vault.encrypt(
                fresh.make(), workspace_id=workspace_id, place=fresh.place(row["id"])
            )
            await connection.execute(
                f"UPDATE {fresh.table} SET {fresh.column} = $3"
                f" WHERE workspace_id = $1 AND {key} = $2",
                workspace_id,
                row["id"],
                sealed,
            )


class Kind(msgspec.Struct, frozen=True):
    """One exported table."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def query(self) -> str:
        """Its rows of one workspace ($1 written in by the caller), one JSON object each, in order."""
        order = ", ".join(self.key)
        if self.name == "event":
            order = "t.workspace_id, t.xid, t.id"
        source = ", ".join(self._value(c, t) for c, t in zip(self.columns, self.types, strict=True))
        return (
            f'SELECT row_to_json(line) FROM (SELECT {source} FROM "{self.name}" t'
            f" WHERE t.workspace_id = {{workspace_id:d}} ORDER BY {order}) line"
        )

    def _value(self, column: str, kind: str) -> str:
        if (self.name, column) == ("consumer", "id"):
            return (
                "coalesce((SELECT e.id FROM event e WHERE e.workspace_id = t.workspace_id"
                " AND (e.xid, e.id) <= (t.xid, t.id) ORDER BY e.xid DESC, e.id DESC LIMIT 1), 0)::text AS id"
            )
        # Ids are text: a number of JSON has 53 bits in most languages.
        as_text = {"bigint": "::text", "bigint[]": "::text[]", "numeric": "::text"}.get(kind, "")
        return f't."{column}"{as_text} AS "{column}"'


_KINDS = """
SELECT c.relname::text AS name,
    array_agg(a.attname::text ORDER BY a.attname) AS columns,
    array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attname) AS types,
    (SELECT array_agg('t.' || quote_ident(p.attname) || CASE WHEN p.attcollation = 0 THEN '' ELSE ' COLLATE "C"' END
                      ORDER BY k.place)
     FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k (number, place)
     JOIN pg_attribute p ON p.attrelid = c.oid AND p.attnum = k.number
     WHERE i.indrelid = c.oid AND i.indisprimary) AS key
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND EXISTS (SELECT FROM pg_attribute w WHERE w.attrelid = c.oid AND w.attname = 'workspace_id' AND NOT w.attisdropped)
GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"
"""
TENANTS = """
SELECT DISTINCT table_name::text AS name FROM information_schema.columns c JOIN information_schema.tables t
USING (table_schema, table_name) WHERE table_schema = 'public' AND column_name = 'workspace_id'
AND table_type = 'BASE TABLE' ORDER BY 1
"""


async def kinds(connection: Any) -> list[Kind]:
    """All that leaves, by this release's schema."""
    found = []
    for row in await connection.fetch(_KINDS):
        if row["name"] in STAYS:
            continue
        kept = [
            (column, kind)
            for column, kind in zip(row["columns"], row["types"], strict=True)
            if (row["name"], column) not in SECRETS and (row["name"], column) not in ELSEWHERE
        ]
        columns, types = zip(*kept, strict=True)
        found.append(Kind(row["name"], columns, types, tuple(row["key"] or ())))
    return found
