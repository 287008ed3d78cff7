"""Background work of notifications: waking browsers."""

from __future__ import annotations

from yizhan.domains.notifications import devices, sender, wording
from yizhan.kernel import jobs

_URGENT = ("mention", "assigned", "sla", "reminder")


@jobs.job(devices.PUSH_JOB, outgoing=True)
async def push(
    ctx: jobs.Context, *, workspace_id: int, device_id: int, notification_id: int
) -> None:
    """Wake one device for one notification. Told twice it shows once: the later takes its place."""
    async with ctx.begin(workspace_id) as tx:
        device = await devices.alive(tx, device_id)
        found = None if device is None else await sender.wanted(tx, device, notification_id)
    if device is None or found is None:
        return
    content = sender.content_of(found, device, workspace_id=workspace_id)
    outcome = await sender.send(
        ctx, device, content, workspace_id=workspace_id, urgent=found.kind in _URGENT
    )
    async with ctx.begin(workspace_id) as tx:
        await sender.settle(tx, device, outcome)
    if outcome.again is not None:
        raise jobs.Retry(outcome.again, outcome.failure or "")


@jobs.job(devices.TEST_JOB)
async def push_test(ctx: jobs.Context, *, workspace_id: int, device_id: int) -> None:
    """Wake one device to see that it works; what went wrong shows in the list of devices."""
    async with ctx.begin(workspace_id) as tx:
        device = await devices.alive(tx, device_id)
        if device is None:
            return
        locale = await tx.db.fetchval(
            "SELECT locale FROM agent WHERE workspace_id = $1 AND id = $2",
            workspace_id,
            device.agent_id,
        )
    content = {
        "agent": f"{workspace_id}.{device.agent_id}",
        "tag": "test",
        "path": "/account",
        **wording.tested(locale or ""),
    }
    outcome = await sender.send(ctx, device, content, workspace_id=workspace_id, urgent=True)
    async with ctx.begin(workspace_id) as tx:
        await sender.settle(tx, device, outcome)
