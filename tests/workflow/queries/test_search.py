"""Search on both databases: what is found, in which order, by whom, and how soon."""

import importlib
import random
import unicodedata
from contextlib import contextmanager
from datetime import date

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, event, func, select, update
from sqlalchemy.engine import Connection

import workflow.findable
import workflow.queries.search
import workflow.queries.search_sql
from tests.arranged import arranged
from tests.record import Record, plan
from tests.web.statements import statements
from tests.workflow.acts import REASON, looking, row, text, working
from tests.workflow.commands.test_absences import away
from workflow.commands.drafting import create_document, save_revision
from workflow.commands.saved_searches import MOST, forget_search, save_search
from workflow.content import Node, Recipient
from workflow.models import Document, Holding, SearchText
from workflow.queries.saved_searches import saved_searches
from workflow.queries.search import COUNTED_TO, PAGE, PHRASES_COUNTED_TO, Found, Place, Sought, search
from workflow.queries.search_terms import terms_of
from workflow.queries.visibility import visible_to
from workflow.search_index import rebuild_index, stale_documents


def find(record: Record, words: str, login: str = "lan", *, after: Place | None = None, **how) -> Found:
    with looking(record, login) as w:
        return search(w, Sought(text=words, **how), after=after)


def ids(record: Record, words: str, login: str = "lan", **how) -> list[int]:
    return [hit.id for hit in find(record, words, login, **how).hits]


def write(record: Record, subject: str, *paragraphs: str, login: str = "lan", unit: str = "VP", **how) -> int:
    body = (Node(label="I", title="NHIỆM VỤ", paragraphs=paragraphs or ("Các đơn vị thực hiện.",)),)
    content = plan(subject=subject, sections=body, recipients=(Recipient("Lưu hồ sơ"),))
    return record.draft(login, unit=unit, content=content, **how)


def save(record: Record, login: str, document_id: int, **changes) -> None:
    present = row(record, document_id)
    content = plan(**{"subject": present.subject, "sections": text(record, document_id).sections, **changes})
    with working(record, login) as w:
        save_revision(
            w,
            document_id=document_id,
            seen_version=present.version,
            content=content,
            signer_id=present.signer_id,
        )


def said(stretches) -> str:
    return "".join(f"[{each.text}]" if each.found else each.text for each in stretches)


@pytest.mark.parametrize(
    "words",
    ["Đẩy mạnh kế hoạch", "ĐẨY MẠNH", "day manh", "dẩy mạnh", "đay manh", unicodedata.normalize("NFD", "đẩy mạnh"),
     "nguyễn thị lan", "NGUYEN THI LAN", "van phong so", "ngọc mai", "uỷ ban", "ủy ban", "hoà an", "Hòa An", "chuyen d"],
)  # fmt: skip
def test_it_is_found_with_marks_without_and_with_marks_written_otherwise(record: Record, words):
    wanted = write(record, "Đẩy mạnh chuyển đổi số", "Ủy ban nhân dân tỉnh Hòa An giao.")
    write(record, "Kiểm kê tài sản công", "Kiểm kê cuối năm.", signer=None, login="nhung", unit="QLKH")
    assert ids(record, words, "hung")[:1] == [wanted]


def test_every_word_must_be_there_and_none_may_be_half_unless_it_is_the_last(record: Record):
    wanted = write(record, "Phòng cháy chữa cháy rừng")
    assert ids(record, "chay rung") == [wanted]
    assert ids(record, "chay bien") == []
    assert ids(record, "cha run") == []
    assert ids(record, "chữa cháy r") == [wanted]
    assert ids(record, "rừn") == [wanted]
    assert ids(record, '"chữa cháy r"') == []


def test_a_phrase_in_quotes_stands_there_whole(record: Record):
    whole = write(record, "Một", "Đơn vị đẩy mạnh cải cách hành chính trong năm.")
    write(record, "Hai", "Cải cách hành vi. Văn phòng có cách hành chính riêng.")
    apart = write(record, "Ba", "Hành chính và cải cách", "cải cách", "hành chính")
    assert ids(record, '"cải cách hành chính"') == [whole]
    assert ids(record, "“cai cach hanh chinh”") == [whole]
    assert ids(record, "cải cách hành chính")[-1] == apart
    assert find(record, '"cải cách hành chính"').total == 1


def test_a_phrase_does_not_reach_from_one_paragraph_into_the_next(record: Record):
    write(record, "Một", "Tiếp tục đổi", "mới sáng tạo")
    assert ids(record, '"đổi mới"') == []


