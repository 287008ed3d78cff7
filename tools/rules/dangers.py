"""Nothing turns data into code, a command, a path or an unguarded request.

Others lost their desks by these: objects unpickled, archives unpacked where they said, commands put
together from file names, signatures compared letter by letter, requests that no guard had seen.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.rules import Tree, Violation
from tools.rules._code import modules

# Who needs one of these says so here, with the reason.
MODULES = {
    "pickle": "data becomes code",
    "dill": "data becomes code",
    "cloudpickle": "data becomes code",
    "joblib": "it reads pickles",
    "marshal": "data becomes code",
    "shelve": "it reads pickles",
    "telnetlib": "in the clear",
    "ftplib": "in the clear",
    "lxml": "entities lead to other files",
    "requests": "no guard sees it: kernel/egress.py",
    "httpx": "no guard sees it: kernel/egress.py",
    "aiohttp": "no guard sees it: kernel/egress.py",
    "urllib.request": "no guard sees it: kernel/egress.py",
    "http.client": "no guard sees it: kernel/egress.py",
}
# What asks nobody whom a workspace has named.
ALLOWED = {
    "src/yizhan/app/supervisor.py": "http.client",  # its own processes
    "src/yizhan/app/doctor/address.py": "http.client",  # the desk's own address
    "src/yizhan/kernel/telemetry_otlp.py": "requests",  # the operator's collector
}
CLIENTS = re.compile(r"httpx2\.(AsyncClient|Client|AsyncHTTPTransport|get|post|put|request|stream)")
ASKING = ("src/yizhan/kernel/egress.py", "src/yizhan/app/bench/", "clients/", "tools/")
CALLS = {
    "eval": "data becomes code",
    "exec": "data becomes code",
    "os.system": "a shell reads it",
    "os.popen": "a shell reads it",
    "subprocess.getoutput": "a shell reads it",
    "subprocess.getstatusoutput": "a shell reads it",
    "asyncio.create_subprocess_shell": "a shell reads it",
    "yaml.load": "data becomes objects: yaml.safe_load",
    "yaml.unsafe_load": "data becomes objects: yaml.safe_load",
    "tempfile.mktemp": "somebody else may be first: mkstemp",
    "ssl._create_unverified_context": "anybody may be on the other side",
}
METHODS = {"extractall": "an archive chooses where it is written"}
KEYWORDS = {"shell": "a shell reads it", "verify": "anybody may be on the other side"}
PROOF = re.compile(r"(^|_)(signature|hmac|mac|token_hash|password)$")
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE)\s", re.IGNORECASE)

GOOD = {
    "src/yizhan/domains/x/service.py": (
        "import hmac\n"
        "from yizhan.kernel import egress\n"
        "async def f(tx, given, signature):\n"
        "    await tx.db.execute('UPDATE t SET a = $1', given)\n"
        "    return hmac.compare_digest(given, signature)\n"
    )
}
BAD = {
    "src/yizhan/domains/x/service.py": (
        "import pickle\n"
        "import httpx2\n"
        "def f(given, signature, archive, name):\n"
        "    subprocess.run(given, shell=True)\n"
        "    archive.extractall(name)\n"
        "    httpx2.get(given)\n"
        "    eval(given)\n"
        "    sql = 'SELECT a FROM t WHERE b = %s' % name\n"
        "    return given == signature\n"
    )
}


def check(tree: Tree) -> Iterator[Violation]:
    """Imports, calls, keywords and comparisons that nothing of ours needs."""
    for path, module in modules(tree, "src/", "clients/", "tools/", "hatch_build.py"):
        for node in ast.walk(module):
            reason = (
                _imported(node, path) or _called(node, path) or _compared(node) or _composed(node)
            )
            if reason:
                yield Violation(path, getattr(node, "lineno", 1), reason)


def _imported(node: ast.AST, path: str) -> str:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [one.name for one in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    for name in names:
        parts = name.split(".")
        for known in (parts[0], ".".join(parts[:2])):
            if known in MODULES and ALLOWED.get(path) != known:
                return f"{known}: {MODULES[known]}"
    return ""


def _called(node: ast.AST, path: str) -> str:
    if not isinstance(node, ast.Call):
        return ""
    name = _dotted(node.func)
    if CLIENTS.fullmatch(name) and not path.startswith(ASKING):
        return f"{name}: no guard sees it: kernel/egress.py"
    if name in CALLS:
        return f"{name}: {CALLS[name]}"
    if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        return f"{node.func.attr}: {METHODS[node.func.attr]}"
    for keyword in node.keywords:
        dangerous = keyword.arg == "shell"  # any shell; and verify only when it is off
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg in KEYWORDS and value is dangerous:
            return f"{keyword.arg}={value}: {KEYWORDS[keyword.arg]}"
    return ""


def _dotted(node: ast.AST) -> str:
    """``a.b.c`` as it is written; nothing for what is no plain name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _compared(node: ast.AST) -> str:
    """How long a comparison letter by letter takes tells how many letters were right."""
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        return ""
    for side in (node.left, node.comparators[0]):
        called = side.func if isinstance(side, ast.Call) else side
        name = getattr(called, "attr", getattr(called, "id", ""))
        other = node.comparators[0] if side is node.left else node.left
        if PROOF.search(name) and not isinstance(other, ast.Constant):
            return f"{name} compared letter by letter: hmac.compare_digest"
    return ""


def _composed(node: ast.AST) -> str:
    """Values belong into the arguments; ruff sees f-strings, of which ours hold constants only."""
    text: ast.AST | None = None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        text = node.left
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        text = node.func.value if node.func.attr == "format" else None
    if isinstance(text, ast.Constant) and isinstance(text.value, str) and SQL.match(text.value):
        return "values written into SQL: bind them"
    return ""
