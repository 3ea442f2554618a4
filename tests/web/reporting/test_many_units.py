"""An agency with more units than a page holds: what is missing comes first, and a page asks no more for more units."""

import re

import pytest

from tests.arranged import more_units
from tests.person import Door, open_app
from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.reporting.conftest import OCTOBER, Year
from tests.web.statements import statements

MORE = 120


@pytest.fixture
def sign_in(record: Record) -> Door:
    """`sign_in("hung")` is Hùng at his browser, on either database."""
    return Door(open_app(record), record)


@pytest.fixture
def many(record: Record) -> Year:
    """The office's nine units, and as many more as fill two pages."""
    more_units(record, MORE)
    made = Year(record)
    record.clock.now = OCTOBER
    return made


def rows_of(page: str) -> list[str]:
    """The first cell of each row of the first table."""
    table = re.search(r"<tbody.*?</tbody>", page, re.DOTALL)
    assert table, text_of(page)[:500]
    return [text_of(cell) for cell in re.findall(r"<tr[^>]*>\s*<td[^>]*>(.*?)</td>", table[0], re.DOTALL)]


def test_the_units_that_are_missing_come_first_fifty_at_a_time(sign_in, many: Year):
    for unit in ("QLKH", "QLCN"):
        many.send(unit)
    hung = sign_in("hung")
    page = hung.get("/tong-hop")
    units = rows_of(page)[:-1]
    assert len(units) == 50
    assert "Phòng Quản lý khoa học" not in units
    assert "Đã gửi 2/129" in text_of(page)
    assert "Chưa nhận được báo cáo của 127 đơn vị" in text_of(page)
    assert "Còn thiếu" in text_of(page)
    seen = list(units)
    while following := re.search(r'<a class="btn s" rel="next" href="([^"]+)"', page):
        page = hung.get(following[1].replace("&amp;", "&"))
        seen += rows_of(page)[:-1]
    assert len(seen) == len(set(seen)) == 127


def test_units_are_found_by_what_waits_and_by_name(sign_in, many: Year):
    first = many.send("QLKH")
    hung = sign_in("hung")
    page = hung.get("/tong-hop?tinh-trang=cho-nhan")
    assert rows_of(page)[:-1] == ["Phòng Quản lý khoa học"]
    hung.submit(f"/van-ban/{first}/buoc/tiep-nhan")
    assert many.state(first).state == "accepted"
    assert "Không có đơn vị nào khớp bộ lọc" in text_of(hung.get("/tong-hop?tinh-trang=cho-nhan"))
    assert rows_of(hung.get("/tong-hop?don-vi=don+vi+thu+117"))[:-1] == ["Đơn vị thứ 117"]
    assert rows_of(hung.get("/tong-hop?don-vi=khoa+học&tinh-trang=la"))[:-1] == ["Phòng Quản lý khoa học"]
    page = hung.get(f"/han/{many.duty(1)}")
    assert len(rows_of(page)) == 50
    assert "0/129" not in text_of(page)
    assert "1/129" in text_of(page)
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert len(rows_of(hung.get(following[1].replace("&amp;", "&")))) == 50


def test_more_units_cost_no_more_statements(sign_in, many: Year):
    """Twenty thousand units: tests.bench.year says how long it takes; here is counted what is asked."""
    for unit in ("QLKH", "QLCN", "TDC"):
        many.send(unit)
    engine, hung = many.record.engine, sign_in("hung")
    paths = ("/tong-hop?tinh-trang=tat-ca", "/han", f"/han/{many.duty(1)}")

    def counts() -> list[int]:
        found = []
        for path in paths:
            hung.get(path)
            with statements(engine) as sent:
                hung.get(path)
            found.append(len(sent))
        return found

    few = counts()
    more_units(many.record, MORE, first=MORE)
    for unit in ("CDS", "BCVT", "KHTC"):
        many.send(unit)
    other = many.record.draft(content=plan(subject="Một kế hoạch nữa"))
    many.record.bring_to(other, "issue")
    assert counts() == few
    assert max(few) <= 20
