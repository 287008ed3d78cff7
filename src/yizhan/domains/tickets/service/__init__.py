"""What may be done with tickets. Other domains call these and nothing below."""

from yizhan.domains.tickets.repository import is_team, statuses, together
from yizhan.domains.tickets.service.access import ticket as get
from yizhan.domains.tickets.service.create import Requester, create
from yizhan.domains.tickets.service.delivery import cancel, moves_on, retry
from yizhan.domains.tickets.service.delivery import set_state as set_delivery
from yizhan.domains.tickets.service.files import laid as laid_file
from yizhan.domains.tickets.service.files import put as put_file
from yizhan.domains.tickets.service.files import record as record_file
from yizhan.domains.tickets.service.lines import system_line
from yizhan.domains.tickets.service.mentions import unwatch, watch
from yizhan.domains.tickets.service.receive import receive
from yizhan.domains.tickets.service.reply import write as reply
from yizhan.domains.tickets.service.restore import difference, restore
from yizhan.domains.tickets.service.retract import retract_note
from yizhan.domains.tickets.service.update import assign
from yizhan.domains.tickets.service.update import change as update

__all__ = [
    "Requester",
    "assign",
    "cancel",
    "create",
    "difference",
    "get",
    "is_team",
    "laid_file",
    "moves_on",
    "put_file",
    "receive",
    "record_file",
    "reply",
    "restore",
    "retract_note",
    "retry",
    "set_delivery",
    "statuses",
    "system_line",
    "together",
    "unwatch",
    "update",
    "watch",
]
