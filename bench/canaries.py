"""Planted canaries: how much personal data gets past the privacy gateway.

Writes support messages in Chinese and English, each with values that must not leave, in the many ways in
which people write them; hides them as a conversation and looks for the values in what would leave::

    python -m bench.canaries                 # 5,000
    python -m bench.canaries --count 300 --seed 7 --show 20
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
from collections.abc import Callable, Iterator

import msgspec

from yizhan.learning import privacy
from yizhan.learning.privacy import digits, views

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭欧阳司马诸葛上官"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英建国志文海燕雪梅玉兰晓东子涵浩然雨桐思远嘉怡梓轩"
)
_FIRST_NAMES = "James Mary Robert Linda Michael Susan David Karen Sarah Daniel Emma Olivia Noah"
_FIRST = _FIRST_NAMES.split()
_LAST_NAMES = (
    "Smith Johnson Williams Brown Garcia Miller Davis Martinez Wilson Anderson Taylor Nguyen"
)
_LAST = _LAST_NAMES.split()
_CITIES = (
    "北京市朝阳区",
    "上海市浦东新区",
    "广东省深圳市南山区",
    "浙江省杭州市西湖区",
    "四川省成都市武侯区",
    "江苏省苏州市工业园区",
    "湖北省武汉市洪山区",
)
_ROADS = ("文三路", "建国路", "人民大道", "科技园南路", "中山东一路", "解放街", "张江路", "学府街")
_STREETS = (
    "Baker Street",
    "Maple Avenue",
    "Elm Road",
    "Sunset Boulevard",
    "King Street",
    "Oak Lane",
    "Hill Drive",
)
_TOWNS = ("London", "Springfield", "Leeds", "Austin", "Denver")


class Canary(msgspec.Struct, frozen=True):
    """A message, and the values in it that must not leave."""

    text: str
    values: tuple[str, ...]
    kind: str


Maker = Callable[[random.Random], tuple[str, str]]


def _number(rng: random.Random, size: int) -> str:
    return "".join(str(rng.randrange(10)) for _ in range(size))


def mobile(rng: random.Random) -> str:
    return "1" + rng.choice("3456789") + _number(rng, 9)


def id_card(rng: random.Random) -> str:
    born = f"{rng.randrange(1950, 2008)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    body = rng.choice(("110105", "310115", "440305", "330106", "510107")) + born + _number(rng, 3)
    return next(body + sign for sign in "0123456789X" if digits.is_id_card(body + sign))


def bank_card(rng: random.Random) -> str:
    body = rng.choice(("622202", "621700", "436742", "520000", "411111")) + _number(
        rng, 9 + rng.choice((0, 3))
    )
    return next(body + str(last) for last in range(10) if digits.luhn(body + str(last)))


def _dressed(rng: random.Random, digit_text: str) -> str:
    """A number as people write it: in groups, full-width, as words, over a line's end."""
    way = rng.randrange(7)
    if way == 0:
        return digit_text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if way == 1:
        return digit_text.translate(
            str.maketrans(
                "0123456789", rng.choice(("零一二三四五六七八九", "〇幺二三四五六七八九"))
            )
        )
    if way in (2, 3, 4):
        cut = 3 if len(digit_text) == 11 else 4
        between = rng.choice((" ", "-", "\n", " - ", "\u200b", ".", "　"))
        head, rest = digit_text[:cut], digit_text[cut:]
        return between.join([head, *(rest[start : start + 4] for start in range(0, len(rest), 4))])
    return digit_text


def _name(rng: random.Random) -> str:
    surname: str = rng.choice((*_SURNAMES[:30], "欧阳", "司马", "诸葛", "上官"))
    return surname + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))


def _zh_name(rng: random.Random) -> tuple[str, str]:
    name = _name(rng)
    frame = rng.choice(
        (
            "我叫{}",
            "收件人：{}",
            "联系人是{}",
            "{}先生",
            "麻烦转告{}女士",
            "本人{}，",
            "姓名: {}\n",
            "收货人 {}",
            "持卡人{}",
        )
    )
    return frame.format(name), name


