"""What every plan goes through, done by the people of its agency on the pages where they do it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.person import text_of
from tests.stories.stage import Stage, number_in


@dataclass(frozen=True)
class Cast:
    """Who does what in one agency; `units` are the logins of each unit's reporter and head."""

    drafter: str
    head: str
    checker: str
    signer: str
    clerk: str
    chief: str
    units: Mapping[str, tuple[str, str]]


SKHCN = Cast(
    drafter="lan",
    head="hung",
    checker="thu",
    signer="mai",
    clerk="van",
    chief="hung",
    units={
        "Phòng Quản lý khoa học": ("nhung", "khoi"),
        "Phòng Công nghệ và Đổi mới sáng tạo": ("yen", "dang"),
        "Phòng Tiêu chuẩn, Đo lường, Chất lượng": ("nam", "tung"),
        "Phòng Chuyển đổi số": ("quynh", "khanh"),
        "Phòng Bưu chính, Viễn thông": ("diep", "phuoc"),
        "Phòng Kế hoạch, Tài chính và Pháp chế": ("ha", "bach"),
        "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo": ("oanh", "lam"),
        "Trung tâm Công nghệ số": ("cuc", "vinh"),
        "Trung tâm Kỹ thuật Tiêu chuẩn, Đo lường, Chất lượng": ("sen", "nghia"),
    },
)
VPUBND = Cast(
    drafter="khoa", head="an", checker="loan", signer="chau", clerk="hang", chief="an",
    units={
        "Phòng Tổng hợp": ("dung", "cong"),
        "Phòng Nội chính": ("lieu", "kiet"),
        "Phòng Kinh tế": ("my", "long"),
        "Phòng Văn hóa - Xã hội": ("nga", "phu"),
        "Ban Tiếp công dân tỉnh": ("thao", "quan"),
        "Trung tâm Tin học - Công báo": ("trang", "sang"),
        "Trung tâm Phục vụ hành chính công tỉnh": ("uyen", "hau"),
    },
)  # fmt: skip
SYT = Cast(
    drafter="phong", head="binh", checker="huong", signer="ngan", clerk="xuan", chief="binh",
    units={
        "Chi cục Dân số": ("bich", "thinh"),
        "Chi cục An toàn vệ sinh thực phẩm": ("giang", "tuan"),
        "Trung tâm Kiểm soát bệnh tật": ("hong", "kien"),
        "Trung tâm Kiểm nghiệm thuốc, mỹ phẩm, thực phẩm": ("nguyet", "hai"),
        "Bệnh viện Đa khoa tỉnh": ("hue", "hoang"),
        "Bệnh viện Y học cổ truyền": ("phuong", "sinh"),
        "Trung tâm Y tế khu vực Bắc Hòa An": ("kim", "thong"),
        "Trung tâm Y tế khu vực Nam Hòa An": ("vy", "manh"),
        "Trung tâm Y tế khu vực Ven Biển": ("dao", "tai"),
    },
)  # fmt: skip


def submit(stage: Stage, login: str, document_id: int, **typed: str) -> str:
    """From the editing page to the head of the unit, looking at the notes on the way; its own rows are filled in."""
    person = stage(login)
    person.get(f"/van-ban/{document_id}/sua")
    person.send("/sua", send="1", **own_rows(person.form("/sua")) | typed)
    if "Xem lại trước khi trình" in person.words:
        person.send("/sua", send="anyway")
    assert person.at() == f"/van-ban/{document_id}/buoc/trinh"
    return person.send("/buoc/trinh")


def own_rows(form: Mapping[str, str]) -> dict[str, str]:
    """For the rows of a report's table that say nothing yet: those of tasks that the office leads itself."""
    said = {"status": "done", "result": "Văn phòng đã thực hiện đủ."}
    empty = [name.split("-")[1] for name in form if re.fullmatch(r"results-\d+-task", name)]
    empty = [row for row in empty if not form.get(f"results-{row}-status")]
    return {f"results-{row}-{name}": value for row in empty for name, value in said.items()}


def approve(stage: Stage, cast: Cast, document_id: int) -> None:
    """The two checks before the signature: content by the head, format by another (NĐ 30/2020, Điều 12)."""
    assert "Đã duyệt nội dung" in stage(cast.head).take(document_id, "duyet")
    assert "Đã xác nhận thể thức" in stage(cast.checker).take(document_id, "xac-nhan-the-thuc")


def sign(stage: Stage, login: str, document_id: int) -> str:
    """One press, from the list of what waits."""
    signer = stage(login)
    signer.get(f"/viec?chon={document_id}")
    said = signer.send(f"/van-ban/{document_id}/buoc/ky")
    assert "Đã ký duyệt" in said
    return said


def issue(stage: Stage, login: str, document_id: int, reference: str) -> str:
    """Number, seal and issue from văn thư's table; the words of the document then."""
    clerk = stage(login)
    clerk.get("/van-thu")
    said = clerk.send(f"/van-ban/{document_id}/buoc/cap-so", paper_signed="1")
    assert f"Đã cấp số {reference}" in said
    assert f"Đã ghi việc đóng dấu văn bản {reference}" in clerk.send(f"/van-ban/{document_id}/buoc/dong-dau")
    clerk.take(document_id, "phat-hanh")
    words = clerk.document(document_id)
    assert f"Số {reference}" in words
    return words


def send_unit_report(stage: Stage, reporter: str, head: str, *, result: str, done: bool = True) -> int:
    """A unit's report from its deadline page to the office; done or, with a reason, not begun."""
    person = stage(reporter)
    person.get("/han")
    person.send("/lap")
    report_id = number_in(person.at())
    rows = {name.split("-")[1] for name in person.form("/sua") if name.startswith("rows-")}
    said = {"status": "done", "result": result} if done else {"status": "not_started", "reason": result}
    typed = {f"rows-{row}-{name}": value for row in rows for name, value in said.items()}
    person.send("/sua", send="1", **typed)
    person.send("/buoc/trinh")
    stage(head).take(report_id, "duyet")
    return report_id


def accept_all(stage: Stage, login: str) -> int:
    """The chief receives every report that waits; how many there were."""
    chief, count = stage(login), 0
    chief.get("/tong-hop")
    while chief.page is not None and "/buoc/tiep-nhan" in chief.page.text:
        chief.send("/buoc/tiep-nhan")
        count += 1
    return count


def begin_report(stage: Stage, login: str) -> int:
    """The office's report, drawn up from what came in; its editing page is open."""
    person = stage(login)
    person.get("/tong-hop")
    form = person.form("/lap")
    assert re.fullmatch(r"/tong-hop/\d+/lap", form["__action__"])
    person.send("/lap")
    return number_in(person.at())


def duties_of(stage: Stage, login: str) -> dict[str, str]:
    """By its words, the address of each duty on the deadline page."""
    page = stage(login).get("/han")
    found = re.findall(r'<a\b[^>]*href="(/han/\d+)[^"]*"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {text_of(words): path for path, words in found}