def test_words_as_they_were_spelt_come_before_other_spellings(record: Record):
    spelt = write(record, "Một", "Kiểm kê tài sản công năm nay.")
    otherwise = write(record, "Tái sản xuất giản đơn")
    assert ids(record, "tài sản") == [spelt, otherwise]
    assert ids(record, "tái sản") == [otherwise, spelt]
    assert ids(record, "tai san") == [otherwise, spelt]


def test_the_title_comes_before_the_text_neighbours_before_the_scattered_the_new_before_the_old(
    record: Record,
):
    scattered = write(record, "Một", "Tin học và thông báo.")
    beside = write(record, "Hai", "An toàn thông tin.")
    title = write(record, "Bảo đảm thông tin")
    newer = write(record, "Hệ thống thông tin")
    assert ids(record, "thong tin") == [newer, title, beside, scattered]


@pytest.mark.parametrize(
    "words", ["01/KH-SKHCN", "1/kh-skhcn", "01/KH", "1/KH-SK", "01", "1", '"01/KH-SKHCN"']
)
def test_a_number_is_found_however_it_is_written_and_stands_first(record: Record, words):
    numbered = write(record, "Việc thứ nhất")
    record.bring_to(numbered, "assign_number")
    other = write(record, "Thực hiện 1/KH-SKHCN và 01 việc khác", "Theo Kế hoạch 01/KH-SKHCN.")
    found = ids(record, words)
    assert found[0] == numbered
    assert other in found
    assert said(find(record, "01/KH-SKHCN").hits[0].number) == "[01/KH-SKHCN]"


def test_a_number_is_found_where_it_stands_whole(record: Record):
    whole = write(record, "Một", "Theo Nghị định số 30/2020/NĐ-CP và Kế hoạch 52/KH-SKHCN ngày 5/3/2026.")
    spaced = write(record, "Hai", "Kế hoạch số 52 / KH - SKHCN.")
    write(
        record,
        "Ba",
        "Công văn 52/KH-UBND và Kế hoạch 07/KH-SKHCN; 30/2020/TT-CP, 12/2020/NĐ-CP, 5/3, 3/2026.",
    )
    assert (
        ids(record, "52/KH-SKHCN")
        == ids(record, "052/kh-skhcn")
        == ids(record, "52/KH-SK")
        == [spaced, whole]
    )
    assert ids(record, '"kế hoạch 52/KH-SKHCN"') == [whole]
    assert (
        ids(record, "30/2020/NĐ-CP")
        == ids(record, '"30/2020/NĐ-CP"')
        == ids(record, "30/2020/NĐ-C")
        == [whole]
    )
    assert ids(record, "05/03/2026") == ids(record, "5/3/20") == [whole]
    assert ids(record, '"52/KH-SK"') == []


@pytest.mark.parametrize(
    "words", ["", " ", '"', '""', "*", "()", "-", "\0", "´", "🙂", "|", "_", "@a1", "=0", "#"]
)
def test_what_holds_no_word_finds_nothing_or_what_its_letters_say(record: Record, words):
    write(record, "Thực hiện nhiệm vụ")
    assert find(record, words).hits == ()


SIGNS = ("AND", "thực OR hiện", "NOT thực", "NEAR(thực hiện)", "bag:thực", "thực*", "thực^2", "'thực' & 'hiện'",
         "!thực", "thực <-> hiện", "thực:*", "{bag} : thực", "%", "a--b")  # fmt: skip


@pytest.mark.parametrize("words", SIGNS)
def test_no_sign_is_an_operator(record: Record, words):
    wanted = write(record, "Thực hiện nhiệm vụ")
    plain = "".join(char if char.isalnum() else " " for char in words)
    assert set(ids(record, words)) <= {wanted}
    assert set(ids(record, words)) <= set(ids(record, plain))


def test_any_text_at_all_is_searched_for_without_an_error(record: Record):
    write(record, "Thực hiện nhiệm vụ")
    words = st.text(max_size=60) | st.text(alphabet="\"'*:^-_|&!()<>{}@#=.%\\ aàâđKH52", max_size=40)

    @settings(max_examples=150)
    @given(words=words, field=st.text(max_size=10), state=st.text(max_size=10))
    @example(words="a" * 5_000, field="a'b", state="'")
    @example(words='"' * 200, field="x y", state="draft")
    @example(words="\ud800 \u0301 ﷺ ǅ ½ İ", field="", state="")
    def searched(words: str, field: str, state: str) -> None:
        find(record, words)
        find(record, words, field=field, state=state.encode("utf-8", "ignore").decode().replace("\0", ""))
        find(record, words, year=2026, unit_id=2**53, definition_id=field, after=Place(3, 7))

    searched()


