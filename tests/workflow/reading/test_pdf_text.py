"""A PDF of any office comes to lines in reading order: columns, pages and wrapped lines as a reader sees them."""

import random
import time

import pytest

from tests.workflow.reading.files import content_of, own, set_in_type, sheet
from tests.workflow.reading.test_encodings import SENTENCE, to_tcvn3, to_vni
from tests.workflow.reading.texts import proposal
from workflow.reading import read_text, take_in

PAGE = '#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 1.5cm){more})\n#set text(size: 13pt)\n'
HEAD = """
#grid(columns: (2fr, 3fr), align: center,
  [UBND TỈNH HÒA AN \\ *SỞ KHOA HỌC VÀ \\ CÔNG NGHỆ* \\ Số: 37/KH-SKHCN],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ _Hòa An, ngày 12 tháng 3 năm 2026_])
#align(center)[*KẾ HOẠCH* \\ *Mở rộng đối thoại với người lao động \\ năm 2026*]
"""
FOOT = """
#grid(columns: (1fr, 1fr),
  text(size: 11pt)[*_Nơi nhận:_* \\ - Sở Nội vụ (b/c); \\ - Các phòng, đơn vị thuộc Sở và các đơn vị trực thuộc có
    nhiều người lao động; \\ - Lưu: VT, VP.],
  align(center)[*KT. GIÁM ĐỐC* \\ *PHÓ GIÁM ĐỐC* \\ \\ \\ *Lý Hoài Phương*])
"""
LONG = (
    "Sở Khoa học và Công nghệ lập kế hoạch mở rộng đối thoại với người lao động để nghe ý kiến của từng phòng, từng đơn "
    "vị và trả lời đúng hạn theo Quyết định số 205/QĐ-UBND của UBND tỉnh Hòa An trong giai đoạn 2021-2025 và các năm sau."
)


def printed(text: str, *, more: str = "") -> str:
    return take_in(set_in_type(PAGE.replace("{more}", more) + text), "a.pdf").text


def lines(text: str, **how: str) -> list[str]:
    return [line.strip() for line in printed(text, **how).split("\n") if line.strip()]


def test_two_columns_are_read_one_after_the_other():
    found = read_text(printed(f"{HEAD}\nI. NỘI DUNG\n\n1. Tổ chức hội nghị đối thoại.\n{FOOT}"))
    assert (found.agency, found.number, found.symbol) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "37", "KH-SKHCN")
    assert found.date == "2026-03-12"
    assert found.subject == "Mở rộng đối thoại với người lao động năm 2026"
    assert [recipient.name for recipient in found.recipients] == [
        "Sở Nội vụ",
        "Các phòng, đơn vị thuộc Sở và các đơn vị trực thuộc có nhiều người lao động",
    ]
    assert found.archive_line == "Lưu: VT, VP"
    assert (found.capacity_line, found.signer_name) == ("KT. GIÁM ĐỐC", "Lý Hoài Phương")


@pytest.mark.parametrize("justify", ["true", "false"])
@pytest.mark.parametrize("indent", ["0pt", "1.27cm"])
def test_a_paragraph_that_is_wrapped_is_one_line(justify, indent):
    how = f"#set par(justify: {justify}, first-line-indent: (amount: {indent}, all: true), spacing: 1.3em)\n"
    assert lines(f"{how}{LONG}\n\nĐoạn hai.\n\n{LONG}") == [LONG, "Đoạn hai.", LONG]


def test_items_of_a_list_stay_apart_and_whole():
    how = "#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true))\n"
    text = "\n\n".join(["a) Việc thứ nhất.", f"b) {LONG}", f"\\- {LONG}", "\\- Việc cuối."])
    assert lines(how + text) == ["a) Việc thứ nhất.", f"b) {LONG}", f"- {LONG}", "- Việc cuối."]


def test_a_paragraph_goes_on_over_the_page_and_its_furniture_goes():
    head = ', header: align(center)[Kế hoạch đối thoại], numbering: "1"'
    found = lines("\n\n".join(f"Đoạn {place}. {LONG}" for place in range(1, 41)), more=head)
    assert found == [f"Đoạn {place}. {LONG}" for place in range(1, 41)]


