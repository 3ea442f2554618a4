import ast
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import web
import workflow
from workflow.patterns import ASKED, DECLARED, Late, expression

SOURCES = [path for package in (workflow, web) for path in Path(package.__path__[0]).rglob("*.py")]


@pytest.fixture
def word():
    yield expression(r"(?P<first>\w)\w*", re.I)
    DECLARED.pop()


def test_every_pattern_of_the_product_compiles():
    for package in (workflow, web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    assert len(DECLARED) > 200
    for late in DECLARED:
        assert isinstance(late.compile(), re.Pattern), late.pattern


def test_a_pattern_belongs_to_a_module_and_is_declared_once():
    for path in SOURCES:
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.Lambda):
                called = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
                assert "expression" not in called, path


def test_nothing_is_compiled_before_the_first_question(word):
    assert not set(ASKED) & set(vars(word))
    assert word.pattern == r"(?P<first>\w)\w*"
    assert not set(ASKED) & set(vars(word))
    assert word.search(" An")["first"] == "A"
    assert set(ASKED) < set(vars(word))


def test_a_pattern_answers_as_a_compiled_one(word):
    compiled = re.compile(word.pattern, re.I)
    text = "Kế hoạch năm 2025"
    for name in ("search", "match"):
        assert getattr(word, name)(text).span() == getattr(compiled, name)(text).span()
    assert word.fullmatch(text) is None
    assert word.match(text, 3).group() == "hoạch"
    assert [found.span() for found in word.finditer(text)] == [
        found.span() for found in compiled.finditer(text)
    ]
    assert word.findall(text) == compiled.findall(text)
    assert word.split(text) == compiled.split(text)
    assert word.sub("-", text) == compiled.sub("-", text)
    assert word.subn("-", text) == compiled.subn("-", text)
    assert (word.flags, word.groups, word.groupindex) == (
        compiled.flags,
        compiled.groups,
        compiled.groupindex,
    )


def test_a_wrong_pattern_says_so_when_it_is_compiled():
    with pytest.raises(re.error):
        Late("(", 0).compile()
    with pytest.raises(re.error):
        Late("(", 0).search("")