SYLLABLES = ("kế", "kê", "ke", "hoạch", "hoach", "tài", "tái", "số", "so", "52")


def test_the_order_is_that_of_a_plain_reading_of_the_tiers(record: Record):
    """Against every bag read one by one in Python, on documents of few and much alike words."""
    _read_plainly(record, counted_to=COUNTED_TO)


def test_the_order_is_the_same_where_the_newest_are_asked_first(
    record: Record, monkeypatch: pytest.MonkeyPatch
):
    """With blocks so small that sixty documents fill many, and a count that ends before them."""
    with monkeypatch.context() as small:
        for module in (workflow.findable, workflow.queries.search_sql):
            small.setattr(module, "BLOCK_SIZE", 3)
        small.setattr(workflow.queries.search, "COUNTED_TO", 2)
        small.setattr(workflow.queries.search, "PHRASES_COUNTED_TO", 2)
        _read_plainly(record, counted_to=2)
    with working(record) as w:
        rebuild_index(w)


def _read_plainly(record: Record, *, counted_to: int) -> None:
    chance = random.Random(7)
    with working(record, "lan") as w:
        unit = w.directory.unit_by_code(w.actor.agency_id, "VP")
        for _ in range(60):
            run = [" ".join(chance.choices(SYLLABLES, k=chance.randint(1, 5))) for _ in range(3)]
            content = plan(
                subject=run[0], sections=(Node(title="x", paragraphs=tuple(run[1:])),), recipients=()
            )
            create_document(w, definition_id="ke_hoach", unit_id=unit.id, content=content)
        bags = {item.document_id: item for item in w.db.execute(select(SearchText.__table__))}

    @settings(max_examples=60)
    @given(st.lists(st.sampled_from((*SYLLABLES, '"', "h", "ta")), min_size=1, max_size=4).map(" ".join))
    @example("52/số/tài kế")
    @example('"kế hoạch số tài"')
    def searched(words: str) -> None:
        terms = terms_of(words)
        expected = []
        for document_id, item in bags.items():
            if all(f" {phrase} " in item.folded for phrase in terms.phrases):
                tier = next((n for n, tier in enumerate(terms.tiers) if _holds(item.bag, tier.all_of)), None)
                if tier is not None:
                    expected.append((tier, -document_id))
        expected.sort()
        found, after, total = [], None, None
        for _ in range(4):
            page = find(record, words, after=after)
            assert total in (None, page.total)
            total, after = page.total, page.next_after
            found += [hit.id for hit in page.hits]
            if after is None:
                break
        assert found == [-minus for _, minus in expected], words
        assert total == min(len(expected), counted_to + 1)

    searched()


def _holds(bag: tuple[str, ...], tokens) -> bool:
    return all(
        any(each.startswith(token.text) for each in bag) if token.starts else token.text in bag
        for token in tokens
    )


def test_what_was_written_is_found_at_once_and_what_was_struck_out_no_more(record: Record):
    document_id = write(record, "Phát triển lúa chất lượng cao", "Trồng thử mười hecta.")
    assert ids(record, "lúa") == ids(record, "hecta") == [document_id]
    save(
        record,
        "lan",
        document_id,
        subject="Phát triển cà phê",
        sections=(Node(title="CHUNG", paragraphs=("Ươm giống.",)),),
    )
    assert ids(record, "lúa") == ids(record, "hecta") == []
    assert ids(record, "cà phê") == ids(record, "ươm giống") == [document_id]
    assert ids(record, "01/KH-SKHCN") == []
    record.bring_to(document_id, "assign_number")
    assert ids(record, "01/KH-SKHCN") == [document_id]


def test_a_new_signer_is_found_and_the_old_one_no_more(record: Record):
    document_id = write(record, "Việc thứ nhất", signer="mai")
    record.bring_to(document_id, "check_format")
    assert ids(record, "Ngọc Mai") == [document_id]
    record.step("mai", document_id, "reassign", note=REASON, signer_id=record.person("viet"))
    assert ids(record, "Ngọc Mai") == []
    assert ids(record, "Đoàn Quốc Việt") == [document_id]


