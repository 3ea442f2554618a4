"""Every fact the four plans state, on texts of our own with the same facts and dirt, and on the originals where given."""

from typing import Any

import pytest

from tests.workflow.reading.texts import seed_texts
from workflow.reading import Proposal, read

VP, GROUP = "Văn phòng Sở", "Các phòng, đơn vị thuộc Sở"
CENTRE = "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo"
AFFILIATED, ROOMS = "cơ quan, đơn vị trực thuộc", "các phòng chuyên môn, nghiệp vụ Sở"
YEAR_2023 = ("year", "2023-01-01", "2023-12-31")
HALF_2023 = ("quarters", "2023-07-01", "2023-12-31")
SILENT = ("unspecified", None, None)


def cases(number: str, own: str) -> list[Any]:
    return [pytest.param(data, id=name) for name, data in seed_texts(number, own)]


def tasks(found: Proposal, section: str) -> dict[str, tuple[list[str], list[str], tuple[Any, Any, Any]]]:
    rows = [task for task in found.as_json()["tasks"] if task["ref"].startswith(section)]
    return {
        task["ref"]: (
            task["leads"],
            task["coordinators"],
            (task["time"]["kind"], task["time"]["from"], task["time"]["to"]),
        )
        for task in reversed(rows)
    }


def duties(found: Proposal) -> list[tuple[Any, ...]]:
    keys = (
        "from", "to", "via", "recurrence", "inclusive", "due_month", "due_day", "last_on_time", "by_reference",
    )  # fmt: skip
    return [tuple(item[key] for key in keys) for item in found.as_json()["obligations"]]


def codes(found: Proposal) -> set[str]:
    return {warning.code for warning in found.warnings}


def labels(nodes: list[dict[str, Any]]) -> list[Any]:
    return [(node["label"], labels(node["children"])) for node in nodes]


def leaves(*names: str) -> list[Any]:
    return [(name, []) for name in names]


@pytest.mark.parametrize("data", cases("000", "s0.txt"))
def test_s0_has_its_header_signature_and_recipients(data: bytes) -> None:
    found = read(data).as_json()
    assert found["is_document"] is True
    assert found["agency"] == "Sở Khoa học và Công nghệ"
    assert found["parent_agency"] is None
    assert (found["doc_type"], found["number"], found["symbol"]) == ("KH", "52", "KH-SKHCN")
    assert (found["date"], found["date_parts"]) == ("2023-04-28", {"day": 28, "month": 4, "year": 2023})
    assert found["place"] in ("Hòa An", "Quảng Trị")
    assert "Luật Thực hiện dân chủ ở cơ sở" in found["subject"]
    assert (found["capacity"], found["signer_title"]) == ("KT", "PHÓ GIÁM ĐỐC")
    assert found["capacity_line"] == "KT. GIÁM ĐỐC"
    assert len(found["signer_name"].split()) == 3
    assert found["recipients"] == [
        {"name": "Sở Nội vụ", "purpose": "to_report"},
        {"name": "Ban Giám đốc", "purpose": None},
        {"name": "Các phòng, đơn vị thuộc Sở", "purpose": None},
    ]
    assert found["archive_line"] == "Lưu: VT,VP"


@pytest.mark.parametrize("data", cases("000", "s0.txt"))
def test_s0_rests_on_one_plan_of_the_province_and_says_when_it_takes_effect(data: bytes) -> None:
    found = read(data)
    [basis] = found.as_json()["bases"]
    assert (basis["doc_type"], basis["reference_no"], basis["date"]) == ("KH", "88/KH-UBND", "2023-04-24")
    assert basis["issuer"].startswith("UBND tỉnh ")
    assert found.effective_date == "2023-07-01"
    assert any(
        item.raw == "Luật Thực hiện dân chủ ở cơ sở" and item.doc_type == "Luật" for item in found.cited
    )


