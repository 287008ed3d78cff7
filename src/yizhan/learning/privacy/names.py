"""Names of people: those we know, and those that a text introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from yizhan.learning.privacy.types import Found

_SINGLE: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂"
    "章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶"
    "解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇"
    "桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮蔺楼盘厉苏"
)
_DOUBLE: Final = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯"
    "|长孙|宇文|端木|百里|南宫|西门|轩辕|呼延|独孤"
)
_SURNAME: Final = rf"(?:{_DOUBLE}|[{_SINGLE}])"
_HAN: Final = r"[一-鿿㐀-䶿]"
# What follows a name and is none of it.
_NOT_GIVEN: Final = r"[的了吗呢吧啊呀是我你您他她和与及跟把被给说也都很请电手在]"
_GIVEN: Final = rf"(?:(?!{_NOT_GIVEN}){_HAN}){{1,2}}"
_SAID: Final = (
    r"我叫|我是|我名叫|本人|本人叫|姓名|名字|收件人|收货人|联系人|联络人|寄件人|发件人|签收人|户主|持卡人|开户名|户名|称呼|叫做|署名|落款"
    r"|经办人|负责人|患者|乘客|乘机人|旅客|入住人|投保人|被保人|被保险人|申请人|客户|用户|买家|会员|车主|业主|学员|家长|孩子|老公|老婆|妻子"
    r"|丈夫|先生|太太|女儿|儿子|朋友|同事|代收人|此致|名叫|麻烦找|请找|转给|替|帮|抬头|真名|实名"
)
_TITLES: Final = (
    r"先生|女士|小姐|太太|老师|经理|师傅|主任|医生|大夫|律师|总监|老板"
    r"|同学|同志|阿姨|叔叔|大哥|大姐|哥|姐|总|工|教授|护士|店长|主管"
    r"|会计|客服"
)
_CHINESE: Final = (
    re.compile(rf"(?:{_SAID})[ \t]{{0,2}}(?:名字|姓名)?(?:是|为|叫|就是|写)?[ \t]{{0,2}}[:：]?["
        rf" \t\n]{{0,2}}({_SURNAME}{_GIVEN})"),
    re.compile(rf"({_SURNAME}(?:(?!{_NOT_GIVEN}){_HAN}){{0,2}})(?=[ ]?(?:{_TITLES}))"),
    re.compile(rf"(?:{_SAID})[ \t]{{0,2}}(?:是|为|叫)?[ \t]{{0,2}}[:：]?["
        rf" \t]{{0,2}}({_HAN}{{2,8}}·{_HAN}{{2,8}})"),
    # A line, or a part between marks, that is nothing but a name.
    re.compile(
        rf"(?:^|[\n,，;；|/、:：])[ \t]{{0,3}}({_SURNAME}{_GIVEN})[ \t]{{0,3}}(?=$|[\n,，;；|/、])",
        re.MULTILINE,
    ),
    # A name beside a number or an address, as people write where a parcel goes.
    re.compile(rf"(?<!{_HAN})({_SURNAME}{_GIVEN})(?=[ \t,，:：]{{0,3}}[+0-9])"),
    re.compile(rf"(?<=[0-9])[ \t,，]{{0,3}}({_SURNAME}{_GIVEN})(?!{_HAN})"),
    re.compile(rf"(?<!{_HAN})({_SURNAME}{_GIVEN})(?=[（(])"),
)  # fmt: skip

_CAPITAL: Final = r"[A-Z][A-Za-zÀ-ÿ'’\-]{1,20}"
_FULL: Final = (
    rf"{_CAPITAL}(?:[ ]{{1,2}}(?:[A-Z]\.[ ]?)?(?:(?:van|von|de|der|da|bin|al|la|le"
    rf"|O')[ ])?{_CAPITAL}){{0,3}}"
)
_LATIN: Final = (
    re.compile(
        r"(?i:\b(?:my (?:full |first |last |real )?name(?: is|'s|:)|name is|i am called|call me"
        r"|this is|i'm|i am|im|signed|"
        r"full name|first name|last name|surname|name on (?:the )?(?:card|order|account)(?: is)?"
        r"|name|recipient(?: is)?|receiver|attn\.?|"
        r"attention|ship(?:ped)? to|deliver(?:ed)? to|addressed to|contact(?: person)?|account"
        r" holder|card ?holder|customer|"
        r"passenger|guest|patient|spoke (?:to|with)|talked to|speak (?:to|with)|ask for|my"
        r" (?:wife|husband|son|daughter|boss|colleague|friend|assistant)))"
        rf"[ \t]{{0,2}}(?:is )?[:：]?[ \t\n]{{0,2}}({_FULL})"
    ),
    re.compile(rf"(?i:\b(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you"
        rf"|to))[ ,]{{1,2}}({_FULL})(?=[ ]?[,!.:\n]|$)", re.MULTILINE),
    re.compile(rf"(?i:\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam)\.?)[ ]{{1,2}}({_FULL})"),
    re.compile(
        r"(?i:\b(?:kind |best |warm |many )?(?:regards|wishes|sincerely|yours(?: truly| sincerely"
        r"| faithfully)?|cheers|thanks(?: in advance| again)?|thank you|best|love|respectfully"
        r"|cordially))"
        rf"[ ,.!\-]{{0,3}}\n{{1,3}}[ \t\-–—]{{0,4}}({_FULL})"
    ),
    re.compile(r"(?i:\bmy (?:full )?name is|\bi'm called|\bcall me) ([a-z][a-z'\-]{1,20}(?:"
        r" [a-z][a-z'\-]{1,20})?)(?=[,.;!\n]| and |$)", re.MULTILINE),
    re.compile(rf"(?:^|\n)[ \t\-–—~]{{0,4}}({_CAPITAL}[ ]{_CAPITAL}(?:[ ]{_CAPITAL})?)["
        rf" \t]{{0,3}}(?=\n|\Z)"),
)  # fmt: skip
# Capital words that begin sentences, products and places more often than people.
_NO_NAME_WORDS: Final = (
    "the a an i it we you they he she this that there here not no yes ok okay sorry please "
    "thank thanks thx team support customer service sir madam all everyone friend friends "
    "order refund account monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december and or but "
    "so if when what where why how is are was were have has had do does did can could would "
    "will should english chinese china morning afternoon evening regards best hello hi hey "
    "dear still very really also just now then again your our my his her their being having "
    "getting looking writing using trying waiting going sure afraid unable new number "
)
_NO_NAME: Final = frozenset(_NO_NAME_WORDS.split())


_BOTH: Final = (
    "will mark may april june hope grace bill rose frank chase art dean drew joy pat rich rob sue"
)
_WORDS_TOO: Final = frozenset(_BOTH.split())


def _known(seen: str, names: Sequence[str]) -> Iterator[Found]:
    """Names that we know, wherever they stand; those that are words too only as they are written."""
    lowered = seen.lower()
    for name in {part for one in names for part in _parts(one)}:
        exact = name.lower() in _WORDS_TOO
        wanted, within = (name, seen) if exact else (name.lower(), lowered)
        start = within.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not wanted.isascii() or _is_apart(lowered, start, end):
                yield Found("NAME", start, end)
            start = within.find(wanted, end)


def _is_apart(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _parts(name: str) -> Iterator[str]:
    """The whole name, and its words where words are names of their own."""
    whole = " ".join(name.split())
    if 2 <= len(whole) <= 80:
        yield whole
    words = whole.split(" ")
    if len(words) > 1:
        for word in words:
            if len(word) >= 3 and word.lower() not in _NO_NAME:
                yield word
    elif len(whole) == 3 and re.fullmatch(rf"{_SURNAME}{_HAN}{{2}}", whole):
        yield whole[1:]


def _latin(seen: str) -> Iterator[Found]:
    for pattern in _LATIN:
        for match in pattern.finditer(seen):
            words = list(re.finditer(r"\S+", match.group(1)))
            while words and _says_nothing(words[-1].group()):
                words.pop()
            while words and _says_nothing(words[0].group()):
                words.pop(0)
            if words:
                start = match.start(1)
                yield Found("NAME", start + words[0].start(), start + words[-1].end())


def _says_nothing(word: str) -> bool:
    return word.lower().strip("'’.") in _NO_NAME


_NOT_NAMES_WORDS: Final = (
    "谢谢 高兴 高级 方便 时间 时候 成功 成员 全部 全新 和平 明天 明白 安全 安装 安排 向上 "
    "任何 任务 文件 金额 白色 黄色 蓝色 万一 何时 何况 关于 关闭 单号 单价 包装 包裹 "
    "包邮 应该 应用 路上 连接 解决 解释 商品 商家 商城 全额 全款 全国 时效 温度 游戏 "
    "管理 简单 项目 费用 经理 成都 南京 西安 石家庄 武汉 广州 华为 查询 查看 查收 单据 "
    "夏天 夏季 高铁 龙头 车票 车辆 马上 明细 常见 易碎 原因 原价 原件 方式 方法 方案 "
    "官方 官网 申请 申诉 余额 计算 计划 支付 付款 付费 付钱 别人 于是 向你 向客服 "
)
_NOT_NAMES: Final = frozenset(_NOT_NAMES_WORDS.split())


def _chinese(seen: str) -> Iterator[Found]:
    for pattern in _CHINESE:
        for match in pattern.finditer(seen):
            if not any(match.group(1).startswith(word) for word in _NOT_NAMES):
                yield Found("NAME", *match.span(1))


def find(seen: str, names: Sequence[str] = ()) -> list[Found]:
    """Names in a plain view."""
    return [*_known(seen, names), *_chinese(seen), *_latin(seen)]
