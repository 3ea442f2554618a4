"""`/vang-mat`: telling of an absence, naming who acts, and what both see then."""

from datetime import UTC, datetime

from tests.person import form_fields
from tests.record import Record
from tests.web.conftest import text_of

PATH = "/vang-mat"


def said(record: Record, login: str | None = "son", **more: str) -> dict[str, str]:
    typed = {
        "away_from": "20/4/2026",
        "away_to": "24/4/2026",
        "reason": "Nghỉ phép theo Thông báo số 14/TB-SKHCN",
    }
    typed["substitute"] = str(record.person(login)) if login else ""
    return typed | more


def test_one_tells_of_his_absence_and_his_substitute_finds_the_work_marked(sign_in, sqlite_record: Record):
    record = sqlite_record
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    khoi, son = sign_in("khoi"), sign_in("son")
    assert "Không có văn bản chờ ký." in text_of(son.get("/viec"))
    page = khoi.get(PATH)
    assert "Đỗ Thanh Sơn, Phó Giám đốc" in text_of(page)
    assert "Phạm Quốc Hùng" not in text_of(page)
    khoi.submit(PATH, said(record))
    words = text_of(khoi.page.text)
    assert "Đã ghi vắng mặt." in words
    assert "Từ 20/4/2026 đến hết 24/4/2026." in words
    assert "Xử lý thay: Đỗ Thanh Sơn" in words
    words = text_of(son.get("/viec"))
    assert "Xử lý thay Tạ Đình Khôi · Phòng Quản lý khoa học" in words
    assert "Xử lý thay Tạ Đình Khôi, Trưởng phòng Quản lý khoa học." in words
    assert "Xử lý thay Tạ Đình Khôi" in text_of(son.get(f"/van-ban/{plan_id}"))
    son.get(f"/viec?chon={plan_id}")
    son.submit(f"/van-ban/{plan_id}/buoc/duyet")
    assert son.page.status_code == 200
    words = text_of(khoi.get(f"/van-ban/{plan_id}"))
    assert "Duyệt nội dung, xử lý thay Tạ Đình Khôi" in words
    hung = sign_in("hung")
    words = text_of(hung.get("/lich-su"))
    assert "Duyệt nội dung, xử lý thay Tạ Đình Khôi" in words


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(sign_in, sqlite_record: Record):
    khoi = sign_in("khoi")
    khoi.get(PATH)
    khoi.submit(PATH, said(sqlite_record, "lan", away_from="1/4/2026", reason="Nghỉ phép, đi xa"))
    assert khoi.page.status_code == 422
    words = text_of(khoi.page.text)
    assert "Chọn ngày bắt đầu vắng từ hôm nay trở đi" in words
    assert "Chọn người xử lý thay khác" in words
    assert "Nghỉ phép, đi xa" in khoi.page.text
    assert 'value="24/4/2026"' in khoi.page.text or 'value="24/04/2026"' in khoi.page.text
    khoi.submit(PATH, {"away_from": "mai", "away_to": "", "reason": "", "substitute": ""})
    words = text_of(khoi.page.text)
    assert "Ghi ngày theo mẫu ngày/tháng/năm" in words
    assert "Ghi ngày cuối vắng" in words
    assert "Ghi lý do" in words


def test_an_absence_is_ended_or_given_to_another_at_a_press(sign_in, sqlite_record: Record):
    record = sqlite_record
    khoi = sign_in("khoi")
    khoi.get(PATH)
    khoi.submit(PATH, said(record))
    khoi.submit("/vang-mat/1/nguoi-thay", {"substitute": str(record.person("mai"))})
    assert "Xử lý thay: Trần Thị Ngọc Mai" in text_of(khoi.page.text)
    khoi.submit("/vang-mat/2/nguoi-thay")
    assert khoi.page.status_code == 422
    assert "Ghi người xử lý thay khác với hiện nay" in text_of(khoi.page.text)
    khoi.submit("/vang-mat/2/ket-thuc")
    assert "Đã kết thúc vắng mặt từ hôm nay." in text_of(khoi.page.text)
    assert "Đang và sắp vắng mặt" not in text_of(khoi.page.text)
    again = khoi.post("/vang-mat/2/ket-thuc")
    assert "đã kết thúc trước đó" in text_of(again.text)


