"""Signals, corrections and settings in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.understanding.composing import Spoken
from yizhan.domains.understanding.types import Correction, Reading, Settings, Signals
from yizhan.kernel.tx import Tx

_READ = "head, label, confidence, in_scope, abstained, others, evidence, model, message_id"
_CORRECTION = "id, ticket_id, message_id, head, was, was_by, confidence, now, by_kind, by_id, at"
_NEWEST = 40  # messages of a ticket that count: what is older has been answered long ago


async def hold(tx: Tx, ticket_id: int) -> bool:
    """One at a time changes what is known of a ticket. The ticket's own lock, which whoever moves its
    messages has already: a second one would be taken in another order. False: there is no such ticket.
    """
    found = await tx.db.fetchval(
        "SELECT true FROM ticket WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        tx.workspace_id,
        ticket_id,
    )
    return found is not None


async def put(tx: Tx, ticket_id: int, *, readings: Sequence[Reading], ms: float) -> None:
    """What was read in a message, instead of what was read there before."""
    rows = [msgspec.to_builtins(one) for one in readings]
    await tx.db.execute(
        "WITH old AS (DELETE FROM signal WHERE workspace_id = $1 AND message_id = $2 AND NOT head = ANY($4))"
        " INSERT INTO signal (workspace_id, message_id, ticket_id, head, label, confidence, in_scope,"
        "  abstained, others, evidence, model, made_at, ms)"
        " SELECT $1, $2, $3, * , $12, $13 FROM unnest($4::text[], $5::text[], $6::real[], $7::bool[],"
        "  $8::bool[], $9::jsonb[], $10::jsonb[], $11::text[])"
        " ON CONFLICT (workspace_id, message_id, head) DO UPDATE SET ticket_id = excluded.ticket_id,"
        "  label = excluded.label, confidence = excluded.confidence, in_scope = excluded.in_scope,"
        "  abstained = excluded.abstained, others = excluded.others, evidence = excluded.evidence,"
        "  model = excluded.model, made_at = excluded.made_at, ms = excluded.ms",
        tx.workspace_id,
        readings[0].message_id,
        ticket_id,
        *(
            [row[key] for row in rows]
            for key in (
                "head", "label", "confidence", "in_scope", "abstained", "others", "evidence", "model",
            )
        ),
        tx.now,
        ms,
    )  # fmt: skip


async def spoken(tx: Tx, ticket_id: int) -> list[Spoken]:
    """What was read in a ticket's newest messages. Uses the index signal_ticket."""
    rows = await tx.db.fetch(
        f"SELECT {_READ} FROM signal WHERE workspace_id = $1 AND ticket_id = $2 AND message_id >= coalesce("
        "  (SELECT min(message_id) FROM (SELECT DISTINCT message_id FROM signal WHERE workspace_id = $1"
        f"   AND ticket_id = $2 ORDER BY message_id DESC LIMIT {_NEWEST:d}) n), 0) ORDER BY message_id",
        tx.workspace_id,
        ticket_id,
    )
    found: dict[int, dict[str, Reading]] = {}
    for row in rows:
        one = msgspec.convert(dict(row), Reading)
        found.setdefault(one.message_id, {})[one.head] = one
    return [Spoken(message_id, readings) for message_id, readings in found.items()]


async def of_message(tx: Tx, message_id: int) -> dict[str, Reading]:
    """What was read in a message."""
    rows = await tx.db.fetch(
        f"SELECT {_READ} FROM signal WHERE workspace_id = $1 AND message_id = $2",
        tx.workspace_id,
        message_id,
    )
    return {row["head"]: msgspec.convert(dict(row), Reading) for row in rows}


async def corrections(tx: Tx, ticket_id: int) -> list[Correction]:
    """In the order in which they were made."""
    return await tx.db.fetch_as(
        Correction,
        f"SELECT {_CORRECTION} FROM signal_correction WHERE workspace_id = $1 AND ticket_id = $2 ORDER BY id",
        tx.workspace_id,
        ticket_id,
    )


async def add_correction(tx: Tx, one: Correction) -> None:
    names = _CORRECTION.split(", ")
    places = ", ".join(f"${number + 2}" for number in range(len(names)))
    await tx.db.execute(
        f"INSERT INTO signal_correction (workspace_id, {_CORRECTION}) VALUES ($1, {places})",
        tx.workspace_id,
        *(getattr(one, name) for name in names),
    )


