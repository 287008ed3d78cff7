"""What happens to the customers' pages."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class PortalChanged(events.Event, frozen=True, tag="portal.changed"):
    """A brand's pages were opened, closed or described otherwise."""

    portal_id: int
    changes: Changes


class PortalRoleChanged(events.Event, frozen=True, tag="portal.role_changed"):
    """A customer may see their company's tickets, or no longer."""

    contact_id: int
    changes: Changes


class PortalSignedIn(events.Event, frozen=True, tag="portal.signed_in"):
    """A customer signed in by a link, or by way of the brand's website."""

    contact_id: int
    portal_id: int


class PortalLinkRefused(events.Event, frozen=True, tag="portal.link_refused"):
    """A link to sign in with had come back in a mail, where others can read it: it opens nothing."""

    portal_id: int
    ticket_id: int
