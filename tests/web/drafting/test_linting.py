"""The findings in the editor: of the words as they are typed, stored or not; a press mends only what is stored."""

import re

from tests.record import Record, plan
from tests.web.conftest import form_fields, text_of
from tests.web.statements import statements
from workflow.content import Basis, Node, Recipient
from workflow.engine import Identity
from workflow.queries.drafts import draft_of

NEW = "/ke-hoach/moi/soan"


def panel(page: str) -> str:
    found = re.search(r'id="the-thuc".*?</details>\s*<section', page, re.DOTALL)
    assert found, text_of(page)[:500]
    return found[0]


def test_a_new_draft_is_looked_at_as_it_is_typed_and_nothing_is_stored(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    first = lan.get(NEW)
    assert "của chữ đang có trong trang này, chưa lưu" in text_of(panel(first))
    typed = {"subject": "Kế hoạch đối thoại", "parts-0-text": "Họp  mỗi quý.", "op": "the-thuc"}
    page = lan.submit(NEW, typed)
    assert page.status_code == 200
    told = text_of(panel(page.text))
    # The system writes both when the draft is stored; there is no field to type them into.
    assert "Chưa ghi ký hiệu" not in told
    assert "Chưa ghi địa danh" not in told
    assert "Bỏ chữ “Kế hoạch” ở đầu trích yếu" in told
    assert "Thừa dấu cách giữa “Họp” và “mỗi”" in told
    assert "Sửa giúp" not in told.replace("có nút Sửa giúp", "")
    assert 'form="sua-the-thuc"' not in page.text
    assert '<details class="card filters" id="the-thuc" open>' in page.text
    assert 'id="kiem-the-thuc" autofocus' in page.text
    assert form_fields(page.text, NEW)["subject"] == "Kế hoạch đối thoại"
    links = set(re.findall(r'href="#([^"]+)"', panel(page.text)))
    assert {link for link in links if f'id="{link}"' not in page.text} == set()
    assert "Đối thoại" not in lan.get("/ke-hoach")


def test_every_drawing_anew_shows_what_the_typed_words_are(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    lan.get(NEW)
    page = lan.submit(NEW, {"subject": "Kế hoạch đối thoại", "op": "add:recipients:0"})
    assert "Bỏ chữ “Kế hoạch” ở đầu trích yếu" in text_of(panel(page.text))
    page = lan.submit(NEW, {"subject": "Đối thoại", "op": "add:recipients:0"})
    assert "Bỏ chữ “Kế hoạch” ở đầu trích yếu" not in text_of(panel(page.text))


def test_words_typed_over_a_stored_text_are_looked_at_and_not_mended(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=plan(subject="Thực hiện  dân chủ"))
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{document_id}/sua")
    assert "của bản 1 đang lưu" in text_of(panel(page))
    assert 'value="double_space:subject"' in panel(page)
    page = lan.submit(f"/van-ban/{document_id}/sua", {"archive_line": "Lưu VT,VP", "op": "the-thuc"}).text
    assert "của chữ đang có trong trang này, chưa lưu" in text_of(panel(page))
    assert "Dòng Lưu viết “Lưu: VT, ”" in text_of(panel(page))
    assert 'name="what"' not in page
    # Nothing but the row of a name that nobody filled in: still what is stored.
    lan.get(f"/van-ban/{document_id}/sua")
    page = lan.submit(f"/van-ban/{document_id}/sua", {"op": "add:recipients:0"}).text
    assert 'value="double_space:subject"' in panel(page)
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        assert draft_of(w, document_id).document.revision_no == 1


def test_the_links_lead_to_the_rows_as_they_stand_after_one_was_put_in_between(
    sign_in, sqlite_record: Record
):
    content = plan(
        sections=(Node("I", "MỤC ĐÍCH", ("Nêu rõ.",)), Node("II", "NỘI DUNG", ("Họp  mỗi quý./.",)))
    )
    document_id = sqlite_record.draft(content=content)
    lan = sign_in("lan")
    assert 'href="#parts-1-text"' in panel(lan.get(f"/van-ban/{document_id}/sua"))
    page = lan.submit(f"/van-ban/{document_id}/sua", {"op": "after:parts:0"}).text
    assert 'href="#parts-2-text"' in panel(page)
    assert "Họp  mỗi quý" in re.search(r'<textarea[^>]*id="parts-2-text"[^>]*>([^<]*)', page)[1]


def test_the_links_pass_over_rows_in_which_nothing_stands(sign_in, sqlite_record: Record):
    """The text does not hold an empty row; the form does."""
    content = plan(
        bases=(
            Basis("Căn cứ Luật Đo lường"),
            Basis("Căn cứ Kế hoạch số 31/KH-UBND của UBND tỉnh về quản lý chợ"),
        ),
        recipients=(Recipient("Sở Nội vụ"), Recipient("Ban Giám đốc"), Recipient("Sở Nội vụ")),
        annexes=("Danh sách chợ", "Mẫu  phiếu"),
    )
    document_id = sqlite_record.draft(content=content)
    lan = sign_in("lan")
    shown = panel(lan.get(f"/van-ban/{document_id}/sua"))
    assert {"bases-1-raw", "recipients-2-name"} <= set(re.findall(r'href="#([^"]+)"', shown))
    blank = {
        "bases-0-raw": "",
        "recipients-1-name": "",
        "annexes-0": "",
        "annexes-1": "Mẫu của của phiếu",
        "op": "the-thuc",
    }
    page = lan.submit(f"/van-ban/{document_id}/sua", blank).text
    links = set(re.findall(r'href="#([^"]+)"', panel(page)))
    assert {"bases-1-raw", "recipients-2-name", "annexes-1"} <= links
    assert not {"bases-0-raw", "recipients-1-name", "annexes-0"} & links
    assert {link for link in links if f'id="{link}"' not in page} == set()


def test_the_block_of_the_signature_is_judged_only_once_a_signer_is_chosen(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    page = lan.get(NEW)
    passed = "Đạt: Quyền hạn, chức vụ, họ tên người ký viết đúng"
    assert "Chưa xét: Khối chữ ký: chưa chọn người ký" in text_of(panel(page))
    assert passed not in text_of(panel(page))
    mai = str(sqlite_record.person("mai"))
    page = lan.submit(NEW, {"signer_id": mai, "op": "the-thuc"}).text
    assert "Khối chữ ký" not in text_of(panel(page))
    assert passed in text_of(panel(page))
    # He signs other fields: of his block nothing is known.
    son = str(sqlite_record.person("son"))
    page = lan.submit(NEW, {"signer_id": son, "op": "the-thuc"}).text
    assert "hôm nay Đỗ Thanh Sơn không có tư cách ký văn bản này" in text_of(panel(page))
    assert passed not in text_of(panel(page))


def test_while_one_types_the_counts_go_along(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{document_id}/sua")
    assert 'id="dem-the-thuc"' in page
    fields = form_fields(page, f"/van-ban/{document_id}/sua")
    answer = lan.post(f"/van-ban/{document_id}/sua/giu", {**fields, "subject": "Kế hoạch  dân chủ."})
    told = answer.json["shown"]["dem-the-thuc"]
    assert re.fullmatch(r"Chữ đang gõ: \d+ lỗi, \d+ lưu ý thể thức\.", told[0])
    clean = lan.post(f"/van-ban/{document_id}/sua/giu", {**fields, "subject": "Dân chủ"})
    before, after = (
        int(re.search(r"(\d+) lỗi", text)[1]) for text in (told[0], clean.json["shown"]["dem-the-thuc"][0])
    )
    assert before == after + 1


def test_a_new_draft_is_counted_while_it_is_typed_as_it_is_judged_when_asked(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    fields = form_fields(lan.get(NEW), NEW) | {"subject": "Kế hoạch đối thoại"}
    told = lan.post("/ke-hoach/moi/giu", fields).json["shown"]["dem-the-thuc"][0]
    lan.get(NEW)
    page = lan.submit(NEW, {"subject": "Kế hoạch đối thoại", "op": "the-thuc"}).text
    counts = re.search(r"Kiểm tra thể thức \((\d+) lỗi · (\d+) lưu ý\)", text_of(panel(page)))
    assert told == f"Chữ đang gõ: {counts[1]} lỗi, {counts[2]} lưu ý thể thức."


def test_looking_costs_the_same_however_much_is_found(sign_in, sqlite_record: Record):
    cited = "Theo Kế hoạch số {0}/KH-SKHCN ngày 05/02/2026 của Sở  Khoa học và Công nghệ."
    costs = []
    for count in (1, 30):
        words = tuple(cited.format(f"{number:02d}") for number in range(1, count + 1))
        document_id = sqlite_record.draft(content=plan(sections=(Node("I", "NỘI DUNG", words),)))
        lan = sign_in("lan")
        lan.get(f"/van-ban/{document_id}/sua")
        with statements(sqlite_record.engine) as sent:
            lan.get(f"/van-ban/{document_id}/sua")
        costs.append(len(sent))
    assert costs[0] == costs[1] < 40
