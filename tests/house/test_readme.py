"""What the README promises is there: the commands, the folders, the picture, the words of the glossary."""

import re
import tomllib
from pathlib import Path

import pytest
from click import Context

from web.cli import main
from workflow.settings import ROOT, Settings

README = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "pip install -e . && .venv/bin/trinhky demo" in README
    assert "pip install -e '.[dev]' && .venv/bin/pytest" in README
    assert project["scripts"] == {"trinhky": "web.cli:main"}
    assert {"dev", "postgres"} <= set(project["optional-dependencies"])


@pytest.mark.parametrize("verb", sorted(set(re.findall(r"`trinhky (\w+)", README))))
def test_each_verb_that_is_named_exists(verb):
    assert main.get_command(Context(main), verb)


def test_each_option_that_is_named_exists():
    for verb, option in re.findall(r"`trinhky (\w+) --(\w+)", README):
        command = main.get_command(Context(main), verb)
        assert f"--{option}" in {name for item in command.params for name in item.opts}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"TRINHKY_([A-Z_]+)", README))))
def test_each_setting_that_is_named_exists(name):
    tests = "".join(
        path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)
    )
    assert f'"TRINHKY_{name}"' in tests or name.lower() in Settings.__dataclass_fields__


def test_the_picture_and_the_licence_are_there():
    for place in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / place).stat().st_size > 10_000
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_top_level_is_what_was_agreed():
    agreed = {"workflow", "web", "definitions", "tests", "instance", "pyproject.toml", "README.md", "LICENSE"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert agreed <= found
    assert {name for name in found - agreed if not name.endswith(".egg-info")} <= {"build", "dist"}


def test_the_glossary_names_what_the_code_names():
    table = README.split("## Glossary")[1].split("## Licence")[0]
    words = set(re.findall(r"`([a-z_]+)(?:=\w+)?`", table))
    sources = [path for folder in ("workflow", "definitions") for path in (ROOT / folder).rglob("*")]
    text = "\n".join(path.read_text("utf-8") for path in sources if path.suffix in (".py", ".yaml"))
    assert len(words) > 25
    assert not [word for word in words if not re.search(rf"\b{word}s?\b|\b{word}_|{word.title()}\b", text)]


def test_the_map_names_folders_that_stand():
    mapped = README.split("## Map of the code")[1].split("```")[1]
    for name in re.findall(r"^(\w+)/", mapped, re.MULTILINE):
        assert (ROOT / name).is_dir()
    for name in re.findall(r"\b(\w+)/ \(|\b(stories|faults|house|browser|bench)/", mapped):
        folder = next(filter(None, name))
        assert (ROOT / "tests" / folder).is_dir(), folder
    assert Path(ROOT / ".ci" / "run").exists()
