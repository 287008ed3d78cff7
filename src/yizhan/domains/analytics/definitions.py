"""What each number counts, word for word, as the reader sees it beside the number."""

from __future__ import annotations

# key -> title and definition in Chinese, then in English
WORDS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "created": (
        (
            "新工单",
            (
                "在这段时间里建立的工单，包括由客服建立、拆分出来和后来被合并的。按客服分组时，"
                "算在现在的处理人名下。"
            ),
        ),
        (
            "Created",
            (
                "Tickets that began in the period, also those that agents made, that were split "
                "off, and that were merged later. By agent: who is responsible now."
            ),
        ),
    ),
    "backlog": (
        (
            "积压",
            (
                "每天结束时（工作区时区的零点）未完成的工单：新建、处理中、等待中，包括稍后处理"
                "的。一段时间的数值是其最后一天结束时的积压，今天则是此刻。按客服分组时，算在现"
                "在的处理人名下。"
            ),
        ),
        (
            "Backlog",
            (
                "Tickets that were not done at the end of each day (midnight of the workspace's "
                "time zone): new, open and waiting ones, snoozed ones included. The number of a "
                "period is that of its last day, for today that of this moment. By agent: who is "
                "responsible now."
            ),
        ),
    ),
    "answered": (
        (
            "答复",
            (
                "客服写给客户的公开答复条数，算在写的那一刻和写的人名下。内部备注、自动回复和发"
                "送前撤回的不算；后来移到别的工单的消息，仍算在写下它的工单。"
            ),
        ),
        (
            "Answers",
            (
                "Public answers that were written to customers, by the moment and the person of "
                "writing. Left out: internal notes, automatic messages, and answers that were taken "
                "back before they were sent. A message that later moved to another ticket counts "
                "where it was written."
            ),
        ),
    ),
    "first_response_median": (
        (
            "首次响应时间",
            (
                "从客户的第一条消息到我们的第一次公开答复，按自然时间，不扣除非工作时间；算在答"
                "复的那一天。由我们先写信的工单、自动回复和发送前撤回的答复不算，还没有答复的工"
                "单不算。中位数：至少一半的值不超过它，总是一个真实出现的值。"
            ),
        ),
        (
            "First response time",
            (
                "From the customer's first message to our first public answer, in calendar time: "
                "nights and weekends count. It belongs to the day of the answer. Left out: tickets "
                "in which we wrote first, automatic messages, answers that were taken back before "
                "they were sent, and tickets without an answer. The median: at least half of the "
                "values are not above it; it is always a value that occurred."
            ),
        ),
    ),
    "first_response_p90": (
        (
            "首次响应时间（P90）",
            (
                "从客户的第一条消息到我们的第一次公开答复，按自然时间，不扣除非工作时间；算在答"
                "复的那一天。由我们先写信的工单、自动回复和发送前撤回的答复不算，还没有答复的工"
                "单不算。第 90 百分位：至少九成的值不超过它，总是一个真实出现的值。"
            ),
        ),
        (
            "First response time, P90",
            (
                "From the customer's first message to our first public answer, in calendar time: "
                "nights and weekends count. It belongs to the day of the answer. Left out: tickets "
                "in which we wrote first, automatic messages, answers that were taken back before "
                "they were sent, and tickets without an answer. The 90th percentile: at least nine "
                "in ten values are not above it; it is always a value that occurred."
            ),
        ),
    ),
    "resolved": (
        (
            "解决",
            (
                "工单从未完成变为已解决或已关闭的次数，算在那一刻和当时的处理人名下。重新打开后"
                "再次解决再算一次；因合并而关闭的不算，撤销掉的不算。"
            ),
        ),
        (
            "Resolved",
            (
                "How often a ticket went from not done to resolved or closed, by the moment and by "
                "who was responsible then. Solved again after a reopening counts again. Left out: "
                "tickets closed by a merge, and what was undone."
            ),
        ),
    ),
    "reopened": (
        (
            "重新打开",
            (
                "已解决或已关闭的工单重新变为未完成的次数，算在那一刻和当时的处理人名下。撤销一"
                "次解决或合并不算重新打开。"
            ),
        ),
        (
            "Reopened",
            (
                "How often a ticket that was resolved or closed was not done any more, by the "
                "moment and by who was responsible then. Taking a resolution or a merge back is not "
                "a reopening."
            ),
        ),
    ),
    "resolution_median": (
        (
            "解决时间",
            (
                "从建单到解决，按自然时间，包含等待客户的时间；重新打开过的工单只按最后一次解决"
                "计一次，算在那一天。现在未解决的工单不算，因合并而关闭不算解决。中位数：至少一"
                "半的值不超过它，总是一个真实出现的值。"
            ),
        ),
        (
            "Resolution time",
            (
                "From creation to resolution, in calendar time, waiting for the customer included. "
                "A ticket that was reopened counts once, by its last resolution, on the day of "
                "that. Left out: tickets that are not solved now, and tickets that were closed by a "
                "merge. The median: at least half of the values are not above it; it is always a "
                "value that occurred."
            ),
        ),
    ),
    "resolution_p90": (
        (
            "解决时间（P90）",
            (
                "从建单到解决，按自然时间，包含等待客户的时间；重新打开过的工单只按最后一次解决"
                "计一次，算在那一天。现在未解决的工单不算，因合并而关闭不算解决。第 90 百分位："
                "至少九成的值不超过它，总是一个真实出现的值。"
            ),
        ),
        (
            "Resolution time, P90",
            (
                "From creation to resolution, in calendar time, waiting for the customer included. "
                "A ticket that was reopened counts once, by its last resolution, on the day of "
                "that. Left out: tickets that are not solved now, and tickets that were closed by a "
                "merge. The 90th percentile: at least nine in ten values are not above it; it is "
                "always a value that occurred."
            ),
        ),
    ),
    "messages_per_ticket": (
        (
            "每单消息数",
            (
                "现在已解决的工单平均有多少条公开消息（客户的和我们的），数到最后一次解决为止，"
                "算在那一天。内部备注、自动消息和发送前撤回的答复不算。"
            ),
        ),
        (
            "Messages per ticket",
            (
                "The mean number of public messages, of the customer and of us, in tickets that are "
                "solved now, counted up to their last resolution and on the day of that. Left out: "
                "internal notes, automatic messages, and answers that were taken back before they "
                "were sent."
            ),
        ),
    ),
    "sla_met": (
        (
            "SLA 达成率",
            (
                "已见分晓的 SLA 目标中按时达成的比例，按策略的工作日历计时。达成的算在达成的那一"
                "刻，超时的算在超时被记下的那一刻，即使后来补上也算超时；还在计时的和不再需要的"
                "不算。"
            ),
        ),
        (
            "SLA met",
            (
                "The share of SLA targets met in time, among those that were decided, by the "
                "business hours of their policy. A met target counts when it was met, a broken one "
                "when that was noted, also if it was met late. Left out: targets that still run or "
                "that nobody asks for any more."
            ),
        ),
    ),
    "satisfaction": (
        (
            "满意度",
            (
                "满意度调查（CSAT）的答复中评价为“好”的比例，算在客户作答的那一刻。改过的评价"
                "只按最后一次算；NPS、CES 和没有作答的邀请不算。"
            ),
        ),
        (
            "Satisfaction",
            (
                "The share of good ratings among the answers to satisfaction surveys (CSAT), by the "
                "moment of the answer. Of a rating that was changed the last one counts. Left out: "
                "NPS, CES, and invitations without an answer."
            ),
        ),
    ),
    "satisfaction_inferred": (
        (
            "推断的满意度",
            (
                "已解决而客户没有评价的工单，由系统推断会得到好评的平均概率：看情绪及其变化、致谢、轮数、等待和"
                "重新打开，或用您自己的评价训练的模型。每单只按最后一次推断计，算在那一刻；客户评价后不再计入，"
                "因此与“满意度”从不混合。推断与真实评价相差多少，见“学习与成绩单”中的满意度。"
            ),
        ),
        (
            "Satisfaction, inferred",
            (
                "Of solved tickets whose customers gave no rating: the mean chance of a good one, "
                "inferred from mood and its course, thanks, turns, waiting and reopening, or by a "
                "head trained on your own ratings. The last inference of a ticket counts, at its "
                "moment; a ticket that the customer rates leaves this number, so that it is never "
                "mixed with Satisfaction. How far it is from real ratings stands in the report card."
            ),
        ),
    ),
}