@pytest.mark.parametrize("data", cases("000", "s0.txt"))
def test_s0_has_every_cell_of_its_tasks(data: bytes) -> None:
    found = read(data)
    assert tasks(found, "II.") == {
        "II.1.a": (["Thanh tra Sở"], [], HALF_2023),
        "II.1.b": ([CENTRE], [GROUP], ("continuous", None, None)),
        "II.1.c": ([VP], ["Các phòng, ban, đơn vị thuộc Sở"], ("year_onward", "2023-01-01", None)),
        "II.2.a": ([GROUP], [], ("event", None, None)),
        "II.2.b": ([VP, "các đơn vị thuộc Sở"], [], ("quarters", "2023-10-01", "2023-12-31")),
    }
    assert tasks(found, "III.") == {
        "III.1": (["Các đơn vị thuộc Sở"], [], SILENT),
        "III.2": ([VP], [], SILENT),
    }
    by_ref = {task.ref: task for task in found.tasks}
    assert by_ref["II.1.a"].method == "hình thức phù hợp"
    assert by_ref["II.1.b"].method is not None
    assert "Cổng thông tin điện tử" in by_ref["II.1.b"].method
    assert by_ref["II.1.c"].method is None
    assert by_ref["II.2.a"].time.raw == "Sau khi Chính phủ ban hành Nghị định"


@pytest.mark.parametrize("data", cases("000", "s0.txt"))
def test_s0_has_both_yearly_reports_and_the_one_at_need(data: bytes) -> None:
    found = read(data)
    assert duties(found) == [
        ("Các đơn vị thuộc Sở", VP, None, "yearly", False, 11, 10, "11-09", False),
        (VP, "Sở Nội vụ", None, "yearly", False, 11, 15, "11-14", False),
        ("các phòng, ban, đơn vị", VP, None, "ad_hoc", False, None, None, None, False),
    ]
    embedded = "báo cáo thực hiện dân chủ ở cơ sở"
    assert [item.embedded_in for item in found.obligations] == [embedded, embedded, None]
    assert "deadline_order" not in codes(found)


@pytest.mark.parametrize("data", cases("000", "s0.txt"))
def test_s0_keeps_its_outline_through_uneven_headings(data: bytes) -> None:
    outline = read(data).as_json()["outline"]
    assert labels(outline) == [
        ("I", leaves("1", "2")),
        ("II", [("1", leaves("a", "b", "c")), ("2", leaves("a", "b"))]),
        ("III", leaves("1", "2", "3")),
    ]
    assert [node["title"] for node in outline] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "NỘI DUNG THỰC HIỆN",
        "TỔ CHỨC THỰC HIỆN",
    ]


@pytest.mark.parametrize("data", cases("002", "s2.txt"))
def test_s2_invents_no_number_date_or_name(data: bytes) -> None:
    found = read(data)
    said = found.as_json()
    for key in ("number", "symbol", "place", "date", "signer_name", "parent_agency"):
        assert said[key] is None, key
    assert said["date_parts"] == {"day": None, "month": None, "year": None}
    assert (said["agency"], said["doc_type"]) == ("Văn phòng UBND tỉnh", "KH")
    assert (said["capacity"], said["capacity_line"]) == ("KT", "KT. CHÁNH VĂN PHÒNG")
    assert said["signer_title"] == "PHÓ CHÁNH VĂN PHÒNG"
    assert {"number_missing", "date_missing", "signer_missing"} <= codes(found)


@pytest.mark.parametrize("data", cases("002", "s2.txt"))
def test_s2_has_its_basis_and_recipients(data: bytes) -> None:
    found = read(data).as_json()
    [basis] = found["bases"]
    assert (basis["doc_type"], basis["reference_no"], basis["date"], basis["issuer"]) == (
        "KH",
        "1320/KH-UBND",
        "2023-07-05",
        "Ủy ban nhân dân tỉnh",
    )
    assert [(item["name"], item["purpose"]) for item in found["recipients"]] == [
        ("Sở Nội vụ", None),
        ("Công đoàn, Đoàn TN VPUBND tỉnh", None),
        ("LĐVP UBND tỉnh", None),
        ("Trưởng các phòng, ban, trung tâm thuộc VP", None),
    ]
    assert found["archive_line"] == "Lưu: VT, HCTC"


