"""A run of the clock: what one plan breaks is left with that plan."""

import pytest
from sqlalchemy import update

from tests.record import Record
from tests.workflow.acts import at
from tests.workflow.commands.test_tasks import plan_of
from workflow.commands.tick import tick
from workflow.models import Revision


@pytest.mark.tampered
def test_a_plan_whose_text_was_damaged_holds_up_no_other_plan(sqlite_record: Record):
    record = sqlite_record
    broken, sound = plan_of(record), plan_of(record)
    with record.engine.database.write.begin() as db:
        db.exec_driver_sql("DROP TRIGGER tasks_opened_no_delete")
        db.exec_driver_sql("DROP TRIGGER revision_no_update")
        db.exec_driver_sql(f"DELETE FROM tasks_opened WHERE document_id = {broken}")
        db.execute(update(Revision).where(Revision.document_id == broken).values(content=b"{"))
    at(record, 2028, 1, 1, 0, 5)
    done = tick(record.engine)
    assert done.left == (broken,)
    assert done.periods > 0
    assert done.reminded + done.tasks > 0
    again = tick(record.engine)
    assert again.left == (broken,)
    assert again.tasks == 0
    assert sound not in again.left
