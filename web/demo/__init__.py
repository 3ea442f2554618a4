"""
The demonstration: three agencies, their people, and plans that have come as far as `definitions/demo` says.

It never touches a record that is not a demonstration, and does everything through the same commands as people do.
"""

from datetime import UTC, datetime, time, timedelta

from web.auth.passwords import hash_password
from web.demo.hours import at
from web.demo.plans import PlanStory
from web.demo.progress import progress
from web.demo.reports import report
from web.demo.stage import Stage, StageClock
from workflow.agency import AgencyFile
from workflow.agency_file import load_agencies
from workflow.commands.installation import set_fact
from workflow.commands.mail_address import set_address
from workflow.commands.people import set_password_hash
from workflow.commands.setup import install_agency, set_first_number
from workflow.commands.tick import tick
from workflow.demo_file import DemoPlan, load_demo
from workflow.engine import Engine, Identity
from workflow.queries.installation import fact_of, is_unused
from workflow.settings import Settings
from workflow.workdays import VN

PASSWORD = "hoa-an-trinh-ky-demo"  # noqa: S105
"""Everybody's. It is printed, and the demonstration listens on this machine only unless told otherwise."""

FIRST_NUMBERS = {
    "so_khcn": {"KH": 52, "BC": 118},
    "van_phong_ubnd": {"KH": 21, "BC": 64},
    "so_y_te": {"KH": 74, "BC": 203},
}
"""Where the registers stood in the year each agency began to use the system (decisions.md 20)."""

DOMAIN = "hoa-an.example"
"""Nobody's (RFC 2606); a demonstration sends no letter at all."""

MARK = "demo"
BY = Identity(rule="demo")


def state_of(engine: Engine) -> str:
    """What the record is: unused, building (a set-up that did not end), ready, or other: somebody's real one."""
    with engine.reading(BY) as w:
        mark = fact_of(w, MARK)
        return mark or ("unused" if is_unused(w) else "other")


def set_up(settings: Settings, *, now: datetime | None = None) -> None:
    """
    Fill an unused record, whose schema is there, with the demonstration as it stands on the day of `now`.

    Raises LookupError where the record is not unused.
    """
    ends = now or datetime.now(UTC)
    agencies = load_agencies(settings.definitions / "agencies")
    plans = load_demo(settings.definitions / "demo", on=ends.astimezone(VN).date(), agencies=agencies)
    clock = StageClock(at(min(plan.drafted for plan in plans) - timedelta(days=7), time(8)))
    engine = Engine(settings, clock=clock)
    try:
        if state_of(engine) != "unused":
            raise LookupError("the record is not unused")
        _install(engine, agencies, plans)
        _play(Stage(engine, clock, ends), plans)
        clock.now = max(clock.now, ends)
        tick(engine)
        with engine.work(BY) as w:
            set_fact(w, name=MARK, value="ready")
    finally:
        engine.close()


def _install(engine: Engine, agencies: tuple[AgencyFile, ...], plans: tuple[DemoPlan, ...]) -> None:
    with engine.work(BY) as w:
        set_fact(w, name=MARK, value="building")
    with engine.work(BY) as w:
        for file in agencies:
            install_agency(w, file=file)
    with engine.work(BY) as w:
        for agency in w.directory.agencies.values():
            year = min(plan.drafted.year for plan in plans if plan.entry.agency == agency.code)
            for series, number in FIRST_NUMBERS.get(agency.code, {}).items():
                set_first_number(w, agency_id=agency.id, year=year, series=series, first_number=number)
    # One hash for all: it is one password, known to everybody, and hashing it for each takes ten seconds.
    hashed = hash_password(PASSWORD, engine.settings.argon2)
    with engine.work(BY) as w:
        for person_id in sorted(w.directory.people):
            set_password_hash(w, person_id=person_id, password_hash=hashed)
            login = w.directory.people[person_id].login
            set_address(w, person_id=person_id, address=f"{login}@{DOMAIN}")


def _play(stage: Stage, plans: tuple[DemoPlan, ...]) -> None:
    first = stage.clock.now.astimezone(VN).year
    for year in range(first + 1, stage.ends.astimezone(VN).year + 1):
        moment = at(datetime(year, 1, 1, tzinfo=VN).date(), time(0, 10))
        if moment <= stage.ends:
            stage.later(moment, lambda: tick(stage.engine))
    for plan in plans:
        PlanStory(stage, plan, _goes_on).tell()
    stage.play()


def _goes_on(story: PlanStory) -> None:
    """What follows the issue of a plan."""
    progress(story)
    report(story)
