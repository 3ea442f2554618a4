"""What the product imports is what it says it needs, and the other way round."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = {"workflow", "web"}

COMES_WITH = {"werkzeug": "flask", "jinja2": "flask", "markupsafe": "flask", "itsdangerous": "flask"}
"""What a declared package names as its own in its documentation, and takes in the version that suits it."""

NOT_IMPORTED = {"tzdata": "data that the standard library's zoneinfo reads where the system has none"}


def plain(name: str) -> str:
    """One spelling for one package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found = [re.match(r"[\w.-]+", each) for each in told]
    return {plain(each[0]) for each in found if each}


OPTIONAL = {"psycopg": "postgres"}
"""What only one installation in two needs, with the extra that brings it."""


def extra(name: str) -> set[str]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"][
        name
    ]
    return {plain(re.match(r"[\w.-]+", each)[0]) for each in told}


def imported() -> set[str]:
    """Distributions whose modules the product names, wherever in a file."""
    modules: set[str] = set()
    for path in (path for top in OWN for path in (ROOT / top).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    return {
        plain(COMES_WITH.get(name.lower(), name.lower()))
        for module in modules - OWN - sys.stdlib_module_names
        for name in known[module][:1]
    }


def test_every_package_the_product_imports_is_declared_and_none_is_declared_for_nothing():
    assert sorted(imported() - declared()) == sorted(OPTIONAL)
    assert all(package in extra(name) for package, name in OPTIONAL.items())
    assert sorted(declared() - imported()) == sorted(NOT_IMPORTED)