def test_a_work_that_is_rolled_back_is_not_found(record: Record):
    class Broken(Exception):
        pass

    def written_and_given_up() -> None:
        with working(record, "lan") as w:
            unit = w.directory.unit_by_code(w.actor.agency_id, "VP")
            create_document(w, definition_id="ke_hoach", unit_id=unit.id, content=plan(subject="Không còn"))
            assert w.db.scalar(select(func.count()).select_from(SearchText)) == 1
            raise Broken

    with pytest.raises(Broken):
        written_and_given_up()
    assert ids(record, "Không còn") == []


@pytest.fixture
def office(record: Record) -> dict[str, int]:
    """Documents that say "nhiệm vụ", in every place of the rights."""
    found = {
        "draft of the office": write(record, "Một", "Nhiệm vụ."),
        "draft of a department": write(record, "Hai", "Nhiệm vụ.", login="nhung", unit="QLKH"),
        "signed": write(record, "Ba", "Nhiệm vụ."),
        "issued": write(record, "Bốn", "Nhiệm vụ."),
    }
    record.bring_to(found["signed"], "sign")
    record.bring_to(found["issued"], "issue")
    content = plan(subject="Năm", sections=(Node(title="x", paragraphs=("Nhiệm vụ.",)),), recipients=())
    found["of another agency"] = record.draft("phong", agency="so_y_te", signer="tam", content=content)
    return found


@pytest.mark.parametrize(
    ("login", "names"),
    [
        ("lan", {"draft of the office", "signed", "issued"}),
        ("hung", {"draft of the office", "draft of a department", "signed", "issued"}),
        ("viet", {"draft of the office", "draft of a department", "signed", "issued"}),
        ("nhung", {"draft of a department", "signed", "issued"}),
        ("yen", {"signed", "issued"}),
        ("minh", {"signed", "issued"}),
        ("huy", {"signed", "issued"}),
        ("phong", {"of another agency"}),
        ("anh", set()),
    ],
)
def test_each_finds_and_counts_only_what_he_may_see(record: Record, office, login, names):
    for words in ("nhiệm vụ", '"nhiem vu"', "nhiệ", ""):
        found = find(record, words, login, year=2026)
        assert {hit.id for hit in found.hits} == {office[name] for name in names}
        assert found.total == len(names)
    with looking(record, login) as w:
        assert w.db.scalar(select(func.count()).select_from(Document).where(visible_to(w.actor))) == len(
            names
        )


def test_a_substitute_finds_what_waits_for_the_one_who_is_away(record: Record):
    document_id = write(record, "Quan trắc nước ngầm", login="nhung", unit="QLKH")
    record.step("nhung", document_id, "submit")
    assert ids(record, "nước ngầm", "son") == []
    away(record, "khoi", "son")
    assert ids(record, "nước ngầm", "son") == [document_id]


def test_an_auditor_finds_what_his_decision_covers_and_not_a_day_more(record: Record, office):
    with working(record) as w:
        minh = w.directory.by_login["minh"].id
        w.db.execute(update(Holding).where(Holding.person_id == minh).values(covers_to=date(2026, 4, 19)))
        arranged(w)
    found = find(record, "nhiệm vụ", "minh")
    assert (found.hits, found.total) == ((), 0)


def test_filters_narrow_what_is_found(record: Record, office):
    for words in ("nhiệm vụ", ""):
        assert ids(record, words, "hung", state="draft") == [
            office["draft of a department"],
            office["draft of the office"],
        ]
        assert ids(record, words, "hung", state="issued") == [office["issued"]]
        assert ids(record, words, "hung", year=2025) == []
        assert len(ids(record, words, "hung", year=2026)) == 4
        assert ids(record, words, "hung", definition_id="bao_cao") == []
        assert len(ids(record, words, "hung", definition_id="ke_hoach")) == 4
        assert len(ids(record, words, "hung", field="to_chuc_hanh_chinh")) == 4
        assert ids(record, words, "hung", field="nonsense") == []
        unit = row(record, office["draft of a department"]).unit_id
        assert ids(record, words, "hung", unit_id=unit) == [office["draft of a department"]]


def test_the_year_is_that_of_issue_once_there_is_one(record: Record):
    document_id = write(record, "Việc cuối năm")
    record.bring_to(document_id, "sign")
    record.clock.forward(days=300)
    assert ids(record, "cuối năm", year=2026) == [document_id]
    record.step("van", document_id, "assign_number", paper_signed=True)
    assert ids(record, "cuối năm", year=2026) == []
    assert ids(record, "cuối năm", year=2027) == [document_id]


