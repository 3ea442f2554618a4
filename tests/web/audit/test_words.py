"""Every action of the procedures and commands has its place in the filter, every fault its sentence."""

import re
from pathlib import Path

from tests.record import Record
from web.audit.faults import WHAT, fault
from web.audit.words import ACT_GROUPS, RIGHTS_GROUP
from workflow import commands
from workflow.verification import report


def test_every_act_stands_in_one_group_of_the_filter(sqlite_record: Record):
    grouped = [act for _, acts in (*ACT_GROUPS.values(), *RIGHTS_GROUP.values()) for act in acts]
    assert len(grouped) == len(set(grouped))
    steps = {step.id for flow in sqlite_record.engine.flows.values() for step in flow.definition.steps}
    written = "".join(path.read_text("utf-8") for path in Path(commands.__file__).parent.glob("*.py"))
    acts = set(re.findall(r'action="(\w+)"', written)) | set(re.findall(r'_entry\(\s*w, "(\w+)"', written))
    assert len(steps) > 15
    assert len(acts) > 8
    assert (steps | acts) - set(grouped) == set()


def test_every_kind_of_fault_has_its_words():
    told = re.search(r"`kind`: (.*)", report.Broken.__doc__ or "", re.DOTALL)[1]
    kinds = set(re.findall(r"[a-z]+", re.sub(r"\([^)]*\)", "", told)))
    assert len(kinds) > 20
    assert kinds - set(WHAT) == set()


def test_a_fault_names_its_event_and_both_values():
    said = fault({"kind": "hash", "number": 12, "recorded": "5a60" * 16, "computed": "91bb" * 16})
    assert said.startswith(
        "Sự kiện #0012: nội dung lưu không cho ra mã đã ghi (ghi 5a60 5a60 5a60 …, tính lại 91bb"
    )
