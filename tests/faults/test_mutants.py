"""
The test of the tests: an engine with one guard taken out must be found out by the walks (guarantees.md H-02).

Each mutant is applied in this process only. A mutant that survives fails its test; one that is caught prints
the invariant that caught it.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from tests.faults.walk import stroll
from tests.faults.watcher import Violated
from tests.faults.world import SqliteWorld
from workflow import audit, relations, rules
from workflow.case import Case
from workflow.commands import effects, moving, steps
from workflow.engine import Engine, doors
from workflow.machine import Flow
from workflow.models import NumberBook

WALKS, ACTS = 120, 40
MP = pytest.MonkeyPatch


def rewrite(patch: MP, function: Any, transformer: ast.NodeTransformer) -> None:
    """Compile the function anew from its changed tree and put the code in its place, wherever it is imported."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    before = ast.dump(tree)
    changed = ast.fix_missing_locations(transformer.visit(tree))
    assert ast.dump(changed) != before, "the mutant changes nothing"
    names: dict[str, Any] = {}
    exec(compile(changed, "mutant", "exec"), function.__globals__, names)
    patch.setattr(function, "__code__", names[function.__name__].__code__)


class NoStale(ast.NodeTransformer):
    """`raise Stale(…)` does nothing, and the conditional UPDATE no longer asks for the version."""

    def visit_Raise(self, node: ast.Raise) -> Any:
        return ast.Pass() if "Stale(" in ast.unparse(node) else node

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        node.args = [arg for arg in node.args if ast.unparse(arg) != "Document.version == document.version"]
        return node


