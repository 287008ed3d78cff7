"""What may be done with articles beside a ticket."""

from yizhan.domains.advice.service.noting import holds, note, sent, settle, stands
from yizhan.domains.advice.service.offering import offer
from yizhan.domains.advice.service.reporting import export, usage, uses

__all__ = ["export", "holds", "note", "offer", "sent", "settle", "stands", "usage", "uses"]