def test_an_excerpt_is_the_texts_own_spelling_around_what_was_found(record: Record):
    write(record, "Một", "Mở đầu.", "Sở phối hợp với Ủy ban nhân dân xã tổ chức hội nghị, và các việc khác.")
    hit = find(record, "uy ban nhan dan").hits[0]
    assert said(hit.excerpt) == ("Sở phối hợp với [Ủy ban nhân dân] xã tổ chức hội nghị, và các việc khác.")
    assert said(hit.title) == "Kế hoạch Một"
    hit = find(record, "hội ng").hits[0]
    assert "tổ chức [hội nghị], và" in said(hit.excerpt)


def test_a_long_paragraph_is_cut_on_both_sides_and_a_title_needs_no_excerpt(record: Record):
    write(record, "Việc riêng", " ".join([*("chữ",) * 50, "đích", *("chữ",) * 50]))
    shown = said(find(record, "đích").hits[0].excerpt)
    assert shown.startswith("… chữ")
    assert shown.endswith("chữ …")
    assert "[đích]" in shown
    assert len(shown.split()) < 60
    assert find(record, "việc riêng").hits[0].excerpt == ()


def test_what_the_number_and_the_title_show_is_not_said_again(record: Record):
    numbered = write(record, "Việc thứ nhất", "Theo 131/KH-UBND.")
    record.bring_to(numbered, "assign_number")
    write(record, "Kết quả thực hiện 01/KH-SKHCN", "01/KH-SKHCN", "Theo 131/KH-UBND.")
    write(record, "Kết quả thực hiện 01/KH-SKHCN", "Các phòng thực hiện 01/KH-SKHCN.")
    number, same, more = sorted(find(record, "01/KH-SKHCN").hits, key=lambda hit: hit.id)
    assert said(number.number) == "[01/KH-SKHCN]"
    assert number.excerpt == same.excerpt == ()
    assert said(more.excerpt) == "Các phòng thực hiện [01/KH-SKHCN]."


def test_of_several_words_one_alone_is_not_marked_in_a_title(record: Record):
    write(record, "Tài sản số", "Các đơn vị chuyển hồ sơ và đổi mới cách làm.")
    hit = find(record, "chuyển đổi số").hits[0]
    assert said(hit.title) == "Kế hoạch Tài sản số"
    assert said(hit.excerpt) == "Các đơn vị [chuyển] hồ sơ và [đổi] mới cách làm."
    assert said(find(record, "số").hits[0].title) == "Kế hoạch Tài sản [số]"
    assert said(find(record, "tài sản").hits[0].title) == "Kế hoạch [Tài sản] số"


def test_pages_hold_every_document_once_in_one_order(record: Record):
    with working(record, "lan") as w:
        unit = w.directory.unit_by_code(w.actor.agency_id, "VP")
        for number in range(PAGE * 2 + 5):
            body = (Node(title="x", paragraphs=("Chuyển đổi số" if number % 2 else "chuyen tai so doi",)),)
            title = "Chuyển đổi số" if number % 7 == 0 else f"Việc {number}"
            content = plan(subject=title, sections=body, recipients=())
            create_document(w, definition_id="ke_hoach", unit_id=unit.id, content=content)
    seen, after, pages = [], None, 0
    while True:
        page = find(record, "chuyển đổi số", after=after)
        seen += [hit.id for hit in page.hits]
        pages += 1
        assert page.total == PAGE * 2 + 5
        if (after := page.next_after) is None:
            break
        assert len(page.hits) == PAGE
    assert pages == 3
    assert len(seen) == len(set(seen)) == PAGE * 2 + 5
    assert find(record, "chuyển đổi số", after=Place(99, 1)).hits == ()


@contextmanager
def explained(record: Record):
    """The plans of all statements that look into the index while the block runs."""
    plans: list[str] = []
    sqlite = record.engine.database.is_sqlite

    def listen(connection: Connection, cursor, statement: str, parameters, *_) -> None:
        if "asked" in str(parameters) or "MATCH" in statement or "@@" in statement:
            how = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN (COSTS OFF) "
            rows = connection.connection.cursor().execute(how + statement, parameters).fetchall()
            plans.append("\n".join(str(each[-1]) for each in rows))

    event.listen(record.engine.database.read, "before_cursor_execute", listen)
    try:
        yield plans
    finally:
        event.remove(record.engine.database.read, "before_cursor_execute", listen)


