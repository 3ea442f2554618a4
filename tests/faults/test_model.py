"""
The engine against a small model of who may do what, on both databases, act by act (guarantees.md H-01).

TRINHKY_MODEL_SQLITE and TRINHKY_MODEL_POSTGRESQL set how many sequences of thirty acts are run.
"""

import os
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.faults.model import LOGINS, SIGNERS, STEPS, Ask, Paper
from tests.faults.walk import JUMPS, STATES, TEXTS, Walk, World, stroll
from tests.faults.world import PostgresqlWorld, SqliteWorld
from tests.record import ROUTE

CI = bool(os.environ.get("CI"))
COUNTS = {
    "sqlite": int(os.environ.get("TRINHKY_MODEL_SQLITE", 500 if CI else 40)),
    "postgresql": int(os.environ.get("TRINHKY_MODEL_POSTGRESQL", 100 if CI else 10)),
}
ACTS = 30

logins = st.sampled_from(LOGINS)
signers = st.sampled_from((*SIGNERS, None))
texts = st.sampled_from(TEXTS)
which = st.integers(0, 2)
asks = st.builds(
    Ask,
    noted=st.sampled_from((True, True, True, False)),
    signer=signers,
    capacity=st.sampled_from(("", "", "KT", "HEAD", "TL")),
    paper=st.sampled_from((True, True, False)),
    fresh=st.sampled_from((True, True, False)),
)
seen = st.sampled_from(("present", "present", "present", "none", "stale", "ahead", "digest"))


class Clerks(RuleBasedStateMachine):
    """People act on up to three documents; most acts are the next right one, the rest try what they must not."""

    world: World
    visited: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk(self.world)
        self.keys = 0

    @initialize(stages=st.integers(0, len(ROUTE)))
    def set_out(self, stages: int) -> None:
        self.walk.set_out(stages)

    @property
    def living(self) -> list[Paper]:
        return [paper for paper in self.walk.papers if not paper.ended] or self.walk.papers

    @precondition(lambda self: sum(not paper.ended for paper in self.walk.papers) < 3)
    @rule(login=logins, unit=st.sampled_from(("VP", "QLKH")), kind=st.sampled_from(("ke_hoach", "bao_cao")),
          text=texts, signer=signers)  # fmt: skip
    def create(self, login: str, unit: str, kind: str, text, signer) -> None:
        self.walk.create(login, unit, kind, text, signer)

    @rule(number=which, pick=st.integers(0, 1 << 16), keyed=st.booleans())
    def right_act(self, number: int, pick: int, keyed: bool) -> None:
        paper = self.living[number % len(self.living)]
        if right := self.walk.right_acts(paper):
            ends = {"cancel", "reject", "withdraw", "return", "unsign"}
            onward = [act for act in right if act[1] not in ends]
            if not onward and paper.may_edit(paper.drafter):
                self.walk.edit(paper, paper.drafter, TEXTS[pick % 2], ("mai", "son", "viet")[pick % 3])
                return
            onward = onward or right
            login, step, ask = right[pick % len(right)] if pick % 8 == 0 else onward[pick % len(onward)]
            self.keys += 1
            self.walk.act(paper, login, step, ask, key=f"k{self.keys}" if keyed else "")

    @rule(number=which, pick=st.integers(0, 1 << 16))
    def next_right_act(self, number: int, pick: int) -> None:
        self.right_act(number, pick | 1, True)

    @rule(number=which, login=logins, step=st.sampled_from(STEPS), ask=asks, seen=seen, keyed=st.booleans())
    def any_act(self, number: int, login: str, step: str, ask, seen: str, keyed: bool) -> None:
        paper = self.walk.papers[number % len(self.walk.papers)]
        self.keys += 1
        self.walk.act(paper, login, step, ask, seen=seen, key=f"k{self.keys}" if keyed else "")

    @rule(number=which, pick=st.integers(0, 1 << 16))
    def tempting_act(self, number: int, pick: int) -> None:
        paper = self.living[number % len(self.living)]
        if tempting := self.walk.tempting_acts(paper):
            self.walk.act(paper, *tempting[pick % len(tempting)])

    @rule(number=which, pick=st.integers(0, 1 << 16), state=st.sampled_from(STATES))
    def untimely_act(self, number: int, pick: int, state: str) -> None:
        paper = self.living[number % len(self.living)]
        if untimely := self.walk.untimely_acts(paper, state):
            self.walk.act(paper, *untimely[pick % len(untimely)])

    @rule(number=which, pick=st.integers(0, 1 << 16), ask=asks)
    def right_act_with_another_form(self, number: int, pick: int, ask) -> None:
        paper = self.living[number % len(self.living)]
        if right := self.walk.right_acts(paper):
            login, step, _ = right[pick % len(right)]
            self.walk.act(paper, login, step, ask)

    @rule(number=which, pick=st.integers(0, 1 << 16), ask=asks)
    def act_of_one_who_acted(self, number: int, pick: int, ask) -> None:
        """A person with two duties on one document is the one to be caught."""
        paper = self.walk.papers[number % len(self.walk.papers)]
        people = sorted(paper.authors | {item.by for item in paper.given} | ({paper.signer} - {None}))
        self.walk.act(paper, people[pick % len(people)], STEPS[pick // 7 % len(STEPS)], ask)

    @rule(number=which, login=logins, by_right=st.booleans(), text=texts, signer=signers, stale=st.booleans())
    def edit(self, number: int, login: str, by_right: bool, text, signer, stale: bool) -> None:
        paper = self.walk.papers[number % len(self.walk.papers)]
        editors = [name for name in LOGINS if paper.may_edit(name)]
        login = editors[LOGINS.index(login) % len(editors)] if editors and by_right else login
        self.walk.edit(paper, login, text, signer, stale=stale and not by_right)

    @rule(changed=st.booleans())
    def repeat(self, changed: bool) -> None:
        self.walk.repeat(changed=changed)

    @rule(number=which, text=texts)
    def correct(self, number: int, text) -> None:
        self.walk.correct(self.walk.papers[number % len(self.walk.papers)], text)

    @rule(by=st.sampled_from(JUMPS))
    def jump(self, by) -> None:
        self.walk.jump(by)

    def teardown(self) -> None:
        self.visited.update(paper.state for paper in self.walk.papers)
        self.visited["acts"] += self.walk.acts
        self.visited["taken"] += self.walk.taken
        self.walk.end()


@pytest.fixture(scope="module")
def sqlite_world() -> Iterator[World]:
    world = SqliteWorld()
    yield world
    world.close()


@pytest.fixture(scope="module")
def postgresql_world(postgresql_url: str) -> Iterator[World]:
    world = PostgresqlWorld(postgresql_url)
    yield world
    world.close()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_engine_does_what_the_model_says_and_keeps_every_invariant(
    database: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
):
    Clerks.world = request.getfixturevalue(f"{database}_world")
    Clerks.visited = Counter()
    how = settings(
        max_examples=COUNTS[database],
        stateful_step_count=ACTS,
        deadline=None,
        database=None,
        print_blob=True,
        verbosity=Verbosity.normal,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Clerks, settings=how)
    with capsys.disabled():
        print(f"\n{database}: {COUNTS[database]} sequences, {dict(Clerks.visited)}")


def test_the_walks_of_the_mutant_hunt_pass_on_the_engine_as_it_is(sqlite_world: World):
    states = set()
    for seed in range(30):
        states |= {paper.state for paper in stroll(sqlite_world, Random(seed), 40).papers}
    assert {"issued", "voided", "numbered", "closed"} & states, states
