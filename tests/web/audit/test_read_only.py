"""Auditors and administrators read: their pages hold no form that acts, and what they post anyway changes nothing."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.audit.logs import links_on
from workflow.content import Node, Obligation, Task
from workflow.engine import Identity
from workflow.models import Base, Document, Entry

HIS_OWN = {
    "/lich-su/kiem-tra", "/dang-xuat", "/doi-mat-khau", "/tim/luu", "/tim/bo", "/thong-bao/lich",
    "/thong-bao/lich/<int:feed_id>/thu-hoi", "/thong-bao/cach-nhan", "/thong-bao/da-xem",
    "/thong-bao/<int:notice_id>/da-xem", "/phim-tat",
}  # fmt: skip
"""The check, and what everyone does with his own session, password, keys, saved searches and notices."""

HIS_WORDS = "/bo-ban-dang-soan"
"""Gives up what oneself was typing: with nothing kept there is nothing to refuse, and nothing changes."""

NOT_DONE = (400, 403, 404, 405, 409, 422)
"""Where a form is at fault or the step is not open, that is said before whose turn it is."""

OF_ACCESS = {
    "entry", "entry_note", "leaf", "log_head", "checkpoint", "web_session", "login_failure", "unsealed", "seen",
}  # fmt: skip


def _record_of(record: Record) -> dict[str, list[tuple]]:
    """Everything that is stored, but for the stream of access and what follows from it."""
    with record.engine.reading(Identity(rule="test")) as w:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in OF_ACCESS]
        found = {table.name: [tuple(row) for row in w.db.execute(select(table))] for table in tables}
        acts = select(Entry.id, Entry.hash).where(Entry.stream == "act")
        return found | {"acts": [tuple(row) for row in w.db.execute(acts)]}


@pytest.fixture
def busy(sqlite_record: Record) -> list[int]:
    """A draft, a document that waits for the signature, one that waits for its number, an issued one."""
    found = [sqlite_record.draft() for _ in range(4)]
    for document_id, step in zip(found[1:], ("check_format", "sign", "issue"), strict=True):
        sqlite_record.bring_to(document_id, step)
    return found


@pytest.mark.parametrize("login", ["minh", "huy"])
def test_no_page_within_reach_holds_a_form_that_acts(sign_in, sqlite_record: Record, busy, login):
    person = sign_in(login)
    person.post("/lich-su/kiem-tra")
    waiting, seen = ["/lich-su"], set()
    while waiting and len(seen) < 150:
        link = waiting.pop(0)
        parts = urlsplit(link)
        shape = (re.sub(r"\d+", "0", parts.path), tuple(sorted(re.findall(r"(\w+)=", parts.query))))
        if shape in seen or parts.path.startswith("/static"):
            continue
        seen.add(shape)
        answer = person.client.get(link)
        assert answer.status_code in (200, 303, 403, 404), (link, answer.status_code)
        if answer.mimetype != "text/html":
            continue
        for attributes in re.findall(r"<form\b([^>]*)>", answer.text):
            if 'method="post"' in attributes.lower():
                action = re.search(r'action="([^"]*)"', attributes)[1]
                assert action in HIS_OWN, (link, action)
        waiting += links_on(answer.text)
    assert len(seen) >= 10


@pytest.mark.parametrize("login", ["minh", "huy"])
def test_whatever_they_post_is_refused_and_changes_nothing_but_the_stream_of_access(
    app, sign_in, sqlite_record: Record, busy, login
):
    person = sign_in(login)
    before = _record_of(sqlite_record)
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        rows = w.db.execute(select(Document.id, Document.version, Document.digest)).all()
    seen = {row.id: {"seen_version": str(row.version), "seen_digest": row.digest} for row in rows}
    posted = []
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.rule in HIS_OWN | {"/dang-nhap"}:
            continue
        for document_id in busy:
            for step in (
                ("ky", "cap-so", "phat-hanh", "duyet", "tra-lai", "huy-du-thao")
                if "step" in rule.rule
                else ("1",)
            ):
                path = re.sub(r"<int:[^>]+>", str(document_id), rule.rule)
                path = re.sub(r"<[^>]+>", step, path)
                data = {**seen[document_id], "note": "một lý do đủ dài để qua", "key": "k" * 22, "text": "x"}
                answer = person.post(path, data, follow=False)
                posted.append((path, answer.status_code))
    assert len(posted) >= 4
    assert [one for one in posted if one[1] not in NOT_DONE and not one[0].endswith(HIS_WORDS)] == []
    assert _record_of(sqlite_record) == before


OWN_CHOICE = {"/thong-bao/cach-nhan", "/vang-mat"}
"""What everyone may choose for himself, so that what is wrong with it is said."""

FILE_FIRST = {"/van-ban/<int:document_id>/dinh-kem"}
"""A file is looked at before any transaction begins."""


@pytest.mark.parametrize("login", ["minh", "huy"])
def test_a_form_that_is_not_theirs_to_fill_in_is_refused_before_its_faults_are_told(
    app, sign_in, sqlite_record: Record, login
):
    """Nothing is filled in, or the page's version alone (§4.10 no. 16, guarantees.md P3)."""
    task = Node(label="1", title="Mở lớp", task=Task(leads=("Phòng Quản lý khoa học",)))
    undated = Obligation(
        from_="Các phòng, đơn vị thuộc Sở",
        to="Văn phòng Sở",
        recurrence="unspecified",
        by_reference=True,
        raw="B.",
    )
    sections = (Node(label="I", title="NHIỆM VỤ", children=(task,), obligations=(undated,)), *plan().sections)
    plan_id = sqlite_record.draft(content=plan(sections=sections))
    sqlite_record.bring_to(plan_id, "issue")
    person = sign_in(login)
    told = []
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.rule in HIS_OWN | OWN_CHOICE | FILE_FIRST | {"/dang-nhap"}:
            continue
        path = re.sub(r"<[^>]+>", "1", re.sub(r"<int:[^>]+>", "1", rule.rule))
        for data in ({}, {"seen_version": "9"}, {"last_day": "không rõ", "new_day": "không rõ"}):
            if person.post(path, data, follow=False).status_code == 422:
                told.append(path)
    assert told == []
    for path in ("/han/1/xac-dinh", "/han/1/khi-co-yeu-cau", "/han/1/don-vi-bao-cao"):
        assert person.post(path).status_code == 403