@pytest.mark.parametrize("data", cases("002", "s2.txt"))
def test_s2_has_owners_only_where_it_names_them(data: bytes) -> None:
    found = read(data)
    event = ("event", None, None)
    nobody: tuple[list[str], list[str], tuple[Any, Any, Any]] = ([], [], SILENT)
    assert tasks(found, "II.") == {
        "II.1.a": nobody,
        "II.1.b": ([], [], ("continuous", None, None)),
        "II.1.c": nobody,
        "II.1.d": nobody,
        "II.2.a": ([], [], event),
        "II.2.b": ([], [], event),
        "II.2.c": nobody,
        "II.3": nobody,
    }
    assert {ref: row[0] for ref, row in tasks(found, "III.").items()} == {
        "III.1": ["Trưởng các phòng, ban, trung tâm"],
        "III.2": ["Phòng Hành chính - Tổ chức"],
        "III.3": ["Trung tâm Tin học - Công báo"],
        "III.4": ["Công đoàn", "Đoàn Thanh niên cơ quan"],
    }
    assert {row[2] for row in tasks(found, "III.").values()} == {SILENT}
    assert {"task_without_lead", "task_without_time"} <= codes(found)


@pytest.mark.parametrize("data", cases("002", "s2.txt"))
def test_s2_has_one_report_without_a_day(data: bytes) -> None:
    found = read(data)
    assert duties(found) == [
        (
            "Phòng Hành chính - Tổ chức",
            "cơ quan có thẩm quyền",
            None,
            "unspecified",
            False,
            None,
            None,
            None,
            False,
        )
    ]
    assert "obligation_without_date" in codes(found)


@pytest.mark.parametrize("data", cases("002", "s2.txt"))
def test_s2_wrapped_lines_become_paragraphs_again(data: bytes) -> None:
    found = read(data)
    assert labels(found.as_json()["outline"]) == [
        ("I", [("1", leaves("a", "b")), ("2", leaves("a", "b"))]),
        ("II", [("1", leaves("a", "b", "c", "d")), ("2", leaves("a", "b", "c")), ("3", [])]),
        ("III", leaves("1", "2", "3", "4")),
    ]
    third = found.sections[2].children[2].paragraphs
    assert len(third) == 1
    assert third[0].endswith(".")


@pytest.mark.parametrize("data", cases("003", "s3.txt"))
def test_s3_leaves_number_and_day_blank(data: bytes) -> None:
    found = read(data)
    said = found.as_json()
    assert (said["number"], said["symbol"], said["date"]) == (None, "KH-SKHCN", None)
    assert said["date_parts"] == {"day": None, "month": 3, "year": 2024}
    assert (said["agency"], said["doc_type"]) == ("Sở Khoa học và Công nghệ", "KH")
    assert (said["capacity"], said["signer_title"]) == ("KT", "PHÓ GIÁM ĐỐC")
    assert len(said["signer_name"].split()) == 3
    assert {"number_missing", "day_blank"} <= codes(found)
    assert said["subject"].endswith("năm 2024")
    assert len(said["subject"]) > 120