def test_a_ruled_table_is_rows_of_cells():
    table = (
        "#table(columns: (1cm, 2fr, 1fr, 1fr), [TT], [Nhiệm vụ], [Đơn vị chủ trì], [Thời gian],"
        "[1], [Mở lớp tin học cho công chức cấp xã trên địa bàn toàn tỉnh trong năm], [Phòng Công chức], [Quý II/2026],"
        "[2], [Soạn tờ gấp], [Văn phòng Sở], [Tháng 8/2026])"
    )
    found = lines(f"{HEAD}\nI. NHIỆM VỤ\n\n{table}\n\nHết bảng.\n{FOOT}")
    assert "| TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian |" in found
    assert (
        "| 1 | Mở lớp tin học cho công chức cấp xã trên địa bàn toàn tỉnh trong năm | Phòng Công chức | Quý II/2026 |"
        in found
    )
    read = read_text("\n".join(found))
    assert [(task.leads, task.time.raw) for task in read.tasks] == [
        (("Phòng Công chức",), "Quý II/2026"),
        (("Văn phòng Sở",), "Tháng 8/2026"),
    ]


def test_columns_without_lines_keep_their_places():
    table = (
        "#grid(columns: (1cm, 6cm, 5cm, 3cm), row-gutter: 8pt, [TT], [Nhiệm vụ], [Đơn vị chủ trì], [Thời gian],"
        "[1], [Mở lớp tin học], [Phòng Công chức], [Quý II/2026])"
    )
    assert any("   Nhiệm vụ" in line and "   Đơn vị chủ trì" in line for line in lines(table))


def test_a_watermark_at_a_slant_is_no_word_of_the_text():
    mark = "#place(center + horizon, rotate(-45deg, text(size: 70pt, fill: luma(230))[DỰ THẢO]))\n"
    assert lines(f"{mark}{LONG}") == [LONG]


def test_a_page_that_lies_on_its_side_is_read_upright():
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter, Transformation

    for turn in (90, 180, 270):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(set_in_type(PAGE.replace("{more}", "") + LONG))))
        page = writer.pages[0]
        page.add_transformation(Transformation().rotate(turn).translate(900, 900))
        page.mediabox.upper_right = (1800, 1800)
        page.rotate(turn)
        made = BytesIO()
        writer.write(made)
        assert take_in(made.getvalue()).text.split() == LONG.split()


def test_letters_typed_in_old_fonts_are_put_right():
    for old, name in ((to_tcvn3, "tcvn3"), (to_vni, "vni")):
        words = " ".join(SENTENCE.split())
        taken = take_in(set_in_type(PAGE.replace("{more}", "") + "#text(" + _quoted(old(words)) + ")"))
        assert taken.encoding == name
        assert " ".join(taken.text.split()) == words


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_a_bold_heading_without_a_number_is_known_as_one():
    found = lines(f"*Điều kiện dự tuyển*\n\n{LONG}\n\n*III. TỔ CHỨC*\n\n{LONG}")
    assert found == ["**Điều kiện dự tuyển**", LONG, "III. TỔ CHỨC", LONG]


def test_twenty_pages_are_read_in_reasonable_time():
    data = set_in_type(PAGE.replace("{more}", "") + "\n\n".join([LONG] * 240))
    take_in(data)
    start = time.perf_counter()
    taken = take_in(data)
    assert taken.text.count("Sở Khoa học và Công nghệ") == 240
    assert time.perf_counter() - start < 8


def test_chance_layouts_never_lose_a_word():
    sure = random.Random(7)
    words = SENTENCE.split()
    for _ in range(6):
        blocks = [" ".join(sure.choices(words, k=sure.randrange(1, 60))) for _ in range(12)]
        size = sure.choice((11, 13, 14))
        how = f"#set text(size: {size}pt)\n#set par(justify: {sure.choice(('true', 'false'))})\n"
        assert printed(how + "\n\n".join(blocks)).replace("*", "").split() == " ".join(blocks).split()


def test_what_comes_back_can_be_printed_again():
    before = proposal("s4.txt")
    once = read_text(take_in(own("s4.txt", "pdf")).text)
    assert sheet(content_of(once), before) == sheet(content_of(before), before)
