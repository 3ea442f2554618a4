"""
The types of document by the words that name them: the 29 of NĐ 30/2020, Điều 7, and those only cited.

Codes are the abbreviations of Phụ lục III; công văn has none there and is "CV" here, thư công "ThC".
"""

import re

from workflow.patterns import expression
from workflow.reading.words import bare, low

ADMINISTRATIVE = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công văn": "CV",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "thư công": "ThC",
}
CITED_ONLY = {
    "hiến pháp": "Hiến pháp",
    "bộ luật": "Bộ luật",
    "luật": "Luật",
    "pháp lệnh": "PL",
    "nghị định": "NĐ",
    "thông tư liên tịch": "TTLT",
    "thông tư": "TT",
    "kết luận": "KL",
    "văn bản hợp nhất": "VBHN",
    "chương trình hành động": "CTr",
    "đề cương": "ĐC",
    "thông tri": "TTri",
    "điều lệ": "ĐL",
    "văn bản": "VB",
    "thông báo kết luận": "TB",
    "quyết định": "QĐ",
    "chương trình phối hợp": "CTr",
}
CODES = frozenset(ADMINISTRATIVE.values()) - {"CV", "ThC"}

_TITLES = {bare(name): code for name, code in ADMINISTRATIVE.items() if code != "CV"}
_TITLE = expression(rf"({'|'.join(sorted(_TITLES, key=len, reverse=True))})(?!\w)")


def title_of(line: str) -> tuple[str, str] | None:
    """(code, rest of the line) where a line begins with a type in capitals: "KẾ HOẠCH", "BÁO CÁO Kết quả …"."""
    folded = bare(line)
    found = _TITLE.match(folded)
    if not found:
        return None
    printed = line[: found.end()]
    return (_TITLES[found[1]], line[found.end() :].strip(" :.")) if printed.isupper() else None


def code_of(words: str) -> str:
    """The code of a type named in running text ("Kế hoạch", "Nghị định")."""
    name = low(words)
    return CITED_ONLY.get(name) or ADMINISTRATIVE[name]


def code_in_symbol(symbol: str) -> str | None:
    """ "KH-SKHCN" → "KH"; "UBND-NC" → "CV", for a công văn's symbol begins with the agency; None where unsure."""
    first = re.split(r"[-–/]", symbol.replace(" ", ""))[0]
    for code in CODES:
        if first.lower() == code.lower():
            return code
    return None
