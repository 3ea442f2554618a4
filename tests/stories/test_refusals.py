"""No, as persons meet it: the sentence says what was not done and what helps, and nothing that was typed is lost."""

from datetime import date

import pytest

from tests.record import Record
from tests.stories.acts import SKHCN, approve, sign, submit
from tests.stories.stage import Stage, Visitor, number_in
from tests.web.drafting.texts import PLAN
from tests.web.registry.conftest import set_agency
from workflow.commands.people import grant_authority


@pytest.fixture
def record(sqlite_record: Record) -> Record:
    return sqlite_record


@pytest.fixture
def draft(record: Record) -> int:
    """Lan's plan, complete."""
    return record.draft()


def brought(record: Record, step: str) -> int:
    document_id = record.draft()
    record.bring_to(document_id, step)
    return document_id


def open_form(person: Visitor, document_id: int, slug: str) -> dict[str, str]:
    """What her browser holds of a step, to be sent later."""
    person.get(f"/van-ban/{document_id}")
    return person.form(f"/van-ban/{document_id}/buoc/{slug}")


def history(person: Visitor, document_id: int) -> str:
    return person.document(document_id).partition("Lịch sử phê duyệt")[2]


def test_nobody_approves_what_she_drafted(stage: Stage, draft):
    submit(stage, "lan", draft)
    lan = stage("lan")
    words = lan.document(draft)
    assert "Chưa duyệt: việc này của trưởng đơn vị soạn thảo" in words
    assert "Người làm được: Phạm Quốc Hùng; Ngô Thị Thu." in words
    forged = open_form(lan, draft, "rut-trinh")
    forged.pop("__action__")
    answer = lan.client.post(f"/van-ban/{draft}/buoc/duyet", data=forged)
    assert answer.status_code == 403
    assert "Chờ Chánh Văn phòng duyệt" in stage("hung").document(draft)


def test_a_head_who_drafts_leaves_the_check_to_another(stage: Stage):
    hung = stage("hung")
    hung.get("/ke-hoach/nhap")
    hung.send("/ke-hoach/nhap", text=PLAN)
    hung.send("/ke-hoach/nhap", create="1")
    plan = number_in(hung.at())
    hung.get(f"/van-ban/{plan}/sua")
    hung.send("/sua", send="1")
    hung.send("/sua", send="anyway")
    hung.send("/buoc/trinh-truc-tiep")
    hung.get(f"/van-ban/{plan}/buoc/xac-nhan-the-thuc", status=422)
    assert "người soạn không duyệt, không kiểm tra văn bản của mình" in hung.words
    assert "Đã xác nhận thể thức" in stage("thu").take(plan, "xac-nhan-the-thuc")


def test_a_signer_of_another_field_is_not_offered_and_not_taken(stage: Stage, record: Record):
    document_id = brought(record, "approve_content")
    thu = stage("thu")
    page = thu.get(f"/van-ban/{document_id}/buoc/xac-nhan-the-thuc")
    assert "Trần Thị Ngọc Mai – KT. GIÁM ĐỐC" in page
    assert "Đỗ Thanh Sơn" not in page
    words = thu.refused("/buoc/xac-nhan-the-thuc", status=403, signer=stage.id_of("son"))
    assert (
        "Chưa xác nhận thể thức: Đỗ Thanh Sơn không được phân công ký lĩnh vực Tổ chức, hành chính" in words
    )
    assert "Người ký được: Đoàn Quốc Việt (GIÁM ĐỐC); Trần Thị Ngọc Mai (KT. GIÁM ĐỐC)." in words
    assert "Chờ kiểm tra thể thức" in thu.document(document_id)
    assert "Chuyển Trần Thị Ngọc Mai ký." in thu.take(document_id, "xac-nhan-the-thuc")


