"""What the lint found, made ready to be shown: words, place, article, where a link leads, what a button would mend."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.messages.lint_points import POINTS, open_sentence
from web.messages.lint_sentence import lint_place, lint_sentence
from workflow.content import Content, Node
from workflow.engine import Work
from workflow.lint import Finding, Outcome, PaperFacts, anchors
from workflow.queries.documents import DocumentView
from workflow.queries.lint_findings import judged_text, paper_to_sign

Rows = Mapping[str, Sequence[str]]
"""The names of the editor's rows that hold something, by list, in the order of the text: "parts", "ends", "bases" …"""
LINTED = ("KH", "BC")
SHOWN_IN = ("draft", "returned", "dept_review", "format_check", "awaiting_signature")
"""Before the signature: afterwards nothing may be changed, and a finding would only hurt."""


@dataclass(frozen=True)
class Shown:
    """
    `anchor` is the id on the paper, `field` the id in the editor; `what` names the finding for the mending form,
    "" where it is for a person to mend.
    """

    tone: str
    text: str
    where: str
    article: str
    anchor: str
    field: str
    what: str
    every: str
    count: int
    before: str
    after: str
    code: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lint:
    """
    All that is shown of one text, errors first; `passed` are the points in order, `points` how many there are.
    `open` says of each of the `left` points that were not judged why they were not. `stored`: it is of the text as
    it is stored, not of words still being typed.
    """

    shown: tuple[Shown, ...]
    passed: tuple[str, ...]
    points: int
    open: tuple[str, ...] = ()
    left: int = 0
    stored: bool = True

    @property
    def named(self) -> frozenset[tuple[str, str]]:
        """The code of each finding with each place it is named at: a field, a reference of the text, "" for any."""
        return frozenset((one.code, at) for one in self.shown for at in ("", one.field, *one.refs))

    @property
    def errors(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.shown if one.tone == "bad")

    @property
    def warnings(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.shown if one.tone == "warn")


def lint_of_view(w: Work, view: DocumentView) -> Lint | None:
    """For the page of a document; None where it is not asked: signed texts, unit reports, a text that does not hold."""
    document = view.document
    drafted = document.definition_id in ("ke_hoach", "bao_cao") and document.doc_type in LINTED
    if not drafted or document.state not in SHOWN_IN or not view.text_holds:
        return None
    if not (view.editor or view.turn.steps):
        return None
    paper = PaperFacts(signature_lines=view.signature_lines, signer_name=view.signer)
    outcome = judged_text(w, view.content, agency_id=document.agency_id, paper=paper, digest=document.digest)
    return shown_of(view.content, outcome)


def lint_in_editor(
    w: Work,
    content: Content,
    *,
    agency_id: int,
    signer_id: int | None,
    document_id: int = 0,
    stored: bool = False,
    rows: Rows | None = None,
) -> Lint:
    """Of the words as they stand in the editor, with the block as the signer chosen there would sign it."""
    paper = paper_to_sign(w, content, agency_id=agency_id, signer_id=signer_id, document_id=document_id)
    outcome = judged_text(w, content, agency_id=agency_id, paper=paper)
    return shown_of(content, outcome, stored=stored, rows=rows)


def shown_of(content: Content, outcome: Outcome, *, stored: bool = True, rows: Rows | None = None) -> Lint:
    """What is not `stored` cannot be mended by a press. `rows` where the form holds rows the text does not."""
    papers, fields = anchors(content), fields_of(content, rows or {})
    found = outcome.findings
    counts = Counter(finding.code for finding in found if finding.fix)
    return Lint(
        shown=tuple(
            Shown(
                tone="bad" if finding.severity == "error" else "warn",
                text=lint_sentence(finding),
                where=lint_place(finding),
                article=finding.article,
                anchor=papers.get(finding.place, "van-ban"),
                field=_field(finding, fields),
                what=f"{finding.code}:{finding.place}" if finding.fix and stored else "",
                every=f"{finding.code}:*" if finding.fix and stored and counts[finding.code] > 1 else "",
                count=counts[finding.code],
                before=finding.fix.before if finding.fix else "",
                after=finding.fix.after if finding.fix else "",
                code=finding.code,
                refs=tuple(finding.facts.get("refs", ())),
            )
            for finding in found
        ),
        passed=tuple(POINTS[point] for point in outcome.passed),
        points=len(POINTS),
        open=tuple(open_sentence(one) for one in outcome.unjudged),
        left=len({one.point for one in outcome.unjudged}),
        stored=stored,
    )


def fields_of(content: Content, rows: Rows | None = None) -> dict[str, str]:
    """Place → the name of its row in the editor: as given, else numbered in reading order."""
    found: dict[str, str] = {}
    for root, name in (("sections", "parts"), ("closing", "ends")):
        listed = _places(root, getattr(content, root))
        named = (rows or {}).get(name) or [f"{name}-{row}" for row in range(len(listed))]
        found |= dict(zip(listed, named, strict=False))
    for root in FIRST:
        names = (rows or {}).get(root, ())
        found |= {f"{root}/{at}": name for at, name in enumerate(names)}
    return found


def _places(place: str, nodes: tuple[Node, ...]) -> list[str]:
    found = []
    for at, node in enumerate(nodes):
        found += [f"{place}/{at}", *_places(f"{place}/{at}/children", node.children)]
    return found


CARDS = {
    "task_without_lead": "tasks-0-leads-0",
    "task_without_time": "tasks-0-kind",
    "task_date_elsewhere": "tasks-0-kind",
    "due_not_in_text": "duties-0-due_day",
    "tiers_order": "duties-0-due_day",
    "unit_ended": "tasks-0-leads-0",
    "body_dissolved": "tasks-0-leads-0",
    "unit_like": "tasks-0-leads-0",
    "heading_stop": "title",
    "section_bare": "title",
}
FIRST = {"bases": "raw", "recipients": "name", "results": "result", "missing_units": "unit", "annexes": ""}
"""The field of a row that takes the focus; an annex is a field itself."""
NAMES = {"missing_units": "missing", "sections": "parts", "symbol": "subject", "place": "subject", "signer": "signer_id",
         "head": "subject"}  # fmt: skip


def _field(finding: Finding, rows: dict[str, str]) -> str:
    root, _, path = finding.place.partition("/")
    if finding.place in rows and root in FIRST:
        return "-".join(filter(None, (rows[finding.place], FIRST[root])))
    if finding.place in rows:
        return f"{rows[finding.place]}-{CARDS.get(finding.code, 'text')}"
    name = NAMES.get(root, root)
    if not path or root in ("addressees", "opening"):
        return name
    return "-".join(filter(None, (name, path, FIRST.get(root))))
