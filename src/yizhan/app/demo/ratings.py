"""What customers of the demo said of the service, and the survey that asked them. The same for a story."""

from __future__ import annotations

import hashlib

from yizhan.app.demo.corpus import Story
from yizhan.domains.surveys import repository, schemas
from yizhan.domains.surveys.service import answering, asking, settings
from yizhan.domains.surveys.types import Way
from yizhan.domains.tasks import schemas as task_schemas
from yizhan.domains.tasks.service import templates
from yizhan.domains.tasks.types import TemplateItem
from yizhan.domains.tickets import repository as tickets
from yizhan.domains.tickets.service import talks
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

# Most are content; some say why, most of all those who are not.
_SCORES = (5, 5, 5, 4, 5, 4, 3, 5, 4, 2, 5, 1)
_WORDS: dict[str, dict[int, tuple[str, ...]]] = {
    "zh-CN": {
        5: ("回复很快，问题一次就解决了。", "态度很好，谢谢。", ""),
        4: ("整体不错，就是第一次回复等得有点久。", ""),
        3: ("解决了，但来回说了三遍。",),
        2: ("等了两天才有人回。",),
        1: ("没有解决我的问题就关了。",),
    },
    "en": {
        5: ("Quick and friendly, thank you.", "Solved at the first try.", ""),
        4: ("Good, though the first answer took a while.", ""),
        3: ("It works now, but I had to explain it three times.",),
        2: ("Two days until somebody answered.",),
        1: ("Closed without solving anything.",),
    },
}
_TEMPLATES = (
    ("退货", ("核对订单号与购买日期", "发送退货地址与面单", "仓库签收", "原路退款")),
    ("Warranty exchange", ("Check the serial number", "Ask for a photo", "Ship the replacement")),
)


def _draw(story: Story, what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{what} {story.subject}".encode()).digest()[:4], "big")


def is_asked(story: Story) -> bool:
    """Those who can be written to, once their question is answered."""
    return story.status in ("resolved", "closed") and story.channel != "api"


def said(story: Story) -> str:
    """``5|words``; empty for those who do not answer."""
    if _draw(story, "answers") % 5 < 2:
        return ""
    score = _SCORES[_draw(story, "score") % len(_SCORES)]
    words = _WORDS[story.locale][score]
    return f"{score}|{words[_draw(story, 'words') % len(words)]}"


async def lay(tx: Tx, *, workspace: str) -> None:
    """The survey, which asks nobody while the past is performed, and checklists."""
    await settings.create(
        tx,
        schemas.SurveyIn(name=f"{workspace} CSAT", kind="csat", channels=["mail", "chat", "link"]),
    )
    for name, items in _TEMPLATES:
        lines = [TemplateItem(text=item) for item in items]
        await templates.create(tx, task_schemas.ChecklistTemplateIn(name=name, items=lines))


async def open_for_all(tx: Tx) -> None:
    """From now on customers are asked."""
    for one in await repository.surveys(tx):
        await settings.update(tx, one.id, change=schemas.SurveyChange(active=True))


async def invite(tx: Tx, ticket_id: int, story: Story) -> None:
    """A customer is asked."""
    ticket, talk = await tickets.ticket(tx, ticket_id), await talks.default(tx, ticket_id)
    surveys = await repository.surveys(tx)
    if ticket is None or talk is None or not surveys:
        return
    way: Way = "chat" if story.channel == "chat" else "mail"
    await asking.record(
        tx, ticket, survey=surveys[0], number=tx.new_id(), way=way, locale=story.locale, talk=talk
    )


async def rate(tx: Tx, ticket_id: int, text: str) -> None:
    """A customer answers."""
    score, _, words = text.partition("|")
    asked = await repository.of_ticket(tx, ticket_id)
    if asked is not None:
        await answering.answer(tx, asked.id, score=int(score), comment=words or None)


async def customer(tx: Tx, ticket_id: int, *, name: str) -> Actor:
    """Who answers."""
    asked = await repository.of_ticket(tx, ticket_id)
    number = None if asked is None else asked.contact_id
    return Actor(kind="contact", workspace_id=tx.workspace_id, id=number, name=name)
