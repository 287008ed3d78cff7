"""What the outside says of our messages: received, read, bounced; in whatever order."""

from __future__ import annotations

from yizhan.domains.channels import repository, tokens
from yizhan.domains.channels.contract import DeliveryState, ReceiptNotice
from yizhan.domains.tickets import service as tickets
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx


async def record(
    tx: Tx, vault: Vault, *, inbox_id: int, notice: ReceiptNotice, envelope_id: int | None
) -> tuple[int, int] | None:
    """Attach the notice to the message it is about. Returns (message, ticket), None if unknown."""
    found = await _message(tx, vault, inbox_id=inbox_id, notice=notice)
    if found is None:
        return None
    message_id, ticket_id = found
    await repository.add_receipt(
        tx,
        message_id=message_id,
        kind=notice.kind,
        state=notice.state,
        detail=notice.detail[:2000],
        recipient=notice.recipient[:320],
        envelope_id=envelope_id,
    )
    if notice.state is DeliveryState.FAILED:
        if notice.permanent:
            await tickets.set_delivery(
                tx, message_id, state="failed", error=notice.detail[:1000] or notice.kind
            )
            await repository.close_delivery(tx, message_id, state="failed", error=notice.detail)
        # A temporary failure is only a note: the other server goes on trying.
    elif notice.state in (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ):
        await tickets.set_delivery(tx, message_id, state=notice.state)
        await repository.close_delivery(tx, message_id, state="sent", error=None)
    return message_id, ticket_id


async def _message(
    tx: Tx, vault: Vault, *, inbox_id: int, notice: ReceiptNotice
) -> tuple[int, int] | None:
    if notice.external_ids:
        rows = await repository.refs(
            tx, inbox_id, external_ids=notice.external_ids[:60], direction="out"
        )
        if rows:
            return rows[0]["message_id"], rows[0]["ticket_id"]
    for token in notice.tokens:
        sent = tokens.read(vault, token, workspace_id=tx.workspace_id, purpose=tokens.SENT)
        if sent is not None:
            found = await repository.outgoing(tx, sent)
            if found is not None:
                return found
        talk = tokens.read(vault, token, workspace_id=tx.workspace_id)
        if talk is not None:
            found = await repository.latest_outgoing(tx, talk)
            if found is not None:
                return found
    return None
