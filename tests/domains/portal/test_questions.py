"""What visitors of the help pages ask is counted with what they opened, and tells nothing of them."""

from __future__ import annotations

import re
from typing import Any

from tests.domains.advice.test_advice import article, opened
from tests.support.desk import Desk, client


async def asked(desk: Desk) -> list[Any]:
    async with desk.as_system() as tx:
        return await tx.db.fetch(
            "SELECT place, question, cardinality(article_ids) AS offered, opened_id, outcome, visitor"
            " FROM article_ask WHERE workspace_id = $1 ORDER BY id",
            tx.workspace_id,
        )


async def test_searches_are_kept_with_what_became_of_them(desk: Desk) -> None:
    refund = await article(desk, "Return and refund", "<p>Send it back within seven days.</p>")
    await opened(desk)
    async with client(desk.app, **{"User-Agent": "Browser"}) as web:
        page = await web.get("/help/demo/en/search?q=refund")
        link = re.search(r'href="(/help/demo/en/a/\d+\?from=\d+)"', page.text)
        assert link is not None
        await web.get("/help/demo/en/search?q=refund")
        shown = await web.get(link.group(1))
        assert 'name="from"' in shown.text
        number = link.group(1).partition("from=")[2]
        await web.post(
            f"/help/demo/en/a/{refund}/feedback", data={"helpful": "yes", "from": number}
        )
        await web.get("/help/demo/en/search?q=warp+drive+of+li@example.com")
        typed = await web.get("/help/demo/suggest.json?q=my+refund&locale=en")
        assert "?from=" in typed.json()["items"][0]["url"]
        await web.get("/help/demo/suggest.json?q=my+refund+is+late&locale=en")
    rows = await asked(desk)
    assert [(row["place"], row["offered"], row["outcome"]) for row in rows] == [
        ("search", 1, "solved"),
        ("search", 0, None),
        ("form", 1, None),
    ]
    assert rows[0]["opened_id"] == int(refund)
    assert "example.com" not in rows[1]["question"]
    assert rows[2]["question"] == "my refund is late"
    totals = (await desk.api.get("/api/v1/knowledge/usage")).json()["totals"]
    assert (totals["offered"], totals["read"], totals["solved"]) == (2, 1, 1)
    served = await desk.events("article.self_served")
    assert [(event.data["place"], event.data["outcome"]) for event in served] == [
        ("search", "solved")
    ]
