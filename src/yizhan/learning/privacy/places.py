"""Postal addresses, Chinese and Western.

Chinese ones are found from their words for places: a part of a sentence with a road or a block and a
number, or with two levels of administration and a road, is one, from the first word for a place on.
"""

from __future__ import annotations

import re
from typing import Final

from yizhan.learning.privacy.types import Found

_PART: Final = re.compile(r"[^，,。；;！!？?\n\r|]+")
_ADMIN: Final = re.compile(
    r"[一-鿿]{1,6}?(?:自治区|特别行政区|省|自治州|地区|市|区|县|旗|镇|乡|街道|村|屯)"
)
_ROAD: Final = re.compile(
    r"[一-鿿A-Za-z0-9]{1,8}?(?:大道|路|街|巷|弄|胡同|里|大厦|小区|花园|公寓|苑|广场|新村|家园|名城|庄园|国际|中心|学校|大学|医院|园区|工业园"
    r"|公司|城|府|湾|庭|居|坊|村|组)"
)
_DOOR: Final = re.compile(
    r"(?:[0-9零〇一二三四五六七八九十百甲乙丙A-Za-z][0-9零〇一二三四五六七八九十百A-Za-z#\- ]{0,9})"
    r"(?:号楼|号院|号|栋|幢|座|单元|楼|层|室|户|弄|房|门|组)(?:[A-Za-z]?[0-9]{1,5}(?:室|号|房)?)?(?!线|店|客)"
)
_PLACES: Final = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏"
    "|宁夏|新疆|香港|澳门"
    "|石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|杭州|宁波|温州|合肥|福州|厦门|南昌|济南|青岛|烟台|郑州|洛阳|武汉|长沙|广州|深圳|东莞|佛山|珠海|海口|三亚"
    "|成都|贵阳|昆明|西安|兰州|西宁|银川|乌鲁木齐|拉萨|南宁|桂林"
)
_FIRST: Final = re.compile(_PLACES)
_LEAD: Final = re.compile(
    r"(?:收货地址|收件地址|家庭地址|联系地址|新地址|旧地址|地址|住址|住在|家住|寄到|寄往|寄给|送到|发到|发往|派送到|改成|改到|改为|换成|搬到|搬去|位于|坐落|我在"
    r"|我住|公司在|家在|现在在|货到|配送到|在|到|往)"
    r"[ ]?(?:是|为|了|改成|换成|改为)?[ ]?[:：]?[ ]?"
)
_SOFT: Final = frozenset("，, \n\r\t")

_KIND: Final = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Pl|Square"
    r"|Sq|Terrace|Ter|Highway|Hwy|Close|Crescent"
    r"|Cres|Parkway|Pkwy|Circle|Cir|Gardens|Grove|Hill|Row|Mews|Quay|Trail|Alley|Broadway"
)
_UNIT: Final = (
    r"(?:Apt|Apartment|Unit|Suite|Ste|Flat|Room|Rm|Floor|Fl|Building|Bldg|Block|#)\.?["
    r" ]?#?[A-Za-z0-9-]{1,8}"
)
_WESTERN: Final = (
    re.compile(
        rf"(?:{_UNIT}[, ]{{1,3}})?\b[0-9]{{1,6}}[A-Za-z]?(?:[-/][0-9]{{1,5}})?,?["
        rf" ](?:[A-Za-z0-9.'’-]{{1,20}}[ ]){{0,4}}(?:{_KIND})\b\.?"
        rf"(?:[, \n]{{1,3}}{_UNIT}){{0,2}}(?:[ ]?[,\n][ ]?(?!(?i:and|but|please|because"
        rf"|thanks)\b)[A-Z][A-Za-z.' -]{{1,28}}){{0,3}}"
        r"(?:[, \n]{1,3}(?:[A-Z]{2}[ ])?(?:[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]?["
        r" ]?[0-9][A-Z]{2}))?",
    ),
    re.compile(rf"(?i:\b[0-9]{{1,6}}[A-Za-z]?[ ](?:[a-z0-9.'’-]{{1,20}}[ ]){{1,3}}(?:{_KIND})\b)"),
    re.compile(r"(?i:\bP\.?[ ]?O\.?[ ]?Box[ ]?[0-9]{1,8})(?:,[ ]?[A-Z][A-Za-z ]{1,28}){0,2}"),
    re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?[ ][0-9][A-Z]{2}\b"),
    re.compile(r"\b[A-Z]{2}[ ][0-9]{5}(?:-[0-9]{4})?\b"),
    re.compile(r"(?i:\b(?:zip|postal|post)[ ]?code(?: is)?|邮编|邮政编码)[ :：是为]{0,3}[A-Z0-9][A-Z0-9"
        r" -]{3,9}"),
)  # fmt: skip