def test_an_authorization_that_ran_out_signs_nothing_and_says_which_and_when(stage: Stage, record: Record):
    with record.engine.work(record.who("viet")) as w:
        grant_authority(
            w, agency_id=w.directory.agency_by_code["so_khcn"].id, kind="TUQ", person_id=record.person("khanh"),
            base_document="Giấy ủy quyền số 05/GUQ-SKHCN ngày 01/4/2026", valid_from=date(2026, 4, 1),
            valid_to=date(2026, 4, 30), fields=("chuyen_doi_so",), doc_types=("bao_cao",),
        )  # fmt: skip
    lan = stage("lan")
    lan.get("/ke-hoach/nhap")
    lan.send("/ke-hoach/nhap", text=PLAN.replace("KẾ HOẠCH\nMở", "BÁO CÁO\nMở"))
    lan.send("/ke-hoach/nhap", redraw="1", doc_type="BC", field="chuyen_doi_so")
    assert "Thái Duy Khánh – TUQ. GIÁM ĐỐC" in lan.words
    lan.send("/ke-hoach/nhap", create="1", signer_id=stage.id_of("khanh"))
    report = number_in(lan.at())
    submit(stage, "lan", report)
    approve(stage, SKHCN, report)
    words = stage("khanh").read(f"/viec?chon={report}")
    assert "Ký duyệt TUQ. GIÁM ĐỐC" in words

    stage.on(4, 5, 2026)
    khanh = stage("khanh")
    words = khanh.read("/viec")
    assert "Chưa ký được" in words
    why = (
        "Chưa ký: Giấy ủy quyền số 05/GUQ-SKHCN ngày 01/4/2026 giao Thái Duy Khánh ký đã hết hiệu lực ngày "
        "30/4/2026. Người ký được: "
    )
    assert why in words
    khanh.get(f"/van-ban/{report}/buoc/ky", status=403)
    assert why in khanh.words
    # He can still hand it to one who may.
    assert "Đã chuyển" in khanh.take(report, "chuyen-nguoi-ky", signer=stage.id_of("son"))
    sign(stage, "son", report)


def test_two_who_edit_at_once_lose_no_word(stage: Stage, record: Record):
    document_id = brought(record, "check_format")
    stage("mai").take(document_id, "tra-lai", note="Bổ sung thời hạn ở mục I.")
    hung, thu = stage("hung"), stage("thu")
    hung.get(f"/van-ban/{document_id}/sua")
    thu.get(f"/van-ban/{document_id}/sua")
    thu.send("/sua", save="1", subject="Thực hiện dân chủ năm 2026")
    typed = {"subject": "Thực hiện dân chủ trong toàn Sở", "ends-0-text": "Một câu dài đã gõ./."}
    words = hung.refused("/sua", status=409, save="1", **typed)
    assert "Ngô Thị Thu đã sửa văn bản này lúc 20/4 12:00" in words
    form = hung.form("/sua")
    assert {name: form[name] for name in typed} == typed
    hung.send("/sua", save="1")
    words = hung.document(document_id)
    assert "Một câu dài đã gõ./." in words
    assert "Bản 3 (hiện tại)" in words
    assert "Thực hiện dân chủ năm 2026" in hung.read(f"/van-ban/{document_id}/ban/2")


def test_a_page_that_has_grown_old_signs_nothing(stage: Stage, record: Record):
    document_id = brought(record, "check_format")
    mai = stage("mai")
    mai.get(f"/viec?chon={document_id}")
    stage("hung").take(document_id, "rut-trinh")
    words = mai.refused(f"/van-ban/{document_id}/buoc/ky", status=409)
    assert "Chưa ký. Phạm Quốc Hùng: rút trình, lúc 12:00, sau khi trang này mở." in words
    assert "Chưa có gì được ghi. Tình trạng hiện tại: Dự thảo." in words
    assert "Ký duyệt" not in history(stage("hung"), document_id)


