"""Custom fields: their definitions, and what tickets, customers and companies do with them."""

from yizhan.domains.fields.service.records import (
    Written,
    changes,
    labels,
    reindex,
    search,
    write,
)

__all__ = ["Written", "changes", "labels", "reindex", "search", "write"]
