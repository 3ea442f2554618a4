"""
Who may do what to a plan or a report, written from the domain's tables and not from the engine's rules.

`Paper.refused` says why a step must be refused, or nothing; `Paper.take` moves the paper as the engine must.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

SEATS: dict[str, set[tuple[str, str]]] = {
    "viet": {("BGD", "director"), ("VP", "clerk"), ("VP", "format_checker")},
    "mai": {("BGD", "deputy_director"), ("QLKH", "dept_head")},
    "son": {("BGD", "deputy_director"), ("QLKH", "drafter")},
    "hung": {("VP", "dept_head"), ("VP", "chief_of_office"), ("VP", "format_checker")},
    "thu": {("VP", "dept_deputy"), ("VP", "format_checker")},
    "lan": {("VP", "drafter")},
    "duc": {("VP", "drafter")},
    "van": {("VP", "clerk"), ("VP", "format_checker")},
    "khoi": {("QLKH", "dept_head")},
    "nhung": {("QLKH", "drafter")},
    "huy": {("TTCNS", "admin"), ("VP", "dept_deputy"), ("VP", "format_checker")},
    "minh": {("TTT", "auditor")},
    "thanh": set(),  # the director of another agency
    "binh": set(),  # its Chánh Văn phòng
    "xuan": set(),  # its văn thư
}
LOGINS = tuple(SEATS)
KT = {
    "mai": {"to_chuc_hanh_chinh", "khoa_hoc", "cong_nghe", "do_luong"},
    "son": {"chuyen_doi_so", "buu_chinh_vien_thong", "tai_chinh_phap_che"},
}
STEPS = (
    "submit", "submit_own", "withdraw", "return", "forward", "approve_content", "check_format", "sign", "unsign",
    "reject", "reassign", "assign_number", "seal", "issue", "request_void", "void", "cancel", "close", "agree_to_end",
    "mark_reported", "open_period",
)  # fmt: skip
SIGNERS = ("mai", "son", "viet", "hung")
NOTED = {"return", "unsign", "reject", "request_void", "void", "cancel", "close", "agree_to_end"}


class Text(NamedTuple):
    """What tells one content from another; equal texts have equal digests."""

    number: int
    field: str = "to_chuc_hanh_chinh"
    complete: bool = True
    duties: bool = False


class Ask(NamedTuple):
    """What the form of a step brought along."""

    noted: bool = True
    signer: str | None = None
    capacity: str = ""
    paper: bool = True
    fresh: bool = True


@dataclass
class Given:
    """An approval: by whom, on which text, in which round; `live` until it is taken back."""

    kind: str
    by: str
    text: Text
    round: int
    live: bool = True


def capacity_of(login: str | None, text: Text) -> str:
    """G6, for the types KH and BC: the head, or a deputy in a field of his own."""
    if login == "viet":
        return "HEAD"
    return "KT" if login in KT and text.field in KT[login] else ""


def holds(login: str, role: str, unit: str | None = None) -> bool:
    """Admin never (decisions.md 12)."""
    seats = SEATS[login]
    if any(held == "admin" for _, held in seats):
        return False
    return any(held == role and unit in (None, at) for at, held in seats)


def heads(login: str, unit: str) -> bool:
    return holds(login, "dept_head", unit) or holds(login, "dept_deputy", unit)


def may_create(login: str, unit: str) -> bool:
    roles = ("drafter", "dept_head", "dept_deputy", "chief_of_office", "clerk")
    return any(holds(login, role, unit) for role in roles)


@dataclass
class Paper:
    """One document as the model has it."""

    unit: str
    kind: str
    drafter: str
    signer: str | None
    text: Text
    id: int = 0
    state: str = "draft"
    version: int = 1
    round: int = 1
    returned_to: str | None = None
    given: list[Given] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)
    signed_by: str | None = None
    numbered_by: str | None = None
    reference_no: str | None = None
    sealed: bool = False
    void_requested: bool = False
    agreed: set[str] = field(default_factory=set)
    remembers: bool = True

    def __post_init__(self) -> None:
        if self.remembers:
            self.authors.add(self.drafter)

    def did(self, kind: str) -> set[str]:
        return {item.by for item in self.given if item.kind == kind}

    def valid(self, kind: str) -> bool:
        """G5, G8, G9: an approval counts for the text it was given on, and until it is taken back."""
        return any(item.kind == kind and item.live and item.text == self.text for item in self.given)

    def apart(self, login: str) -> bool:
        """G4 over time: who drafted, reviewed or checked never signs, whatever he holds."""
        return login not in self.authors | self.did("content") | self.did("format")

    def can_sign(self, login: str | None) -> bool:
        return login is not None and capacity_of(login, self.text) != "" and self.apart(login)

    @property
    def ended(self) -> bool:
        return self.state in ("issued", "closed", "rejected", "cancelled", "voided")

    def forgetful(self) -> "Paper":
        """The same paper if nobody remembered who did what on it, and on which text."""
        given = [replace(item, by="nobody", text=self.text) for item in self.given]
        return replace(self, given=given, authors=set(), drafter=self.drafter, remembers=False)

    def may_edit(self, login: str) -> bool:
        if self.state == "draft":
            return self._is_drafter(login)
        if self.state == "returned":
            return heads(login, self.unit) if self.returned_to == "head" else self._is_drafter(login)
        return False

    def refused(self, login: str, step: str, ask: Ask) -> str:
        """Why this step is not to be had; empty where it is."""
        if step in NOTED and not ask.noted:
            return "no reason given"
        check = getattr(self, f"_{step}", None)
        if check is None:
            return "for the system only"
        return "" if check(login, ask) else "not allowed"

    # T2, T2b, T3, T9, T22.

    def _is_drafter(self, login: str) -> bool:
        return login == self.drafter and may_create(login, self.unit)

    def _complete(self) -> bool:
        return self.text.complete and self.signer is not None

    def _submit(self, login: str, ask: Ask) -> bool:
        with_him = self.state == "draft" or (self.state == "returned" and self.returned_to == "drafter")
        return with_him and self._is_drafter(login) and self._complete()

    def _submit_own(self, login: str, ask: Ask) -> bool:
        open_ = self.state in ("draft", "returned")
        return open_ and heads(login, self.unit) and login in self.authors and self._complete()

    def _withdraw(self, login: str, ask: Ask) -> bool:
        if self.state == "dept_review":
            return self._is_drafter(login)
        return self.state == "awaiting_signature" and heads(login, self.unit)

    def _cancel(self, login: str, ask: Ask) -> bool:
        by = self._is_drafter(login) or heads(login, self.unit)
        return self.state in ("draft", "returned") and by and not self.did("signature")

    # T4, T6, T8, T14, T8b.

    def _return(self, login: str, ask: Ask) -> bool:
        return {
            "dept_review": heads(login, self.unit),
            "format_check": holds(login, "format_checker"),
            "awaiting_signature": self._is_signer(login),
            "signed": holds(login, "clerk"),
        }.get(self.state, False)

    def _forward(self, login: str, ask: Ask) -> bool:
        return self.state == "returned" and self.returned_to == "head" and heads(login, self.unit)

    # T5, T7, T10–T13.

    def _approve_content(self, login: str, ask: Ask) -> bool:
        checked = {
            item.by for item in self.given if item.kind == "format" and item.live and item.text == self.text
        }
        apart = login not in self.authors | checked
        return self.state == "dept_review" and heads(login, self.unit) and apart

    def _check_format(self, login: str, ask: Ask) -> bool:
        stands_apart = login not in self.authors and login not in self.did("content")
        signer = ask.signer or self.signer
        return (
            self.state == "format_check"
            and holds(login, "format_checker")
            and stands_apart
            and self.valid("content")
            and self.can_sign(signer)
            and signer != login
        )

    def _is_signer(self, login: str) -> bool:
        return login == self.signer and not any(role == "admin" for _, role in SEATS[login])

    def _sign(self, login: str, ask: Ask) -> bool:
        return (
            self.state == "awaiting_signature"
            and self._is_signer(login)
            and self.valid("content")
            and self.valid("format")
            and self.can_sign(login)
            and ask.capacity in ("", capacity_of(login, self.text))
            and ask.fresh
        )

    def _unsign(self, login: str, ask: Ask) -> bool:
        return self.state == "signed" and self._is_signer(login) and login == self.signed_by

    def _reject(self, login: str, ask: Ask) -> bool:
        return self.state == "awaiting_signature" and self._is_signer(login)

    def _reassign(self, login: str, ask: Ask) -> bool:
        by = self._is_signer(login) or holds(login, "director")
        new = ask.signer is not None and ask.signer != self.signer
        return self.state == "awaiting_signature" and by and new and self.can_sign(ask.signer)

    # T15–T18, T25.

    def _assign_number(self, login: str, ask: Ask) -> bool:
        return (
            self.state == "signed"
            and holds(login, "clerk")
            and self.valid("signature")
            and login not in self.did("signature")
            and ask.paper
        )

    def _in_hand(self, login: str) -> bool:
        return self.state == "numbered" and holds(login, "clerk") and not self.void_requested

    def _seal(self, login: str, ask: Ask) -> bool:
        return self._in_hand(login) and self.valid("signature") and not self.sealed

    def _issue(self, login: str, ask: Ask) -> bool:
        return self._in_hand(login) and self.valid("signature") and self.sealed

    def _request_void(self, login: str, ask: Ask) -> bool:
        return self._in_hand(login)

    def _void(self, login: str, ask: Ask) -> bool:
        by = self._is_signer(login) or holds(login, "director")
        return self.state == "numbered" and self.void_requested and by

    def _close(self, login: str, ask: Ask) -> bool:
        open_ = self.kind == "ke_hoach" and self.state == "issued"
        may = open_ and holds(login, "chief_of_office") and not self.text.duties
        return may and bool(self.agreed - {login})

    def _agree_to_end(self, login: str, ask: Ask) -> bool:
        open_ = self.kind == "ke_hoach" and self.state == "issued"
        may = self._is_signer(login) or holds(login, "director")
        return open_ and may and login not in self.agreed

    def take(self, login: str, step: str, ask: Ask, number: str) -> None:
        """What an allowed step makes of the paper; `number` is the reference a numbering must give."""
        self.version += 1
        before, self.state = self.state, self._target(step)
        if step == "agree_to_end":
            self.agreed.add(login)
        if step == "withdraw" or step == "return" or step == "unsign":
            round_, self.round = self.round, self.round + 1
        else:
            round_ = self.round
        if step == "return":
            self.returned_to = "drafter" if before == "dept_review" else "head"
        if step == "forward":
            self.returned_to = "drafter"
        kind = {
            "submit_own": "content",
            "approve_content": "content",
            "check_format": "format",
            "sign": "signature",
        }
        if step in kind:
            self.given.append(Given(kind[step], login, self.text, round_))
        if step in ("check_format", "reassign"):
            self.signer = ask.signer or self.signer
        if step == "sign":
            self.signed_by = login
        if step == "unsign" or (step == "return" and before == "signed"):
            self.signed_by = None
            for item in self.given:
                item.live = item.live and item.kind != "signature"
        if step == "assign_number":
            self.reference_no, self.numbered_by = number, login
        self.sealed = self.sealed or step == "seal"
        self.void_requested = self.void_requested or step == "request_void"

    def _target(self, step: str) -> str:
        return {
            "submit": "dept_review", "submit_own": "format_check", "withdraw": "draft", "return": "returned",
            "approve_content": "format_check", "check_format": "awaiting_signature", "sign": "signed",
            "unsign": "awaiting_signature", "reject": "rejected", "assign_number": "numbered", "issue": "issued",
            "void": "voided", "cancel": "cancelled", "close": "closed",
        }.get(step, self.state)  # fmt: skip