def _en_name(rng: random.Random) -> tuple[str, str]:
    name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    frame = rng.choice(
        (
            "My name is {}.",
            "This is {}.",
            "Please ask for {}.",
            "The recipient is {}.",
            "Name: {}",
            "Regards,\n{}",
            "Dear {},",
            "Mr. {}",
        )
    )
    return frame.format(name), name


def _zh_phone(rng: random.Random) -> tuple[str, str]:
    value = _dressed(rng, mobile(rng))
    frame = rng.choice(
        ("电话{}", "手机号是 {} ", "打{}找我", "我的号码：{}", "+86 {}", "{}（微信同号）")
    )
    return frame.format(value), value


def _landline(rng: random.Random) -> tuple[str, str]:
    area = rng.choice(("010", "021", "0755", "0571", "028"))
    value = rng.choice(("{}-{}", "({}) {}", "{}{}", "{} {}")).format(
        area, rng.choice("23568") + _number(rng, 7)
    )
    return f"座机 {value}", value


def _en_phone(rng: random.Random) -> tuple[str, str]:
    value = rng.choice(
        (
            f"+44 20 7{_number(rng, 3)} {_number(rng, 4)}",
            f"+1 ({rng.randrange(201, 990)}) 555-{_number(rng, 4)}",
            f"+49-30-{_number(rng, 8)}",
        )
    )
    return rng.choice(("Call me on {}", "My phone is {}", "reach me at {}")).format(value), value


def _id(rng: random.Random) -> tuple[str, str]:
    value = _dressed(rng, id_card(rng)) if rng.random() < 0.5 else id_card(rng)
    return rng.choice(("身份证{}", "证件号码：{}", "我的身份证号是 {}")).format(value), value


def _card(rng: random.Random) -> tuple[str, str]:
    value = _dressed(rng, bank_card(rng))
    return rng.choice(
        ("银行卡 {}", "卡号：{}", "退到 {} 这张卡", "my card {}", "card number {}")
    ).format(value), value


def _mail(rng: random.Random) -> tuple[str, str]:
    last = rng.choice(_LAST).lower().replace("'", "")
    name = f"{rng.choice(_FIRST).lower()}{rng.choice(('.', '_', ''))}{last}{rng.randrange(99)}"
    host = rng.choice(("qq.com", "gmail.com", "163.com", "mail.example.co.uk"))
    value = f"{name}{rng.choice(('@', '＠', ' @ ', '(at)'))}{host}"
    return rng.choice(("邮箱 {}", "e-mail: {}", "发到 {} 就行", "write to {} please")).format(
        value
    ), value


def _zh_address(rng: random.Random) -> tuple[str, str]:
    door = rng.choice(
        (
            f"{rng.randrange(1, 999)}号",
            f"{rng.randrange(1, 300)}号{rng.randrange(1, 20)}栋{rng.randrange(101, 2900)}室",
            f"{rng.randrange(1, 300)}弄{rng.randrange(1, 60)}号{rng.randrange(101, 900)}",
        )
    )
    road = rng.choice(_ROADS) + door
    value = rng.choice(_CITIES) + rng.choice(("", "", "，", "\n", " ")) + road
    return rng.choice(("地址：{}", "寄到{}", "我住在{}", "收货地址改成 {}", "送到{}吧")).format(
        value
    ), road


def _en_address(rng: random.Random) -> tuple[str, str]:
    street = f"{rng.randrange(1, 9999)} {rng.choice(_STREETS)}"
    more = rng.choice(
        (
            "",
            f", Apt {rng.randrange(1, 99)}",
            f", {rng.choice(_TOWNS)}",
            f", {rng.choice(_TOWNS)}, TX {_number(rng, 5)}",
        )
    )
    return rng.choice(("I live at {}.", "Ship it to {}", "My address is {}")).format(
        street + more
    ), street


def _plate(rng: random.Random) -> tuple[str, str]:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    body = "".join(rng.choice(letters + "0123456789") for _ in range(rng.choice((5, 6))))
    value = (
        rng.choice("京沪粤浙苏川鄂") + rng.choice(letters) + rng.choice(("", "·", " ", "-")) + body
    )
    return f"车牌{rng.choice(('', '号', '是'))}{value}", value


