"""The demonstration: complete on every day of the year, made by people's own acts, and never over real data."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.record import open_postgresql
from web import demo
from web.auth.passwords import verify as right_password
from web.cli.demo import prepare
from web.cli.root import Refusal
from web.demo.logins import logins
from workflow.agency_file import load_agencies
from workflow.commands.setup import install_agency
from workflow.demo_file import load_demo
from workflow.engine import Engine, Identity
from workflow.engine.schema import migrate
from workflow.models import Document, Entry, Person, RegisterRow, Revision
from workflow.queries.console import history_of, waited_for
from workflow.queries.overview import picture
from workflow.queries.tasks import STATES, tasks_where
from workflow.ranks import FEWEST
from workflow.settings import DEFINITIONS, Settings
from workflow.verification import rebuild, verify
from workflow.workdays import VN, vn_date

READER = Identity(rule="test")
NOVEMBER = datetime(2026, 11, 21, 8, 45, tzinfo=UTC)


def settings_in(folder: Path) -> Settings:
    found = Settings(instance=folder, database_url=f"sqlite:///{folder / 'trinhky.db'}", argon2="cheapest")
    migrate(found)
    return found


@pytest.fixture(scope="module")
def november(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("demo"))
    demo.set_up(settings, now=NOVEMBER)
    engine = Engine(settings, clock=lambda: NOVEMBER)
    yield engine
    engine.close()


def plans_on(now: datetime):
    return load_demo(DEFINITIONS / "demo", on=vn_date(now), agencies=load_agencies(DEFINITIONS / "agencies"))


def assert_complete(engine: Engine, now: datetime) -> None:
    with engine.reading(READER) as w:
        report = verify(w)
        assert report.holds, report.broken[:3]
        assert report.counts["entries"].good == report.counts["entries"].total > 100
        assert rebuild(w) == []
        rows = w.db.execute(
            select(Document.subject, Document.state).where(Document.definition_id == "ke_hoach")
        )
        states = sorted(state for _, state in rows)
        assert states == sorted(plan.entry.state for plan in plans_on(now))
        assert w.db.scalar(select(func.max(Entry.at))) <= now
        table = {item.login: " ".join(item.waiting) for item in logins(w)}
    assert "2 chờ ký" in table["mai"]
    assert "bị trả lại" in table["lan"]
    assert "chờ trưởng phòng duyệt" in table["khanh"]
    assert "chờ kiểm tra thể thức" in table["thu"]
    assert "chờ cấp số" in table["van"]
    assert "chờ phát hành" in table["van"]
    assert "chậm báo cáo" in table["hung"]
    assert "báo cáo phải lập" in table["yen"]
    assert "chờ ký" in table["chau"]
    assert {"viet", "minh", "huy"} <= set(table)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 12, 31, 17, 5, tzinfo=UTC),  # five past midnight of 1 January in Việt Nam
        datetime(2027, 1, 1, 3, 0, tzinfo=UTC),
        datetime(2028, 2, 29, 9, 0, tzinfo=UTC),
        datetime(2026, 11, 10, 1, 0, tzinfo=UTC),
        datetime(2027, 2, 8, 3, 0, tzinfo=UTC),  # within Tết
        datetime(2026, 10, 20, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 30, 16, 0, tzinfo=UTC),  # an hour before the last period of the office opens
    ],
    ids=lambda now: now.isoformat()[:16],
)
def test_on_every_day_each_role_finds_something_to_do_and_the_record_verifies(tmp_path, now):
    settings = settings_in(tmp_path)
    demo.set_up(settings, now=now)
    engine = Engine(settings, clock=lambda: now)
    try:
        assert_complete(engine, now)
    finally:
        engine.close()


def test_in_november_units_have_reported_on_time_late_or_not_at_all(november):
    assert_complete(november, NOVEMBER)
    with november.reading(READER) as w:
        late = {item.login: item.waiting for item in logins(w)}
        assert "4 đơn vị chậm báo cáo" in late["hung"]
        assert "2 đã gửi Văn phòng" in late["binh"]


def test_the_plan_of_last_year_was_reported_by_its_office_and_opened_again_on_new_years_day(november):
    with november.reading(READER) as w:
        plan = w.db.execute(select(Document.id, Document.report_year).order_by(Document.id).limit(1)).one()
        acts = [(item["body"]["action"], item["body"]["at"][:10]) for item in history_of(w, plan.id)]
        report = w.db.execute(select(RegisterRow.reference_no).where(RegisterRow.doc_type == "BC")).one()
    names = [name for name, _ in acts]
    assert names[:8] == [
        "import", "submit", "approve_content", "check_format", "sign", "assign_number", "seal", "issue",
    ]  # fmt: skip
    assert names.index("mark_reported") < names.index("open_period")
    assert dict(acts)["open_period"] == "2025-12-31"
    assert plan.report_year == 2026
    assert report.reference_no == "118/BC-SKHCN"


def test_tasks_stand_in_every_way_and_files_show_what_was_done(november):
    with november.reading(READER) as w:
        items = tasks_where(w)
    states = {state: [item for item in items if item.state == state] for state in STATES}
    assert all(states.values()), {state: len(found) for state, found in states.items()}
    assert all(item.noted and item.noted.file_name for item in states["done"])
    assert all(item.noted.at <= NOVEMBER for item in items if item.noted)


def test_leaders_are_told_when_papers_may_be_signed_from_those_of_earlier_months(november):
    with november.reading(Identity(rule="test")) as w:
        viet = w.directory.by_login["viet"].id
    with november.reading(Identity(person_id=viet)) as w:
        seen = picture(w)
    foreseen = [item for item in seen.outlooks if item.middle]
    assert len(foreseen) >= 2
    assert all(item.cases >= FEWEST and item.middle <= item.late for item in foreseen)
    assert len({item.month for item in seen.signings}) >= 4
    assert len({item.took for item in seen.signings}) > 3, "no two papers are alike"


def test_people_act_in_working_hours_and_entries_follow_each_other_in_time(november):
    with november.reading(READER) as w:
        rows = w.db.execute(
            select(Entry.at, Entry.person_id).where(Entry.document_id.is_not(None)).order_by(Entry.id)
        ).all()
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    hours = [row.at.astimezone(VN).hour for row in rows if row.person_id]
    assert len(hours) > 150
    assert min(hours) >= 8
    assert max(hours) <= 17


def test_the_plan_that_came_back_was_changed_and_waits_for_the_same_signer_again(november):
    with november.reading(READER) as w:
        document = w.db.execute(
            select(Document.id, Document.round, Document.revision_no, Document.state).where(
                Document.subject.like("Quản lý%")
            )
        ).one()
        texts = list(
            w.db.scalars(
                select(Revision.content).where(Revision.document_id == document.id).order_by(Revision.no)
            )
        )
        names = [item["body"]["action"] for item in history_of(w, document.id)]
        waiting = [w.directory.people[item.person_id].login for item in waited_for(w, document.id)]
    assert (document.state, document.revision_no, document.round) == ("awaiting_signature", 2, 2)
    assert "Trước ngày 31/5".encode() in texts[0]
    assert "Trước ngày 30/6".encode() in texts[1]
    assert names[4:8] == ["return", "forward", "edit", "submit"]
    assert waiting == ["mai"]


def test_everybody_signs_in_with_the_one_password_that_is_printed(november):
    assert len(demo.PASSWORD) >= 15
    with november.reading(READER) as w:
        hashes = set(w.db.scalars(select(Person.password_hash)))
    assert len(hashes) == 1
    assert right_password(hashes.pop(), demo.PASSWORD, "cheapest")


def test_setting_it_up_takes_less_than_ten_seconds_of_work(tmp_path):
    settings = settings_in(tmp_path)
    started = time.process_time()
    demo.set_up(settings, now=NOVEMBER)
    assert time.process_time() - started < 10


def test_a_second_start_keeps_what_was_done_and_a_reset_begins_anew(tmp_path):
    settings = settings_in(tmp_path)
    assert prepare(settings, now=NOVEMBER) is True
    engine = Engine(settings, clock=lambda: NOVEMBER + timedelta(hours=1))
    with engine.work(READER) as w:
        w.db.execute(Person.__table__.update().where(Person.login == "lan").values(name="Đã đổi tên"))
    engine.close()

    def name_of_lan() -> str | None:
        engine = Engine(settings)
        with engine.reading(READER) as w:
            found = w.db.scalar(select(Person.name).where(Person.login == "lan"))
        engine.close()
        return found

    assert prepare(settings, now=NOVEMBER) is False
    assert name_of_lan() == "Đã đổi tên"
    assert prepare(settings, reset=True, now=NOVEMBER) is True
    assert name_of_lan() == "Nguyễn Thị Lan"


def test_a_set_up_that_broke_off_is_done_again(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)

    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(demo, "_play", breaks)
        with pytest.raises(KeyboardInterrupt):
            demo.set_up(settings, now=NOVEMBER)
    engine = Engine(settings)
    assert demo.state_of(engine) == "building"
    engine.close()
    assert prepare(settings, now=NOVEMBER) is True


@pytest.mark.parametrize("reset", [False, True])
def test_real_data_is_never_touched(tmp_path, reset):
    settings = settings_in(tmp_path)
    engine = Engine(settings)
    with engine.work(Identity(rule="init")) as w:
        install_agency(w, file=load_agencies(DEFINITIONS / "agencies")[0])
    engine.close()
    before = (tmp_path / "trinhky.db").read_bytes()
    with pytest.raises(Refusal, match="dữ liệu thật"):
        prepare(settings, reset=reset, now=NOVEMBER)
    with pytest.raises(LookupError):
        demo.set_up(settings, now=NOVEMBER)
    assert (tmp_path / "trinhky.db").read_bytes() == before


def test_on_postgresql_it_is_set_up_in_a_database_of_its_own_and_not_removed(tmp_path, postgresql_url):
    made = open_postgresql(postgresql_url, tmp_path, lambda: NOVEMBER)
    made.close()
    assert prepare(made.settings, now=NOVEMBER) is True
    engine = Engine(made.settings, clock=lambda: NOVEMBER)
    try:
        assert_complete(engine, NOVEMBER)
        assert prepare(made.settings, now=NOVEMBER) is False
        with pytest.raises(Refusal, match="PostgreSQL"):
            prepare(made.settings, reset=True, now=NOVEMBER)
    finally:
        engine.close()
