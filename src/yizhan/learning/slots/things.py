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
    rule(
        "address",
        # What leads to an address ends before it; a street or an estate stands in it.
        rf"(?:地址[是为在]?|应为|住在?|[寄送发改搬][到成为去]|^|[\s，,。：:、！!])[\s:：]{{0,2}}"
        rf"(?P<v>(?![改寄送发能请])(?:{HAN}{{2,4}}[省市])?{HAN}{{1,14}}(?:[路街道巷弄苑园]|小区|胡同)"
        rf" ?{NUM} ?[号號弄栋幢](?:院?{HAN}{{0,8}} ?{NUM} ?(?:[号栋幢楼座室]|单元)){{0,3}}"
        rf"(?: ?\d{{2,5}}室?)?)",
        rank=1,
    ),
    rule(
        "address",
        rf"(?:是|改成|改为|应为)[\s:：]{{0,2}}(?P<v>{NUM} ?(?:[栋幢座]|单元|号楼))",
        rank=5,
    ),
    rule(
        "address",
        rf"(?<!\w)(?P<v>(?:(?:Flat|Apt|Unit) \d{{1,4}}[A-Z]?, )?\d{{1,5}}[A-Z]? (?:[A-Z][a-z]{{1,15}} ){{1,3}}{STREET}"
        rf"(?:, ?[A-Z][a-z]{{2,15}}){{0,2}}(?: [A-Z]{{1,2}}\d[\dA-Z]? ?\d[A-Z]{{2}})?)",
        rank=1,
    ),
    rule(
        "username",
        r"(?:用户名|用戶名|昵称|角色名|网名)[\s:：是叫为]{0,3}[“「\"']?(?P<v>[\w\u4e00-\u9fff]{2,16})",
        rank=4,
    ),
    rule(
        "username",
        r"(?:user ?name|nickname|handle|character)(?: is|:)? ?[\"']?"
        r"(?P<v>[A-Z][\w.\-]{2,30})",
        rank=6,
    ),
    rule(
        "person",
        r"(?:我叫|我是|姓名|收件人|联系人|乘客)[\s:：是叫]{0,2}(?P<v>[\u4e00-\u9fff]{2,3})"
        r"(?![\u4e00-\u9fff])",
        rank=5,
    ),
    rule(
        "person",
        r"(?:my name is|my name's|this is|name:|under the name(?: of)?) ?(?-i:"
        r"(?P<v>[A-Z][a-z']{1,20}(?: [A-Z][a-z']{1,20}){0,2}))",
        rank=4,
    ),
    rule("product", r"(?P<b>[“「《\"])(?P<v>[^“”「」《》\"\n]{2,24})(?=[”」》\"])", rank=8),
    rule(
        "product",
        r"(?:买的|购买的|订的|拍的|下单的|收到的|退掉?|换货?的?)(?:那个|那款|那件|这个|这款|一个|一件|一双|一台)?"
        r"(?P<v>[\u4e00-\u9fffA-Z0-9]{2,8})(?=[，。,！!？?\s]|$)",
        rank=9,
    ),
    rule(
        "product",
        r"(?:bought|ordered|purchased|received|return|exchange|refund) (?:a|an|the|my"
        r"|your|this|these|some) (?P<v>[a-z][a-z\-]{2,20}(?: [a-z][a-z\-]{2,20})?)"
        r"(?=[ .,!?]|$)",
        rank=9,
    ),
)


def find(text: str) -> Iterator[Slot]:
    """Places, people and things."""
    for one, start, end in matches(text, RULES):
        value = text[start:end]
        yield Slot(one.name, value, start, end, spelling.plain(one.name, value), one.rank)
