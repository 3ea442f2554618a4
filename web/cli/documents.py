"""`trinhky step`, `show`, `history`: one document from the console."""

from typing import Any

import click

from web.cli.opening import acting, opened, operator, person_named
from web.cli.root import Refusal
from web.cli.saying import as_json, columns, say
from web.cli.usage import ROW
from web.filters import vi_datetime
from web.messages import sentence
from web.messages.altered import ALTERED
from web.words import result_of
from workflow.audit import note_access
from workflow.case import DocumentFacts
from workflow.commands.issuing import typeset_before_step
from workflow.commands.steps import case_of, take_step
from workflow.engine import Engine, Identity, Work
from workflow.errors import Refused
from workflow.loading import load_content
from workflow.queries.awaited import awaited_ids
from workflow.queries.console import history_of, seen_document, waited_for
from workflow.queries.documents import document_view, text_holds
from workflow.workdays import VN

NO_SIGNER_HERE = (
    "Chưa thực hiện: bước này không chọn người ký. Bỏ --signer; người ký của dự thảo được chọn khi nhập "
    "(trinhky import --signer) hoặc trên trang soạn thảo."
)
as_person = click.option("--as", "login", metavar="USER", help="Xem trong phạm vi của người này.")


@click.command(help="Thực hiện một bước của văn bản. Bước là mã (sign) hoặc tên trên địa chỉ (ky).")
@click.argument("document", type=ROW)
@click.argument("step_id", metavar="STEP")
@click.option("--as", "login", metavar="USER", required=True, help="Tên đăng nhập của người thực hiện.")
@click.option("--note", default="", help="Nội dung cần sửa, lý do hoặc ý kiến.")
@click.option("--capacity", default="", metavar="KT", help="Thẩm quyền ký: HEAD, KT, TL, TUQ, Q ….")
@click.option("--signer", metavar="LOGIN", help="Người ký được chọn.")
@click.option("--paper-signed", is_flag=True, help="Xác nhận bản giấy đã có chữ ký.")
@as_json
def step(
    document: int,
    step_id: str,
    login: str,
    note: str,
    capacity: str,
    signer: str | None,
    paper_signed: bool,
    as_json: bool,
) -> None:
    with opened() as engine:
        signer_id = person_named(engine, signer).id if signer else None
        identity = acting(engine, login)
        typeset_before_step(engine, identity, document_id=document, step_id=step_id)
        try:
            with engine.work(identity) as w:
                if not text_holds(w, document):
                    raise Refusal(ALTERED)
                _refuse_unknown(w, document, step_id)
                if signer_id and not _takes_signer(w, document, step_id):
                    raise Refusal(NO_SIGNER_HERE)
                done = take_step(
                    w,
                    document_id=document,
                    step_id=step_id,
                    seen_version=None,
                    note=note,
                    capacity=capacity,
                    signer_id=signer_id,
                    paper_signed=paper_signed,
                )
                now = w.now
        except Refused as error:
            _note_refusal(engine, identity, document, error)
            raise
    said = result_of(done.step, reference=done.reference_no, date=now.astimezone(VN).strftime("%d/%m/%Y"))
    say(done.kept(), lambda: [said], json_wanted=as_json)


def _refuse_unknown(w: Work, document_id: int, step_id: str) -> None:
    """A slip of the pen is no step that came too early or too late."""
    document = seen_document(w, document_id)
    definition = w.flow(document.definition_id, document.definition_version).definition
    if any(step_id in (step.id, step.slug) for step in definition.steps):
        return
    can = ", ".join(item["id"] for item in _open_steps(w, document)) or "không có"
    raise Refusal(
        f"Chưa thực hiện: quy trình của văn bản này không có bước “{step_id}”. "
        f"Bước mở với tài khoản này: {can}. Xem trinhky show {document_id} --as USER."
    )


def _takes_signer(w: Work, document_id: int, step_id: str) -> bool:
    """Or the step is not open at all, which its own refusal says better."""
    step = document_view(w, document_id).turn.step(step_id)
    return step is None or bool(step.signers)


