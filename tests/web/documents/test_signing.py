"""Taking steps from the screen: one click, one act, over the text that was shown."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.conftest import PASSWORD, form_fields, text_of
from tests.workflow.acts import set_agency
from tests.workflow.lint.texts import good
from workflow.commands.drafting import save_revision
from workflow.commands.people import grant_authority
from workflow.content import digest_of
from workflow.models import Approval, Document, Entry, Revision


def acts(record: Record, document_id: int) -> list[Entry]:
    with record.engine.database.read.begin() as db:
        return list(
            db.execute(
                select(Entry.action, Entry.person_id, Entry.capacity, Entry.hash)
                .where(Entry.document_id == document_id, Entry.stream == "act")
                .order_by(Entry.id)
            )
        )


def accesses(record: Record, document_id: int, action: str) -> list[bytes]:
    with record.engine.database.read.begin() as db:
        found = select(Entry.body).where(
            Entry.document_id == document_id, Entry.stream == "access", Entry.action == action
        )
        return list(db.scalars(found))


def state(record: Record, document_id: int) -> str:
    with record.engine.database.read.begin() as db:
        return db.scalar(select(Document.state).where(Document.id == document_id))


@pytest.fixture
def waiting(sqlite_record: Record) -> int:
    """A plan that waits for Mai's signature."""
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "check_format")
    return document_id


