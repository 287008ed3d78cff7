"""Who works at the invented brand and who writes to it. All names and addresses are made up."""

from __future__ import annotations

from typing import Literal

import msgspec

BRAND = "禾声 Hesonic"
SLUG = "hesonic"
DOMAIN = "hesonic.example"
TEAM_NAMES = {
    "pre": ("售前咨询", "选购、报价、企业客户"),
    "after": ("售后服务", "保修、退换、使用问题"),
    "over": ("Overseas Support", "Customers outside of China, in English"),
}
UNITS = {"pre": "国内业务部", "after": "国内业务部", "over": "海外业务部"}


class Person(msgspec.Struct, frozen=True):
    """Somebody who works here."""

    key: str
    name: str
    role: str
    teams: tuple[str, ...]
    locale: str = "zh-CN"
    capacity: int = 8


AGENTS = (
    Person("shen", "沈清", "admin", ("pre",)),
    Person("zhou", "周予安", "lead", ("after",)),
    Person("lin", "林晓", "agent", ("after",)),
    Person("chen", "陈默", "agent", ("after",)),
    Person("he", "何佳怡", "agent", ("pre",)),
    Person("gu", "顾南", "lead", ("pre",)),
    Person("emma", "Emma Wright", "lead", ("over",), "en"),
    Person("daniel", "Daniel Okafor", "agent", ("over",), "en"),
    Person("su", "苏禾", "viewer", ()),
)
LEADS = {"pre": "gu", "after": "zhou", "over": "emma"}

# name, e-mail domain, note
COMPANIES = (
    ("临溪设计", "linxi-design.example", "上海，40 人的设计公司；采购走行政部，付款快。"),
    ("青桐教育", "qingtong-edu.example", "培训教室音箱项目，票据要求多，先问清楚再开。"),
    ("远航物流", "yuanhang-logistics.example", "分拣中心改造，弱电班自己拉线。"),
    (
        "Brightwater Clinics",
        "brightwater.example",
        "14 sites in the UK, PO number on every bill.",
    ),
    ("Harbour & Finch Hotels", "harbour-finch.example", "Procurement in Porto; decides slowly."),
)


class Customer(msgspec.Struct, frozen=True):
    """Somebody who writes to us."""

    name: str
    call: str  # how an agent addresses them
    email: str
    locale: str
    company: str = ""
    vip: bool = False
    note: str = ""


Title = Literal["先生", "女士"]


def _zh(surname: str, given: str, title: Title, mail: str) -> Customer:
    return Customer(surname + given, surname + title, f"{mail}@mail.example", "zh-CN")


def _en(name: str, domain: str = "post.example") -> Customer:
    address = name.lower().replace(" ", ".").replace("'", "").replace("é", "e").replace("ø", "o")
    return Customer(name, name.split(maxsplit=1)[0], f"{address}@{domain}", "en")


ZH = (
    _zh("王", "芳", "女士", "wangfang88"),
    _zh("李", "浩然", "先生", "haoran.li"),
    _zh("张", "晓梅", "女士", "xiaomei_z"),
    _zh("刘", "一鸣", "先生", "yiming.liu"),
    _zh("陈", "思远", "先生", "chensiyuan"),
    _zh("杨", "柳", "女士", "yangliu0420"),
    _zh("赵", "国栋", "先生", "zhaogd"),
    _zh("黄", "雨桐", "女士", "yutong.huang"),
    _zh("周", "航", "先生", "zhouhang_sz"),
    _zh("吴", "静怡", "女士", "jingyi.wu"),
    _zh("徐", "磊", "先生", "xulei1990"),
    _zh("孙", "佩", "女士", "sunpei"),
    _zh("马", "骁", "先生", "maxiao"),
    _zh("朱", "明月", "女士", "mingyue.zhu"),
    _zh("胡", "志强", "先生", "huzq"),
    _zh("郭", "晚晴", "女士", "guowanqing"),
    _zh("何", "东升", "先生", "hedongsheng"),
    _zh("高", "敏", "女士", "gaomin_cd"),
    _zh("林", "致远", "先生", "lin.zhiyuan"),
    _zh("罗", "依依", "女士", "luoyiyi"),
    _zh("梁", "博文", "先生", "bowen.liang"),
    _zh("宋", "佳", "女士", "songjia77"),
    _zh("郑", "凯", "先生", "zhengkai"),
    _zh("谢", "安琪", "女士", "angelxie"),
    _zh("韩", "立", "先生", "hanli"),
    _zh("唐", "婉", "女士", "tangwan"),
    _zh("冯", "海涛", "先生", "fenght"),
    _zh("于", "舒", "女士", "yushu"),
    _zh("董", "建华", "先生", "dongjh1963"),
    _zh("欧阳", "若溪", "女士", "ouyang.rx"),
    _zh("程", "诺", "先生", "chengnuo"),
    _zh("曹", "丽娜", "女士", "lina.cao"),
    _zh("袁", "野", "先生", "yuanye_bj"),
    _zh("邓", "可", "女士", "dengke"),
    _zh("许", "文彬", "先生", "xuwenbin"),
)
EN = (
    _en("Hannah Keller"),
    _en("Tom Ashworth"),
    _en("Priya Raman"),
    _en("Lucas Ferreira"),
    _en("Siobhan O'Neill"),
    _en("Jonas Lindqvist"),
    _en("Chloé Martin"),
    _en("Marek Nowak"),
    _en("Aisha Bello"),
    _en("Grace Liu"),
    _en("Oliver Grant"),
    _en("Ines Carvalho"),
    _en("Ryan Murphy"),
    _en("Yuki Tanaka"),
    _en("Nora Bakker"),
    _en("Samir Haddad"),
    _en("Emily Carter"),
    _en("Søren Holm"),
    _en("Fatima Zahra"),
    _en("Ben Walsh"),
)
# The ones who write for a company; a story names the company.
BUYERS = (
    Customer("方若琳", "方女士", "fang.rl@linxi-design.example", "zh-CN", "临溪设计", vip=True),
    Customer("张凤英", "张老师", "zhangfy@qingtong-edu.example", "zh-CN", "青桐教育"),
    Customer("鲁震", "鲁经理", "luzhen@yuanhang-logistics.example", "zh-CN", "远航物流"),
    Customer(
        "Margaret Doyle", "Margaret", "m.doyle@brightwater.example", "en", "Brightwater Clinics"
    ),
    Customer(
        "Rui Almeida", "Rui", "rui.almeida@harbour-finch.example", "en", "Harbour & Finch Hotels"
    ),
)
CITIES = ("杭州", "成都", "武汉", "深圳", "西安", "南京", "青岛", "长沙")


def email_of(person: Person) -> str:
    """A colleague's address."""
    return f"{person.key}@{DOMAIN}"
