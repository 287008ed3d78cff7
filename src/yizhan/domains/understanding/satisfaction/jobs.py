"""Ratings are inferred in the worker."""

from __future__ import annotations

from typing import Any

from yizhan.domains.understanding import repository as signals
from yizhan.domains.understanding.reading import machine
from yizhan.domains.understanding.reading.heads import Model
from yizhan.domains.understanding.satisfaction import rules, service
from yizhan.domains.understanding.training import repository as versions
from yizhan.kernel import jobs

_HEAD = "satisfaction"


@jobs.job(service.JOB)
async def infer(ctx: jobs.Context, *, workspace_id: int, ticket_id: int) -> None:
    """Infer how satisfied the customer of a ticket is that is done."""
    if not ctx.config.understanding:
        return
    async with ctx.begin(workspace_id) as tx:
        settings, _ = await signals.settings(tx)
        ready = await service.prepare(tx, int(ticket_id)) if settings.on else None
        using = [one for one in await versions.using(tx) if one.head == _HEAD]
    if ready is None:
        return
    found = rules.infer(ready.course)
    if using:
        model = (await machine.models(ctx.store, workspace_id, using)).get(_HEAD)
        if model is not None:
            guess = await machine.guess(ctx.config.data, model.machine, ready.text)
            found = _by(model, guess)
    async with ctx.begin(workspace_id) as tx:
        await service.keep(tx, int(ticket_id), found)


def _by(model: Model, guess: Any) -> rules.Inferred:
    """What the workspace's own head says."""
    shares = dict(guess.others) | {guess.label: guess.confidence}
    words = rules.Part("words", 0.0, ", ".join(guess.evidence[:4]))
    return rules.said(float(shares.get("good", 0.0)), model=model.name, parts=(words,))
