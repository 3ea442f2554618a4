"""Pages are loaded when they are first asked for, and all of them can be; nothing else of the server is different."""

import subprocess
import sys
from collections import Counter
from inspect import signature
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from tests.record import Record
from web import JOBS, after_start
from web.cli import serving
from web.job import Job, Later, LaterModule

ROOT = Path(__file__).parents[2]

START = """
import sys, threading
from pathlib import Path
from web import create_app
from workflow.engine import Engine
from workflow.settings import Settings
folder = Path(sys.argv[1])
engine = Engine(Settings(instance=folder, database_url=f"sqlite:///{folder}/trinhky.db", argon2="cheapest"))
app = create_app(engine)
"""

LATE = {
    "typst",
    "lxml",
    "workflow.lint",
    "workflow.reading",
    "workflow.writing",
    "workflow.commands.steps",
    "web.documents.routes",
}
NEVER = {"xlsxwriter", "cryptography", "sqlalchemy.dialects.postgresql"}
"""Until a page or a command has work for them."""

REST = """
print(*sys.modules)
from web.after_start import load_the_rest
load_the_rest(app, threading.Event(), head_start=0)
print(*sys.modules)
"""

AT_ONCE = """
from tests.person import Door
from tests.record import Clock, Record
door = Door(app, Record(engine, Clock(), engine.settings.database_url))
asked = {"/ke-hoach": "lan", "/lich-su": "duc", "/han": "thu", "/tong-quan": "viet", "/so-van-ban": "van"}
people = {path: door(login) for path, login in asked.items()}
assert not {"web.drafting.routes", "web.audit.routes", "web.overview.routes"} & set(sys.modules)
gate = threading.Barrier(len(people))
answers = {}
def ask(path):
    gate.wait()
    answers[path] = people[path].client.get(path).status_code
threads = [threading.Thread(target=ask, args=(path,)) for path in people]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
print(*answers.values())
engine.close()
"""


class Stopping(Event):
    """Is set by the time it is waited for again."""

    waits = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.waits += 1
        return self.waits > 1


def told(script: str, folder: Path) -> list[set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", START + script, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return [set(line.split()) for line in done.stdout.splitlines()]


def later(app: Flask) -> dict[str, Later]:
    return {name: view for name, view in app.view_functions.items() if isinstance(view, Later)}


def test_a_start_loads_no_page_and_what_follows_it_loads_them_all(app: Flask, tmp_path: Path):
    at_once, in_the_end = told(REST, tmp_path)
    assert not at_once & (LATE | NEVER)
    assert in_the_end >= LATE
    assert in_the_end >= {view.__module__ for view in later(app).values()}


def test_several_that_ask_for_pages_not_loaded_yet_are_all_answered(sqlite_record: Record):
    place = sqlite_record.engine.settings.instance
    assert told(AT_ONCE, place) == [{"200"}]


def test_every_address_leads_to_a_page_that_takes_what_it_gives(app: Flask):
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            view = later(app)[rule.endpoint].load()
            assert view.__name__ == rule.endpoint.partition(".")[2]
            assert set(signature(view).parameters) == rule.arguments, rule


def test_no_address_leads_to_two_pages(app: Flask):
    methods = [(rule.rule, method) for rule in app.url_map.iter_rules() for method in rule.methods or ()]
    given = Counter(item for item in methods if item[1] not in ("HEAD", "OPTIONS"))
    assert set(given.values()) == {1}


def test_every_job_has_pages_of_its_own_folder(app: Flask):
    homes = {name.partition(".")[0]: view.__module__ for name, view in later(app).items()}
    assert set(homes) == set(JOBS)
    for job, module in homes.items():
        assert module.startswith(f"web.{job}."), module


def test_what_templates_call_is_there_whichever_page_comes_first(app: Flask):
    known = {**app.jinja_env.filters, **app.jinja_env.globals}
    functions = [called for called in known.values() if isinstance(called, Later)]
    words = [called for called in known.values() if isinstance(called, LaterModule)]
    assert len(functions) == 19
    assert len(words) == 3
    for function in functions:
        assert callable(function.load())
    for module in words:
        with pytest.raises(AttributeError):
            module.no_such_word


def test_what_a_server_does_beside_its_pages_is_there():
    for later_on in (serving.TICK, serving.POST, serving.FONT_ADVICE):
        assert callable(later_on.load())


def test_a_server_that_is_told_to_stop_loads_no_more(app: Flask, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(after_start, "load", asked.append)
    monkeypatch.setattr(after_start, "settle_memory", lambda: asked.append("settled"))
    stop = Event()
    stop.set()
    after_start.load_the_rest(app, stop)
    assert asked == []
    after_start.load_the_rest(app, Stopping())
    assert len(asked) == 1


def test_two_pages_of_one_name_are_refused():
    with pytest.raises(AssertionError, match="overwriting"):
        Flask("web").register_blueprint(Job("search", {"GET /a": "one.page", "GET /b": "two.page"}))


def test_a_page_that_is_not_there_says_so_when_it_is_loaded():
    with pytest.raises(ImportError):
        Later("web.search.nowhere.page").load()
    with pytest.raises(AttributeError):
        Later("web.search.routes.nothing").load()
