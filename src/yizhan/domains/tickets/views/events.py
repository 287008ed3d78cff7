"""What happens to views."""

from __future__ import annotations

from yizhan.kernel import events


class ViewCreated(events.Event, frozen=True, tag="view.created"):
    """Somebody saved a view."""

    view_id: int
    name: str


class ViewUpdated(events.Event, frozen=True, tag="view.updated"):
    """A view was changed, or shared with others."""

    view_id: int
    fields: list[str]


class ViewDeleted(events.Event, frozen=True, tag="view.deleted"):
    """A view was thrown away."""

    view_id: int
    name: str


class ViewsHidden(events.Event, frozen=True, tag="view.hidden"):
    """The workspace put away some of the views that it began with."""

    ids: list[str]
