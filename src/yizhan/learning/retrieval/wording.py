"""One word for what customers say in many: the wording of customer service, Chinese and English.

Only ranking by words uses it; meaning is the encoder's business. Each line is a group, its first word
stands for the others. Fillers carry nothing and are dropped.
"""

from __future__ import annotations

import re
from typing import Final

_ZH: Final = """
怎么 怎样 怎么样 如何 咋 咋样 肿么 怎么才能 怎样才能 如何才能 要怎么 该怎么
为什么 为啥 为何 什么原因 怎么回事 咋回事 怎么会 什么情况 凭什么
怎么办 咋办 咋整 怎么弄 怎么搞 怎么处理 如何处理
什么时候 啥时候 几时 何时 多久 什么时间 多长时间 哪天
什么 啥 甚么
能 可以 能够 可不可以 能不能 能否 可否 是否可以 是否能
不能 不可以 用不了 不了 没法 无法 没办法 不行
没有 没 未 无
提高 提升 增加 涨 调高 上调 提额 升 加大 增长
降低 减少 下降 降 下调 变少 降额
额度 限额 限度 金额
关闭 取消 关掉 关了 注销 停用 解除 停止 不想用 不用了 退出 撤销
开通 打开 开启 启用 激活 申请 办理 申办 开
还款 还钱 还上 归还 偿还 还清 还
延迟 推迟 延期 晚 晚点 逾期 过期 拖欠
恢复 重新 再次 再用 解冻 解封
冻结 封 锁 限制
修改 更改 改 变更 更换 换 改成 换成
设置 设定 设
删除 删掉 删 清除 去掉
收到 到账 到帐 到货 送到 到
钱 款 资金
手续费 利息 费用 收费
退款 退钱 退货 退
付款 支付 买单 付 付钱 结账
购买 买 消费 购物 下单
显示 提示
查询 查看 查 看
别人 他人 朋友 好友
账户 账号 帐号 帐户
区别 不同 一样 差别
借款 贷款 借钱 借 贷
最低 最少 起码
最高 最多 最大
快递 物流 包裹 快件 运单
发货 出货 寄出 寄
坏了 坏 损坏 破损 故障
发票 开票 票据
"""
_ZH_FILLERS: Final = (
    "请问 您好 你好 一下 我的 我 的 了 吗 嘛 么 呢 啊 呀 吧 哈 想 要 你们 你 就 还是 都 是 给 在"
)
_EN: Final = """
refund refunds refunded reimburse reimbursed reimbursement
cancel cancelled canceled cancelling terminate stop
change update modify edit alter changed updated
delete remove erase deactivate
fee fees charge charges charged cost costs
phone mobile cellphone telephone
lost missing lose misplaced
broken damaged faulty defective
deliver delivery delivered ship shipping shipped
arrive arrived arrival come
buy purchase bought purchased
declined decline rejected refused failed
pay payment payments paid
transfer transfers transferred transferring
card cards
account accounts
get receive received getting
pin passcode
password login
"""
_EN_FILLERS: Final = (
    "a an the i my me is are was it to of in on for do does did can could would have has had be you"
    " your please and with this that am there what how"
)


def _table(groups: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in groups.split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(word, words[0])
    return found


_CHINESE: Final = {**dict.fromkeys(_ZH_FILLERS.split(), ""), **_table(_ZH)}
ENGLISH: Final = _table(_EN)
FILLERS: Final = frozenset(_EN_FILLERS.split())
# The longest first: "怎么办" is not "怎么" and "办".
_ANY: Final = re.compile("|".join(sorted(map(re.escape, _CHINESE), key=len, reverse=True)))


def plain(run: str) -> str:
    """A run of Chinese in the words that stand for others; what is only filler stays as it is."""
    return _ANY.sub(lambda found: _CHINESE[found.group()], run) or run
