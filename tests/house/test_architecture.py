"""What the code promises of itself and a machine can check, beside the import contracts in pyproject.toml."""

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = sorted(path for top in ("workflow", "web", "tests") for path in (ROOT / top).rglob("*.py"))
PRODUCT = [path for path in CODE if path.relative_to(ROOT).parts[0] != "tests"]
ENGINE = ROOT / "workflow" / "engine"

LONG = {
    "workflow/rules.py": "one small function a need, in one list that a lawyer may be shown",
    "workflow/migrations/versions/0001_first_schema.py": "the whole schema as it first was, never edited again",
}
"""Files past 250 lines and why they are one noun all the same."""

TO_BE_JUDGED = ("workflow/reading/", "web/", "tests/")
"""Where length is a matter of the neighbours' taste: not counted here."""

OWN_TIME = {
    "web/cli/linting.py": "the day a text without a date is judged by; there is no record, so no Work",
    "web/cli/opening.py": "looks at the schema before there is an engine to ask",
    "web/demo/__init__.py": "the day on which the scene of the demonstration ends",
}
"""Outside the engine, yet they begin a transaction or read the clock."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> str:
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_the_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_only_the_engine_begins_commits_and_reads_the_clock():
    doing = {"begin", "begin_nested", "commit", "rollback", "now", "utcnow", "today", "time_ns"}
    reading = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
    found = set()
    for path in PRODUCT:
        for call in calls(path):
            called = dotted(call.func)
            last = called.rpartition(".")[2]
            if called in reading or (last in doing - {"now", "today", "utcnow", "time_ns"} and "." in called):
                found.add(name(path))
    inside = {name(path) for path in ENGINE.glob("*.py")}
    assert found - inside - {"workflow/migrations/env.py"} <= set(OWN_TIME), found - inside


def writing(path: Path) -> ast.Module | None:
    """The tree of a file that imports `insert` or `update` of SQLAlchemy, so that it can write at all."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
    }
    return tree if imported & {"insert", "update", "delete", "text", "sqlite", "postgresql"} else None


def test_a_documents_state_is_set_when_it_is_drafted_and_when_a_step_is_taken_and_nowhere_else():
    """The name of the column, as a key or a keyword, in every file of the engine that can write or is asked to."""
    naming = set()
    for path in (ROOT / "workflow").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        keys = {
            k.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Dict)
            for k in n.keys
            if isinstance(k, ast.Constant)
        }
        words = {k.arg for c in calls(path) if dotted(c.func).endswith(".values") for k in c.keywords}
        if "state" in keys | words:
            naming.add(name(path))
    assert naming == {
        "workflow/commands/drafting.py",  # a new document, in its definition's first state
        "workflow/commands/steps.py",  # where the step leads
        "workflow/commands/moving.py",  # the entry's own copy of it
        "workflow/waiting.py",  # the row of the inbox, another table
        "workflow/verification/state.py",  # compares it, and cannot write
        "workflow/imagined.py",  # the steps nobody has taken, and cannot write
    }
    for reader in ("verification/state.py", "imagined.py"):
        assert writing(ROOT / "workflow" / reader) is None


def test_only_moving_and_drafting_write_the_table_of_documents():
    found = set()
    for path in (ROOT / "workflow").rglob("*.py"):
        for call in calls(path):
            given = {dotted(argument).partition(".")[0] for argument in call.args}
            if dotted(call.func).rpartition(".")[2] in {"insert", "update", "delete"} and "Document" in given:
                found.add(name(path))
    assert found == {"workflow/commands/moving.py", "workflow/commands/drafting.py"}


def test_no_module_is_called_after_nothing():
    empty = {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "services",
        "service",
        "managers",
        "manager",
        "misc",
    }
    assert not {name(path) for path in CODE if {path.stem, path.parent.name} & empty}


def test_every_module_says_what_it_is():
    texts = {name(path): path.read_text("utf-8") for path in PRODUCT}
    assert [
        path for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))
    ] == []


def test_every_file_is_nfc_with_plain_line_ends():
    suffixes = {".py", ".yaml", ".html", ".css", ".js", ".toml", ".md", ".txt", ".json", ".lock", ".svg"}
    folders = ["workflow", "web", "definitions", "tests"]
    files = [path for top in folders for path in (ROOT / top).rglob("*") if path.suffix in suffixes]
    files += [path for path in ROOT.iterdir() if path.suffix in suffixes]
    wrong = []
    for path in files:
        if path.is_relative_to(ROOT / "tests" / "fixtures"):
            continue
        text = path.read_bytes().decode("utf-8")
        if not unicodedata.is_normalized("NFC", text) or "\r" in text:
            wrong.append(name(path))
    assert wrong == []


def test_a_long_file_has_a_reason():
    long = {name(path) for path in PRODUCT if len(path.read_text("utf-8").splitlines()) > 250}
    judged = {item for item in long if not item.startswith(TO_BE_JUDGED)}
    assert judged == set(LONG)


def test_nothing_is_left_to_do_later():
    later = re.compile(r"#.*\b(TODO|FIXME|XXX)\b")
    assert not [name(path) for path in PRODUCT if later.search(path.read_text("utf-8"))]


def test_types_are_strict_and_every_exception_to_them_is_named():
    """`type: ignore` without saying which error would hide the next one."""
    bare = re.compile(r"#\s*type:\s*ignore(?!\[)")
    assert not [name(path) for path in PRODUCT if bare.search(path.read_text("utf-8"))]


def test_nothing_is_evaluated_as_code():
    forbidden = {"eval", "exec", "compile", "__import__", "pickle.loads", "yaml.load", "os.system"}
    found = {
        (name(path), dotted(call.func))
        for path in PRODUCT
        for call in calls(path)
        if dotted(call.func) in forbidden
    }
    assert found == {("workflow/yaml_file.py", "yaml.load")}  # with a subclass of the safe loader
