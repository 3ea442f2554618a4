"""`trinhky find`: the same search at the console, for a person or for whoever keeps the machine."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.record import Record, plan
from web.cli import main
from workflow.content import Node, Recipient
from workflow.queries.search import PAGE


@pytest.fixture
def instance(sqlite_record: Record, monkeypatch: pytest.MonkeyPatch) -> Record:
    monkeypatch.setenv("TRINHKY_INSTANCE", str(Path(sqlite_record.engine.settings.instance)))
    monkeypatch.setenv("TRINHKY_DATABASE_URL", sqlite_record.engine.settings.database_url)
    monkeypatch.setenv("TRINHKY_ARGON2", "cheapest")
    return sqlite_record


def write(record: Record, subject: str, *paragraphs: str, **how) -> int:
    body = (Node(label="I", title="NHIỆM VỤ", paragraphs=paragraphs or ("Các đơn vị thực hiện.",)),)
    return record.draft(
        content=plan(subject=subject, sections=body, recipients=(Recipient("Lưu hồ sơ"),)), **how
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["find", *words])


def told(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def ids(*words: str) -> list[int]:
    return [each["document"] for each in told(*words)["documents"]]


def test_it_finds_as_the_person_and_the_console_finds_all(instance: Record):
    mine = write(instance, "Chuyển đổi số trong cơ quan")
    theirs = write(instance, "Chuyển đổi số trong bệnh viện", login="phong", agency="so_y_te", signer="tam")
    assert ids("chuyen", "doi", "so", "--as", "lan") == [mine]
    assert ids("chuyen", "doi", "so", "--as", "phong") == [theirs]
    assert ids("chuyen", "doi", "so", "--as", "nhung") == []
    assert ids("chuyen", "doi", "so") == [theirs, mine]


def test_an_argument_of_several_words_is_a_phrase(instance: Record):
    whole = write(instance, "Một", "Đẩy mạnh cải cách hành chính.")
    apart = write(instance, "Hai", "Hành chính và cải cách.")
    assert ids("cải cách hành chính", "--as", "lan") == [whole]
    assert ids("cải", "cách", "hành", "chính", "--as", "lan") == [whole, apart]


def test_lines_say_number_state_and_where_it_stands(instance: Record):
    numbered = write(instance, "Một việc", "Sở phối hợp với Ủy ban nhân dân xã.")
    instance.bring_to(numbered, "issue")
    said = run("uy", "ban", "nhan", "dan", "--as", "lan").stdout
    assert said.startswith("1 văn bản\n")
    assert f"{numbered}  Kế hoạch Một việc" in said
    assert "01/KH-SKHCN, 20/4/2026; VP Sở; Nguyễn Thị Lan; Đã phát hành" in said
    assert "Sở phối hợp với [Ủy ban nhân dân] xã." in said
    (one,) = told("uy", "ban", "--as", "lan")["documents"]
    assert (one["reference_no"], one["issued_on"], one["state"]) == ("01/KH-SKHCN", "2026-04-20", "issued")
    assert one["found_words"] == ["Ủy ban"]


def test_options_narrow(instance: Record):
    wanted = write(instance, "Một việc", login="nhung", unit="QLKH")
    write(instance, "Một việc")
    assert ids("việc", "--as", "hung", "--unit", "QLKH") == [wanted]
    assert ids(
        "--as", "hung", "--unit", "QLKH", "--year", "2026", "--state", "draft", "--type", "ke_hoach"
    ) == [wanted]
    assert ids("việc", "--as", "hung", "--year", "2025") == []
    assert ids("việc", "--as", "hung", "--field", "chuyen_doi_so") == []


def test_it_goes_on_where_it_stopped(instance: Record):
    written = [write(instance, f"Việc {number}") for number in range(PAGE + 2)]
    first = told("việc", "--as", "lan")
    assert (first["total"], first["more_than_total"]) == (PAGE + 2, False)
    assert f"Trang sau: --after {first['next']}" in run("việc", "--as", "lan").stdout
    second = told("việc", "--as", "lan", "--after", first["next"])
    assert second["next"] is None
    assert [each["document"] for each in first["documents"] + second["documents"]] == written[::-1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["***"], "Chưa tìm: ghi ít nhất một từ"),
        ([], "Chưa tìm: ghi ít nhất một từ"),
        (["việc", "--as", "ai"], "không có tài khoản “ai”"),
        (["việc", "--as", "lan", "--unit", "KHONG"], "không có đơn vị mang mã “KHONG”"),
        (["việc", "--unit", "VP"], "nhiều cơ quan có đơn vị mang mã “VP”"),
    ],
)
def test_a_refusal_is_one_sentence(instance: Record, words, why):
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert why in result.stderr
    assert "Traceback" not in result.stderr


def test_a_place_that_is_none_is_a_fault_of_the_command_line(instance: Record):
    result = run("việc", "--as", "lan", "--after", "x")
    assert result.exit_code == 2
    assert "--after" in result.stderr
