"""Who sees a document's pages, and that those who only look are offered nothing to do."""

import re

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.contents import acts_and_tables
from tests.web.documents.test_signing import accesses, state
from tests.web.statements import statements
from workflow.commands.drafting import save_revision
from workflow.loading import document_columns, document_facts
from workflow.models import Document

PAGES = ("", "/ban/1", "/so-sanh/1..1", "/in", "/in?sach=1")


def posts(page: str) -> list[str]:
    found = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', page)
    return [action for action in found if action != "/dang-xuat"]


@pytest.mark.parametrize("login", ["minh", "huy"])
def test_who_only_looks_sees_no_form_and_a_direct_try_is_refused(sign_in, sqlite_record: Record, login):
    record = sqlite_record
    document_id = record.draft()
    record.bring_to(document_id, "issue")
    person = sign_in(login)
    for page in (*[f"/van-ban/{document_id}{place}" for place in PAGES], "/viec"):
        assert posts(person.get(page)) == []
    for slug in ("ky", "cap-so", "ket-thuc", "tra-lai"):
        page = person.client.get(f"/van-ban/{document_id}/buoc/{slug}")
        assert page.status_code in (403, 409)
        assert posts(page.text) == []
    with record.engine.database.read.begin() as db:
        row = db.execute(select(Document.version, Document.digest).where(Document.id == document_id)).one()
    data = {"seen_version": str(row.version), "seen_digest": row.digest}
    before = acts_and_tables(record)
    answer = person.post(f"/van-ban/{document_id}/buoc/ket-thuc", {**data, "note": "Kế hoạch đã xong hết."})
    assert answer.status_code == 403
    assert posts(answer.text) == []
    assert acts_and_tables(record) == before
    assert len(accesses(record, document_id, "refused")) == 1


@pytest.mark.parametrize("login", ["minh", "huy", "nhung"])
def test_before_the_signature_a_document_is_not_there_for_others(sign_in, sqlite_record: Record, login):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "check_format")
    person = sign_in(login)
    for place in (*PAGES, "/buoc/ky", "/buoc/tra-lai"):
        person.get(f"/van-ban/{document_id}{place}", status=404)
    person.get(f"/viec?chon={document_id}", status=404)
    answer = person.post(f"/van-ban/{document_id}/buoc/ky", {"seen_version": "4", "seen_digest": "x"})
    assert answer.status_code == 404
    assert state(sqlite_record, document_id) == "awaiting_signature"
    assert accesses(sqlite_record, document_id, "view") == []


def test_for_another_agency_it_is_never_there(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    directory = sqlite_record.directory
    stranger = next(
        p.login for p in directory.people.values() if p.agency_id != directory.by_login["lan"].agency_id
    )
    person = sign_in(stranger)
    for place in (*PAGES, "/buoc/ky"):
        person.get(f"/van-ban/{document_id}{place}", status=404)


def test_a_number_that_is_no_version_is_not_found(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    lan = sign_in("lan")
    lan.get(f"/van-ban/{document_id}/ban/2", status=404)
    lan.get(f"/van-ban/{document_id}/so-sanh/1..2", status=404)
    lan.get("/van-ban/999999", status=404)


def test_looking_changes_nothing_but_the_access_stream(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    record.bring_to(document_id, "check_format")
    mai = sign_in("mai")
    before = acts_and_tables(record)
    for place in (*PAGES, "/buoc/ky", "/buoc/tra-lai", "/buoc/tu-choi", "/buoc/cap-so"):
        mai.client.get(f"/van-ban/{document_id}{place}")
    for place in ("/viec", f"/viec?chon={document_id}", f"/viec?tiep={document_id}", "/viec?sau=x"):
        mai.get(place)
    assert acts_and_tables(record) == before


@pytest.mark.parametrize("place", ["", "/ban/1", "/so-sanh/1..2", "/in"])
def test_a_page_asks_the_same_number_of_statements_however_long_the_story(
    sign_in, sqlite_record: Record, place
):
    record = sqlite_record
    document_id = record.draft()
    record.step("lan", document_id, "submit")
    lan = sign_in("lan")
    _another_text(record, document_id)
    lan.get(f"/van-ban/{document_id}{place}")
    with statements(record.engine) as few:
        lan.get(f"/van-ban/{document_id}{place}")
    for _ in range(12):
        _another_text(record, document_id)
    with statements(record.engine) as many:
        lan.get(f"/van-ban/{document_id}{place}")
    assert len(many) == len(few)
    assert len(few) < 45


def _another_text(record: Record, document_id: int) -> None:
    record.step("lan", document_id, "withdraw")
    with record.engine.work(record.who("lan")) as w:
        facts = document_facts(w.db.execute(document_columns().where(Document.id == document_id)).one())
        content = plan(subject=f"Thực hiện dân chủ, bản {facts.version}")
        save_revision(w, document_id=document_id, seen_version=facts.version, content=content,
                      signer_id=record.person("mai"))  # fmt: skip
    record.step("lan", document_id, "submit")