@pytest.mark.parametrize("data", cases("003", "s3.txt"))
def test_s3_cites_seven_numbered_documents(data: bytes) -> None:
    found = read(data)
    numbered = {item.reference_no: (item.doc_type, item.date) for item in found.cited if item.reference_no}
    assert numbered == {
        "59/KH-UBND": ("KH", "2024-03-15"),
        "16/CT-TTg": ("CT", "2016-05-16"),
        "21-CT/TU": ("CT", "2022-04-01"),
        "25/KH-UBND": ("KH", "2021-02-05"),
        "08/KH-UBND": ("KH", "2022-01-18"),
        "63/KH-UBND": ("KH", "2022-04-07"),
        "339/UBND-NC": ("CV", "2023-02-06"),
    }
    issuers = {item.reference_no: item.issuer for item in found.cited if item.reference_no}
    assert issuers["16/CT-TTg"] == "Thủ tướng Chính phủ"
    assert issuers["21-CT/TU"] in ("Tỉnh ủy Hòa An", "Tỉnh ủy Quảng Trị")
    assert issuers["339/UBND-NC"] == "UBND tỉnh"
    [basis] = found.as_json()["bases"]
    assert (basis["reference_no"], basis["issuer"]) == ("59/KH-UBND", "UBND tỉnh")
    assert "citation_mismatch" not in codes(found)


@pytest.mark.parametrize("data", cases("003", "s3.txt"))
def test_s3_has_nine_contents_without_owner_and_three_owners(data: bytes) -> None:
    found = read(data)
    assert tasks(found, "II.") == {f"II.{number}": ([], [], SILENT) for number in range(1, 10)}
    assert {ref: row[0] for ref, row in tasks(found, "III.").items()} == {
        "III.1": [VP],
        "III.2": ["Trung tâm Nghiên cứu, Chuyên gia công nghệ và Đổi mới sáng tạo"],
        "III.3": ["Trưởng các phòng, đơn vị thuộc Sở"],
    }


@pytest.mark.parametrize("data", cases("003", "s3.txt"))
def test_s3_keeps_its_deadlines_by_reference(data: bytes) -> None:
    found = read(data)
    assert duties(found) == [
        (VP, None, None, "unspecified", False, None, None, None, True),
        ("Trưởng các phòng, đơn vị thuộc Sở", VP, None, "unspecified", False, None, None, None, True),
        (VP, "UBND tỉnh, Sở Nội vụ", None, "unspecified", False, None, None, None, True),
    ]
    assert "Công văn số 339/UBND-NC" in found.obligations[0].raw


@pytest.mark.parametrize("data", cases("003", "s3.txt"))
def test_s3_slips_of_the_scan_are_reported_and_left_as_they_are(data: bytes) -> None:
    found = read(data, units=[CENTRE, VP])
    slips = {warning.raw for warning in found.warnings if warning.code == "ocr_suspect"}
    assert {"chuyên biến", "GD", "PGD"} <= slips
    [proposed] = [warning for warning in found.warnings if warning.code == "unit_suggestion"]
    assert CENTRE in proposed.message
    assert [item["name"] for item in found.as_json()["recipients"]] == [
        "UBND tỉnh",
        "Sở Nội vụ",
        "GD, các PGD",
        "Các phòng, đơn vị thuộc Sở",
    ]
    assert found.archive_line == "Lưu: VT, VP"


@pytest.mark.parametrize("data", cases("003", "s3.txt"))
def test_s3_sentences_torn_by_a_page_are_whole_again(data: bytes) -> None:
    found = read(data)
    third = found.sections[0].children[0].children[2].paragraphs[0]
    assert "Đổi mới " in third
    assert third.endswith(".")
    fifth = found.sections[1].children[4].paragraphs
    assert len(fifth) == 1
    assert "người đứng đầu" in fifth[0]


@pytest.mark.parametrize("data", cases("004", "s4.txt"))
def test_s4_is_whole_though_its_signature_is_split_around_the_recipients(data: bytes) -> None:
    found = read(data)
    said = found.as_json()
    assert (said["agency"], said["doc_type"]) == ("Sở Y tế", "KH")
    for key in ("number", "symbol", "place", "date"):
        assert said[key] is None, key
    assert "346/QĐ-TTg ngày 06 tháng 4 năm 2023 của Thủ tướng Chính phủ" in said["subject"]
    assert said["subject"].endswith("Luật Thực hiện dân chủ ở cơ sở")
    assert (said["capacity"], said["signer_title"]) == ("KT", "PHÓ GIÁM ĐỐC")
    assert len(said["signer_name"].split()) == 3
    assert [(item["name"], item["purpose"]) for item in said["recipients"]] == [
        ("Ban Dân vận Tỉnh ủy", "in_lieu_of_report"),
        ("Sở Nội vụ", None),
        ("Các cơ quan, đơn vị trực thuộc", None),
        ("Các Phó Giám đốc SYT", None),
        ("Các phòng CMNV SYT", None),
    ]
    assert said["archive_line"] == "Lưu: VT, VP"
    assert "signer_missing" not in codes(found)


