"""What an installation from a wheel has: every file the product reads beside its modules."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("workflow", "web", "definitions")
MADE = {".py", ".pyc"}


def test_every_file_the_product_reads_is_named_in_the_package_data():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = told["tool"]["setuptools"]["package-data"]
    for package in PACKAGES:
        folder = ROOT / package
        there = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in MADE}
        named = {path for pattern in patterns[package] for path in folder.glob(pattern)}
        assert there, package
        assert sorted(map(str, there - named)) == []
