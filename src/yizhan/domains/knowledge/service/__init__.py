"""What may be done with articles. The customer portal and the ticket's side bar read through these."""

from yizhan.domains.knowledge.service.asking import Asked, offer, opened, settle
from yizhan.domains.knowledge.service.asking import note as note_question
from yizhan.domains.knowledge.service.feedback import rate
from yizhan.domains.knowledge.service.files import for_reader as file_for_reader
from yizhan.domains.knowledge.service.finding import search, suggest
from yizhan.domains.knowledge.service.published import (
    every_address,
    files_of,
    newest,
    read,
    teasers,
    tree,
)

__all__ = [
    "Asked",
    "every_address",
    "file_for_reader",
    "files_of",
    "newest",
    "note_question",
    "offer",
    "opened",
    "rate",
    "read",
    "search",
    "settle",
    "suggest",
    "teasers",
    "tree",
]
