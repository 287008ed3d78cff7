# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``understanding``."""

from __future__ import annotations

from typing import Literal

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Understanding:
    """Operations of ``understanding``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def get_ticket_signals(self, ticket_id: Id) -> models.TicketSignals:
        """See what was read in a ticket.

        Intent, category, emotion, urgency, complexity and language with confidence and
        evidence, and what the customer has said already.

        Errors: TicketNotFound.
        """
        return self._transport.call(
            models.TicketSignals, "GET", "/api/v1/tickets/{}/signals", ticket_id
        )

    def correct_signal(
        self, ticket_id: Id, body: models.CorrectionIn, *, idempotency_key: str | None = None
    ) -> models.TicketSignals:
        """Correct what was read.

        Your word holds against what was read, and is learned from. A new intent or category is
        a new label.

        Errors: FieldReadOnly, FieldsInvalid, NothingRead, OpenChildren, StaleVersion,
        TicketClosed, TicketMerged, TicketNotFound, TransitionRefused, UnknownField,
        UnknownLabel, UnknownStatus, UnknownValue.
        """
        return self._transport.call(
            models.TicketSignals,
            "POST",
            "/api/v1/tickets/{}/signals/corrections",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    def get(self) -> models.UnderstandingSettings:
        """See how messages are read.

        Thresholds, words, alerts.
        """
        return self._transport.call(models.UnderstandingSettings, "GET", "/api/v1/understanding")

    def update(self, body: models.UnderstandingChange) -> models.UnderstandingSettings:
        """Change how messages are read.

        It holds from the next message on; absent parts stay.

        Where golden sets guard a head its threshold is checked on them first: ``held`` says so,
        and it changes if that makes nothing worse.

        Errors: UnderstandingInvalid, UnknownReference.
        """
        return self._transport.call(
            models.UnderstandingSettings, "PATCH", "/api/v1/understanding", body=body
        )

    def list_signal_labels(
        self, *, head: Literal["intent", "category", "emotion", "urgency", "complexity"]
    ) -> models.SignalLabels:
        """List labels to choose from.

        Those that the workspace uses most come first.
        """
        return self._transport.call(
            models.SignalLabels, "GET", "/api/v1/understanding/labels", query={"head": head}
        )

    def get_shipped_lexicon(self) -> models.ShippedLexicon:
        """List the words that come with the program.

        Words that call for attention, Chinese and English.
        """
        return self._transport.call(models.ShippedLexicon, "GET", "/api/v1/understanding/lexicon")

    def try_lexicon(
        self, body: models.LexiconTry, *, idempotency_key: str | None = None
    ) -> models.LexiconHits:
        """Try words on a text.

        Nothing is kept.

        Errors: UnderstandingInvalid.
        """
        return self._transport.call(
            models.LexiconHits,
            "POST",
            "/api/v1/understanding/lexicon/attempts",
            body=body,
            key=idempotency_key,
        )
