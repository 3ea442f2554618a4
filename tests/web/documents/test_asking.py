"""Hỏi ý kiến at the browser: asked beside the signature, told, answered, read; the document waits where it waited."""

from tests.record import Record
from tests.web.conftest import Door, text_of
from tests.web.statements import statements
from tests.workflow.acts import row

QUESTION = "Kinh phí của mục II đã có trong dự toán chưa?"


def to_sign(record: Record) -> int:
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    return plan_id


def asked(sign_in: Door, record: Record, plan_id: int) -> str:
    mai = sign_in("mai")
    mai.get(f"/van-ban/{plan_id}/hoi-y-kien")
    answer = mai.submit("/hoi-y-kien", {"person": str(record.person("duc")), "text": QUESTION})
    return answer.text


def test_the_signer_asks_and_the_document_still_waits_for_her(sign_in: Door, sqlite_record: Record):
    plan_id = to_sign(sqlite_record)
    mai = sign_in("mai")
    way = f'href="/van-ban/{plan_id}/hoi-y-kien"'
    assert way in mai.get(f"/van-ban/{plan_id}")
    assert way in mai.get(f"/viec?chon={plan_id}")
    form = text_of(mai.get(f"/van-ban/{plan_id}/hoi-y-kien"))
    assert "Hoàng Văn Đức, Chuyên viên, Văn phòng Sở" in form
    assert "Tạ Đình Khôi" not in form
    page = asked(sign_in, sqlite_record, plan_id)
    read = text_of(page)
    assert "Đã gửi câu hỏi. Văn bản vẫn chờ ký." in read
    assert "Hỏi ý kiến gửi Hoàng Văn Đức, Chuyên viên" in read
    assert QUESTION in read
    assert f'action="/van-ban/{plan_id}/buoc/ky"' in page
    assert "Hỏi ý kiến Hoàng Văn Đức" in read[read.index("Lịch sử phê duyệt") :]
    assert row(sqlite_record, plan_id).state == "awaiting_signature"


def test_who_is_asked_finds_the_question_answers_and_the_signer_reads_it(
    sign_in: Door, sqlite_record: Record
):
    plan_id = to_sign(sqlite_record)
    asked(sign_in, sqlite_record, plan_id)
    duc = sign_in("duc")
    bell = duc.get("/thong-bao")
    assert "Trần Thị Ngọc Mai, Phó Giám đốc hỏi ý kiến về kế hoạch (chờ ký)." in text_of(bell)
    assert f'href="/van-ban/{plan_id}/gop-y/1"' in bell
    page = text_of(duc.get(f"/van-ban/{plan_id}"))
    assert "Trần Thị Ngọc Mai, Phó Giám đốc hỏi ý kiến, đang chờ trả lời." in page
    own = text_of(duc.get(f"/van-ban/{plan_id}/gop-y/1"))
    assert "Người hỏi nhận thông báo và đọc nguyên văn; trả lời không thay cho duyệt hay ký." in own
    answer = text_of(duc.submit("/gop-y/1/tra-loi", {"text": "Đã có, nguồn không giao tự chủ."}).text)
    assert "Đã ghi câu trả lời." in answer
    assert "đang chờ trả lời" not in answer
    mai = sign_in("mai")
    assert "Hoàng Văn Đức, Chuyên viên đã trả lời câu hỏi về kế hoạch." in text_of(mai.get("/thong-bao"))
    page = mai.get(f"/van-ban/{plan_id}")
    assert "Đã có, nguồn không giao tự chủ." in text_of(page)
    mai.submit(f"/van-ban/{plan_id}/buoc/ky")
    assert row(sqlite_record, plan_id).state == "signed"
    history = text_of(sign_in("lan").get(f"/van-ban/{plan_id}"))
    assert "Trả lời câu hỏi" in history
    assert "Hỏi ý kiến" in text_of(sign_in("viet").get("/lich-su?hanh-vi=gop-y"))


def test_what_was_typed_stays_and_each_fault_stands_at_its_field(sign_in: Door, sqlite_record: Record):
    plan_id = to_sign(sqlite_record)
    mai = sign_in("mai")
    mai.get(f"/van-ban/{plan_id}/hoi-y-kien")
    answer = mai.submit("/hoi-y-kien", {"text": QUESTION})
    assert answer.status_code == 422
    assert "Chọn người được hỏi" in text_of(answer.text)
    assert QUESTION in text_of(answer.text)
    answer = mai.submit("/hoi-y-kien", {"person": str(sqlite_record.person("duc")), "text": " "})
    assert "Ghi câu hỏi" in text_of(answer.text)
    assert f'<option selected value="{sqlite_record.person("duc")}">' in answer.text
    answer = mai.submit("/hoi-y-kien", {"person": str(sqlite_record.person("khoi")), "text": QUESTION})
    assert "Chọn người được hỏi khác: người này không xem được văn bản" in text_of(answer.text)


def test_there_is_no_question_for_whom_it_does_not_wait(sign_in: Door, sqlite_record: Record):
    plan_id = to_sign(sqlite_record)
    for login, status, answer in (
        ("lan", 404, 403),
        ("hung", 404, 403),
        ("duc", 404, 403),
        ("khoi", 404, 404),
    ):
        person = sign_in(login)
        assert f"/van-ban/{plan_id}/hoi-y-kien" not in person.get("/viec")
        person.get(f"/van-ban/{plan_id}/hoi-y-kien", status=status)
        sent = {"person": str(sqlite_record.person("duc")), "text": QUESTION}
        refused = person.post(f"/van-ban/{plan_id}/hoi-y-kien", sent)
        assert refused.status_code == answer, login
        if refused.status_code == 403:
            assert "Chưa hỏi ý kiến: việc này của người ký" in text_of(refused.text)


def test_questions_cost_the_page_no_statement(sign_in: Door, sqlite_record: Record):
    plan_id = to_sign(sqlite_record)
    asked(sign_in, sqlite_record, plan_id)
    duc = sign_in("duc")
    duc.get(f"/van-ban/{plan_id}")
    with statements(sqlite_record.engine) as one:
        duc.get(f"/van-ban/{plan_id}")
    for _ in range(3):
        asked(sign_in, sqlite_record, plan_id)
    duc.get(f"/van-ban/{plan_id}")
    with statements(sqlite_record.engine) as many:
        duc.get(f"/van-ban/{plan_id}")
    assert len(many) == len(one)