def _span(part: str) -> tuple[int, int] | None:
    """Where an address stands in a part of a sentence."""
    doors = [match.end() for match in _DOOR.finditer(part)]
    admins = list(_ADMIN.finditer(part))
    roads = list(_ROAD.finditer(part))
    enough = (doors and (roads or admins)) or (len(admins) >= 2 and roads)
    if not enough:
        return None
    ends = [*doors, *(match.end() for match in roads), *(match.end() for match in admins)]
    first = _FIRST.search(part)
    lead = _LEAD.search(part)
    start = min([match.start() for match in (*admins[:1], *roads[:1])], default=0)
    if first is not None:
        start = first.start()
    elif lead is not None and lead.end() <= max(ends):
        start = lead.end()
    return (start, max(ends)) if start < max(ends) else None


def _is_place(part: str) -> bool:
    """Only a place, as the line before a road is: 浙江省杭州市."""
    rest = _ADMIN.sub("", part).strip()
    return (len(rest) <= 2 and rest != part.strip()) or _FIRST.fullmatch(part.strip()) is not None


def _chinese(seen: str) -> list[Found]:
    parts = list(_PART.finditer(seen))
    found: list[Found] = []
    for place, part in enumerate(parts):
        inside = _longest(part.group())
        if inside is None:
            continue
        start, end = part.start() + inside[0], part.start() + inside[1]
        if not seen[part.start() : start].strip():
            start = _grown(seen, parts, place, start, step=-1)
        if not seen[end : part.end()].strip():
            end = _grown(seen, parts, place, end, step=1)
        found.append(Found("ADDRESS", start, end))
    return found


def _longest(part: str) -> tuple[int, int] | None:
    """A sentence without an end is looked at in pieces: what a rule reads stays short."""
    if len(part) <= 300:
        return _span(part)
    spans = [
        (offset + span[0], offset + span[1])
        for offset in range(0, len(part), 250)
        if (span := _span(part[offset : offset + 300])) is not None
    ]
    return (spans[0][0], spans[-1][1]) if spans else None


def _grown(seen: str, parts: list[re.Match[str]], place: int, edge: int, *, step: int) -> int:
    """Over a comma or a line's end, as long as the neighbour is a place or a door."""
    for _ in range(3):
        place += step
        if not 0 <= place < len(parts):
            break
        near = parts[place]
        gap = seen[near.end() : edge] if step < 0 else seen[edge : near.start()]
        alone = near.group().strip()
        is_door = step > 0 and _DOOR.fullmatch(alone) is not None
        if len(alone) > 30 or set(gap) - _SOFT or not (_is_place(alone) or is_door):
            break
        lead = _LEAD.match(near.group())
        edge = near.start() + (lead.end() if lead else 0) if step < 0 else near.end()
    return edge


def find(seen: str) -> list[Found]:
    """Addresses in a plain view."""
    found = _chinese(seen)
    for pattern in _WESTERN:
        found += [Found("ADDRESS", *match.span()) for match in pattern.finditer(seen)]
    return found
