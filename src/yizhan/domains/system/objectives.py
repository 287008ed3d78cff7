"""What is promised, and how it is kept. Pure.

The burn rate is the share that failed over the share that may fail: at 1 the budget of 30 days lasts
30 days, at 14.4 it is gone in two (B. Beyer et al., The Site Reliability Workbook, 2018, chapter 5).
"""

from __future__ import annotations

from collections.abc import Mapping

from yizhan.domains.system.types import WINDOWS, Count, Objective, State, Verdict, Window, Words

DEFAULTS: dict[str, Objective] = {
    one.measure: one
    for one in (
        Objective("api", 0.999, 0),
        Objective("fast", 0.99, 0.3),
        Objective("delivery", 0.99, 60),
        Objective("stream", 0.99, 2),
        Objective("jobs", 0.99, 30),
        Objective("mailboxes", 0.99, 330),
    )
}
FAST_BURN = 14.4
LEAST_BAD = 3  # fewer failures in an hour are no alarm, however few there were in all

# What to do when a promise is not kept.
CURES: dict[str, Words] = {
    "api": Words(
        "看支持包里的错误计数：哪一种最多、从何时开始；确认数据库可连接（yizhan doctor）。若刚升级，退回上一版",
        "Look at the error counts in the support bundle: which leads, and since when; check that the database "
        "answers (yizhan doctor). After an upgrade, go back to the release before",
    ),
    "fast": Words(
        "先处理下面的数据库建议；若处理器一直很忙，增加 YIZHAN_WORKERS 或机器",
        "Follow the advice about the database below; where the processor is always busy, raise YIZHAN_WORKERS "
        "or add a machine",
    ),
    "delivery": Words(
        "打开“渠道”看哪个收件箱有错误；确认 yizhan worker 在运行、发信服务器可连接",
        "Open Channels and see which inbox has an error; check that yizhan worker runs and the mail server answers",
    ),
    "stream": Words(
        "看是否有长时间未结束的数据库事务（yizhan doctor）：实时更新要等它们",
        "See whether a database transaction stays open for long (yizhan doctor): live updates wait for it",
    ),
    "jobs": Words(
        "确认 yizhan worker 在运行；若一直落后，再启动一个 worker",
        "Check that yizhan worker runs; where it is always behind, start another one",
    ),
    "mailboxes": Words(
        "打开“渠道”，对有错误的邮箱点“检查连接”；没有进程抓取时启动 yizhan worker",
        "Open Channels and check the connection of mailboxes with an error; where nobody fetches, start yizhan worker",
    ),
}


def burn(count: Count, target: float) -> float | None:
    """How many times as fast as allowed failures come; None where there was nothing."""
    if not count.total:
        return None
    return (count.bad / count.total) / max(1 - target, 1e-9)


def judge(objective: Objective, counts: Mapping[Window, Count]) -> Verdict:
    """How a promise is kept."""
    burns = {window: burn(counts[window], objective.target) for window in WINDOWS}
    month = burns["30d"]
    budget = None if month is None else 1 - month
    return Verdict(_state(counts, burns=burns, budget=budget), budget, burns)


def _state(
    counts: Mapping[Window, Count],
    *,
    burns: Mapping[Window, float | None],
    budget: float | None,
) -> State:
    if budget is None:
        return "none"
    hour, day = burns["1h"] or 0.0, burns["24h"] or 0.0
    if hour >= FAST_BURN and counts["1h"].bad >= LEAST_BAD:
        return "bad"
    if budget <= 0:
        return "bad" if day >= 1 else "warn"
    if day > 1 and counts["24h"].bad >= LEAST_BAD:
        return "warn"
    return "ok"
