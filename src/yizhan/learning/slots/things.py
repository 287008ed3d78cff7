"""Addresses, and things and names that stand beside words which announce them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yizhan.learning.slots import spelling
from yizhan.learning.slots.types import Slot, matches, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

HAN: Final = r"[\u4e00-\u9fff]"
NUM: Final = "(?:\\d{1,5}|[零〇一二三四五六七八九十百]{1,5})"
STREET: Final = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|row|way|court|place|terrace|quay|square"
    r"|boulevard|blvd)\b\.?"
)

RULES: Final = (
    rule("address", rf"(?:地址(?:是|为|改成|改为|换成)?|住在|寄到|送到|送货到|改到|发到)[\s:：]{{0,2}}(?P<v>{HAN}{{2,20}}[\dA-Z{HAN[1:-1]}\-# ]{{0,30}}{NUM}[号號栋楼弄室单元座巷]{HAN[:-1]}\d\-]{{0,12}})", rank=1),
    rule("address", rf"(?P<v>(?:{HAN}{{2,6}}[省市])?(?:{HAN}{{1,6}}[区县市])?{HAN}{{1,8}}(?:路|街|道|巷|大道|胡同) ?{NUM} ?(?:[号號弄])(?: ?(?:{HAN}{{2,8}}(?:小区|花园|大厦|公寓|广场|苑|园))? ?{NUM} ?(?:[号栋幢楼座]|单元|室)){{0,3}}(?: ?\d{{2,5}}室?)?)", rank=1),
    rule("address", rf"(?<![\w])(?P<v>\d{{1,5}}[A-Z]? (?:[A-Z][a-z]{{1,15}} ){{1,3}}{STREET}(?:, ?[A-Z][a-z]{{2,15}}){{0,2}}(?: [A-Z]{{1,2}}\d[\dA-Z]? ?\d[A-Z]{{2}})?)", rank=1),
    rule("username", r"(?:用户名|用戶名|昵称|角色名|网名)[\s:：是叫为]{0,3}[“「\"']?(?P<v>[\w\u4e00-\u9fff]{2,16})", rank=4),
    rule("username", r"(?:user ?name|nickname|handle|character)(?: is|:)? ?[\"']?(?P<v>[A-Z][\w.\-]{2,30})", rank=6),
    rule("person", r"(?:我叫|我是|姓名|收件人|联系人|乘客)[\s:：是叫]{0,2}(?P<v>[\u4e00-\u9fff]{2,3})(?![\u4e00-\u9fff])", rank=5),
    rule("person", r"(?:my name is|my name's|this is|name:|under the name(?: of)?) ?(?-i:(?P<v>[A-Z][a-z']{1,20}(?: [A-Z][a-z']{1,20}){0,2}))", rank=4),
    rule("product", r"(?P<b>[“「《\"])(?P<v>[^“”「」《》\"\n]{2,24})(?=[”」》\"])", rank=8),
    rule("product", r"(?:买的|购买的|订的|拍的|下单的|收到的|退掉?|换货?的?)(?:那个|那款|那件|这个|这款|一个|一件|一双|一台)?(?P<v>[\u4e00-\u9fffA-Z0-9]{2,8})(?=[，。,！!？?\s]|$)", rank=9),
    rule("product", r"(?:bought|ordered|purchased|received|return|exchange|refund) (?:a|an|the|my|your|this|these|some) (?P<v>[a-z][a-z\-]{2,20}(?: [a-z][a-z\-]{2,20})?)(?=[ .,!?]|$)", rank=9),
)  # fmt: skip


def find(text: str) -> Iterator[Slot]:
    """Places, people and things."""
    for one, start, end in matches(text, RULES):
        value = text[start:end]
        yield Slot(one.name, value, start, end, spelling.plain(one.name, value), one.rank)
