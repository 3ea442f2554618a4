"""The files that show how a task stands go with the unit's report, line by line, and are named in the agency's."""

import io

import pytest
from msgspec.structs import replace

from tests.person import Door, open_app
from tests.record import Record
from tests.web.conftest import text_of
from tests.workflow.acts import at, fill_results, history, instances, once_open, text, working
from tests.workflow.commands.test_tasks import note, plan_of, standing
from workflow.commands import attachments as limits
from workflow.commands.attachments import incoming
from workflow.commands.reporting import start_report, start_unit_report
from workflow.content import Content, canonical, parse
from workflow.writing.paper import result_words

PHOTO = b"\x89PNG\r\n\x1a\n" + b"anh hop" * 20
MINUTES = b"%PDF-1.7 bien ban hop"


def begun(record: Record, plan_id: int, login: str = "nhung", unit: str = "QLKH") -> int:
    instance_id = once_open(record, instances(record, plan_id, tier=1, year=2026)[unit].id)
    with working(record, login) as w:
        return start_unit_report(w, instance_id=instance_id)


def words_of_rows(report: Content) -> list[str]:
    return [result_words(row) for row in report.results]


@pytest.fixture
def plan_id(record: Record) -> int:
    """Of two of its tasks the unit brought files; one of them was brought twice."""
    made = plan_of(record)
    spring = standing(record, made, "Rà soát quy chế", period="2026-Q2")
    summer = standing(record, made, "Rà soát quy chế", period="2026-Q3")
    always = standing(record, made, "Tuyên truyền", "QLKH")
    note(record, "nhung", spring.id, file=incoming("biên bản.pdf", MINUTES))
    note(record, "nhung", spring.id, "done", "Đã ban hành")
    note(record, "nhung", summer.id, file=incoming("ảnh.png", PHOTO))
    note(record, "nhung", always.id, file=incoming("ảnh chụp.png", PHOTO))
    at(record, 2026, 10, 20)
    return made


def test_each_line_carries_the_files_of_its_task(record: Record, plan_id: int):
    report = text(record, begun(record, plan_id))
    rows = report.results
    assert [item.name for item in rows[0].evidence] == ["ảnh chụp.png", "biên bản.pdf"]
    assert [item.sha256 for item in rows[1].evidence] == [rows[0].evidence[0].sha256]
    assert rows[2].evidence == ()
    assert len(report.attachments) == 2, "equal bytes are carried once"
    assert parse(canonical(report)) == report


def test_the_form_shows_them_and_whoever_reads_the_report_may_open_them(record: Record, plan_id: int):
    sign_in = Door(open_app(record), record)
    report_id = begun(record, plan_id)
    nhung = sign_in("nhung")
    page = nhung.get(f"/van-ban/{report_id}/sua")
    file = next(item for item in text(record, report_id).attachments if item.name == "biên bản.pdf")
    assert f'href="/van-ban/{report_id}/dinh-kem/{file.sha256}"' in page
    assert "Minh chứng ảnh chụp.png 1 kB biên bản.pdf 1 kB" in text_of(page)
    nhung.submit(f"/van-ban/{report_id}/sua", {"rows-0-result": "Xong.", "save": "1"})
    assert len(text(record, report_id).results[0].evidence) == 2, "saving keeps them"
    assert nhung.client.get(f"/van-ban/{report_id}/dinh-kem/{file.sha256}").data == MINUTES


def test_a_file_is_added_to_a_line_and_taken_away_again(record: Record, plan_id: int):
    sign_in = Door(open_app(record), record)
    report_id = begun(record, plan_id)
    nhung = sign_in("nhung")
    nhung.get(f"/van-ban/{report_id}/dinh-kem")
    given = {"file": (io.BytesIO(b"%PDF-1.7 ke hoach quy"), "kế hoạch quý.pdf"), "line": "2"}
    assert nhung.submit(f"/van-ban/{report_id}/dinh-kem", given).status_code == 200
    added = text(record, report_id).results[2].evidence
    assert [item.name for item in added] == ["kế hoạch quý.pdf"]
    assert "Minh chứng cho II.3" in text_of(nhung.page.text)
    nhung.submit(f"/dinh-kem/{added[0].sha256}/bo")
    assert text(record, report_id).results[2].evidence == ()
    shared = text(record, report_id).results[1].evidence[0]
    nhung.submit(f"/dinh-kem/{shared.sha256}/bo")
    assert [len(row.evidence) for row in text(record, report_id).results] == [1, 0, 0]


def test_the_agencys_report_names_them_and_editing_keeps_them(record: Record, plan_id: int):
    sign_in = Door(open_app(record), record)
    report_id = begun(record, plan_id)
    fill_results(record, "nhung", report_id)
    for login, step in (("nhung", "submit"), ("khoi", "approve_content"), ("hung", "accept")):
        record.step(login, report_id, step)
    with working(record, "lan") as w:
        whole = start_report(w, instance_id=instances(record, plan_id, tier=2, year=2026)["VP"].id)
    rows = text(record, whole).results
    assert [len(row.evidence) for row in rows] == [2, 1, 0, 0], (
        "the last is the office's own of a shared task"
    )
    assert text(record, whole).attachments == (), "named, not carried"
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{whole}/sua")
    assert "Minh chứng của đơn vị:" in text_of(page)
    lan.submit(f"/van-ban/{whole}/sua", {"results-0-result": "Xong sớm.", "save": "1"})
    assert [len(row.evidence) for row in text(record, whole).results] == [2, 1, 0, 0]
    assert text(record, whole).results[0].result == "Xong sớm."
    assert "Minh chứng:" in text_of(lan.get(f"/van-ban/{whole}"))


def test_what_a_text_cannot_carry_stays_with_its_task(sqlite_record: Record, monkeypatch):
    record = sqlite_record
    made = plan_of(record)
    task = standing(record, made, "Rà soát quy chế", period="2026-Q2")
    for number in range(limits.MOST + 2):
        file = incoming(f"tệp {number}.pdf", b"%PDF-1.7 so " + str(number).encode())
        note(record, "nhung", task.id, words=f"Lần {number}", file=file)
    at(record, 2026, 10, 20)
    report = text(record, begun(record, made))
    assert len(report.attachments) == limits.MOST
    names = [item.name for item in report.results[0].evidence]
    assert names[0] == f"tệp {limits.MOST + 1}.pdf", "the newest are carried"
    assert "tệp 0.pdf" not in names
    assert report.results[0].result.endswith(
        "\nNgoài các tệp kèm theo, còn 2 tệp minh chứng ở nhiệm vụ II.1 trên hệ thống."
    )
    assert "còn 2 tệp" in " ".join(words_of_rows(report)), "the paper says it too"
    assert not any("tệp minh chứng" in row.result + row.reason for row in report.results[1:])


def test_where_all_files_are_carried_nothing_is_said_of_more(record: Record, plan_id: int):
    assert not any("tệp minh chứng" in words for words in words_of_rows(text(record, begun(record, plan_id))))


def test_a_line_without_files_is_stored_as_it_always_was(sqlite_record: Record):
    made = plan_of(sqlite_record)
    at(sqlite_record, 2026, 10, 20)
    report_id = begun(sqlite_record, made)
    report = text(sqlite_record, report_id)
    assert b"files" not in canonical(report)
    assert "attached" not in history(sqlite_record, report_id)[0]["facts"]
    assert replace(report.results[0], files=()).evidence == ()