async def used_labels(tx: Tx, head: str) -> list[str]:
    """What people have said of a head, the most frequent first. Uses the index signal_correction_head."""
    rows = await tx.db.fetch(
        "SELECT now FROM (SELECT now FROM signal_correction WHERE workspace_id = $1 AND head = $2"
        "  ORDER BY id DESC LIMIT 20000) c GROUP BY now ORDER BY count(*) DESC, now LIMIT 1000",
        tx.workspace_id,
        head,
    )
    return [row[0] for row in rows]


async def current(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, Signals]:
    """What is known of tickets now."""
    rows = await tx.db.fetch(
        "SELECT ticket_id, readings, turned_at, updated_at FROM ticket_signal"
        " WHERE workspace_id = $1 AND ticket_id = ANY($2)",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {
        row["ticket_id"]: msgspec.structs.replace(
            msgspec.convert(row["readings"], Signals),
            turned_at=row["turned_at"],
            updated_at=row["updated_at"],
        )
        for row in rows
    }


async def languages(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, str]:
    """Of tickets whose language is sure."""
    rows = await tx.db.fetch(
        "SELECT ticket_id, language FROM ticket_signal WHERE workspace_id = $1 AND ticket_id = ANY($2)"
        " AND language IS NOT NULL",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {row["ticket_id"]: row["language"] for row in rows}


async def put_current(tx: Tx, known: Signals, *, turned_at: datetime | None) -> None:
    """Replace what is known of a ticket."""
    kept: dict[str, Any] = msgspec.to_builtins(known)
    kept["turned_at"] = kept["updated_at"] = None  # columns of their own
    await tx.db.execute(
        "INSERT INTO ticket_signal (workspace_id, ticket_id, message_id, intent, category, emotion, urgency,"
        "  complexity, language, negative, grave, turned_at, readings, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        " ON CONFLICT (workspace_id, ticket_id) DO UPDATE SET message_id = excluded.message_id,"
        "  intent = excluded.intent, category = excluded.category, emotion = excluded.emotion,"
        "  urgency = excluded.urgency, complexity = excluded.complexity, language = excluded.language,"
        "  negative = excluded.negative, grave = excluded.grave, turned_at = excluded.turned_at,"
        "  readings = excluded.readings, updated_at = excluded.updated_at",
        tx.workspace_id,
        known.ticket_id,
        known.message_id,
        known.label("intent"),
        known.label("category"),
        known.label("emotion"),
        known.label("urgency"),
        known.label("complexity"),
        known.label("language"),
        known.negative,
        known.grave,
        turned_at,
        kept,
        tx.now,
    )


async def forget(tx: Tx, ticket_id: int) -> None:
    """Nothing of a ticket's messages is left here."""
    await tx.db.execute(
        "DELETE FROM ticket_signal WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )


async def follow_messages(tx: Tx, message_ids: Sequence[int]) -> None:
    """Signals and corrections are where their messages are."""
    for table in ("signal", "signal_correction"):
        await tx.db.execute(
            f"UPDATE {table} s SET ticket_id = m.ticket_id FROM message m WHERE s.workspace_id = $1"
            " AND s.message_id = ANY($2) AND m.workspace_id = $1 AND m.id = s.message_id"
            " AND s.ticket_id <> m.ticket_id",
            tx.workspace_id,
            list(message_ids),
        )


async def hold_settings(tx: Tx) -> None:
    """One at a time until the end of the transaction."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"understanding:{tx.workspace_id}",
    )


async def settings(tx: Tx) -> tuple[Settings, int]:
    """How the workspace wants its messages read, and the version of that."""
    row = await tx.db.fetchrow(
        "SELECT settings, version FROM understanding_settings WHERE workspace_id = $1",
        tx.workspace_id,
    )
    if row is None:
        return Settings(), 0
    return msgspec.convert(row["settings"], Settings), row["version"]


async def put_settings(tx: Tx, new: Settings) -> None:
    await tx.db.execute(
        "INSERT INTO understanding_settings (workspace_id, settings, updated_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (workspace_id) DO UPDATE SET settings = excluded.settings,"
        "  version = understanding_settings.version + 1, updated_at = excluded.updated_at",
        tx.workspace_id,
        msgspec.to_builtins(new),
        tx.now,
    )
