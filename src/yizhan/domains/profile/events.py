"""What happens to profiles. Keys and ids only: what customers said of themselves is not in the log."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class ContactFactsChanged(events.Event, frozen=True, tag="contact.facts_changed"):
    """Something new is known of a customer, or was corrected or taken out."""

    contact_id: int
    keys: list[str]
    message_id: int | None = None


class ContactStageChanged(events.Event, frozen=True, tag="contact.stage_changed"):
    """A customer stands elsewhere with us. ``reason``: the rule and the figures; empty: by hand."""

    contact_id: int
    changes: Changes
    reason: dict[str, Any] = {}


class ContactProfileErased(events.Event, frozen=True, tag="contact.profile_erased"):
    """All that was known of a customer from their words is gone, and nothing is read of them any more."""

    contact_id: int
    facts: int


class ProfileSettingsChanged(events.Event, frozen=True, tag="profile_settings.changed"):
    """Other rules say the stage, or messages are no longer read for facts."""

    changes: Changes