def test_a_double_click_is_one_signature(stage: Stage, record: Record):
    document_id = brought(record, "check_format")
    mai = stage("mai")
    held = open_form(mai, document_id, "ky")
    action = held.pop("__action__")
    answers = [mai.client.post(action, data=held) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    words = history(mai, document_id)
    assert words.count("Ký duyệt, KT. GIÁM ĐỐC") == 1
    assert "Hôm nay đã ký 1 văn bản." in mai.read("/viec")


def test_a_session_that_ends_under_the_pen_keeps_the_words(stage: Stage, draft):
    lan = stage("lan")
    lan.get(f"/van-ban/{draft}/sua")
    stage.wait(minutes=61)
    words = lan.refused("/sua", status=401, save="1", **{"ends-0-text": "Câu gõ sau giờ nghỉ trưa./."})
    assert "Mọi chữ đã gõ vẫn nằm trong trang này." in words
    kept = lan.page
    lan.enter()
    lan.page = kept
    # Her token is that of the session before: the words are shown once more, then they are sent for good.
    if lan.submit("/sua").status_code == 400:
        assert "Mọi chữ đã gõ vẫn nằm trong trang này." in lan.words
        lan.send("/sua")
    assert "Đã lưu nháp lúc 13:01" in lan.words
    assert "Câu gõ sau giờ nghỉ trưa./." in lan.document(draft)


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secret_text_is_not_taken_in(stage: Stage, mark):
    lan = stage("lan")
    lan.get("/ke-hoach/nhap")
    words = lan.refused("/ke-hoach/nhap", status=422, text=PLAN.replace("Số: 37", f"{mark}\nSố: 37"))
    assert "Chưa nhập: văn bản mang dấu độ mật nên không được đọc." in words
    assert "0 kế hoạch" in lan.read("/ke-hoach")
    lan.get("/van-ban/1", status=404)


@pytest.mark.parametrize(
    ("login", "step", "slug"), [("hung", "submit", "tra-lai"), ("mai", "check_format", "tra-lai")]
)
def test_nothing_is_returned_without_saying_why(stage: Stage, record: Record, login, step, slug):
    document_id = brought(record, step)
    person = stage(login)
    person.get(f"/van-ban/{document_id}/buoc/{slug}")
    for words in ("", "Sửa", "         "):
        said = person.refused(f"/buoc/{slug}", status=422, note=words)
        assert "ít nhất 10 ký tự" in said
        assert person.form(f"/buoc/{slug}")["note"] == words
    assert "Bị trả lại" not in person.document(document_id)
    person.get(f"/van-ban/{document_id}/buoc/{slug}")
    assert "Đã trả lại" in person.send(f"/buoc/{slug}", note="Bổ sung thời hạn ở mục I.")


def test_a_number_is_not_given_to_a_signature_that_was_taken_back(stage: Stage, record: Record):
    document_id = brought(record, "sign")
    van = stage("van")
    van.get("/van-thu")
    stage("mai").take(document_id, "rut-chu-ky", note="Xem lại thời hạn ở mục I.")
    words = van.refused(f"/van-ban/{document_id}/buoc/cap-so", status=409, paper_signed="1")
    assert "Chưa cấp số. Trần Thị Ngọc Mai: rút lại chữ ký, lúc 12:00, sau khi trang này mở." in words
    assert "Hôm nay chưa cấp số nào." in van.read("/van-thu")
    sign(stage, "mai", document_id)
    van.get("/van-thu")
    assert "Đã cấp số 01/KH-SKHCN" in van.send(f"/van-ban/{document_id}/buoc/cap-so", paper_signed="1")


def test_a_number_waits_until_the_signer_can_no_longer_take_it_back(stage: Stage, record: Record):
    set_agency(record, hold_minutes=2)
    document_id = brought(record, "sign")
    van = stage("van")
    assert "Người ký còn có thể rút lại đến 12:02" in van.read("/van-thu")
    van.get(f"/van-ban/{document_id}/buoc/cap-so", status=422)
    assert "người ký còn rút lại được chữ ký đến" in van.words
    stage.wait(minutes=3)
    van.get("/van-thu")
    assert "Đã cấp số 01/KH-SKHCN" in van.send(f"/van-ban/{document_id}/buoc/cap-so", paper_signed="1")
    stage("mai").get(f"/van-ban/{document_id}/buoc/rut-chu-ky", status=409)
    assert "Chưa rút chữ ký: văn thư đã cấp số." in stage("mai").words
