"""What a push says, in the language of whom it wakes. Pure."""

from __future__ import annotations

from typing import Any

from yizhan.domains.notifications.types import Kind, Push

_SAYS: dict[str, dict[Kind, str]] = {
    "zh": {
        "mention": "有人提到了你",
        "assigned": "有工单分配给你",
        "reply": "客户有新回复",
        "sla": "时限提醒",
        "rating": "客户给了差评",
        "reminder": "你设的提醒",
        "task": "有检查项交给你",
        "task_due": "检查项到期",
        "approval": "有事项等你审批",
        "approved": "你发起的审批已通过",
        "declined": "你发起的审批被拒绝",
        "mood": "客户情绪转差",
        "skill": "AI 技能降级",
        "skill_earned": "AI 技能升级",
        "lab": "夜间评测变差",
    },
    "en": {
        "mention": "You were mentioned",
        "assigned": "A ticket was assigned to you",
        "reply": "The customer replied",
        "sla": "A promise is at risk",
        "rating": "The customer was not satisfied",
        "reminder": "Your reminder",
        "task": "A checklist item was given to you",
        "task_due": "A checklist item is due",
        "approval": "Your approval is asked for",
        "approved": "What you asked for was approved",
        "declined": "What you asked for was declined",
        "mood": "A customer is upset",
        "skill": "An AI skill lost a level",
        "skill_earned": "An AI skill earned a level",
        "lab": "A nightly run of the lab went worse",
    },
}
_TEST = {
    "zh": ("驿站", "这台设备可以收到推送。"),
    "en": ("Yizhan", "This device can be reached."),
}


def _language(locale: str) -> str:
    return "zh" if locale.startswith("zh") else "en"


def said(push: Push) -> dict[str, Any]:
    """Title and body. Without leave to preview: the ticket's number and what happened, no more."""
    what = _SAYS[_language(push.locale)][push.kind]
    if push.ticket_id is None:
        return {"title": what, "body": push.text if push.preview else ""}
    if not push.preview:
        return {"title": f"#{push.ticket_number} {what}", "body": ""}
    actor = str(push.actor.get("name") or "")
    words = f"{actor}: {push.text}" if actor else push.text
    return {"title": f"#{push.ticket_number} {push.ticket_subject}", "body": f"{what}\n{words}"}


def tested(locale: str) -> dict[str, Any]:
    """What a test says."""
    title, body = _TEST[_language(locale)]
    return {"title": title, "body": body}
