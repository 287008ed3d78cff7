"""Custom fields: their definitions, and what tickets, customers and companies do with them."""

from yizhan.domains.fields.service.records import (
    Written,
    changes,
    folded,
    labels,
    reindex,
    search,
    would_take,
    write,
)

__all__ = ["Written", "changes", "folded", "labels", "reindex", "search", "would_take", "write"]
