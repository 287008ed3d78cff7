"""People and companies can be found."""

from __future__ import annotations

from yizhan.domains.contacts.searching import service
from yizhan.kernel import finding, query
from yizhan.kernel.tx import Tx


@finding.kind("contact", title={"zh": "客户", "en": "Customers"}, position=20)
async def find_people(tx: Tx, wanted: query.Query, limit: int, cursor: str | None) -> finding.Found:
    """See :func:`service.people`."""
    return await service.people(tx, wanted, limit, cursor)


@finding.kind("company", title={"zh": "公司", "en": "Companies"}, position=30)
async def find_companies(
    tx: Tx, wanted: query.Query, limit: int, cursor: str | None
) -> finding.Found:
    """See :func:`service.companies`."""
    return await service.companies(tx, wanted, limit, cursor)