def test_the_office_tells_it_for_a_leader_and_nobody_for_a_colleague(sign_in, sqlite_record: Record):
    record = sqlite_record
    hung = sign_in("hung")
    mai = record.person("mai")
    page = hung.get(f"{PATH}?nguoi={mai}")
    assert "Ghi vắng mặt của Trần Thị Ngọc Mai" in text_of(page)
    hung.submit(PATH, said(record, "viet"))
    assert hung.page.status_code == 200
    assert "Xử lý thay: Đoàn Quốc Việt" in text_of(hung.page.text)
    hung.get(f"{PATH}?nguoi={record.person('khoi')}", status=403)
    refused = sign_in("thu").post(PATH, said(record, "viet", nguoi=str(mai)))
    assert refused.status_code == 403
    assert "Chưa ghi vắng mặt" in text_of(refused.text)
    assert "Nghỉ phép theo" not in text_of(sign_in("son").get(PATH))
    assert "Trần Thị Ngọc Mai" not in text_of(sign_in("lan").get(PATH)).replace("Trần Thị Ngọc Mai, Phó", "")


def test_the_day_after_it_has_gone_from_the_page(sign_in, sqlite_record: Record):
    khoi = sign_in("khoi")
    khoi.get(PATH)
    khoi.submit(PATH, said(sqlite_record))
    sqlite_record.clock.now = datetime(2026, 4, 24, 17, 0, tzinfo=UTC)
    khoi.enter()
    assert "Đang và sắp vắng mặt" not in text_of(khoi.get(PATH))


def test_a_change_without_a_readable_substitute_changes_nothing(sign_in, sqlite_record: Record):
    khoi = sign_in("khoi")
    khoi.get(PATH)
    khoi.submit(PATH, said(sqlite_record))
    for typed in ({"substitute": "abc"}, {}, {"substitute": "9" * 40}):
        assert khoi.post(f"{PATH}/1/nguoi-thay", typed).status_code == 422, typed
        assert "Xử lý thay: Đỗ Thanh Sơn" in text_of(khoi.get(PATH))
    assert khoi.post(f"{PATH}/1/nguoi-thay", {"substitute": ""}).status_code == 200
    assert "Xử lý thay: Đỗ Thanh Sơn" not in text_of(khoi.get(PATH))


def test_who_reads_the_reason_is_who_the_form_says(sign_in, sqlite_record: Record):
    khoi, reason = sign_in("khoi"), "Chữa bệnh ở bệnh viện tỉnh"
    form = text_of(khoi.get(PATH))
    assert "Người ghi, Văn phòng đọc" in form
    assert "người thanh tra và quản trị hệ thống đọc được ở đó" in form
    khoi.submit(PATH, said(sqlite_record, reason=reason))
    reading = {"khoi": PATH, "hung": PATH, "minh": "/lich-su", "huy": "/lich-su"}
    for login in ("khoi", "hung", "minh", "huy", "son", "viet", "nhung", "lan", "van"):
        person = sign_in(login)
        for path in (PATH, "/lich-su", "/lich-su.csv"):
            shown = reason in person.client.get(path).text
            assert not shown or login in reading, (login, path)
        assert login not in reading or reason in person.get(reading[login]), login


def test_pressing_twice_notes_one_absence(sign_in, sqlite_record: Record):
    khoi = sign_in("khoi")
    form = form_fields(khoi.get(PATH), PATH) | said(sqlite_record)
    action = form.pop("__action__")
    answers = [khoi.client.post(action, data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert khoi.get(PATH).count("/ket-thuc") == 1
