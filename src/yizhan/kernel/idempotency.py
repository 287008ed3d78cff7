"""The Idempotency-Key header: the same request twice is done once and answered twice.

The row is written in the transaction of the request, so an answer is remembered exactly when the
work was done. A second request with the key waits for the first one's commit. Kept for 24 hours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response

from yizhan.kernel import errors
from yizhan.kernel.tx import Tx

HEADER = "idempotency-key"
_LONGEST = 255


class IdempotencyKeyReused(errors.Invalid):
    """This Idempotency-Key was used for a different request."""


class IdempotencyKeyInvalid(errors.BadRequest):
    """An Idempotency-Key has 1 to 255 characters."""


async def once(
    tx: Tx, request: Request[Any, Any, Any], *, status: int, run: Callable[[], Awaitable[bytes]]
) -> Response[bytes]:
    """Run a request, which gives JSON, once per key; without the header it simply runs."""
    key = request.headers.get(HEADER)
    if key is None:
        return _answer(await run(), status)
    if not 0 < len(key) <= _LONGEST:
        raise IdempotencyKeyInvalid
    who = f"{tx.actor.kind}:{tx.actor.id}"
    print_ = hashlib.sha256(
        f"{request.method} {request.url.path}\n".encode() + await request.body()
    ).hexdigest()
    fresh = await tx.db.fetchval(
        "INSERT INTO idempotency (workspace_id, actor, key, fingerprint, status, body)"
        " VALUES ($1, $2, $3, $4, 0, '') ON CONFLICT DO NOTHING RETURNING true",
        tx.workspace_id,
        who,
        key,
        print_,
    )
    if not fresh:
        return await _again(tx, who=who, key=key, fingerprint=print_)
    body = await run()
    await tx.db.execute(
        "UPDATE idempotency SET status = $4, body = $5 WHERE workspace_id = $1 AND actor = $2 AND key = $3",
        tx.workspace_id,
        who,
        key,
        status,
        body,
    )
    return _answer(body, status)


async def _again(tx: Tx, *, who: str, key: str, fingerprint: str) -> Response[bytes]:
    row = await tx.db.fetchrow(
        "SELECT fingerprint, status, body FROM idempotency WHERE workspace_id = $1 AND actor = $2 AND key = $3",
        tx.workspace_id,
        who,
        key,
    )
    if row is None or row["fingerprint"] != fingerprint:
        raise IdempotencyKeyReused
    return _answer(row["body"], row["status"], replayed=True)


def _answer(body: bytes, status: int, *, replayed: bool = False) -> Response[bytes]:
    headers = {"Idempotency-Replayed": "true"} if replayed else {}
    return Response(body, status_code=status, media_type="application/json", headers=headers)
