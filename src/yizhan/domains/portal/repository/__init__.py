"""All SQL of the customers' pages."""

from yizhan.domains.portal.repository.places import (
    portal,
    set_portal,
    set_sso_secret,
    slug_holder,
    sso_secret,
)
from yizhan.domains.portal.repository.signing import (
    add_link,
    add_session,
    customer,
    end_session,
    forget_links,
    link,
    links_since,
    mark_sent,
    role,
    set_role,
    unmark_sent,
    use_handover,
    use_link,
)
from yizhan.domains.portal.repository.tickets import (
    begun_by,
    conversation_of,
    file_tickets,
    messages,
    ticket,
    tickets,
)

__all__ = [
    "add_link",
    "add_session",
    "begun_by",
    "conversation_of",
    "customer",
    "end_session",
    "file_tickets",
    "forget_links",
    "link",
    "links_since",
    "mark_sent",
    "messages",
    "portal",
    "role",
    "set_portal",
    "set_role",
    "set_sso_secret",
    "slug_holder",
    "sso_secret",
    "ticket",
    "tickets",
    "unmark_sent",
    "use_handover",
    "use_link",
]
