"""Invented texts and people of the province of Hòa An, for the gallery of macros."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

from workflow.content import Basis, Content, Missing, Node, Recipient, Row, Task, Time
from workflow.writing.facts import PaperFacts

DIGEST = "8f3a19c2d07e5512aa03" + "4be290f6" * 5 + "c41d"
NOW = dt.datetime(2026, 4, 24, 2, 41, 7, tzinfo=dt.UTC)
SUBJECT = "Triển khai công tác cải cách hành chính và dân chủ ở cơ sở năm 2026"

PLAN = Content(
    doc_type="ke_hoach",
    subject=SUBJECT,
    symbol="KH-SKHCN",
    place="Hòa An",
    urgency="khan",
    drafting_unit="Văn phòng Sở",
    bases=(
        Basis(
            raw="Kế hoạch số 88/KH-UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh Hòa An về dân chủ ở cơ sở;"
        ),
        Basis(raw="Căn cứ Quyết định số 15/QĐ-SKHCN ngày 05/01/2026 về phân công công tác của Ban Giám đốc"),
    ),
    opening=("Sở Khoa học và Công nghệ xây dựng kế hoạch như sau:",),
    sections=(
        Node(
            label="I",
            title="MỤC ĐÍCH, YÊU CẦU",
            children=(
                Node(
                    label="1",
                    title="Mục đích",
                    children=(
                        Node(
                            label="a",
                            paragraphs=("Phân công rõ việc, rõ người, rõ thời hạn cho từng đơn vị.",),
                        ),
                        Node(
                            label="đ",
                            paragraphs=("Giúp người dân theo dõi được kết quả <giải quyết> công việc.",),
                        ),
                    ),
                ),
                Node(label="2", title="Yêu cầu", paragraphs=("Mỗi nhiệm vụ có một đơn vị chủ trì.",)),
            ),
        ),
        Node(
            label="II",
            title="NỘI DUNG THỰC HIỆN",
            children=(
                Node(
                    label="1",
                    title="Tuyên truyền, tập huấn",
                    children=(
                        Node(
                            label="a",
                            paragraphs=("Phổ biến quy định mới đến toàn thể công chức, viên chức.",),
                            task=Task(
                                leads=("Văn phòng Sở",),
                                coordinators=(
                                    "các phòng, đơn vị thuộc Sở",
                                    "Trung tâm Ứng dụng tiến bộ khoa học",
                                ),
                                time=Time(kind="quarters", raw="Quý III, IV năm 2026"),
                                labels={"lead": "Đơn vị thực hiện"},
                            ),
                        ),
                        Node(label="-", paragraphs=("Đăng kết quả trên Cổng thông tin điện tử.",)),
                        Node(label="-", paragraphs=("Gửi tài liệu cho từng đơn vị.",)),
                    ),
                ),
            ),
        ),
        Node(
            label="III",
            title="TỔ CHỨC THỰC HIỆN",
            children=(
                Node(label="1", paragraphs=("Các đơn vị báo cáo Văn phòng Sở trước ngày 10/11 hằng năm.",)),
                Node(
                    label="2",
                    paragraphs=("Văn phòng Sở tổng hợp, báo cáo Sở Nội vụ trước ngày 15/11 hằng năm./.",),
                ),
            ),
        ),
    ),
    recipients=(
        Recipient(name="Sở Nội vụ", purpose="to_report"),
        Recipient(name="Ban Giám đốc Sở"),
        Recipient(name="Các phòng, đơn vị thuộc Sở", purpose="to_implement"),
    ),
    archive_line="Lưu: VT, VP.",
)
REPORT = Content(
    doc_type="BC",
    subject="Kết quả thực hiện công tác dân chủ ở cơ sở năm 2026",
    symbol="BC-SKHCN",
    place="Hòa An",
    addressees=("Ủy ban nhân dân tỉnh Hòa An", "Sở Nội vụ tỉnh Hòa An"),
    opening=("Sở Khoa học và Công nghệ báo cáo kết quả như sau:",),
    sections=(Node(label="I", title="KẾT QUẢ", paragraphs=("Các nhiệm vụ được triển khai đúng tiến độ.",)),),
    results=(
        Row(
            ref="II.1.a",
            task="Phổ biến quy định mới",
            unit="Văn phòng Sở",
            status="done",
            result="3 hội nghị, 420 người.",
        ),
        Row(
            ref="II.2",
            task="Ban hành quy chế",
            unit="Văn phòng Sở",
            status="not_started",
            reason="Chờ hướng dẫn.",
        ),
    ),
    missing_units=(
        Missing("Chi cục Tiêu chuẩn Đo lường Chất lượng", "chưa gửi"),
        Missing("Phòng Quản lý Chuyên ngành"),
    ),
    closing=(Node(paragraphs=("Trên đây là kết quả năm 2026, kính báo cáo./.",)),),
    recipients=(Recipient(name="Như trên", purpose=None),),
    archive_line="VT, VP",
    annexes=("PHỤ LỤC\nSố liệu chi tiết theo đơn vị",),
)
AGENCY = {"parent_name": "Ủy ban nhân dân tỉnh Hòa An", "agency_name": "Sở Khoa học và Công nghệ"}
DRAFTED = PaperFacts(**AGENCY, signature_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), signer_name="Trần Thị Mai")
ISSUED = replace(
    DRAFTED,
    number=7,
    date=dt.date(2026, 2, 5),
    signed_at=NOW,
    signed_digest=DIGEST,
    issued=True,
)

SHELL = SimpleNamespace(
    parent_name="UBND tỉnh Hòa An",
    agency_name="Sở Khoa học và Công nghệ",
    nav=[
        {"label": "Việc của tôi", "url": "/viec", "icon": "inbox", "current": True, "counted": True},
        {"label": "Kế hoạch", "url": "/ke-hoach", "icon": "doc", "current": False},
        {"label": "Hạn báo cáo", "url": "/han", "icon": "calendar", "current": False},
        {"label": "Lịch sử", "url": "/lich-su", "icon": "history", "current": False},
        {"label": "Sổ văn bản", "url": "/so-van-ban", "icon": "book", "current": False},
    ],
    waiting=3,
    person_name="Trần Thị Mai",
    person_line="Phó Giám đốc · ký KT. GIÁM ĐỐC",
    menu=[{"label": "Hồ sơ của tôi", "url": "/ho-so"}],
    idle_minutes=60,
    now=NOW,
)
PHASES = [
    {"label": "Soạn thảo", "state": "done", "detail": "Nguyễn Thị Lan · 23/4"},
    {"label": "Trưởng phòng duyệt", "state": "done", "detail": "Phạm Văn Hùng · 23/4"},
    {"label": "Ký", "state": "now", "detail": "KT. Giám đốc"},
    {"label": "Phát hành", "state": "todo"},
    {"label": "Báo cáo", "state": "todo"},
]
ENTRIES = [
    {
        "title": "Ký duyệt, KT. GIÁM ĐỐC",
        "icon": "pen",
        "tone": "brand",
        "number": 613,
        "who": "Trần Thị Mai",
        "line": "Phó Giám đốc, theo 15/QĐ-SKHCN",
        "at": NOW,
        "digest": DIGEST,
        "previous": DIGEST[::-1],
        "document": {"url": "/van-ban/1042", "label": SUBJECT},
        "link": {"url": "/van-ban/1042/ban/3", "label": "Xem đúng bản này", "suffix": "sự kiện 613"},
    },
    {
        "title": "Trả lại",
        "icon": "back",
        "tone": "warn",
        "number": 604,
        "who": "Phạm Văn Hùng",
        "line": "Chánh Văn phòng",
        "at": NOW - dt.timedelta(days=1),
        "digest": DIGEST,
        "note": "Hạn của đơn vị phải trước hạn của Sở. Sửa thành 10/11.",
    },
    {
        "title": "Từ chối quyền ký",
        "icon": "cross",
        "tone": "bad",
        "who": "Hoàng Văn Đức",
        "at": NOW,
        "note": "Giấy ủy quyền 03/GUQ-SKHCN hết hạn ngày 31/3/2026.",
    },
    {
        "title": "Trình duyệt",
        "icon": "send",
        "who": "Nguyễn Thị Lan",
        "line": "Chuyên viên",
        "at": NOW,
        "digest": DIGEST,
    },
]
