"""Góp ý at the browser: written at a paragraph, read beside it, answered, settled; it stops the signature till then."""

from msgspec.structs import replace

from tests.record import Record, plan
from tests.web.conftest import Door, text_of
from tests.web.statements import statements
from tests.workflow.acts import REASON, row, text, working
from tests.workflow.commands.test_remarks import PLACE, close, reply, say
from workflow.commands.drafting import save_revision
from workflow.content import Node

FIRST = "Các đơn vị báo cáo."


def reviewed(record: Record) -> int:
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    return plan_id


def edit(record: Record, login: str, plan_id: int, *sections: Node) -> None:
    present = row(record, plan_id)
    with working(record, login) as w:
        content = replace(text(record, plan_id), sections=sections)
        save_revision(
            w,
            document_id=plan_id,
            seen_version=present.version,
            content=content,
            signer_id=present.signer_id,
        )


def test_a_reviewer_writes_at_a_paragraph_and_the_drafter_reads_it_there(
    sign_in: Door, sqlite_record: Record
):
    plan_id = reviewed(sqlite_record)
    hung = sign_in("hung")
    page = hung.get(f"/van-ban/{plan_id}")
    assert f"/van-ban/{plan_id}/gop-y?cho=sections/0/paragraphs/0" in page
    form = hung.get(f"/van-ban/{plan_id}/gop-y?cho={PLACE}")
    assert FIRST in text_of(form)
    answer = hung.submit(f"/van-ban/{plan_id}/gop-y", {"text": "Đơn vị nào?", "must_settle": "y"})
    assert "Đã ghi góp ý" in text_of(answer.text)
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{plan_id}")
    beside = page[page.index(f"<p>{FIRST}") :]
    assert "Đơn vị nào?" in beside[:1500]
    read = text_of(page)
    assert "1 góp ý chưa giải quyết, 1 phải giải quyết trước khi duyệt, ký" in read
    assert "Phạm Quốc Hùng , Chánh Văn phòng" in read
    assert "Đã giải quyết" not in read  # the drafter answers; he has no such button


def test_remarks_are_not_on_the_paper(sign_in: Door, sqlite_record: Record):
    plan_id = reviewed(sqlite_record)
    say(sqlite_record, "hung", plan_id, "Đơn vị nào?")
    hung = sign_in("hung")
    assert "Đơn vị nào?" not in hung.get(f"/van-ban/{plan_id}/in")
    assert "gop-y" not in hung.get(f"/van-ban/{plan_id}/ban/1")


def test_the_drafter_answers_and_the_author_settles(sign_in: Door, sqlite_record: Record):
    plan_id = reviewed(sqlite_record)
    made = say(sqlite_record, "hung", plan_id, must_settle=True)
    lan, hung = sign_in("lan"), sign_in("hung")
    page = lan.get(f"/van-ban/{plan_id}/gop-y/{made}")
    assert "Người góp ý đọc câu trả lời" in text_of(page)
    lan.submit(f"/gop-y/{made}/tra-loi", {"text": "Đã nêu ở mục II."})
    assert "Đã nêu ở mục II." in text_of(hung.get(f"/van-ban/{plan_id}"))
    answer = hung.submit(f"/gop-y/{made}/giai-quyet")
    read = text_of(answer.text)
    assert "Đã ghi góp ý là đã giải quyết" in read
    assert "Đã giải quyết (1)" in read
    assert "góp ý chưa giải quyết" not in read


def test_a_step_that_waits_for_remarks_shows_the_reason_instead_of_a_button(
    sign_in: Door, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "check_format")
    mai = sign_in("mai")
    before = mai.get(f"/viec?chon={plan_id}")
    assert f"/van-ban/{plan_id}/buoc/ky" in before
    seen = row(sqlite_record, plan_id)
    made = say(sqlite_record, "viet", plan_id, must_settle=True)
    late = mai.submit(f"/van-ban/{plan_id}/buoc/ky")
    assert late.status_code == 409
    assert "Chưa ký. Đoàn Quốc Việt: góp ý, phải giải quyết, lúc" in text_of(late.text)
    page = mai.get(f"/viec?chon={plan_id}")
    assert f'action="/van-ban/{plan_id}/buoc/ky"' not in page
    read = text_of(page)
    assert "còn góp ý phải giải quyết: Đoàn Quốc Việt (“Các đơn vị báo cáo.”)" in read
    assert "Đọc góp ý" in read
    assert read.count("phải giải quyết trước khi duyệt, ký") == 1
    way = f'href="/van-ban/{plan_id}#gop-y-{made}"'
    assert way in page
    whole = mai.get(f"/van-ban/{plan_id}")
    assert way in whole
    assert f'id="gop-y-{made}"' in whole
    assert "Chưa ký: còn góp ý phải giải quyết: Đoàn Quốc Việt" in text_of(whole)
    assert way not in sign_in("hung").get(f"/van-ban/{plan_id}"), "it is not he who is stopped"
    direct = {"seen_version": str(seen.version + 1), "seen_digest": seen.digest, "key": "k" * 22}
    answer = mai.post(f"/van-ban/{plan_id}/buoc/ky", direct)
    assert answer.status_code == 422
    assert way in answer.text
    assert row(sqlite_record, plan_id).state == "awaiting_signature"


