"""What a draft may begin from is files: read whole or refused by name."""

import pytest

from workflow.content import tasks
from workflow.errors import DefinitionError
from workflow.settings import DEFINITIONS
from workflow.skeletons import BLANK, load_skeletons


def test_there_is_a_plan_and_a_report_to_begin_from():
    found = load_skeletons(DEFINITIONS / "templates" / "drafts")
    assert {one.content.doc_type for one in found} == {"KH", "BC"}
    assert any(tasks(one.content) for one in found)
    assert all(BLANK in str(one.content) for one in found)
    assert len({one.name for one in found}) == len(found)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("id: a\nname: A\ncontent: {doc_type: KH, mystery: 1}\n", "mystery"),
        ("id: b\nname: A\ncontent: {doc_type: KH}\n", "not the name of the file"),
        ("id: a\ncontent: {}\n", "name"),
        ('id: a\nname: A\ncontent: {doc_type: KH, subject: "{boss}"}\n', "no agency has words for {boss}"),
    ],
)
def test_a_file_with_a_fault_is_refused_by_name(tmp_path, words, reason):
    (tmp_path / "a.yaml").write_text(words, "utf-8")
    with pytest.raises(DefinitionError, match=rf"a\.yaml: .*{reason}"):
        load_skeletons(tmp_path)
