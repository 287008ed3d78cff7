"""What may be done with channels."""

from yizhan.domains.channels.repository import ticket_number
from yizhan.domains.channels.service.deliveries import deliver, rendered
from yizhan.domains.channels.service.direct import carrier
from yizhan.domains.channels.service.direct import send as send_direct
from yizhan.domains.channels.service.inboxes import (
    change_inbox,
    check_inbox,
    create_inbox,
    delete_inbox,
    get_inbox,
    list_inboxes,
)
from yizhan.domains.channels.service.intake import accept, keep
from yizhan.domains.channels.service.means import Means, Ready, load, load_by_key, open_inbox
from yizhan.domains.channels.service.messages import Held
from yizhan.domains.channels.service.messages import receive as receive_message
from yizhan.domains.channels.service.pipeline import (
    Outcome,
    actor_of,
    ingest_inline,
    prepare_inline,
    process,
)
from yizhan.domains.channels.service.reach import carrier_of, window_state
from yizhan.domains.channels.service.reach import of as reach_of
from yizhan.domains.channels.service.webhook import take as take_webhook

__all__ = [
    "Held",
    "Means",
    "Outcome",
    "Ready",
    "accept",
    "actor_of",
    "carrier",
    "carrier_of",
    "change_inbox",
    "check_inbox",
    "create_inbox",
    "delete_inbox",
    "deliver",
    "get_inbox",
    "ingest_inline",
    "keep",
    "list_inboxes",
    "load",
    "load_by_key",
    "open_inbox",
    "prepare_inline",
    "process",
    "reach_of",
    "receive_message",
    "rendered",
    "send_direct",
    "take_webhook",
    "ticket_number",
    "window_state",
]