def test_the_number_of_statements_is_that_of_ten_documents_and_the_index_is_used(record: Record):
    def bring(count: int) -> None:
        with working(record, "lan") as w:
            unit = w.directory.unit_by_code(w.actor.agency_id, "VP")
            for _ in range(count):
                create_document(w, definition_id="ke_hoach", unit_id=unit.id, content=plan())

    def sent(words: str, **how) -> int:
        with statements(record.engine) as log:
            find(record, words, **how)
        return len(log)

    bring(10)
    asked = [("dân chủ", {}), ('"dân chủ trong cơ quan"', {}), ("dân c", {"state": "draft", "year": 2026})]
    few = [sent(words, **how) for words, how in asked]
    bring(COUNTED_TO - 10 + 1)
    assert [sent(words, **how) for words, how in asked] == few
    assert find(record, "dân chủ").total == COUNTED_TO + 1
    phrase = find(record, '"dân chủ trong cơ quan"')
    assert (phrase.total, phrase.counted_to) == (PHRASES_COUNTED_TO + 1, PHRASES_COUNTED_TO)
    with explained(record) as plans:
        find(record, "dân chủ")
        find(record, '"dân chủ trong cơ quan"', state="draft")
    assert len(plans) == 4
    for each in plans:
        if record.engine.database.is_sqlite:
            lines = [line for line in each.splitlines() if "search_index" in line or "document" in line]
            assert any("VIRTUAL TABLE INDEX" in line for line in lines)
            assert all("SCAN document" not in line for line in lines), each
        else:
            assert "Bitmap Index Scan on search_index" in each
            assert "Seq Scan on search_text" not in each, each


def test_the_index_can_be_built_anew_and_is_then_the_same(record: Record):
    documents = [write(record, subject) for subject in ("Một việc", "Hai việc")]
    with working(record) as w:
        before = w.db.execute(select(SearchText.__table__).order_by(SearchText.document_id)).all()
        w.db.execute(delete(SearchText))
        assert stale_documents(w) == documents
        assert rebuild_index(w) == 2
        assert w.db.execute(select(SearchText.__table__).order_by(SearchText.document_id)).all() == before
    assert ids(record, "một việc") == [documents[0]]


def test_a_migration_writes_the_documents_there_are_anew(record: Record):
    """From any state: here from none, as before there was a search, and from other words than they hold."""
    write(record, "Việc đã có từ trước", "Theo Kế hoạch 52/KH-SKHCN.")
    record.bring_to(record.draft(), "issue")
    migration = importlib.import_module("workflow.migrations.versions.0011_numbers_found")
    owner_url = record.engine.settings.owner_url
    owner = create_engine(owner_url) if owner_url else record.engine.database.write
    for spoil in ("DELETE FROM search_text", "UPDATE search_text SET folded = ' khac '"):
        with owner.begin() as db:
            db.exec_driver_sql(spoil)
            with Operations.context(MigrationContext.configure(db)):
                migration.upgrade()
        with looking(record) as w:
            assert stale_documents(w) == []
        assert len(ids(record, "52/KH-SK")) == 1
    if owner_url:
        owner.dispose()


@pytest.mark.tampered
def test_a_row_that_says_something_else_is_seen(record: Record):
    document_id = write(record, "Một việc")
    with record.engine.database.write.begin() as db:
        db.exec_driver_sql("UPDATE search_text SET folded = ' khac '")
    with looking(record) as w:
        assert stale_documents(w) == [document_id]


def test_saved_searches_are_ones_own(record: Record):
    with working(record, "lan") as w:
        assert save_search(w, name="Việc số", query="tim=chuyen+doi+so")
        assert save_search(w, name="Việc số", query="tim=so")
        (kept,) = saved_searches(w)
        assert (kept.name, kept.query) == ("Việc số", "tim=so")
        with pytest.raises(ValueError, match="name"):
            save_search(w, name="", query="tim=so")
    with working(record, "hung") as w:
        assert saved_searches(w) == ()
        forget_search(w, saved_id=kept.id)
    with working(record, "lan") as w:
        assert saved_searches(w) == (kept,)
        assert [save_search(w, name=f"{n}", query="tim=x") for n in range(MOST)] == [True] * (MOST - 1) + [
            False
        ]
        forget_search(w, saved_id=kept.id)
        assert kept not in saved_searches(w)
