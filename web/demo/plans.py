"""One plan of the demonstration, from its text to the state it is to be in, by the people it names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from web.demo.hours import at, spread
from web.demo.stage import Stage
from workflow.commands.drafting import create_document, save_revision
from workflow.commands.steps import take_step
from workflow.content import Content
from workflow.demo_file import DemoPlan, SentBack
from workflow.people import Agency, Unit
from workflow.queries.console import seen_document
from workflow.reading import Proposal, read, source_reference, to_content
from workflow.workdays import add_workdays

UP = ("submit", "approve_content", "check_format", "sign", "assign_number", "seal", "issue")
STATES = ("dept_review", "format_check", "awaiting_signature", "signed", "numbered", "numbered", "issued")
"""The straight way, and the state that each of its steps leads to."""

BREATH = timedelta(minutes=20)


@dataclass
class PlanStory:
    """A plan and, once it was brought in, the number of its document."""

    stage: Stage
    plan: DemoPlan
    after_issue: "Callable[[PlanStory], None]"
    document_id: int = 0

    @property
    def agency(self) -> Agency:
        return self.stage.directory.agency_by_code[self.plan.entry.agency]

    @property
    def unit(self) -> Unit:
        unit = self.stage.directory.unit_by_code(self.agency.id, self.plan.entry.unit)
        if unit is None:
            raise LookupError(f"{self.plan.entry.id}: no unit {self.plan.entry.unit}")
        return unit

    def tell(self) -> None:
        """Put every act of this plan into the queue."""
        acts = self._acts()
        for moment, act in zip(self._moments(len(acts)), acts, strict=True):
            self.stage.later(moment, act)

    def step(self, login: str, step_id: str, note: str = "") -> None:
        with self.stage.work(login) as w:
            take_step(
                w,
                document_id=self.document_id,
                step_id=step_id,
                seen_version=None,
                note=note,
                paper_signed=step_id == "assign_number",
            )

    def _moments(self, count: int) -> list[datetime]:
        start = at(self.plan.drafted, time(8))
        full = at(add_workdays(self.plan.drafted, self.plan.workdays), time(17))
        end = max(min(full, self.stage.ends - BREATH), start)
        return spread(start, end, count)

    def _acts(self) -> list[Callable[[], None]]:
        entry = self.plan.entry
        by = {"submit": entry.drafter, "approve_content": entry.approver, "check_format": entry.checker}
        by |= {"sign": entry.signer}
        acts: list[Callable[[], None]] = [self._bring_in]

        def steps(last: str) -> None:
            for step in UP[: UP.index(last) + 1]:
                acts.append(lambda step=step: self.step(by.get(step, entry.clerk), step))  # type: ignore[misc]

        if entry.sent_back:
            last = {"approver": "submit", "checker": "approve_content", "signer": "check_format"}
            steps(last[entry.sent_back.by])
            acts += self._sent_back(entry.sent_back)
        if entry.state == "returned":
            steps("submit")
            acts.append(lambda: self.step(entry.approver, "return", entry.note or ""))
        elif entry.state != "draft":
            # Two steps end in `numbered`: sealing is left to whoever tries the demonstration.
            steps(UP[STATES.index(entry.state)])
        if entry.state == "issued":
            acts.append(lambda: self.after_issue(self))
        return acts

    def _sent_back(self, back: SentBack) -> list[Callable[[], None]]:
        entry = self.plan.entry
        who: str = getattr(entry, back.by)
        acts: list[Callable[[], None]] = [lambda: self.step(who, "return", back.note)]
        if back.by != "approver":
            acts.append(lambda: self.step(entry.approver, "forward"))
        return [*acts, lambda: self._change(back)]

    def _bring_in(self) -> None:
        entry = self.plan.entry
        proposal = self._read(self.plan.text)
        with self.stage.work(entry.drafter) as w:
            self.document_id = create_document(
                w,
                definition_id="ke_hoach",
                unit_id=self.unit.id,
                content=self._content(proposal),
                signer_id=self.stage.directory.by_login[entry.signer].id,
                source_reference=source_reference(proposal),
                action="import",
            )

    def _change(self, back: SentBack) -> None:
        if back.from_ not in self.plan.text:
            raise LookupError(f"{self.plan.entry.id}: the text does not say {back.from_!r}")
        content = self._content(self._read(self.plan.text.replace(back.from_, back.to)))
        with self.stage.work(self.plan.entry.drafter) as w:
            document = seen_document(w, self.document_id)
            save_revision(
                w,
                document_id=self.document_id,
                seen_version=document.version,
                content=content,
                signer_id=document.signer_id,
            )

    def _read(self, text: str) -> Proposal:
        names = [
            name
            for unit in self.stage.directory.units_of(self.agency.id)
            for name in (unit.name, *unit.aliases)
        ]
        return read(text.encode(), units=names)

    def _content(self, proposal: Proposal) -> Content:
        return to_content(proposal, field=self.plan.entry.field, drafting_unit=self.unit.name)
