"""Surveys and their invitations in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.surveys.types import Invitation, Survey
from yizhan.domains.tickets import repository as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_SURVEY = ", ".join(field.name for field in msgspec.structs.fields(Survey))
_INVITATION = ", ".join(field.name for field in msgspec.structs.fields(Invitation))


async def surveys(tx: Tx, *, active: bool = False) -> list[Survey]:
    """All surveys in their order, or only those that ask."""
    rows = await tx.db.fetch(
        f"SELECT {_SURVEY} FROM survey WHERE workspace_id = $1 AND (active OR NOT $2)"
        " ORDER BY position, id",
        tx.workspace_id,
        active,
    )
    return [msgspec.convert(dict(row), Survey) for row in rows]


async def survey(tx: Tx, survey_id: int) -> Survey | None:
    row = await tx.db.fetchrow(
        f"SELECT {_SURVEY} FROM survey WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        survey_id,
    )
    return None if row is None else msgspec.convert(dict(row), Survey)


async def put(tx: Tx, one: Survey) -> None:
    """Write a survey, new or changed."""
    values = msgspec.structs.asdict(one) | {
        "condition": msgspec.to_builtins(one.condition),
        "texts": msgspec.to_builtins(one.texts),
    }
    rest = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
    statement, args = sql.statement(
        sql.Insert(
            "survey",
            {"workspace_id": tx.workspace_id, **values},
            f"(workspace_id, id) DO UPDATE SET {rest}",
        )
    )
    await tx.db.execute(statement, *args)


async def remove(tx: Tx, survey_id: int) -> None:
    """What was asked by it stays."""
    await tx.db.execute(
        "DELETE FROM survey WHERE workspace_id = $1 AND id = $2", tx.workspace_id, survey_id
    )


async def set_order(tx: Tx, ids: Sequence[int]) -> None:
    await tx.db.execute(
        "UPDATE survey s SET position = u.position FROM unnest($2::bigint[])"
        " WITH ORDINALITY AS u (id, position) WHERE s.workspace_id = $1 AND s.id = u.id",
        tx.workspace_id,
        list(ids),
    )


async def hold(tx: Tx, what: str) -> None:
    """One at a time until the end of the transaction."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"survey:{tx.workspace_id}:{what}",
    )


# ------------------------------------------------------------------------------------- invitations


async def invitation(tx: Tx, invitation_id: int, *, lock: bool = False) -> Invitation | None:
    return await tx.db.fetchrow_as(
        Invitation,
        f"SELECT {_INVITATION} FROM survey_invitation WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        invitation_id,
    )


async def of_ticket(tx: Tx, ticket_id: int) -> Invitation | None:
    """Uses the unique index survey_invitation_ticket."""
    return await tx.db.fetchrow_as(
        Invitation,
        f"SELECT {_INVITATION} FROM survey_invitation WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )


async def add(tx: Tx, one: Invitation) -> None:
    values = {"workspace_id": tx.workspace_id, **msgspec.structs.asdict(one)}
    statement, args = sql.statement(sql.Insert("survey_invitation", values))
    await tx.db.execute(statement, *args)


async def set_answer(
    tx: Tx, invitation_id: int, *, score: int, comment: str, first: datetime
) -> None:
    await tx.db.execute(
        "UPDATE survey_invitation SET score = $3, comment = $4, answered_at = $5, changed_at = $6"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        invitation_id,
        score,
        comment,
        first,
        tx.now,
    )


async def asked_since(tx: Tx, contact_id: int, *, moment: datetime) -> bool:
    """Whether a customer, or whoever was merged into them, was asked after a moment.

    Uses the index survey_invitation_contact.
    """
    found: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM survey_invitation v WHERE v.workspace_id = $1 AND v.sent_at > $3"
        " AND v.contact_id IN (SELECT id FROM contact WHERE workspace_id = $1"
        "   AND (id = $2 OR merged_into = $2)))",
        tx.workspace_id,
        contact_id,
        moment,
    )
    return found


async def ticket(tx: Tx, ticket_id: int) -> Ticket | None:
    """A ticket, whoever asks: for what the desk does by itself."""
    return await tickets.ticket(tx, ticket_id)


async def talk(tx: Tx, conversation_id: int) -> Any:
    """Of the customer's last message: whether a machine wrote it, and whether its sender was proved."""
    return await tx.db.fetchrow(
        "SELECT automatic, sender_verdict FROM message WHERE workspace_id = $1"
        " AND conversation_id = $2 AND direction = 'in' ORDER BY id DESC LIMIT 1",
        tx.workspace_id,
        conversation_id,
    )


async def person(tx: Tx, contact_id: int) -> Any:
    """(locale, blocked) of a customer."""
    return await tx.db.fetchrow(
        "SELECT locale, blocked FROM contact WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        contact_id,
    )


async def face(tx: Tx, brand_id: int | None) -> Any:
    """(name, color, locale) of a brand, also one that was deleted; of the workspace without one."""
    return await tx.db.fetchrow(
        "SELECT coalesce(b.name, w.name) AS name, coalesce(b.color, '') AS color,"
        " coalesce(b.locale, w.locale) AS locale FROM workspace w"
        " LEFT JOIN brand b ON b.workspace_id = w.workspace_id AND b.id = $2"
        " WHERE w.workspace_id = $1",
        tx.workspace_id,
        brand_id,
    )
