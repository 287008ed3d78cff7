"""What the page says, in both languages."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "name": "姓名",
        "email": "邮箱",
        "email_help": "我们会回复到这个地址",
        "subject": "主题",
        "message": "内容",
        "files": "附件",
        "files_help": "最多 {count} 个，每个不超过 {size} MB",
        "send": "提交",
        "optional": "选填",
        "errors": "请检查以下内容：",
        "required": "“{label}”不能为空",
        "bad_email": "邮箱地址不正确",
        "bad_choice": "“{label}”的选项无效",
        "too_long": "“{label}”过长",
        "too_many_files": "附件过多",
        "too_large": "附件过大",
        "expired": "页面已过期，请再次提交",
        "too_many": "提交过于频繁，请稍后再试",
        "thanks": "已收到您的消息",
        "number": "工单编号：{number}",
        "answer": "我们会尽快回复到 {email}。",
        "choose": "请选择",
        "leave": "请勿填写",
        "trouble": "暂时无法提交，请稍后再试",
    },
    "en": {
        "name": "Name",
        "email": "E-mail",
        "email_help": "We answer to this address",
        "subject": "Subject",
        "message": "Message",
        "files": "Files",
        "files_help": "At most {count}, each up to {size} MB",
        "send": "Send",
        "optional": "optional",
        "errors": "Please check:",
        "required": "“{label}” is needed",
        "bad_email": "This is not an e-mail address",
        "bad_choice": "“{label}” has no such choice",
        "too_long": "“{label}” is too long",
        "too_many_files": "Too many files",
        "too_large": "A file is too large",
        "expired": "This page had expired; please send again",
        "too_many": "Too many messages; please wait a while",
        "thanks": "We have your message",
        "number": "Your ticket is number {number}",
        "answer": "We will answer to {email} soon.",
        "choose": "Choose",
        "leave": "Leave this empty",
        "trouble": "This did not work; please try again soon",
    },
}


def of(language: str) -> dict[str, str]:
    return WORDS.get(language, WORDS["en"])
