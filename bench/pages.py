"""A run as a page of HTML without anything from outside, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from bench import budgets, plots
from bench.budgets import Result

_GOALS = {"create": 0.4, "reply": 0.4, "search": 0.4, "list": 0.25, "open": 0.25}
_COLUMNS = (
    ("run", "workload"),
    ("tickets", "tickets"),
    ("rate", "ours/s"),
    ("limit_rate", "limit/s"),
    ("ratio_to_limit", "ratio"),
    ("p50_ms", "p50 ms"),
    ("p95_ms", "p95 ms"),
    ("p99_ms", "p99 ms"),
    ("errors", "errors"),
    ("statements", "statements"),
    ("app_cpu_ms", "app CPU ms"),
    ("database_cpu_ms", "database CPU ms"),
    ("wal_bytes", "WAL bytes"),
    ("rss_mb", "memory MB"),
    ("contended", "contended"),
)
_STYLE = """
:root{color-scheme:light dark;--ink:#1f2430;--dim:#667085;--line:#e3e6eb;--bar:#2f6fed;
--good:#0f8a5f;--bad:#c4314b;--page:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8ee;--dim:#9aa3b2;--line:#2d323d;--page:#14171d}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:1080px;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2.2rem}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:13px}
th,td{border-bottom:1px solid var(--line);padding:.35rem .55rem;text-align:right;white-space:nowrap}
th{color:var(--dim);font-weight:500}th:first-child,td:first-child,
.words td,.words th{text-align:left;white-space:normal}
.met{color:var(--good)}.missed{color:var(--bad);font-weight:600}.not{color:var(--dim)}
figure{margin:1.2rem 0}figcaption{color:var(--dim)}svg{max-width:760px;width:100%}
svg text{fill:var(--ink);font-size:11px}svg .name{text-anchor:end}svg .mid{text-anchor:middle}
svg rect{fill:var(--bar)}.goal{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:4 3;fill:none}
.grid{stroke:var(--line);fill:none}.line{fill:none!important;stroke-width:2}
code,pre{font-size:12px}pre{overflow-x:auto;border:1px solid var(--line);border-radius:6px;padding:.8rem}
"""


def _cell(result: Result, key: str) -> str:
    if key == "app_cpu_ms":
        return str(round(result.get("web_cpu_ms", 0) + result.get("worker_cpu_ms", 0), 2))
    if key == "contended":
        return "yes" if result.get(key) else "no"
    value = result.get(key, result.get("workload") if key == "run" else "")
    return f"{value:,}" if isinstance(value, int) else str(value)


def markdown(results: Sequence[Result], about: dict[str, Any]) -> str:
    """For repositories and mails."""
    lines = ["# Speed of Yizhan", "", *(f"* {name}: {value}" for name, value in _facts(about)), ""]
    lines += [
        "## Budgets",
        "",
        "| what | promised | found | state | why |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(row)} |" for row in budgets.check(results)]
    titles = [title for _, title in _COLUMNS]
    lines += ["", "## Workloads", "", f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    lines += [f"| {' | '.join(_cell(r, key) for key, _ in _COLUMNS)} |" for r in results]
    lines += ["", "## Growth of p95, in milliseconds", ""]
    for name, points in _growths(results).items():
        said = ", ".join(f"{size:,.0f} tickets {ms}" for size, ms in points)
        lines.append(f"* {name}: {said}")
    lines += ["", "## Commands", "", "```", *about["commands"], "```", ""]
    return "\n".join(lines)


def html(results: Sequence[Result], about: dict[str, Any]) -> str:
    """For browsers; light and dark."""
    facts = "".join(f"<li>{escape(name)}: {escape(value)}</li>" for name, value in _facts(about))
    commands = escape("\n".join(about["commands"]))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Speed of Yizhan</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{_STYLE}</style><h1>Speed of Yizhan</h1><ul>{facts}</ul>"
        f"<h2>Budgets</h2>{_verdicts(results)}"
        f"<h2>Beside the limit</h2>{_ratios(results)}"
        "<p>The limit is the database alone with the same statements, from the same machine, with as many"
        " clients, in the same run; of <code>events</code> a bare process that writes to as many sockets."
        " Dashed lines are budgets.</p>"
        f"<h2>Workloads</h2>{_table(results)}"
        f"<h2>Growth</h2>{_growth_plot(results)}"
        f"<h2>A day, harder and harder</h2>{_knee(results)}"
        f"<h2>Commands</h2><pre>{commands}</pre></html>"
    )


def _facts(about: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in about.items() if name != "commands"]


def _verdicts(results: Sequence[Result]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one.what)}<td>{escape(one.promised)}<td>{escape(one.found)}"
        f'<td class="{one.state.split()[0]}">{one.state}<td>{escape(one.why)}'
        for one in budgets.check(results)
    )
    return (
        '<div class="wide"><table class="words"><tr><th>what<th>promised<th>found<th>state<th>why'
        f"{rows}</table></div>"
    )


def _table(results: Sequence[Result]) -> str:
    head = "".join(f"<th>{title}" for _, title in _COLUMNS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(r, key))}" for key, _ in _COLUMNS) for r in results
    )
    return f'<div class="wide"><table><tr>{head}{rows}</table></div>'


def _ratios(results: Sequence[Result]) -> str:
    largest: dict[str, Result] = {}
    for result in sorted(results, key=lambda r: r["tickets"]):
        if result["limit_rate"] and not result.get("offered_rate"):
            largest[budgets.name_of(result)] = result
    rows = [
        (name, r["ratio_to_limit"], f"{r['ratio_to_limit']}: {r['rate']} of {r['limit_rate']}/s")
        for name, r in largest.items()
    ]
    return plots.bars(rows, title="rate as a share of the limit", goal=_GOALS)


def _growths(results: Sequence[Result]) -> dict[str, list[tuple[int, float]]]:
    names = list(dict.fromkeys(budgets.name_of(r) for r in results))
    found = {name: budgets.growth(results, name) for name in names}
    return {name: points for name, points in found.items() if len(points) > 1}


def _growth_plot(results: Sequence[Result]) -> str:
    drawn = plots.lines(
        _growths(results), title="p95 by size", across="tickets (logarithmic)", up="ms", goal=50
    )
    return drawn or "<p>Only one size was measured.</p>"


def _knee(results: Sequence[Result]) -> str:
    found = next((r for r in results if r.get("steps")), None)
    if found is None:
        return "<p>Not measured.</p>"
    series = {
        name: [(step["offered"], step[key]) for step in found["steps"]]
        for name, key in (("p50", "p50_ms"), ("p95", "p95_ms"), ("p99", "p99_ms"))
    }
    return plots.lines(
        series,
        title=f"latency from the intended start; the desk follows up to {found['knee_rate']}/s",
        across="requests offered a second",
        up="ms",
        goal=50,
    )
