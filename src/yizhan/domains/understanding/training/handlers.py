"""Learning follows the labels that people give."""

from __future__ import annotations

from yizhan.domains.surveys import events as surveys
from yizhan.domains.understanding import events as understanding
from yizhan.domains.understanding.training import events as own
from yizhan.domains.understanding.training.service import schedule
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.on(understanding.SignalCorrected)
async def corrected(tx: Tx, event: understanding.SignalCorrected) -> None:
    """An agent said what a message is."""
    del event
    await schedule.heard(tx)


@events.on(own.LabelAnswered)
async def answered(tx: Tx, event: own.LabelAnswered) -> None:
    """Somebody who was asked did."""
    if event.label is not None:
        await schedule.heard(tx)


@events.on(surveys.SurveyAnswered)
async def rated(tx: Tx, event: surveys.SurveyAnswered) -> None:
    """A customer said how it was."""
    del event
    await schedule.heard(tx)