def test_one_press_signs_the_text_that_was_shown(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    page = mai.get(f"/viec?chon={waiting}")
    fields = form_fields(page, f"/van-ban/{waiting}/buoc/ky")
    mai.submit(f"/van-ban/{waiting}/buoc/ky")
    assert "Đã ký duyệt “Thực hiện dân chủ trong cơ quan” lúc 12:00:00." in text_of(mai.page.text)
    assert "Rút lại chữ ký" in mai.page.text
    last = acts(sqlite_record, waiting)[-1]
    assert (last.action, last.person_id, last.capacity) == ("sign", sqlite_record.person("mai"), "KT")
    assert state(sqlite_record, waiting) == "signed"
    with sqlite_record.engine.database.read.begin() as db:
        signed = db.execute(
            select(Approval.digest, Approval.capacity).where(Approval.kind == "signature")
        ).one()
    assert signed == (fields["seen_digest"], "KT")
    assert "Không còn văn bản chờ ký. Hôm nay đã ký 1 văn bản." in text_of(mai.page.text)


def test_the_button_says_which_document_and_in_which_capacity(sign_in, waiting):
    page = sign_in("mai").get(f"/viec?chon={waiting}")
    button = next(b for b in re.findall(r"<button.*?</button>", page, re.DOTALL) if "sign" in b[:60])
    assert text_of(button) == "Ký duyệt KT. GIÁM ĐỐC Thực hiện dân chủ trong cơ quan"


def test_the_same_form_twice_is_one_act_and_the_same_answer(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    fields = form_fields(mai.get(f"/van-ban/{waiting}"), "/buoc/ky")
    path = fields.pop("__action__")
    answers = [mai.client.post(path, data=fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [act.action for act in acts(sqlite_record, waiting)].count("sign") == 1
    page = mai.get("/viec")
    assert page.count('class="note ok"') == 1, "two fast presses are told as one act"
    assert "lúc 12:00:00. Có thể rút lại chữ ký" in text_of(page)
    assert mai.client.post(path, data=fields).status_code == 303
    assert "Đã ký duyệt" in text_of(mai.get("/viec")), "who asks again later is told again"


def test_the_same_form_without_its_key_is_refused_as_old(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    fields = form_fields(mai.get(f"/van-ban/{waiting}"), "/buoc/ky")
    path = fields.pop("__action__")
    assert mai.client.post(path, data=fields).status_code == 303
    answer = mai.client.post(path, data=fields | {"key": ""})
    assert answer.status_code == 409
    assert "Trần Thị Ngọc Mai: ký duyệt, lúc 12:00" in text_of(answer.text)
    assert [act.action for act in acts(sqlite_record, waiting)].count("sign") == 1


def test_one_key_with_another_body_is_refused(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    fields = form_fields(mai.get(f"/van-ban/{waiting}"), "/buoc/ky")
    path = fields.pop("__action__")
    mai.client.post(path, data=fields)
    assert mai.client.post(path, data=fields | {"note": "một ý kiến khác"}).status_code == 422


def test_two_rendered_forms_never_share_a_key(sign_in, waiting):
    mai = sign_in("mai")
    keys = {form_fields(mai.get(f"/van-ban/{waiting}"), "/buoc/ky")["key"] for _ in range(3)}
    assert len(keys) == 3
    assert all(len(key) >= 24 for key in keys)


def test_a_text_that_changed_since_the_page_opened_is_not_signed(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    old = form_fields(mai.get(f"/viec?chon={waiting}"), "/buoc/ky")
    path = old.pop("__action__")
    record = sqlite_record
    record.step("hung", waiting, "withdraw")
    record.clock.forward(minutes=4)
    with record.engine.work(record.who("lan")) as w:
        save_revision(w, document_id=waiting, seen_version=5, content=plan(subject="Dân chủ năm 2026"),
                      signer_id=record.person("mai"))  # fmt: skip
    record.bring_to(waiting, "check_format")
    before = acts(record, waiting)
    answer = mai.client.post(path, data=old)
    said = text_of(answer.text)
    assert answer.status_code == 409
    assert "Chưa ký. Nội dung đã thay đổi lúc 12:04, sau khi trang này mở. Xem thay đổi rồi ký lại." in said
    assert f'href="/van-ban/{waiting}/so-sanh/1..2"' in answer.text
    assert "<title>Lỗi:" in answer.text
    assert acts(record, waiting) == before


def test_an_old_proof_asks_for_the_password_once_and_signs_the_same_text(sign_in, sqlite_record, waiting):
    mai = sign_in("mai")
    shown = form_fields(mai.get(f"/viec?chon={waiting}"), "/buoc/ky")
    sqlite_record.clock.forward(minutes=16)
    mai.submit(f"/van-ban/{waiting}/buoc/ky")
    assert mai.page.status_code == 403
    asked = form_fields(mai.page.text, "/buoc/ky")
    assert {name: asked[name] for name in ("key", "seen_digest", "seen_version", "ve")} == {
        name: shown[name] for name in ("key", "seen_digest", "seen_version", "ve")
    }
    assert 'type="password"' in mai.page.text
    assert state(sqlite_record, waiting) == "awaiting_signature"
    mai.submit("/buoc/ky", {"password": "không phải mật khẩu"})
    assert mai.page.status_code == 403
    assert "Mật khẩu không đúng" in text_of(mai.page.text)
    assert 'aria-invalid="true"' in mai.page.text
    mai.submit("/buoc/ky", {"password": PASSWORD})
    assert "Đã ký duyệt" in text_of(mai.page.text)
    with sqlite_record.engine.database.read.begin() as db:
        assert db.scalar(select(Approval.digest).where(Approval.kind == "signature")) == shown["seen_digest"]
    assert [act.action for act in acts(sqlite_record, waiting)].count("sign") == 1


def test_where_every_signature_wants_its_password_the_first_press_asks_for_it(
    sign_in, sqlite_record, waiting
):
    set_agency(sqlite_record, signing_proof="password")
    mai = sign_in("mai")
    mai.get(f"/viec?chon={waiting}")
    mai.submit(f"/van-ban/{waiting}/buoc/ky")
    assert mai.page.status_code == 403
    assert "nhập mật khẩu cho từng lần ký" in text_of(mai.page.text)
    mai.submit("/buoc/ky", {"password": PASSWORD})
    assert "Đã ký duyệt" in text_of(mai.page.text)
    assert state(sqlite_record, waiting) == "signed"


def test_the_password_is_nowhere_in_the_page_that_comes_back(sign_in, sqlite_record, waiting):
    mai = sign_in("mai")
    mai.get(f"/van-ban/{waiting}")
    sqlite_record.clock.forward(minutes=16)
    mai.submit("/buoc/ky", {"password": "mật khẩu gõ nhầm đây"})
    assert "mật khẩu gõ nhầm đây" not in mai.page.text


def test_a_signature_is_taken_back_until_the_number_is_given(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    mai.get(f"/van-ban/{waiting}")
    mai.submit("/buoc/ky")
    way = re.search(r'href="([^"]+/buoc/rut-chu-ky[^"]*)"', mai.page.text)
    mai.get(unescape(way[1]))
    mai.submit("/buoc/rut-chu-ky", {"note": "Bấm nhầm, cần đọc lại mục II."})
    assert mai.page.request.full_path == f"/viec?chon={waiting}"  # where it waits again
    assert "Đã rút lại chữ ký. Văn bản trở lại chờ ký" in text_of(mai.page.text)
    assert state(sqlite_record, waiting) == "awaiting_signature"
    told = text_of(mai.get(f"/van-ban/{waiting}"))
    assert "Ký duyệt, KT. GIÁM ĐỐC" in told
    assert "Bấm nhầm, cần đọc lại mục II." in told
    assert [act.action for act in acts(sqlite_record, waiting)][-2:] == ["sign", "unsign"]


def test_after_numbering_there_is_no_way_back_and_the_page_says_so(sign_in, sqlite_record: Record, waiting):
    record = sqlite_record
    record.step("mai", waiting, "sign")
    mai = sign_in("mai")
    form = form_fields(mai.get(f"/van-ban/{waiting}/buoc/rut-chu-ky"), "/buoc/rut-chu-ky")
    record.step("van", waiting, "assign_number", paper_signed=True)
    page = mai.get(f"/van-ban/{waiting}")
    assert "/buoc/rut-chu-ky" not in page
    with record.engine.database.read.begin() as db:
        version = db.scalar(select(Document.version).where(Document.id == waiting))
    path = form.pop("__action__")
    answer = mai.client.post(path, data=form | {"note": "Bấm nhầm, xin rút lại.", "seen_version": version})
    assert answer.status_code == 409
    assert "văn thư đã cấp số" in text_of(answer.text)
    assert state(record, waiting) == "numbered"


def test_a_return_without_words_comes_back_with_everything_kept(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    mai.get(f"/van-ban/{waiting}/buoc/tra-lai?ve=/viec")
    before = form_fields(mai.page.text, "/buoc/tra-lai")
    mai.submit("/buoc/tra-lai", {"note": "ngắn"})
    page = mai.page.text
    assert mai.page.status_code == 422
    assert "<title>Lỗi:" in page
    assert re.search(r"<div[^>]*data-errors[^>]*autofocus", page)
    assert 'href="#note"' in page
    assert re.search(r'<textarea[^>]*aria-invalid="true"[^>]*>', page)
    after = form_fields(page, "/buoc/tra-lai")
    assert after["note"] == "ngắn"
    assert {k: after[k] for k in ("key", "seen_digest", "ve")} == {
        k: before[k] for k in ("key", "seen_digest", "ve")
    }
    mai.submit("/buoc/tra-lai", {"note": "Sửa hạn báo cáo của các đơn vị."})
    assert mai.page.request.path == "/viec"
    assert "Đã trả lại" in text_of(mai.page.text)
    assert state(sqlite_record, waiting) == "returned"


@pytest.mark.parametrize(("login", "to", "label"), [
    ("hung", "submit", "Trả lại người soạn"),
    ("mai", "check_format", "Trả lại Chánh Văn phòng"),
])  # fmt: skip
def test_the_button_names_whom_it_goes_back_to(sign_in, sqlite_record: Record, login, to, label):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, to)
    page = sign_in(login).get(f"/van-ban/{document_id}/buoc/tra-lai")
    button = re.findall(r"<button.*?</button>", page.split("<main")[1], re.DOTALL)[0]
    assert text_of(button).startswith(label)


def test_the_format_checker_sends_it_to_the_chosen_signer_in_one_press_or_to_another(
    sign_in, sqlite_record: Record
):
    record = sqlite_record
    in_order = good(field="to_chuc_hanh_chinh")  # with errors the press asks for a reason first
    first, second = record.draft(content=in_order), record.draft()
    for document_id in (first, second):
        record.bring_to(document_id, "approve_content")
    thu = sign_in("thu")
    thu.get(f"/viec?chon={first}")
    thu.submit(f"/van-ban/{first}/buoc/xac-nhan-the-thuc")
    assert "Chuyển Trần Thị Ngọc Mai ký" in text_of(thu.page.text)
    page = thu.get(f"/van-ban/{second}/buoc/xac-nhan-the-thuc")
    assert "Đoàn Quốc Việt – GIÁM ĐỐC" in text_of(page)
    assert "Nguyễn Thị Lan –" not in text_of(page)
    thu.submit("/buoc/xac-nhan-the-thuc", {"signer": str(record.person("viet"))})
    with record.engine.database.read.begin() as db:
        chosen = select(Document.signer_id).where(Document.id.in_([first, second])).order_by(Document.id)
        signers = list(db.scalars(chosen))
    assert signers == [record.person("mai"), record.person("viet")]


def test_a_signer_who_may_not_sign_is_named_at_the_field(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    mai.get(f"/van-ban/{waiting}/buoc/chuyen-nguoi-ky")
    mai.submit("/buoc/chuyen-nguoi-ky", {"signer": str(sqlite_record.person("son"))})
    assert mai.page.status_code == 403
    assert "Đỗ Thanh Sơn không được phân công ký lĩnh vực" in text_of(mai.page.text)
    assert 'href="#signer"' in mai.page.text
    mai.submit("/buoc/chuyen-nguoi-ky", {"signer": str(sqlite_record.person("viet"))})
    assert "Đã chuyển Đoàn Quốc Việt ký." in text_of(mai.page.text)


def test_a_step_answers_to_its_slug_and_to_its_name_and_to_no_other(sign_in, waiting):
    mai = sign_in("mai")
    assert mai.client.get(f"/van-ban/{waiting}/buoc/ky").status_code == 200
    assert mai.client.get(f"/van-ban/{waiting}/buoc/sign").status_code == 200
    assert mai.client.get(f"/van-ban/{waiting}/buoc/khong-co").status_code == 404


def test_a_form_that_came_from_no_page_of_ours_is_not_read(sign_in, sqlite_record: Record, waiting):
    mai = sign_in("mai")
    for seen in ({}, {"seen_version": "x", "seen_digest": "y"}, {"seen_version": "4"}, {"seen_digest": "y"}):
        assert mai.post(f"/van-ban/{waiting}/buoc/ky", seen).status_code == 400
    assert state(sqlite_record, waiting) == "awaiting_signature"


def test_nobody_is_sent_to_another_host_after_a_step(sign_in, waiting):
    mai = sign_in("mai")
    fields = form_fields(mai.get(f"/van-ban/{waiting}"), "/buoc/ky")
    answer = mai.client.post(fields.pop("__action__"), data=fields | {"ve": "//example.org/x"})
    assert answer.headers["Location"] == f"/van-ban/{waiting}"


def test_an_expired_right_shows_no_button_and_a_direct_try_is_an_event(sign_in, sqlite_record: Record):
    record = sqlite_record
    with record.engine.work(record.who("viet")) as w:
        grant_authority(w, agency_id=w.actor.agency_id, kind="TUQ", person_id=record.person("khanh"),
                        base_document="Giấy ủy quyền số 03/GUQ-SKHCN", fields=("chuyen_doi_so",),
                        valid_from=w.today, valid_to=w.today)  # fmt: skip
    content = plan(subject="Chuyển đổi số năm 2026", field="chuyen_doi_so")
    document_id = record.draft(content=content, signer="khanh")
    record.bring_to(document_id, "check_format")
    record.clock.forward(days=1)
    khanh = sign_in("khanh")
    page = khanh.get(f"/van-ban/{document_id}")
    assert "/buoc/ky" not in page
    assert "Giấy ủy quyền số 03/GUQ-SKHCN giao Thái Duy Khánh ký đã hết hiệu lực ngày 20/4/2026" in text_of(
        page
    )
    assert "Đỗ Thanh Sơn" in text_of(page)
    assert "Chưa ký được" in text_of(khanh.get("/viec"))
    fields = form_fields(khanh.get(f"/van-ban/{document_id}/buoc/tra-lai"), "/buoc/tra-lai")
    fields.pop("__action__")
    answer = khanh.client.post(f"/van-ban/{document_id}/buoc/ky", data=fields)
    assert answer.status_code == 403
    assert '/buoc/ky"' not in answer.text
    (refusal,) = accesses(record, document_id, "refused")
    assert b"NotEntitled" in refusal
    assert state(record, document_id) == "awaiting_signature"


@pytest.mark.tampered
def test_a_text_that_is_not_the_recorded_one_locks_everything(sign_in, sqlite_record: Record, waiting):
    record = sqlite_record
    mai = sign_in("mai")
    fields = form_fields(mai.get(f"/van-ban/{waiting}"), "/buoc/ky")
    path = fields.pop("__action__")
    with record.engine.database.write.begin() as db:
        stored = db.execute(
            select(Revision.id, Revision.content).where(Revision.document_id == waiting)
        ).one()
        forged = stored.content.replace("dân chủ".encode(), "dân chú".encode())
        assert digest_of(forged) != digest_of(stored.content)
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'revision'"
        for trigger in db.exec_driver_sql(named).scalars().all():
            db.exec_driver_sql(f"DROP TRIGGER {trigger}")
        db.execute(Revision.__table__.update().where(Revision.id == stored.id).values(content=forged))
    page = mai.get(f"/van-ban/{waiting}")
    assert "Nội dung lưu không khớp mã đã duyệt" in text_of(page)
    assert "/buoc/" not in page
    answer = mai.client.post(path, data=fields)
    assert answer.status_code == 409
    assert state(record, waiting) == "awaiting_signature"
