"""Scenarios: the outside misbehaves: a mail server that takes and then hangs, events twice and late."""

from __future__ import annotations

from functools import partial

from tests.chaos.stage import Stage, scenario


async def _does_not_answer(stage: Stage, *, mood: str) -> None:
    """It takes the content and never answers: the answer is ``unknown``, never sent again by itself.
    So it is where the content was forgotten: nobody can know."""
    letters = stage.town.letters
    await stage.work(15)
    letters.mood = mood
    await stage.met("letters without an answer", lambda: letters.unanswered)
    letters.mood = "take"
    await stage.work(20)


for _name, _mood in (("mail-server-hangs", "hang"), ("mail-server-deaf", "deaf")):
    scenario(_name, within=60, quiet=300)(partial(_does_not_answer, mood=_mood))


@scenario("webhooks-twice-late-mixed", within=60)
async def webhooks_mixed(stage: Stage) -> None:
    """A fifth of the vendor's events come late, a fifth twice, in any order, while web is killed."""
    for _ in range(3):
        await stage.work(40)
        await stage.kill("web")
        await stage.recover()
    await stage.work(60)


@scenario("our-webhook-receiver-fails", within=60, quiet=300)
async def receiver_fails(stage: Stage) -> None:
    """Whom we tell answers 500 for a while: each event is told all the same."""
    await stage.work(15)
    told = stage.town.told
    told.answer = 500
    await stage.met("webhooks refused", lambda: told.refused)
    told.answer = 200
    await stage.work(20)
