"""What surveys say to customers, in both languages."""

from __future__ import annotations

from yizhan.domains.surveys.types import Kind

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "intro": "您的咨询（#{number}）已处理完毕，想听听您的感受。",
        "csat.question": "您对这次服务满意吗？",
        "csat.low": "非常不满意",
        "csat.high": "非常满意",
        "csat.1": "非常不满意",
        "csat.2": "不满意",
        "csat.3": "一般",
        "csat.4": "满意",
        "csat.5": "非常满意",
        "nps.question": "您有多大可能把{brand}推荐给朋友或同事？",
        "nps.low": "完全不可能",
        "nps.high": "非常可能",
        "ces.question": "这次解决问题，您觉得容易吗？",
        "ces.low": "非常困难",
        "ces.high": "非常容易",
        "open": "点击评价：{url}",
        "buttons": "如果按钮无法点击，请打开：{url}",
        "send": "提交评价",
        "choose": "请选择一项。",
        "thanks": "感谢您的评价。",
        "said": "您的评价：{score}",
        "comment": "还有什么想告诉我们的吗？",
        "optional": "选填",
        "send_comment": "提交留言",
        "comment_saved": "您的留言：",
        "change": "修改评价",
        "until": "{date} 之前可以修改。",
        "settled": "评价已超过七天，不能再修改。",
        "unknown": "链接无效",
        "unknown_text": "这个链接不完整或不是我们发出的。请使用收到的消息中的完整链接。",
        "expired": "调查已结束",
        "expired_text": "这次调查已经结束，不再接受评价。如果还有问题，请直接回复我们的消息。",
        "trouble": "出了点问题",
        "trouble_text": "请稍后再试。",
        "too_long": "留言请控制在 2000 字以内。",
        "other": "English",
    },
    "en": {
        "intro": "We have finished your request (#{number}) and would like to hear how it went.",
        "csat.question": "How satisfied are you with our help?",
        "csat.low": "Very dissatisfied",
        "csat.high": "Very satisfied",
        "csat.1": "Very dissatisfied",
        "csat.2": "Dissatisfied",
        "csat.3": "Neutral",
        "csat.4": "Satisfied",
        "csat.5": "Very satisfied",
        "nps.question": "How likely are you to recommend {brand} to a friend or colleague?",
        "nps.low": "Not at all likely",
        "nps.high": "Extremely likely",
        "ces.question": "How easy was it to get your problem solved?",
        "ces.low": "Very difficult",
        "ces.high": "Very easy",
        "open": "Answer here: {url}",
        "buttons": "If the buttons do not work, open {url}",
        "send": "Send my answer",
        "choose": "Please choose one.",
        "thanks": "Thank you for your answer.",
        "said": "Your answer: {score}",
        "comment": "Anything else you would like to tell us?",
        "optional": "optional",
        "send_comment": "Send the comment",
        "comment_saved": "Your comment:",
        "change": "Change my answer",
        "until": "You can change it until {date}.",
        "settled": "More than seven days have passed, so it can no longer be changed.",
        "unknown": "This link does not work",
        "unknown_text": "It is incomplete, or it is not one of ours. Please use the whole link from our message.",
        "expired": "This survey is over",
        "expired_text": "Answers are no longer taken. If anything is still open, just reply to our message.",
        "trouble": "Something went wrong",
        "trouble_text": "Please try again a little later.",
        "too_long": "A comment can have up to 2000 characters.",
        "other": "中文",
    },
}


def of(locale: str) -> dict[str, str]:
    """The words of the nearest language."""
    return WORDS["zh" if locale.lower().startswith("zh") else "en"]


def locale_of(*wanted: str | None) -> str:
    """The first language that somebody named, as one of ours."""
    for one in wanted:
        if one:
            return "zh-CN" if one.lower().startswith("zh") else "en"
    return "en"


def step(locale: str, kind: Kind, *, score: int) -> str:
    """A score in words: ``4 · Satisfied``; where a scale names only its ends, the number alone."""
    name = of(locale).get(f"{kind}.{score}", "")
    return f"{score} · {name}" if name else str(score)
