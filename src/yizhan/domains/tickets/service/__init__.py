"""What may be done with tickets. Other domains call these and nothing below."""

from yizhan.domains.tickets.service.create import Requester, create
from yizhan.domains.tickets.service.delivery import cancel, moves_on, retry
from yizhan.domains.tickets.service.delivery import set_state as set_delivery
from yizhan.domains.tickets.service.files import store as store_file
from yizhan.domains.tickets.service.lines import system_line
from yizhan.domains.tickets.service.mentions import unwatch, watch
from yizhan.domains.tickets.service.receive import receive
from yizhan.domains.tickets.service.reply import write as reply
from yizhan.domains.tickets.service.update import assign
from yizhan.domains.tickets.service.update import change as update

__all__ = [
    "Requester",
    "assign",
    "cancel",
    "create",
    "moves_on",
    "receive",
    "reply",
    "retry",
    "set_delivery",
    "store_file",
    "system_line",
    "unwatch",
    "update",
    "watch",
]