@pytest.mark.parametrize("data", cases("004", "s4.txt"))
def test_s4_rests_on_a_law_a_decision_and_the_decision_it_carries_out(data: bytes) -> None:
    found = read(data).as_json()
    assert [
        (item["doc_type"], item["reference_no"], item["date"], item["issuer"]) for item in found["bases"]
    ] == [
        ("Luật", None, "2022-11-10", None),
        ("QĐ", "1274/QĐ-UBND", "2023-05-30", "UBND tỉnh"),
        ("QĐ", "346/QĐ-TTg", "2023-04-06", "Thủ tướng Chính phủ"),
    ]
    assert found["bases"][1]["raw"].startswith("Căn cứ Quyết định số 1274/QĐ-UBND")


@pytest.mark.parametrize("data", cases("004", "s4.txt"))
def test_s4_has_every_cell_of_its_tasks(data: bytes) -> None:
    found = read(data)
    both = [f"Các {AFFILIATED}", ROOMS]
    assert tasks(found, "II.") == {
        "II.1.a": ([VP], both, HALF_2023),
        "II.1.b": ([VP], both, ("continuous", None, None)),
        "II.2.a": ([VP], both, YEAR_2023),
        "II.2.b": ([VP, f"các {AFFILIATED}", ROOMS], [], YEAR_2023),
        "II.3": ([VP], both, YEAR_2023),
        "II.4": ([VP], both, ("periodic", None, None)),
    }
    by_ref = {task.ref: task for task in found.tasks}
    assert by_ref["II.1.a"].method is not None
    assert by_ref["II.1.a"].method.startswith("Cử công chức")
    assert by_ref["II.1.b"].method == "Văn bản triển khai, đăng tải Cổng thông tin"
    assert by_ref["II.2.b"].labels["time"] == "Thời gian hoàn thành"
    assert by_ref["II.3"].title.endswith("Luật")
    assert tasks(found, "III.1")["III.1"][0] == [VP]


@pytest.mark.parametrize("data", cases("004", "s4.txt"))
def test_s4_has_the_chain_of_two_yearly_reports_and_those_at_need(data: bytes) -> None:
    found = read(data)
    units = "các cơ quan, đơn vị trực thuộc Sở"
    assert duties(found) == [
        (VP, "Chủ tịch UBND tỉnh", None, "unspecified", False, None, None, None, False),
        (units, "Sở Y tế", "văn phòng Sở", "yearly", False, 11, 15, "11-14", False),
        (units, "Sở Y tế", "văn phòng Sở", "ad_hoc", False, None, None, None, False),
        ("Sở Y tế", "Sở Nội vụ tỉnh", None, "yearly", False, 12, 1, "11-30", False),
        (units, "Sở Y tế", "văn phòng Sở", "ad_hoc", False, None, None, None, False),
    ]


@pytest.mark.parametrize("data", cases("004", "s4.txt"))
def test_s4_glued_headings_come_apart(data: bytes) -> None:
    outline = read(data).as_json()["outline"]
    assert [node["label"] for node in outline] == ["I", "II", "III"]
    assert outline[0]["title"] == "MỤC ĐÍCH, YÊU CẦU"
    assert [node["title"] for node in outline[0]["children"]] == ["Mục đích", "Yêu cầu"]
    assert labels(outline[1]["children"]) == [
        ("1", leaves("a", "b")),
        ("2", leaves("a", "b")),
        ("3", []),
        ("4", []),
    ]