def _social(rng: random.Random) -> tuple[str, str]:
    value = rng.choice((f"wx_{rng.choice(_FIRST).lower()[:4]}{_number(rng, 4)}", _number(rng, 9)))
    word = "微信" if value[0] == "w" else "QQ"
    return rng.choice(("加{}：{}", "{}号{}", "我的{}是{}")).format(word, value), value


def _order(rng: random.Random) -> tuple[str, str]:
    value = rng.choice(
        (f"A{_number(rng, 12)}", f"SF{_number(rng, 13)}", f"DD-{_number(rng, 6)}", _number(rng, 16))
    )
    return rng.choice(
        ("订单号 {}", "运单{}到哪了", "order no. {}", "tracking number {} is stuck", "单号：{}")
    ).format(value), value


def _secret(rng: random.Random) -> tuple[str, str]:
    value = "".join(
        rng.choice("abcdefghjkmnpqrstuvwxyzABCDEFGH23456789!@#")
        for _ in range(rng.randrange(8, 14))
    )
    return rng.choice(
        ("密码是{}", "密码：{} ", "my password is {}", "password: {}", "口令 {}")
    ).format(value), value


def _passport(rng: random.Random) -> tuple[str, str]:
    value = rng.choice("EG") + _number(rng, 8)
    return rng.choice(("护照{}", "passport number {}", "护照号：{}")).format(value), value


def _ip(rng: random.Random) -> tuple[str, str]:
    value = ".".join(str(rng.randrange(1, 255)) for _ in range(4))
    return rng.choice(("登录 IP {}", "from {} again")).format(value), value


KINDS: dict[str, Maker] = {
    "name zh": _zh_name, "name en": _en_name, "mobile": _zh_phone, "landline": _landline, "phone en": _en_phone,
    "identity card": _id, "bank card": _card, "e-mail": _mail, "address zh": _zh_address, "address en": _en_address,
    "plate": _plate, "social": _social, "order": _order, "password": _secret, "passport": _passport, "ip": _ip,
}  # fmt: skip
_BEFORE = (
    "",
    "你好，",
    "急！！",
    "请帮我查一下，",
    "Hi, ",
    "Hello there. ",
    "在吗？",
    "昨天买的东西坏了。",
    "I am still waiting. ",
)
_AFTER = (
    "",
    "，谢谢",
    "。什么时候能到？",
    " thanks",
    " Please hurry up!",
    "\n麻烦尽快处理",
    "；等了 3 天了",
    " It was 19.90 EUR.",
)


def planted(count: int, *, seed: int) -> Iterator[Canary]:
    """So many canaries, of all kinds in turn."""
    rng = random.Random(seed)  # noqa: S311 - the same ones each time are wanted
    names = list(KINDS)
    for place in range(count):
        kind = names[place % len(names)]
        said, value = KINDS[kind](rng)
        # A name's frame ends where a message does.
        after = "\n" if said.startswith(("Regards", "Dear")) else rng.choice(_AFTER)
        yield Canary(rng.choice(_BEFORE) + said + after, (value,), kind)


def _bare(text: str) -> str:
    seen = views.spoken(views.plain(text)).lower()
    return "".join(sign for sign in seen if sign.isalnum())


def escaped(canaries: Iterator[Canary]) -> Iterator[tuple[Canary, str]]:
    """Those whose value, or all but its dressing, is in what would leave."""
    for one in canaries:
        left = privacy.Veil().hide(one.text)
        if any(value in left or _bare(value) in _bare(left) for value in one.values):
            yield one, left


def main() -> int:
    """Prints by kind how many got through; 1 if any did."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--show", type=int, default=10)
    asked = parser.parse_args()
    through = list(escaped(planted(asked.count, seed=asked.seed)))
    for one, left in through[: asked.show]:
        print(f"{one.kind}: {one.text!r}\n    {left!r}")
    counts = collections.Counter(one.kind for one, _ in through)
    for kind in KINDS:
        print(f"{kind:16} {counts[kind]:5}")
    print(f"{len(through)} of {asked.count} got through")
    return 1 if through else 0


if __name__ == "__main__":
    sys.exit(main())
