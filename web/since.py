"""What changed since the person of this request last had the text before him: for those who decide, no one else."""

from dataclasses import dataclass

from web.change_words import summary
from web.differences import Change, compared, told
from workflow.changes.between import Changes
from workflow.queries.documents import DocumentView
from workflow.queries.earlier import Earlier
from workflow.queries.trail import signers_by_revision
from workflow.queries.versions import Older

SINCE = {"opened": "từ lần mở trước", "returned": "từ lần trả lại", "approved": "từ lần duyệt trước"}
TEXTS = {"opened": "bản đã mở lúc", "returned": "bản đã trả lại lúc", "approved": "bản đã duyệt lúc"}


@dataclass(frozen=True)
class SinceThen:
    """`no` is the revision of the earlier text; `text` the words that name it, as "bản đã mở lúc"."""

    earlier: Earlier
    no: int
    found: Changes
    changes: tuple[Change, ...]
    tag: str
    text: str


def digest_to_compare(view: DocumentView | None) -> str:
    """The digest of the text to compare with; "" where this reader decides nothing or nothing differs."""
    return view.earlier.digest if view and view.decides and view.earlier else ""


def since_then(view: DocumentView, older: Older | None) -> SinceThen | None:
    """Outside the read, for it takes a moment. None where the older text is not the one on record."""
    if view.earlier is None or older is None or not (older.holds and view.text_holds):
        return None
    found = compared_with(view, older)
    words = summary(found)
    return SinceThen(
        earlier=view.earlier,
        no=older.no,
        found=found,
        changes=told(found, view.agency.fields),
        tag=f"{words} {SINCE[view.earlier.since]}" if words[:1].isdigit() else words,
        text=TEXTS[view.earlier.since],
    )


def compared_with(view: DocumentView, older: Older) -> Changes:
    """The older text with the present one, and the signers chosen for each."""
    signers = signers_by_revision(view.trail)
    return compared(
        (older.digest, older.content),
        (view.document.digest, view.content),
        signers=(signers.get(older.no, ""), view.signer),
    )
