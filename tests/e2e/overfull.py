"""Too much of everything: names without end, words without a gap, fifty tags. Made once a desk."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.served import Served

_made: dict[str, dict[str, str]] = {}

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADDRESS = "https://shop.example.test/orders/" + "a1b2c3d4e5f6" * 12
HAN = (
    "客户反映收到的蓝牙耳机在连接手机之后右侧耳机没有声音而且充电盒指示灯一直闪烁请尽快处理谢谢" * 2
)


def made(desk: Served) -> dict[str, str]:
    """Ids by name."""
    if desk.url not in _made:
        _made[desk.url] = _make(desk)
    return _made[desk.url]


def _make(desk: Served) -> dict[str, str]:
    team = desk.post("/teams", name=WORD[:60], description=HAN[:120])
    ticket = desk.post(
        "/tickets",
        subject=f"{WORD} {ADDRESS}"[:200],
        body=f"{ADDRESS}\n\n{WORD * 3}\n\n{HAN}",
        requester={"email": f"{WORD[:40].lower()}@{'long' * 12}.example.test", "name": WORD},
        team_id=team["id"],
        tags=[f"{WORD[:30]}-{at}" for at in range(40)],
        priority="urgent",
    )
    company = desk.post("/companies", name=f"{WORD} {HAN}"[:200], note=HAN)
    contact = desk.get("/contacts", q=WORD)["items"][0]["id"]
    desk.patch(
        f"/contacts/{contact}", company_id=company["id"], tags=[f"tag-{at}" for at in range(50)]
    )
    view = desk.post(
        "/views",
        name=WORD[:60],
        condition={"all": [{"field": "priority", "op": "is", "value": "urgent"}]},
        columns=["number", "subject", "requester", "status", "tags", "updated"],
        sort="updated",
        sharing={"all": True},
    )
    desk.post("/macros", title=WORD, reach="all", variants=[{"locale": "en", "body": WORD * 4}])
    return {
        "ticket": ticket["id"],
        "contact": contact,
        "company": company["id"],
        "view": view["id"],
    }


def at(path: str) -> Callable[[Served], str]:
    return lambda desk: path.format(**made(desk))


SCREENS: dict[str, Callable[[Served], str]] = {
    "overfull-list": at("/inbox?view=all"),
    "overfull-view": at("/inbox?view={view}"),
    "overfull-ticket": at("/inbox?view=all&ticket={ticket}"),
    "overfull-history": at("/inbox?view=all&ticket={ticket}&panel=history"),
    "overfull-customers": at("/customers"),
    "overfull-customer": at("/customers/{contact}"),
    "overfull-companies": at("/customers/companies"),
    "overfull-company": at("/customers/companies/{company}"),
    "overfull-teams": at("/admin/teams"),
    "overfull-macros": at("/macros"),
}
