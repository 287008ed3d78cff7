"""HTTP of what is read in messages."""

from __future__ import annotations

from litestar import get, patch, post

from yizhan.domains.understanding import errors, schemas
from yizhan.domains.understanding.service import correcting, settings, showing
from yizhan.domains.understanding.types import Judged, Settings
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx
from yizhan.learning import lexicon

_TAGS = ["understanding"]


@get("/tickets/{ticket_id:int}/signals", summary="See what was read in a ticket", tags=_TAGS)
async def get_ticket_signals(tx: Tx, ticket_id: int) -> schemas.TicketSignals:
    """Intent, category, emotion, urgency, complexity and language with confidence and evidence, and what
    the customer has said already."""
    return await showing.of_ticket(tx, ticket_id)


@post(
    "/tickets/{ticket_id:int}/signals/corrections",
    summary="Correct what was read",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.NothingRead, errors.UnknownLabel)},
)
async def correct_signal(
    tx: Tx, ticket_id: int, data: schemas.CorrectionIn
) -> schemas.TicketSignals:
    """Your word holds against what was read, and is learned from. A new intent or category is a new label."""
    return await correcting.correct(tx, ticket_id, head=data.head, now=data.now)


@get("/understanding/labels", summary="List labels to choose from", tags=_TAGS)
async def list_signal_labels(tx: Tx, head: Judged) -> schemas.SignalLabels:
    """Those that the workspace uses most come first."""
    return schemas.SignalLabels(await showing.labels(tx, head))


@get("/understanding", summary="See how messages are read", tags=_TAGS)
async def get_understanding(tx: Tx, edge: Edge) -> schemas.UnderstandingSettings:
    """Thresholds, words, alerts."""
    found, version = await settings.get(tx)
    return await _settings(tx, edge, found, version=version)


@patch(
    "/understanding",
    summary="Change how messages are read",
    tags=_TAGS,
    opt={"errors": (errors.UnderstandingInvalid,)},
)
async def update_understanding(
    tx: Tx, edge: Edge, data: schemas.UnderstandingChange
) -> schemas.UnderstandingSettings:
    """It holds from the next message on; absent parts stay.

    Where golden sets guard a head its threshold is checked on them first: ``held`` says so, and it
    changes if that makes nothing worse.
    """
    found, version = await settings.update(tx, data)
    return await _settings(tx, edge, found, version=version)


async def _settings(
    tx: Tx, edge: Edge, found: Settings, *, version: int
) -> schemas.UnderstandingSettings:
    return schemas.settings_out(
        found,
        version=version,
        available=edge.config.understanding,
        held=await settings.waiting(tx),
    )


@get("/understanding/lexicon", summary="List the words that come with the program", tags=_TAGS)
async def get_shipped_lexicon(tx: Tx) -> schemas.ShippedLexicon:
    """Words that call for attention, Chinese and English."""
    await settings.get(tx)
    entries = (one for one in lexicon.shipped().entries if one.category != lexicon.SHIELD)
    return schemas.ShippedLexicon(
        [
            schemas.ShippedTerm(term=one.term, category=one.category, weight=one.weight)
            for one in entries
        ]
    )


@post(
    "/understanding/lexicon/attempts",
    summary="Try words on a text",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.UnderstandingInvalid,)},
)
async def try_lexicon(tx: Tx, data: schemas.LexiconTry) -> schemas.LexiconHits:
    """Nothing is kept."""
    return schemas.LexiconHits(await settings.attempt(tx, data.text, own=data.lexicon))


routes = [
    get_ticket_signals,
    correct_signal,
    list_signal_labels,
    get_understanding,
    update_understanding,
    get_shipped_lexicon,
    try_lexicon,
]
