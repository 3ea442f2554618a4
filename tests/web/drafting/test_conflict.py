"""Two people, or two windows, on one text: both are shown, and each part is taken from one or the other."""

import re

import msgspec
import pytest

from tests.record import plan
from tests.web.conftest import text_of
from tests.web.drafting.test_editing import stored
from workflow.commands.drafting import save_revision
from workflow.content import Node, Recipient

BASE = plan(
    sections=(
        Node("I", "MỤC ĐÍCH", ("Một.",)),
        Node("II", "NỘI DUNG", ("Hai.",)),
        Node("III", "TỔ CHỨC", ("Ba.",)),
    ),
    recipients=(Recipient("Sở Nội vụ"),),
)
THEIRS = msgspec.structs.replace(
    BASE,
    subject="Chữ của cửa sổ kia",
    sections=(
        Node("I", "MỤC ĐÍCH", ("Một, của họ.",)),
        Node("II", "NỘI DUNG", ("Hai.",)),
        Node("III", "TỔ CHỨC", ("Ba.",)),
        Node("IV", "KINH PHÍ", ("Bốn, của họ.",)),
    ),
)
MINE = {"subject": "Chữ của cửa sổ này", "parts-2-text": "Ba, của tôi.", "recipients-0-name": "UBND tỉnh"}


@pytest.fixture
def conflict(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft(content=BASE)
    lan.get(f"/van-ban/{document}/sua")
    with sqlite_record.engine.work(sqlite_record.who("lan")) as w:
        save_revision(
            w, document_id=document, seen_version=1, content=THEIRS, signer_id=sqlite_record.person("mai")
        )
    page = lan.submit(f"/van-ban/{document}/sua", {**MINE, "save": "1"})
    assert page.status_code == 409
    return lan, document, page


def test_each_part_that_differs_is_shown_with_a_choice(conflict):
    _, _, page = conflict
    words = text_of(page.text)
    assert "Nguyễn Thị Lan đã sửa văn bản này lúc 20/4 12:00" in words
    for part in ("subject", "recipients", "muc.muc-dich.1", "muc.to-chuc.1", "muc.kinh-phi.1"):
        assert f'name="lay-{part}" value="ho"' in page.text
    assert "muc.noi-dung.1" not in page.text
    assert "Thêm: này" in words


def choices_of(page):
    """What stands chosen when the page comes."""
    return dict(re.findall(r'name="lay-([^"]+)" value="(\w+)" form="soan" checked', page.text))


def test_a_part_that_only_one_of_them_changed_is_offered_as_that_one_has_it(conflict, sqlite_record):
    lan, document, page = conflict
    chosen = choices_of(page)
    assert chosen == {
        "subject": "toi",  # both
        "muc.muc-dich.1": "ho",
        "muc.to-chuc.1": "toi",
        "muc.kinh-phi.1": "ho",
        "recipients": "toi",
    }
    assert text_of(page.text).count("Cả hai bản cùng sửa") == 1
    page = lan.submit(
        f"/van-ban/{document}/sua", {f"lay-{part}": side for part, side in chosen.items()} | {"op": "chon"}
    )
    lan.submit(f"/van-ban/{document}/sua", {"save": "1"})
    content = stored(sqlite_record, document).content
    assert content.subject == MINE["subject"]
    assert [section.paragraphs[0] for section in content.sections] == [
        "Một, của họ.",
        "Hai.",
        "Ba, của tôi.",
        "Bốn, của họ.",
    ]


def test_where_the_text_typing_began_from_is_unknown_the_typed_words_are_offered(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft(content=BASE)
    lan.get(f"/van-ban/{document}/sua")
    with sqlite_record.engine.work(sqlite_record.who("lan")) as w:
        save_revision(
            w, document_id=document, seen_version=1, content=THEIRS, signer_id=sqlite_record.person("mai")
        )
    page = lan.submit(f"/van-ban/{document}/sua", {**MINE, "save": "1", "seen_digest": "0" * 64})
    assert page.status_code == 409
    assert set(choices_of(page).values()) == {"toi"}


def test_kept_as_typed_the_other_text_stays_in_the_history(conflict, sqlite_record):
    lan, document, _ = conflict
    page = lan.submit(f"/van-ban/{document}/sua", {"save": "1"})
    assert page.status_code == 200
    content = stored(sqlite_record, document).content
    assert content.subject == MINE["subject"]
    assert len(content.sections) == 3
    assert stored(sqlite_record, document).document.revision_no == 3


def test_parts_are_put_together_as_chosen_and_nothing_is_stored_by_choosing(conflict, sqlite_record):
    lan, document, _ = conflict
    choice = {"lay-subject": "ho", "lay-muc.muc-dich.1": "ho", "lay-muc.kinh-phi.1": "ho", "op": "chon"}
    page = lan.submit(f"/van-ban/{document}/sua", choice)
    assert page.status_code == 200
    assert "Đã lấy 3 phần từ bản trên hệ thống, chưa lưu" in text_of(page.text)
    assert stored(sqlite_record, document).content.subject == THEIRS.subject
    lan.submit(f"/van-ban/{document}/sua", {"save": "1"})
    content = stored(sqlite_record, document).content
    assert content.subject == THEIRS.subject
    assert [section.paragraphs for section in content.sections] == [
        ("Một, của họ.",),
        ("Hai.",),
        ("Ba, của tôi.",),
        ("Bốn, của họ.",),
    ]
    assert [one.name for one in content.recipients] == ["UBND tỉnh"]


def test_a_wrong_value_is_told_before_parts_are_put_together(conflict):
    lan, document, _ = conflict
    page = lan.submit(f"/van-ban/{document}/sua", {"bases-0-raw": "", "bases-0-date": "x", "op": "chon"})
    assert page.status_code == 422
    assert MINE["subject"] in page.text
