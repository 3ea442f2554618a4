"""One report of the demonstration, act by act: that of a unit, and the office's own."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import msgspec

from web.demo.hours import at, spread
from web.demo.plans import BREATH, PlanStory
from web.demo.results import filled
from workflow.commands.drafting import save_revision
from workflow.commands.reporting import start_report, start_unit_report
from workflow.commands.steps import take_step
from workflow.content import Missing
from workflow.demo_file import ReportEntry
from workflow.loading import load_content
from workflow.people import Unit
from workflow.queries.console import seen_document
from workflow.queries.periods_of import OwedPeriod

OFFICE_STEPS = {"draft": 1, "issued": 9}
"""How many of begin, complete and the seven steps up to issue are played for each state."""

NOT_SENT = "Đơn vị chưa gửi báo cáo trong thời hạn của Kế hoạch; Văn phòng đã nhắc."


class UnitReport:
    """One unit's report for one period."""

    def __init__(self, story: PlanStory, period: OwedPeriod):
        self.story, self.period = story, period
        self.document_id = 0

    @property
    def unit(self) -> Unit:
        return self.story.stage.directory.units[self.period.unit_id]

    def acts(self) -> list[Callable[[], None]]:
        return [
            self.begin,
            self.fill_in,
            lambda: self.step("submit", "unit_reporter", self.unit.id),
            lambda: self.step("approve_content", "dept_head", self.unit.id),
            lambda: self.step("accept", "chief_of_office", None),
        ]

    def begin(self) -> None:
        with self.story.stage.work(self.who("unit_reporter", self.unit.id)) as w:
            self.document_id = start_unit_report(w, instance_id=self.period.id)

    def fill_in(self) -> None:
        with self.story.stage.work(self.who("unit_reporter", self.unit.id)) as w:
            document = seen_document(w, self.document_id)
            content = load_content(w, document)
            rows = filled(content.results, unit=self.unit.code, period=self.period.period)
            save_revision(
                w,
                document_id=document.id,
                seen_version=document.version,
                content=msgspec.structs.replace(content, results=rows),
            )

    def step(self, step_id: str, role: str, unit_id: int | None) -> None:
        with self.story.stage.work(self.who(role, unit_id)) as w:
            take_step(w, document_id=self.document_id, step_id=step_id, seen_version=None)

    def who(self, role: str, unit_id: int | None) -> str:
        return self.story.stage.holder(self.story.agency.id, role, unit_id=unit_id) or ""


class OfficeReport:
    """The report that the office draws up from those of the units."""

    def __init__(self, story: PlanStory, entry: ReportEntry, period: OwedPeriod, after: datetime):
        self.story, self.entry, self.period, self.after = story, entry, period, after
        self.document_id = 0

    def tell(self) -> None:
        acts: list[Callable[[], None]] = [self.begin, self.complete]
        plan, entry = self.story.plan.entry, self.entry
        by = {"submit": entry.drafter, "approve_content": plan.approver, "check_format": plan.checker}
        by |= {"sign": entry.signer}
        for step in ("submit", "approve_content", "check_format", "sign", "assign_number", "seal", "issue"):
            who = by.get(step) or plan.clerk
            acts.append(lambda who=who, step=step: self.step(who, step))  # type: ignore[misc]
        acts = acts[: OFFICE_STEPS[entry.state]]
        ends = self.story.stage.ends - BREATH
        due = min(at(self.period.last_on_time, time(16)), ends)
        for moment, act in zip(
            spread(self.after, max(due, min(self.after + timedelta(days=2), ends)), len(acts)),
            acts,
            strict=True,
        ):
            self.story.stage.later(moment, act)

    def begin(self) -> None:
        signer = self.story.stage.directory.by_login[self.entry.signer or ""].id
        with self.story.stage.work(self.entry.drafter or "") as w:
            self.document_id = start_report(w, instance_id=self.period.id, signer_id=signer)

    def complete(self) -> None:
        """Say of every unit that is missing why it is, and of the office's own tasks how they stand."""
        with self.story.stage.work(self.entry.drafter or "") as w:
            document = seen_document(w, self.document_id)
            content = load_content(w, document)
            missing = tuple(Missing(item.unit, item.reason or NOT_SENT) for item in content.missing_units)
            own = filled(
                tuple(row for row in content.results if not row.status),
                unit=self.entry.drafter or "",
                period=self.period.period,
            )
            rest = iter(own)
            results = tuple(row if row.status else next(rest) for row in content.results)
            save_revision(
                w,
                document_id=document.id,
                seen_version=document.version,
                content=msgspec.structs.replace(content, missing_units=missing, results=results),
                signer_id=document.signer_id,
            )

    def step(self, login: str, step_id: str) -> None:
        with self.story.stage.work(login) as w:
            take_step(
                w,
                document_id=self.document_id,
                step_id=step_id,
                seen_version=None,
                paper_signed=step_id == "assign_number",
            )
