"""What became of every mail, read from the tables themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg

from tests.chaos.mails import ENDS, Mail

_ENVELOPES = "SELECT id, sha256, state, reason, message_id FROM envelope"
_MESSAGES = """
WITH told AS (
    SELECT workspace_id, (data->>'message_id')::bigint AS message_id, count(*) AS times
    FROM event WHERE type = 'message.received' GROUP BY 1, 2
)
SELECT m.id, coalesce(m.external_id, '') AS external_id, m.body_text,
       coalesce(told.times, 0) AS told
FROM message m LEFT JOIN told ON told.workspace_id = m.workspace_id AND told.message_id = m.id
WHERE m.direction = 'in'
"""


async def problems(connection: asyncpg.Connection[Any], mails: Sequence[Mail]) -> list[str]:
    """All that is lost, doubled or unexplained; empty when every mail ended exactly once."""
    envelopes = await connection.fetch(_ENVELOPES)
    messages = await connection.fetch(_MESSAGES)
    return [
        *_envelopes(mails, envelopes),
        *_messages(mails, envelopes, messages),
    ]


def _envelopes(mails: Sequence[Mail], rows: Sequence[Any]) -> list[str]:
    found = []
    by_content = {mail.sha256: mail for mail in mails}
    stored = Counter(row["sha256"] for row in rows)
    found += [f"never stored: {by_content[s].word}" for s in by_content.keys() - stored.keys()]
    found += [f"from nowhere: {s}" for s in stored.keys() - by_content.keys()]
    found += [f"stored {n} times: {s}" for s, n in stored.items() if n != 1]
    for row in rows:
        mail = by_content.get(row["sha256"])
        if mail and row["state"] not in ENDS[mail.kind]:
            found.append(f"{mail.kind} ended as {row['state']} ({row['reason']}): {mail.word}")
        if row["state"] in ("quarantine", "ignored") and not row["reason"]:
            found.append(f"{row['state']} without a reason: {row['id']}")
    return found


def _messages(mails: Sequence[Mail], envelopes: Sequence[Any], rows: Sequence[Any]) -> list[str]:
    found = []
    by_content = {mail.sha256: mail for mail in mails}
    wanted = {
        row["message_id"]: by_content[row["sha256"]]
        for row in envelopes
        if row["state"] == "message" and row["sha256"] in by_content
    }
    by_id = {row["id"]: row for row in rows}
    found += [f"message gone: {wanted[i].word}" for i in wanted.keys() - by_id.keys()]
    found += [f"message without an envelope: {i}" for i in by_id.keys() - wanted.keys()]
    for message_id in wanted.keys() & by_id.keys():
        mail, row = wanted[message_id], by_id[message_id]
        if mail.word not in row["body_text"]:
            found.append(f"another mail's words: {mail.word}")
        if row["told"] != 1:
            found.append(f"told {row['told']} times in the log: {mail.word}")
    expected = {mail.message_id for mail in wanted.values()}
    found += _same_set(expected, [row["external_id"].strip("<>") for row in rows])
    return found


def _same_set(expected: set[str], ids: Iterable[str]) -> list[str]:
    """The ids that the mails carry, each once."""
    counted = Counter(ids)
    return [
        *(f"Message-ID missing: {i}" for i in expected - counted.keys()),
        *(f"Message-ID {n} times: {i}" for i, n in counted.items() if n != 1 or i not in expected),
    ]