class NoAdmin(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        return ast.Constant(None) if ast.unparse(node).startswith("actor.has('admin'") else node


def allow(name: str) -> Callable[[MP, SqliteWorld], None]:
    """The rule of this name is always met."""
    return lambda patch, world: patch.setitem(rules.RULES, name, lambda case, actor, step: None)


def signer_need_not_stand_apart(patch: MP, world: SqliteWorld) -> None:
    """The rule and both places that ask it beforehand: each alone is covered by the others."""
    patch.setattr(rules, "_apart", lambda case, person_id: True)


def versions_are_not_compared(patch: MP, world: SqliteWorld) -> None:
    rewrite(patch, steps.take_step, NoStale())
    rewrite(patch, moving.move, NoStale())


def approvals_count_for_any_text(patch: MP, world: SqliteWorld) -> None:
    def valid(self: Case, kind: str) -> Any:
        return max((i for i in self.approvals if i.kind == kind), key=lambda item: item.id, default=None)

    patch.setattr(Case, "valid", valid)


def one_step_is_not_logged(patch: MP, world: SqliteWorld) -> None:
    real = audit.write

    def write(w: Any, draft: Any) -> Any:
        return (0, draft.hash) if draft.columns["action"] == "withdraw" else real(w, draft)

    patch.setattr(audit, "write", write)


def nothing_is_sealed(patch: MP, world: SqliteWorld) -> None:
    patch.setattr(doors, "seal", lambda *args, **how: None)


def a_voided_number_is_given_again(patch: MP, world: SqliteWorld) -> None:
    real = effects.EFFECTS["void_number"]

    def void_number(w: Any, case: Any, step: Any, outcome: Any) -> None:
        real(w, case, step, outcome)
        w.db.execute(update(NumberBook).values(last_number=NumberBook.last_number - 1))

    patch.setitem(effects.EFFECTS, "void_number", void_number)


def numbers_are_drawn_ahead(patch: MP, world: SqliteWorld) -> None:
    """As a sequence does: what is drawn and not used leaves a gap."""
    real = effects.EFFECTS["take_number"]

    def take_number(w: Any, case: Any, step: Any, outcome: Any) -> None:
        real(w, case, step, outcome)
        w.db.execute(update(NumberBook).values(last_number=NumberBook.last_number + 1))

    patch.setitem(effects.EFFECTS, "take_number", take_number)


def keys_are_ignored(patch: MP, world: SqliteWorld) -> None:
    patch.setattr(steps, "first_result", lambda w, key, request: None)
    patch.setattr(steps, "claim_key", lambda w, key, request, result: None)


def a_signature_is_taken_back_after_numbering(patch: MP, world: SqliteWorld) -> None:
    for place, flow in list(world.engine.flows.items()):
        more = [replace(step, source="numbered") for step in flow.definition.steps if step.id == "unsign"]
        changed = replace(flow.definition, steps=(*flow.definition.steps, *more))
        patch.setitem(world.engine.flows, place, Flow(changed))


def a_signature_taken_back_still_stands(patch: MP, world: SqliteWorld) -> None:
    def withdraw_signature(w: Any, case: Any, step: Any, outcome: Any) -> None:
        outcome.columns |= {"signed_by": None, "signed_at": None, "signed_lines": None}

    patch.setitem(effects.EFFECTS, "withdraw_signature", withdraw_signature)


def time_goes_back_with_the_clock(patch: MP, world: SqliteWorld) -> None:
    real_work, real_compose = Engine._work, audit.compose

    def work(self: Engine, db: Any, identity: Any, directory: Any, now: Any, clock: Any, **how: Any) -> Any:
        return real_work(self, db, identity, directory, clock, clock, **how)

    def compose(w: Any, about: Any, **how: Any) -> Any:
        return real_compose(w, replace(about, not_before=None), **how)

    patch.setattr(Engine, "_work", work)
    patch.setattr(audit, "compose", compose)


def an_administrator_acts(patch: MP, world: SqliteWorld) -> None:
    rewrite(patch, relations.is_himself, NoAdmin())


MUTANTS: dict[str, Callable[[MP, SqliteWorld], None]] = {
    "the author approves": allow("not_author"),
    "the content approver checks the format": allow("not_content_approver"),
    "the signer numbers": allow("not_signer"),
    "an old proof signs": allow("proof_recent"),
    "the paper need not be confirmed": allow("paper_confirmed"),
    "the signer need not stand apart": signer_need_not_stand_apart,
    "versions are not compared": versions_are_not_compared,
    "approvals count for any text": approvals_count_for_any_text,
    "one step is not logged": one_step_is_not_logged,
    "nothing is sealed": nothing_is_sealed,
    "a voided number is given again": a_voided_number_is_given_again,
    "numbers are drawn ahead": numbers_are_drawn_ahead,
    "keys are ignored": keys_are_ignored,
    "a signature is taken back after numbering": a_signature_is_taken_back_after_numbering,
    "a signature taken back still stands": a_signature_taken_back_still_stands,
    "time goes back with the clock": time_goes_back_with_the_clock,
    "an administrator acts": an_administrator_acts,
}


@pytest.fixture(scope="module")
def world() -> Iterator[SqliteWorld]:
    world = SqliteWorld()
    yield world
    world.close()


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_found(
    name: str, world: SqliteWorld, monkeypatch: MP, capsys: pytest.CaptureFixture[str]
):
    MUTANTS[name](monkeypatch, world)
    _found(name, world, capsys)


@pytest.mark.parametrize("constraint", ["uq_approval_document_id_step_round", "uq_register_row_document_id"])
def test_a_schema_without_its_guard_is_found(constraint: str, capsys: pytest.CaptureFixture[str]):
    world = SqliteWorld(without=constraint)
    try:
        _found(f"without {constraint}", world, capsys)
    finally:
        world.close()


def _found(name: str, world: SqliteWorld, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in range(WALKS):
        try:
            stroll(world, Random(seed), ACTS)
        except Violated as found:
            with capsys.disabled():
                print(f"\n{name}: found by “{found.invariant}” on walk {seed}", end="")
            return
    raise AssertionError(f"survived {WALKS} walks of {ACTS} acts: {name}")
