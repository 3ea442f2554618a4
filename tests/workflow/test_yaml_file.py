import unicodedata

import pytest

from workflow.errors import DefinitionError
from workflow.yaml_file import read_yaml


def read(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("True", "True"), ("true", True), ("false", False),
        ("1:30", "1:30"), ("2025-06-30", "2025-06-30"), ("07", "07"), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("1.5", "1.5"), ("52", 52), ("-3", -3), ("0", 0), ("null", None), ("~", None), ("", None), ("=", "="),
    ],
)  # fmt: skip
def test_only_true_false_whole_numbers_and_null_are_resolved(tmp_path, written, value):
    found = read(tmp_path, f"key: {written}\n")["key"]
    assert found == value
    assert type(found) is type(value)


def test_a_key_that_stands_twice_is_refused_with_file_and_line(tmp_path):
    with pytest.raises(DefinitionError, match=r"^x\.yaml:4: key 'b' stands twice$"):
        read(tmp_path, "a:\n  b: 1\n  c: 2\n  b: 3\n")


def test_anchors_work_and_a_merge_key_is_an_ordinary_word(tmp_path):
    assert read(tmp_path, "a: &x [1]\nb: *x\n<<: c\n") == {"a": [1], "b": [1], "<<": "c"}


def test_a_broken_file_is_refused_with_the_line(tmp_path):
    with pytest.raises(DefinitionError, match=r"^x\.yaml:2: "):
        read(tmp_path, "a: 1\nb: }\nc: 2\n")


def test_a_tag_that_would_run_code_is_refused(tmp_path):
    with pytest.raises(DefinitionError, match=r"x\.yaml:1: .*python"):
        read(tmp_path, "a: !!python/object/apply:os.getcwd []\n")


def test_a_list_cannot_be_a_key(tmp_path):
    with pytest.raises(DefinitionError, match=r"x\.yaml:1: a key must be a word"):
        read(tmp_path, "[a, b]: 1\n")


def test_bytes_that_are_not_utf8_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(DefinitionError, match=r"^x\.yaml: not UTF-8 at byte 3$"):
        read(tmp_path, b"a: \xff\n")
    with pytest.raises(DefinitionError, match=r"^y\.yaml: cannot be read"):
        read_yaml(tmp_path / "y.yaml")


def test_two_documents_in_one_file_are_refused(tmp_path):
    with pytest.raises(DefinitionError, match=r"^x\.yaml"):
        read(tmp_path, "a: 1\n---\nb: 2\n")


def test_text_comes_out_composed(tmp_path):
    written = unicodedata.normalize("NFD", "a: Hòa An\n")
    assert written != "a: Hòa An\n"
    assert read(tmp_path, written) == {"a": "Hòa An"}
