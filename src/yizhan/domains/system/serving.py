"""Advice about the database's server as a whole: connections, memory, what is left open. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan.domains.system.types import Evidence, Finding, Words

MB = 1024 * 1024
OPEN_SECONDS = 300.0
WAITED_SHARE = 0.01
SPILLED_A_DAY = 1024 * MB
LEAST_HITS = 0.95


def transactions(evidence: Evidence) -> Iterator[Finding]:
    """Transactions that stay open: the log's readers and vacuum wait for the oldest one."""
    for one in evidence.transactions:
        if one.seconds >= OPEN_SECONDS:
            minutes = one.seconds / 60
            yield Finding(
                "transaction_open",
                "bad",
                str(one.pid),
                {"minutes": round(minutes, 1), "state": one.state},
                Words(
                    f"数据库事务（进程 {one.pid}）已打开 {minutes:.0f} 分钟：实时更新、Webhook 和清理都在等它",
                    f"A database transaction (process {one.pid}) has been open for {minutes:.0f} minutes: live "
                    "updates, webhooks and vacuum wait for it",
                ),
                Words(
                    f"若不是备份：SELECT pg_terminate_backend({one.pid});",
                    f"Unless it is a backup: SELECT pg_terminate_backend({one.pid});",
                ),
            )


def pool(evidence: Evidence) -> Iterator[Finding]:
    """Requests that wait for a connection."""
    count = evidence.pool
    if count.total < 1000 or count.bad / count.total < WAITED_SHARE:
        return
    size = evidence.pool_size
    yield Finding(
        "pool_small",
        "warn",
        "YIZHAN_POOL",
        {"asked": count.total, "waited": count.bad, "size": size},
        Words(
            f"24 小时内 {count.total} 次取数据库连接，{count.bad} 次要等：连接池（{size}）太小",
            f"Of {count.total} times that a database connection was needed in 24 hours, {count.bad} had to wait: "
            f"the pool ({size}) is too small",
        ),
        Words(
            f"把 YIZHAN_POOL 提高到 {size * 2} 并重启；进程数 × 连接池须小于 max_connections",
            f"Raise YIZHAN_POOL to {size * 2} and restart; processes × pool must stay below max_connections",
        ),
    )


def connections(evidence: Evidence) -> Iterator[Finding]:
    """The server is nearly full."""
    used, most = (int(evidence.database.get(k) or 0) for k in ("connections", "max_connections"))
    if most and used / most > 0.85:
        yield Finding(
            "connections_near",
            "bad",
            "max_connections",
            {"used": used, "most": most},
            Words(
                f"数据库连接已用 {used}/{most}", f"{used} of {most} database connections are used"
            ),
            Words(
                "提高 max_connections，或减小 YIZHAN_POOL / YIZHAN_WORKERS",
                "Raise max_connections, or lower YIZHAN_POOL or YIZHAN_WORKERS",
            ),
        )


def memory(evidence: Evidence) -> Iterator[Finding]:
    """Sorts that go to the disk, and a cache that is too small."""
    facts = evidence.database
    days = max(float(facts.get("stats_seconds") or 0), 3600.0) / 86_400
    spilled, files = int(facts.get("temp_bytes") or 0), int(facts.get("temp_files") or 0)
    if spilled / days > SPILLED_A_DAY and files > 100:
        each = spilled // files // MB
        yield Finding(
            "work_mem",
            "warn",
            "work_mem",
            {"files": files, "megabytes": spilled // MB, "work_mem": str(facts["work_mem"])},
            Words(
                f"排序写到磁盘 {files} 次，每次约 {each} MB（work_mem 为 {facts['work_mem']}）",
                f"{files} sorts went to the disk, about {each} MB each (work_mem is {facts['work_mem']})",
            ),
            Words(
                f"把 work_mem 提高到 {max(16, each * 2)}MB",
                f"Raise work_mem to {max(16, each * 2)}MB",
            ),
        )
    read, hit = int(facts.get("blks_read") or 0), int(facts.get("blks_hit") or 0)
    if read > 1_000_000 and hit / (read + hit) < LEAST_HITS:
        yield Finding(
            "cache_small",
            "warn",
            "shared_buffers",
            {"share": round(hit / (read + hit), 4), "shared_buffers": str(facts["shared_buffers"])},
            Words(
                f"只有 {100 * hit / (read + hit):.0f} % 的数据页来自内存"
                f"（shared_buffers 为 {facts['shared_buffers']}）",
                f"Only {100 * hit / (read + hit):.0f} % of pages come from memory (shared_buffers is "
                f"{facts['shared_buffers']})",
            ),
            Words(
                "把 shared_buffers 提高到内存的四分之一",
                "Raise shared_buffers to a quarter of the memory",
            ),
        )


def autovacuum(evidence: Evidence) -> Iterator[Finding]:
    """Nobody cleans up."""
    if evidence.database.get("autovacuum") == "off":
        yield Finding(
            "autovacuum_off",
            "bad",
            "autovacuum",
            {},
            Words("自动清理已关闭", "Autovacuum is switched off"),
            Words(
                "在 postgresql.conf 设 autovacuum = on", "Set autovacuum = on in postgresql.conf"
            ),
        )