@click.command(help="Cho xem một văn bản: trạng thái, người đang chờ, các bước mở.")
@click.argument("document", type=ROW)
@as_person
@as_json
def show(document: int, login: str | None, as_json: bool) -> None:
    with opened() as engine, engine.reading(viewer(engine, login)) as w:
        told = _shown(w, document)

    def lines() -> list[str]:
        rows = [
            ("Trích yếu", told["subject"]),
            ("Trạng thái", told["state_label"]),
            ("Số, ký hiệu", told["reference_no"] or "chưa cấp"),
            ("Người soạn", told["drafter"]),
            ("Người ký", told["signer"] or "chưa chọn"),
            ("Phiên bản", f"{told['version']} (vòng {told['round']}, bản {told['revision']})"),
            ("Mã băm", told["digest"]),
            ("Đang chờ", "; ".join(told["waiting"]) or "không chờ ai"),
        ]
        if login:
            steps = [f"{item['label']} ({item['id']})" for item in told["steps"]]
            rows.append(("Bước mở", "; ".join(steps) or "không có"))
        return columns(rows)

    say(told, lines, json_wanted=as_json)


@click.command(help="Lịch sử của một văn bản, mỗi việc một dòng.")
@click.argument("document", type=ROW)
@as_person
@as_json
def history(document: int, login: str | None, as_json: bool) -> None:
    with opened() as engine, engine.reading(viewer(engine, login)) as w:
        told = history_of(w, document)
    say(told, lambda: columns([_line(item) for item in told]), json_wanted=as_json)


def _note_refusal(engine: Engine, identity: Identity, document_id: int, error: Refused) -> None:
    """Who asked for what and why it was not given, as the web notes it (decisions.md 25)."""
    status, words = sentence(error)
    facts = {"step": error.step, "status": status, "why": words, "kind": type(error).__name__}
    with engine.work(identity) as w:
        agency_id = seen_document(w, document_id).agency_id
        note_access(w, "refused", "Từ chối", agency_id=agency_id, document_id=document_id, facts=facts)


def viewer(engine: Engine, login: str | None) -> Identity:
    """A person, or whoever keeps this machine: he can read the database anyway."""
    return acting(engine, login) if login else operator()


def _shown(w: Work, document_id: int) -> dict[str, Any]:
    document = seen_document(w, document_id)
    definition = w.flow(document.definition_id, document.definition_version).definition
    waiting, able = [], awaited_ids(w, [document_id]).get(document_id, frozenset())
    for item in waited_for(w, document_id):
        post = w.directory.posts[item.post_id]
        people = (
            [w.directory.people[item.person_id]] if item.person_id else w.directory.holders([post], w.today)
        )
        if people:
            waiting += [f"{person.name} ({post.title})" for person in people if person.id in able]
        else:
            waiting += [post.title]
    return {
        "document": document.id,
        "definition": f"{document.definition_id}/v{document.definition_version}",
        "subject": document.subject,
        "state": document.state,
        "state_label": definition.states[document.state].label,
        "state_since": document.state_since.isoformat(),
        "version": document.version,
        "round": document.round,
        "revision": document.revision_no,
        "digest": document.digest,
        "reference_no": document.reference_no,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "drafter": w.directory.people[document.drafter_id].name,
        "signer": w.directory.people[document.signer_id].name if document.signer_id else None,
        "waiting": list(dict.fromkeys(waiting)),
        "steps": _open_steps(w, document),
        "recipients": [item.name for item in load_content(w, document).recipients],
    }


def _open_steps(w: Work, document: DocumentFacts) -> list[dict[str, str]]:
    """What the person of --as could do now; nothing for the console itself."""
    if w.actor.is_system:
        return []
    flow = w.flow(document.definition_id, document.definition_version)
    return [{"id": step.id, "label": step.label} for step in flow.open_steps(case_of(w, document), w.actor)]


def _line(item: dict[str, Any]) -> tuple[str, ...]:
    body = item["body"]
    actor = body["actor"]
    who = actor["name"] + (f" ({actor['title']})" if actor.get("title") else "")
    note = f" “{item['note']}”" if item["note"] else ""
    return (vi_datetime(body["at"], seconds=True), item["hash"][:12], who, body["label"] + note)
