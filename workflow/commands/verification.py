"""Running a verification and keeping on record that it was run, by whom, with what result."""

from workflow.audit import note_access
from workflow.engine import Engine, Identity
from workflow.errors import NotYourStep
from workflow.queries.verdict import located
from workflow.queries.verification import ACTION, MAY_VERIFY, may_verify
from workflow.verification import Report, verify


def verify_record(engine: Engine, identity: Identity) -> Report:
    """
    Verify in a Work that only reads, then note the result in a short one of its own.

    Raises NotYourStep for who may not ask. It may take minutes, and nobody's commit waits for it
    (`Engine.reading_long`).
    """
    with engine.reading(identity) as w:
        if not may_verify(w.actor):
            raise NotYourStep("verify", MAY_VERIFY)
    with engine.reading_long(identity) as w:
        report = verify(w)
        facts = report.facts() | located(w, report)
    with engine.work(identity) as w:
        note_access(w, ACTION, "Kiểm tra toàn bộ nhật ký", facts=facts)
        # The tree is signed with this entry in it: whoever checked takes away a note over all that held.
        # A broken log gets no signature.
        w.want_checkpoint = report.holds
    return report
