"""Which events go where, and how they are signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from standardwebhooks import Webhook as Receiver
from standardwebhooks.webhooks import WebhookVerificationError

from yizhan.domains.tickets import events as tickets
from yizhan.domains.webhooks import errors, matching, outbox
from yizhan.domains.webhooks.types import TicketFacts
from yizhan.kernel import events, signing


@pytest.mark.parametrize(
    ("patterns", "kind", "sent"),
    [
        (["*"], "ticket.created", True),
        (["*"], "message.received", True),
        (["*"], "contact.merged", True),
        (["*"], "agent.updated", False),
        (["agent.*"], "agent.updated", True),
        (["ticket.*"], "ticket.assigned", True),
        (["ticket.*"], "message.received", False),
        (["ticket.created"], "ticket.created", True),
        (["ticket.created"], "ticket.updated", False),
        (["*", "webhook.*"], "webhook.failed", False),
        (["*", "notification.*"], "notification.created", False),
        ([], "ticket.created", False),
    ],
)
def test_a_webhook_gets_what_it_asks_for(patterns: list[str], kind: str, *, sent: bool) -> None:
    assert matching.matches(patterns, kind) is sent


def test_unknown_events_are_refused_when_a_webhook_is_saved() -> None:
    assert matching.check(["*", "ticket.*", "ticket.created", "*"]) == [
        "*",
        "ticket.*",
        "ticket.created",
    ]
    for wrong in ("tickets.*", "ticket.vanished", "webhook.failed", ".*"):
        with pytest.raises(errors.UnknownEventType):
            matching.check([wrong])


def test_the_body_names_ids_as_text_and_the_ticket_as_it_is_now() -> None:
    at = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    data = events.data_of(
        tickets.MessageNoted(ticket_id=1 << 60, message_id=(1 << 60) + 1, changes={})
    )
    event = events.Logged(1, 1 << 60, 9, "message.noted", at, {"kind": "agent"}, 1 << 60, data)
    body = msgspec.json.decode(matching.body_of(event, TicketFacts(1 << 60, 1001, "open")))
    assert body["type"] == "message.noted"
    assert body["timestamp"] == "2026-11-02T08:30:00Z"
    assert body["data"]["message_id"] == str((1 << 60) + 1)
    assert body["data"]["ticket"] == {"id": str(1 << 60), "number": 1001, "status": "open"}


def test_receivers_verify_with_their_own_library() -> None:
    now, old, new = datetime.now(UTC), signing.new_secret(), signing.new_secret()
    body = '{"type":"ticket.created","data":{"subject":"保修 · naïve"}}'
    headers = signing.headers([new, old], message_id="msg_1", moment=now, body=body)
    for secret in (old, new):
        assert Receiver(signing.shown(secret)).verify(body, headers)["type"] == "ticket.created"
    with pytest.raises(WebhookVerificationError):
        Receiver(signing.shown(new)).verify(body + " ", headers)
    with pytest.raises(WebhookVerificationError):
        Receiver(signing.shown(signing.new_secret())).verify(body, headers)


def test_attempts_are_spread_over_a_day() -> None:
    waited, attempts = timedelta(), 0
    while waited < outbox.PATIENCE:
        attempts += 1
        waited += outbox.wait(attempts, spread=attempts * 37)
    assert 15 <= attempts <= 25
    assert outbox.wait(1, spread=0) == timedelta(seconds=5)
    assert outbox.wait(1, spread=100) == timedelta(seconds=5.5)
