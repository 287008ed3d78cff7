"""What other domains may call."""

from yizhan.domains.routing.distribution import distribute
from yizhan.domains.routing.presence import HEARTBEAT, choose, everybody, seen

__all__ = ["HEARTBEAT", "choose", "distribute", "everybody", "seen"]
