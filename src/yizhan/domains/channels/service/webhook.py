"""The one route for everybody's webhooks: verify the raw bytes, store, commit, acknowledge."""

from __future__ import annotations

import hashlib

from yizhan.domains.channels import errors
from yizhan.domains.channels.contract import Ack, Inbound, RawItem
from yizhan.domains.channels.service import intake
from yizhan.domains.channels.service.means import Means, load_by_key
from yizhan.domains.channels.service.pipeline import actor_of

_UNKNOWN = "application/octet-stream"


async def take(means: Means, key: str, *, request: Inbound) -> Ack:
    """Errors: InboxNotFound for a key not in use, Rejected for a wrong signature."""
    ready = await load_by_key(means, key)
    connector = ready.channel.connector
    # Without a signature check nothing is accepted: anybody may call this address.
    if not ready.channel.offers("verify") or not ready.channel.offers("items"):
        raise errors.InboxNotFound
    connector.verify(ready.settings, request)
    try:
        items: list[RawItem] = list(connector.items(ready.settings, request))
    except (
        RecursionError
    ):  # brackets within brackets, signed as they are: held, for a person to see
        items = [RawItem(hashlib.sha256(request.body).hexdigest(), request.body, _UNKNOWN)]
    if items:
        stored = await intake.keep(means.store, ready.workspace_id, items=items)
        async with means.database.begin(actor_of(ready)) as tx:
            await intake.accept(tx, ready.inbox.id, stored=stored)
    if ready.channel.offers("acknowledge"):
        return connector.acknowledge(ready.settings, request)
    return Ack()
