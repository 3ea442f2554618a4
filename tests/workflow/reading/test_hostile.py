"""Two megabytes meant to hurt: the bound is generous, and far below what a quadratic reader needs."""

import subprocess
import sys

import pytest

HEAD = "Số: 5/KH-SYT\nHòa An, ngày 3 tháng 4 năm 2024\nKẾ HOẠCH\nThử\nCăn cứ Luật Y tế ngày 1/2/2020;\nI. NỘI DUNG\n"
PIECES = [
    "a", "a\u0300\u0327", "Số......", "ngày ", "((((", "báo cáo Sở Nội vụ ", "trước ngày 15/11, ", "Sở Y tế, ",
    "và ", "1. a\n", "a) b\n", "x\n- a\n", "| a | b |\n", "**", "KẾ HOẠCH**a", "<td>", "[a](",
    "Kế hoạch số 1/KH-UBND ngày 1/1/2020 của ", "KT. GIÁM ĐỐC\n", "Nguyễn Văn A\n", "Chủ trì: ", "Hòa-",
    "lồng ghép trong báo cáo ", "\t", "2.2.2.", "Quý I, ",
]  # fmt: skip
SCRIPT = """
import sys
from workflow.errors import Unreadable
from workflow.reading import read
for piece in sys.argv[2:]:
    text = (sys.argv[1] + piece * (2_000_000 // len(piece.encode()))).encode()[:2_000_000]
    try:
        read(text.decode("utf-8", "ignore").encode())
    except Unreadable as refused:
        assert refused.reason == "empty", refused.reason
print("read")
"""


@pytest.mark.parametrize("start", range(0, len(PIECES), 7))
def test_two_megabytes_of_one_thing_are_read_in_bounded_time(start: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, HEAD, *PIECES[start : start + 7]],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "read"
