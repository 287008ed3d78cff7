"""What the pages say, in both languages. Other languages of articles are framed in English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "skip": "跳到正文",
        "help": "帮助中心",
        "how": "有什么可以帮您？",
        "search": "搜索",
        "search_hint": "搜索文章",
        "categories": "分类",
        "newest": "最新文章",
        "other": "其他文章",
        "articles": "{count} 篇文章",
        "home": "首页",
        "updated": "更新于 {date}",
        "in_other": "本文暂无中文版本，以下为其他语言版本。",
        "languages": "语言",
        "files": "附件",
        "helpful": "这篇文章有帮助吗？",
        "yes": "有帮助",
        "no": "没有帮助",
        "comment": "还想告诉我们什么？（选填）",
        "thanks": "感谢您的反馈。",
        "still": "没有解决您的问题？",
        "new": "提交工单",
        "results": "“{q}”的搜索结果",
        "nothing": "没有找到相关文章。换个说法试试，或提交工单。",
        "empty": "这里还没有文章。",
        "mine": "我的工单",
        "company": "公司的工单",
        "sign_in": "登录",
        "sign_out": "退出登录",
        "sign_in_intro": "输入您的邮箱，我们会发送一封含有登录链接的邮件，无需密码。",
        "email": "邮箱",
        "send_link": "发送登录链接",
        "sent": "请查收邮件",
        "sent_intro": "如果可以向该地址发送邮件，登录链接会在几分钟内送达，{minutes} 分钟内有效，只能使用一次。",
        "no_mail": "目前无法发送登录链接。您仍可提交工单。",
        "enter": "继续登录",
        "enter_intro": "点击下方按钮，登录{brand}帮助中心。",
        "used_up": "此链接已失效",
        "used_up_intro": "链接只能使用一次，且很快过期。请重新获取。",
        "again": "重新获取链接",
        "number": "编号",
        "subject": "主题",
        "status": "状态",
        "from": "提交人",
        "moved": "最近更新",
        "no_tickets": "还没有工单。",
        "older": "更早的工单",
        "you": "您",
        "answer": "回复",
        "send": "发送",
        "closed_note": "该工单已关闭，您的回复会开启一个新工单。",
        "name": "姓名",
        "optional": "选填",
        "email_help": "我们会回复到这个地址",
        "message": "问题描述",
        "suggested": "这些文章也许能帮到您",
        "submit": "提交",
        "received": "已收到您的问题",
        "received_number": "工单编号：{number}",
        "received_mail": "我们会尽快回复到 {email}。",
        "see": "查看工单",
        "required": "请填写“{label}”",
        "bad_email": "邮箱地址不正确",
        "too_long": "“{label}”过长",
        "missing": "页面不存在",
        "missing_intro": "您要找的页面不存在，或者不对您开放。",
        "too_many": "操作过于频繁，请稍后再试。",
        "trouble": "出了点问题，请稍后再试。",
        "leave": "请勿填写",
        "errors": "请检查以下内容：",
        "signed_in_as": "已登录：{name}",
        "mail_subject": "登录{brand}帮助中心",
        "mail_text": "您好，\n\n请点击以下链接登录{brand}帮助中心：\n\n{url}\n\n"
        "链接 {minutes} 分钟内有效，只能使用一次。\n如果不是您本人操作，请忽略此邮件。",
    },
    "en": {
        "skip": "Skip to the text",
        "help": "Help",
        "how": "How can we help?",
        "search": "Search",
        "search_hint": "Search the articles",
        "categories": "Topics",
        "newest": "New articles",
        "other": "More articles",
        "articles": "{count} articles",
        "home": "Home",
        "updated": "Updated on {date}",
        "in_other": "This article is not available in your language yet.",
        "languages": "Languages",
        "files": "Files",
        "helpful": "Did this help?",
        "yes": "Yes",
        "no": "No",
        "comment": "Anything else you would like to tell us? (optional)",
        "thanks": "Thank you for telling us.",
        "still": "Still need help?",
        "new": "Send a request",
        "results": "Results for “{q}”",
        "nothing": "No article was found. Try other words, or send us a request.",
        "empty": "There are no articles here yet.",
        "mine": "My requests",
        "company": "My company's requests",
        "sign_in": "Sign in",
        "sign_out": "Sign out",
        "sign_in_intro": "Enter your e-mail address and we will send you a link to sign in with. No password needed.",
        "email": "E-mail",
        "send_link": "Send the link",
        "sent": "Look into your mail",
        "sent_intro": "If we can write to this address, a link will arrive within a few minutes."
        " It works once, for {minutes} minutes.",
        "no_mail": "Links to sign in cannot be sent at the moment. You can still send us a request.",
        "enter": "Sign in",
        "enter_intro": "Press the button to sign in to the help pages of {brand}.",
        "used_up": "This link no longer works",
        "used_up_intro": "A link works once and for a short time. Please ask for a new one.",
        "again": "Get a new link",
        "number": "Number",
        "subject": "Subject",
        "status": "Status",
        "from": "From",
        "moved": "Last change",
        "no_tickets": "There are no requests yet.",
        "older": "Older requests",
        "you": "You",
        "answer": "Your answer",
        "send": "Send",
        "closed_note": "This request is closed; your answer will open a new one.",
        "name": "Name",
        "optional": "optional",
        "email_help": "We answer to this address",
        "message": "What is it about?",
        "suggested": "These articles may help",
        "submit": "Send",
        "received": "We have your request",
        "received_number": "Your request is number {number}",
        "received_mail": "We will answer to {email} soon.",
        "see": "See the request",
        "required": "Please fill in “{label}”",
        "bad_email": "This is not an e-mail address",
        "too_long": "“{label}” is too long",
        "missing": "There is no such page",
        "missing_intro": "The page does not exist, or it is not open to you.",
        "too_many": "Too many requests; please wait a little.",
        "trouble": "Something went wrong; please try again soon.",
        "leave": "Leave this empty",
        "errors": "Please check:",
        "signed_in_as": "Signed in as {name}",
        "mail_subject": "Sign in to {brand} help",
        "mail_text": "Hello,\n\nuse this link to sign in to the help pages of {brand}:\n\n{url}\n\n"
        "It works once, for {minutes} minutes.\nIf you did not ask for it, ignore this mail.",
    },
}

NAMES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English", "ja": "日本語", "ko": "한국어",
         "de": "Deutsch", "fr": "Français", "es": "Español", "pt-BR": "Português", "ru": "Русский"}  # fmt: skip


def of(locale: str) -> dict[str, str]:
    return WORDS["zh" if locale.lower().startswith("zh") else "en"]


def name_of(locale: str) -> str:
    """A language in its own words."""
    return NAMES.get(locale, locale)


def pick(texts: dict[str, str], locale: str, *, otherwise: str = "") -> str:
    """A text in a language, else in any."""
    return texts.get(locale) or next((one for one in texts.values() if one), otherwise)


def preferred(accept: str, locales: list[str]) -> str:
    """The first of an Accept-Language header that there is, else the first that there is."""
    for part in accept.lower().split(","):
        tag = part.partition(";")[0].strip()
        for locale in locales:
            if tag and (locale.lower() == tag or locale.lower()[:2] == tag[:2]):
                return locale
    return locales[0]
