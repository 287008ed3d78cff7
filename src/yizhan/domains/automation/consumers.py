"""What automation reads in the log: answers sent, for the figures; escalations that are due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import structlog

from yizhan.domains.automation.contract import ParamsInvalid, Why
from yizhan.domains.automation.service import actions, using
from yizhan.domains.automation.types import Step
from yizhan.domains.sla import registry as promises
from yizhan.kernel import errors, events
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

ESCALATION = "sla.escalation_due"


@events.consumer("macros")
async def count_uses(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """What became of the texts that macros put into answers."""
    for event in batch:
        if event.type == "message.queued":
            await using.note_sent(tx, event)


@promises.provide_check
async def check_escalations(tx: Tx, steps: list[dict[str, Any]]) -> None:
    """A policy takes only actions that whoever writes it could put into a macro.

    Errors: ParamsInvalid, UnknownAction, Forbidden, those of the actions' own checks.
    """
    try:
        found = msgspec.convert(steps, list[Step])
    except msgspec.ValidationError as error:
        raise ParamsInvalid(str(error)) from error
    await actions.check(tx, found)


@events.consumer("escalations", batch=50)
async def escalate(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Run what a policy wants when its time has come. The cursor moves with it: exactly once."""
    for event in batch:
        if event.type == ESCALATION and event.ticket_id is not None:
            await _escalate(tx, event, event.ticket_id)


async def _escalate(tx: Tx, event: events.Logged, ticket_id: int) -> None:
    why = Why("sla", str(event.data.get("policy_id", "")), name=str(event.data.get("target", "")))
    if not event.data.get("actions"):
        return  # people are told, and nothing else happens
    try:
        steps = msgspec.convert(event.data["actions"], list[Step])
        async with tx.attempt():
            await actions.run(tx, ticket_id, steps=steps, why=why)
    except (errors.YizhanError, msgspec.ValidationError) as error:
        logger.warning("escalation_refused", ticket_id=ticket_id, reason=str(error))
