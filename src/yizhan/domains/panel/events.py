"""What happens to sources, and who followed a link of theirs."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class PanelSourceCreated(events.Event, tag="panel_source.created", frozen=True):
    """A source was added."""

    panel_source_id: int
    kind: str
    changes: Changes


class PanelSourceUpdated(events.Event, tag="panel_source.updated", frozen=True):
    """A source was changed; of its settings only the names are told."""

    panel_source_id: int
    changes: Changes


class PanelSourceKeyReplaced(events.Event, tag="panel_source.key_replaced", frozen=True):
    """A source got a new key; the old one signs look-ups besides for a day."""

    panel_source_id: int


class PanelSourceDeleted(events.Event, tag="panel_source.deleted", frozen=True):
    """A source was removed."""

    panel_source_id: int
    name: str


class PanelLinkOpened(events.Event, tag="panel_link.opened", frozen=True):
    """An agent followed a link into another system."""

    ticket_id: int
    panel_source_id: int
    source: str
    link: str
    host: str
