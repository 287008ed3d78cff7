"""The copilot, its servers and what left, over HTTP.

What asks a model begins its transactions itself: none stays open while it answers.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import delete, get, post, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.response import Stream

from yizhan.domains.copilot import errors, schemas
from yizhan.domains.copilot.service import fates, running, setup
from yizhan.domains.copilot.types import Answer, Fate, Outcome, Place
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import pagination
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["copilot"]
_ASKING = (errors.NothingToRewrite, errors.NeedsModel)
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
_EXCERPT = 400
Limit = Annotated[int, QueryParameter(ge=1, le=pagination.MOST)]


def _out(made: Answer) -> schemas.CopilotOut:
    sources = [
        schemas.SourceOut(
            number=number,
            kind=one.kind,
            id=one.id,
            title=one.title,
            excerpt=one.text[:_EXCERPT],
            ticket_id=one.ticket_id,
            ticket_number=one.ticket_number,
        )
        for number, one in enumerate(made.sources, start=1)
    ]
    values = msgspec.structs.asdict(made) | {"id": str(made.id), "sources": sources}
    return schemas.CopilotOut(**values)


def _asked(data: schemas.CopilotIn) -> running.Asked:
    return running.Asked(
        task=data.task,
        text=data.text,
        tone=data.tone,
        locale=data.locale,
        message_id=int(data.message_id) if data.message_id else None,
    )


@post(
    "/tickets/{ticket_id:int}/copilot",
    summary="Ask the copilot",
    tags=_TAGS,
    status_code=200,
    opt={"errors": _ASKING},
)
async def ask_copilot(
    who: Actor, edge: Edge, ticket_id: int, data: schemas.CopilotIn
) -> schemas.CopilotOut:
    """The whole answer at once. Without a usable model it is made without one, and ``reason`` says so.

    409 ``needs_model`` for what only a model can do.
    """
    return _out(await running.whole(edge, who, ticket_id=ticket_id, asked=_asked(data)))


@post(
    "/tickets/{ticket_id:int}/copilot/stream",
    summary="Ask the copilot and read along",
    tags=_TAGS,
    status_code=200,
    responses={200: ResponseSpec(str, media_type="text/event-stream", generate_examples=False)},
    opt={"errors": _ASKING},
)
async def stream_copilot(who: Actor, edge: Edge, ticket_id: int, data: schemas.CopilotIn) -> Stream:
    """Server-sent events: ``begin``, ``text``…, perhaps ``reset``, ``done`` with the answer, or ``problem``.

    Hanging up stops the model.
    """
    ready = await running.prepare(edge, who, ticket_id=ticket_id, asked=_asked(data))
    return Stream(_told(running.run(ready)), headers=_HEADERS, media_type="text/event-stream")


def _frame(name: str, body: object) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(body) + b"\n\n"


def _said(event: running.Event) -> bytes:
    match event:
        case running.Begun():
            said = {"made_by": event.made_by, "model": event.model, "reason": event.reason}
            return _frame("begin", said)
        case running.Arrived():
            return _frame("text", {"text": event.text})
        case running.TakenBack():
            return _frame("reset", {"reason": event.reason})
        case running.Done():
            return _frame("done", _out(event.answer))


async def _told(steps: AsyncIterator[running.Event]) -> AsyncIterator[bytes]:
    """What happens as frames. One task of its own does the work, so that leaving it cancels cleanly."""
    frames: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=64)

    async def work() -> None:
        try:
            async for event in steps:
                await frames.put(_said(event))
        except kernel_errors.YizhanError as error:
            await frames.put(_frame("problem", error.problem()))
        except Exception:  # the reader must hear that it ended
            await frames.put(_frame("problem", kernel_errors.YizhanError().problem()))
            raise
        finally:
            await frames.put(None)

    task = asyncio.create_task(work())
    try:
        yield b": hello\n\n"
        while (frame := await frames.get()) is not None:
            yield frame
        await task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@post(
    "/copilot/answers/{answer_id:int}/fate", summary="Say what you did with an answer",
    tags=_TAGS, status_code=200,
)  # fmt: skip
async def settle_copilot_answer(tx: Tx, answer_id: int, data: schemas.FateIn) -> schemas.SettledOut:
    """Inserted or discarded; accepted or edited is found out when something is sent."""
    fate = await fates.note(tx, answer_id, fate=data.fate)
    return schemas.SettledOut(str(answer_id), msgspec.convert(fate, Fate))


@get("/copilot/adoption", summary="What became of what the copilot made", tags=_TAGS)
async def read_copilot_adoption(
    tx: Tx, since: datetime | None = None, until: datetime | None = None
) -> schemas.CopilotAdoption:
    """By task and by agent; the last thirty days by default."""
    return await fates.adoption(tx, since=since, until=until)


@get("/copilot/setup", summary="Model servers and privacy", tags=_TAGS)
async def read_copilot_setup(tx: Tx) -> schemas.SetupOut:
    """Servers, what may leave, and what was used this month."""
    return await setup.read(tx)


@put(
    "/copilot/policy",
    summary="Say what may leave for model servers",
    tags=_TAGS,
    opt={"errors": (errors.ModelSettingsInvalid,)},
)
async def put_copilot_policy(tx: Tx, data: schemas.PolicyBody) -> schemas.SetupOut:
    """All of it at once: what is not sent has its default."""
    await setup.put_policy(tx, data)
    return await setup.read(tx)


@put(
    "/copilot/servers/{place:str}",
    summary="Set up a model server",
    tags=_TAGS,
    opt={"errors": (errors.ModelSettingsInvalid,)},
)
async def put_model_server(
    tx: Tx, edge: Edge, place: Place, data: schemas.ServerIn
) -> schemas.ServerOut:
    """``local`` in your own rooms, ``cloud`` elsewhere; one of each."""
    allow = (*edge.config.egress_allow, *edge.config.model_allow)
    row = await setup.put_server(tx, place, data, vault=edge.vault, allow=allow)
    return schemas.server_out(row)


@delete("/copilot/servers/{place:str}", summary="Remove a model server", tags=_TAGS)
async def delete_model_server(tx: Tx, place: Place) -> None:
    """Its key goes with it; the recording of what left stays."""
    await setup.delete_server(tx, place)


@post(
    "/copilot/servers/{place:str}/test", summary="Try a model server", tags=_TAGS, status_code=200
)
async def test_model_server(who: Actor, edge: Edge, place: Place) -> schemas.ServerTried:
    """Asks it for one word. Nothing of yours is sent."""
    return await setup.test(edge, who, place)


@post("/copilot/hide", summary="Try what leaves of a text", tags=_TAGS, status_code=200)
async def hide_copilot_text(tx: Tx, data: schemas.HideIn) -> schemas.HideOut:
    """The text with tokens instead of personal data. Nothing is sent and nothing is kept."""
    return await setup.hide(tx, data.text)


@get("/copilot/sent", summary="List what left for model servers", tags=_TAGS)
async def list_copilot_sent(
    tx: Tx,
    limit: Limit = pagination.DEFAULT,
    cursor: str | None = None,
    ticket_id: int | None = None,
    outcome: Outcome | None = None,
) -> pagination.Page[schemas.SentOut]:
    """The newest first, without the words."""
    return await setup.left(tx, limit=limit, cursor=cursor, ticket_id=ticket_id, outcome=outcome)


@get("/copilot/sent/{sent_id:int}", summary="Read what left", tags=_TAGS)
async def read_copilot_sent(tx: Tx, sent_id: int) -> schemas.SentOut:
    """Word for word, as it left and as it came back."""
    return await setup.one_left(tx, sent_id)


routes = [
    ask_copilot,
    stream_copilot,
    settle_copilot_answer,
    read_copilot_adoption,
    read_copilot_setup,
    put_copilot_policy,
    put_model_server,
    delete_model_server,
    test_model_server,
    hide_copilot_text,
    list_copilot_sent,
    read_copilot_sent,
]