def test_a_remark_follows_its_paragraph_or_says_that_it_is_gone(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft(
        content=plan(
            sections=(
                Node(
                    label="I",
                    title="MỤC TIÊU",
                    paragraphs=("Mọi đơn vị thực hiện quy chế dân chủ ở cơ quan.",),
                ),
                Node(
                    label="II",
                    title="NHIỆM VỤ",
                    paragraphs=("Tổ chức hội nghị cán bộ, công chức trong quý I.",),
                ),
            )
        )
    )
    first = say(
        sqlite_record, "hung", plan_id, "Mở rộng ra đơn vị sự nghiệp.", place="sections/0/paragraphs/0"
    )
    second = say(sqlite_record, "hung", plan_id, "Quý I có kịp không?", place="sections/1/paragraphs/0")
    edit(
        sqlite_record,
        "lan",
        plan_id,
        Node(label="I", title="CĂN CỨ CHUNG", paragraphs=("Theo quy định hiện hành của Nhà nước.",)),
        Node(
            label="II",
            title="MỤC TIÊU",
            paragraphs=("Mọi đơn vị và đơn vị sự nghiệp thực hiện quy chế dân chủ ở cơ quan.",),
        ),
    )
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{plan_id}")
    read = text_of(page)
    followed = page[page.index(f'id="gop-y-{first}"') :]
    assert page.index("đơn vị sự nghiệp thực hiện quy chế") < page.index(f'id="gop-y-{first}"')
    assert "đoạn đã sửa từ khi góp ý" in text_of(followed[:900])
    lost = page[page.index(f'id="gop-y-{second}"') :]
    assert page.index(f'id="gop-y-{second}"') < page.index('id="van-ban"')
    assert "Đoạn này không còn trong bản hiện tại. Ở bản 1, đoạn ghi:" in text_of(lost[:900])
    assert "Tổ chức hội nghị cán bộ, công chức trong quý I." in read


def test_what_was_typed_stays_when_a_remark_is_refused(sign_in: Door, sqlite_record: Record):
    plan_id = reviewed(sqlite_record)
    hung = sign_in("hung")
    hung.get(f"/van-ban/{plan_id}/gop-y?cho={PLACE}")
    answer = hung.submit(f"/van-ban/{plan_id}/gop-y", {"text": "a" * 4001, "must_settle": "y"})
    assert answer.status_code == 422
    assert "Rút ngắn nội dung góp ý" in text_of(answer.text)
    assert "a" * 4001 in answer.text
    hung.get(f"/van-ban/{plan_id}/gop-y")
    answer = hung.submit(f"/van-ban/{plan_id}/gop-y", {"text": " "})
    assert "Ghi nội dung góp ý" in text_of(answer.text)
    answer = hung.submit(f"/van-ban/{plan_id}/gop-y", {"text": "Được.", "place": "sections/7/title"})
    assert answer.status_code == 422
    assert "Được." in answer.text


def test_who_has_no_part_in_it_reads_remarks_and_writes_none(sign_in: Door, sqlite_record: Record):
    plan_id = reviewed(sqlite_record)
    made = say(sqlite_record, "hung", plan_id, "Đơn vị nào?")
    duc = sign_in("duc")
    page = duc.get(f"/van-ban/{plan_id}")
    assert "Đơn vị nào?" in text_of(page)
    assert "/gop-y?cho=" not in page
    duc.get(f"/van-ban/{plan_id}/gop-y", status=404)
    answer = duc.post(f"/van-ban/{plan_id}/gop-y", {"text": "Tôi nghĩ khác.", "place": PLACE})
    assert answer.status_code == 403
    for path in ("tra-loi", "giai-quyet"):
        assert duc.post(f"/van-ban/{plan_id}/gop-y/{made}/{path}", {"text": "x"}).status_code == 403
    nhung = sign_in("nhung")
    nhung.get(f"/van-ban/{plan_id}/gop-y/{made}", status=404)
    other = sqlite_record.draft("nhung", unit="QLKH")
    for person, document_id in ((nhung, other), (nhung, plan_id)):
        assert person.post(f"/van-ban/{document_id}/gop-y/{made}/tra-loi", {"text": "x"}).status_code == 404
        assert person.post(f"/van-ban/{document_id}/gop-y/{made}/giai-quyet").status_code == 404


def test_once_signed_the_remarks_are_read_in_the_history_and_no_more_are_taken(
    sign_in: Door, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    made = say(sqlite_record, "lan", plan_id, "Tôi hỏi một câu.")
    reply(sqlite_record, "hung", made, "Tôi trả lời.")
    sqlite_record.bring_to(plan_id, "sign")
    page = sign_in("mai").get(f"/van-ban/{plan_id}")
    assert "/gop-y?cho=" not in page
    assert "Trả lời góp ý" in text_of(page)
    answer = sign_in("mai").post(f"/van-ban/{plan_id}/gop-y", {"text": "Muộn.", "seen_revision": "1"})
    assert answer.status_code == 409
    assert "góp ý chỉ nhận trước khi ký" in text_of(answer.text)


def test_remarks_are_told_in_the_history_in_words(sign_in: Door, sqlite_record: Record):
    plan_id = reviewed(sqlite_record)
    close(sqlite_record, "hung", say(sqlite_record, "hung", plan_id, "Đơn vị nào?", must_settle=True))
    viet = sign_in("viet")
    page = text_of(viet.get("/lich-su?hanh-vi=gop-y"))
    assert "Góp ý, phải giải quyết" in page
    assert "Giải quyết góp ý" in page
    assert "Đơn vị nào?" in page


def test_the_page_takes_as_many_statements_for_many_remarks_as_for_one(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    say(sqlite_record, "hung", plan_id)
    edit(sqlite_record, "lan", plan_id, Node(label="I", title="A", paragraphs=(FIRST,)))
    lan = sign_in("lan")
    lan.get(f"/van-ban/{plan_id}")
    with statements(sqlite_record.engine) as few:
        lan.get(f"/van-ban/{plan_id}")
    for _ in range(6):
        reply(sqlite_record, "lan", say(sqlite_record, "hung", plan_id))
    edit(sqlite_record, "lan", plan_id, Node(label="I", title="B", paragraphs=(FIRST, REASON)))
    say(sqlite_record, "hung", plan_id)
    lan.get(f"/van-ban/{plan_id}")
    with statements(sqlite_record.engine) as many:
        lan.get(f"/van-ban/{plan_id}")
    assert len(many) == len(few)


def test_the_list_of_work_asks_nothing_more_for_remarks(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "check_format")
    mai = sign_in("mai")
    mai.get("/viec")
    with statements(sqlite_record.engine) as without:
        mai.get("/viec")
    say(sqlite_record, "viet", plan_id)
    mai.get("/viec")
    with statements(sqlite_record.engine) as with_one:
        page = mai.get("/viec")
    assert "1 góp ý chưa giải quyết" in text_of(page)
    assert len(with_one) == len(without)


def test_who_edits_the_text_has_the_open_remarks_beside_it(sign_in: Door, sqlite_record: Record):
    plan_id = reviewed(sqlite_record)
    lan = sign_in("lan")
    must = say(sqlite_record, "hung", plan_id, "Đơn vị nào báo cáo?", must_settle=True)
    done = say(sqlite_record, "hung", plan_id, "Đã nói ở trên rồi.", place="subject")
    reply(sqlite_record, "lan", must, "Văn phòng Sở.")
    close(sqlite_record, "hung", done)
    sqlite_record.step("hung", plan_id, "return", note=REASON)
    page = lan.get(f"/van-ban/{plan_id}/sua")
    notes = text_of(page[page.index('<div class="stack notes">') : page.index('id="soan"')])
    assert "1 góp ý chưa giải quyết, 1 phải giải quyết trước khi duyệt, ký" in notes
    assert "Mục I · Phạm Quốc Hùng: Đơn vị nào báo cáo? Phải giải quyết 1 trả lời." in notes
    assert "Đã nói ở trên rồi." not in notes
    assert f'href="/van-ban/{plan_id}/gop-y/{must}" target="_blank"' in page
    edit(sqlite_record, "lan", plan_id, Node(label="I", title="MỤC ĐÍCH", paragraphs=(REASON,)))
    assert "đoạn không còn trong bản này" in text_of(lan.get(f"/van-ban/{plan_id}/sua"))
    close(sqlite_record, "hung", must)
    assert "góp ý chưa giải quyết" not in text_of(lan.get(f"/van-ban/{plan_id}/sua"))
