"""What other domains may call."""

from yizhan.domains.routing.distribution import distribute
from yizhan.domains.routing.presence import HEARTBEAT, choose, everybody, seen
from yizhan.domains.routing.service.wishes import asked_for, hand_out, withdraw

__all__ = [
    "HEARTBEAT",
    "asked_for",
    "choose",
    "distribute",
    "everybody",
    "hand_out",
    "seen",
    "withdraw",
]
