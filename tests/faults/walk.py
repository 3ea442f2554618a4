"""One walk through a record: acts are tried on the engine and on the model, and must agree."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from tests.faults.model import LOGINS, SIGNERS, STEPS, Ask, Paper, Text, may_create
from tests.faults.watcher import Watcher, must
from tests.faults.world import PostgresqlWorld, SqliteWorld
from tests.record import ROUTE, plan
from workflow.commands.drafting import create_document, filed, save_revision
from workflow.commands.ending import agree_to_end
from workflow.commands.moving import act_on
from workflow.commands.steps import load_for_step, take_step
from workflow.content import Content, Node, canonical, digest_of
from workflow.ending import ACT as AGREE
from workflow.engine import Identity
from workflow.errors import KeyReused, WorkflowError
from workflow.models import Document, Revision
from workflow.people import system_actor

World = SqliteWorld | PostgresqlWorld
PLAIN = Ask()
REASON = "Nêu rõ lý do, căn cứ"
TEXTS = [
    Text(number, field, complete, duties)
    for number in range(2)
    for field in ("to_chuc_hanh_chinh", "chuyen_doi_so")
    for complete, duties in ((True, False), (True, True), (False, False))
]
STATES = ("draft", "dept_review", "format_check", "awaiting_signature", "signed", "numbered")
JUMPS = (
    timedelta(seconds=7), timedelta(minutes=20), timedelta(hours=9), timedelta(days=1), timedelta(days=260),
    timedelta(minutes=-3), timedelta(hours=-5), timedelta(days=-40),
)  # fmt: skip


def content_of(text: Text, kind: str) -> Content:
    sections = (
        plan().sections if text.duties else (Node(label="I", title="NỘI DUNG", paragraphs=("Thực hiện.",)),)
    )
    changes: dict[str, Any] = {"sections": sections, "field": text.field, "subject": f"Việc số {text.number}"}
    if kind == "bao_cao":
        changes["doc_type"] = "BC"
    if not text.complete:
        changes["recipients"] = ()
    return plan(**changes)


@dataclass
class Walk:
    """Each method is one act; it raises Violated where engine, database and model part."""

    world: World
    papers: list[Paper] = field(default_factory=list)
    books: dict[tuple[int, str], int] = field(default_factory=dict)
    acts: int = 0
    taken: int = 0
    kept: tuple[str, Paper, dict[str, Any], Any] | None = None

    def __post_init__(self) -> None:
        self.world.reset()
        self.engine, self.clock = self.world.engine, self.world.clock
        with self.engine.reading(Identity(rule="test")) as w:
            directory = w.directory
        self.people = {login: directory.by_login[login].id for login in LOGINS}
        agency = directory.agency_by_code["so_khcn"].id
        self.units = {unit.code: unit.id for unit in directory.units_of(agency)}
        self.watcher = Watcher(self.engine)
        self.watcher.people = self.people
        self.last = self.clock.now

    @property
    def now(self) -> datetime:
        """Time as the record must have it: the clock, but never back."""
        return max(self.clock.now, self.last)

    # Acts.

    def create(self, login: str, unit: str, kind: str, text: Text, signer: str | None) -> None:
        def call() -> int:
            with self.engine.work(self._who(login)) as w:
                return create_document(
                    w,
                    definition_id=kind,
                    unit_id=self.units[unit],
                    content=content_of(text, kind),
                    signer_id=self.people[signer] if signer else None,
                )

        made = self._try(call, "" if may_create(login, unit) else "no drafter there")
        if made is not None:
            self.papers.append(Paper(unit, kind, login, signer, text, id=made))
        self._look(made is not None)

    def edit(self, paper: Paper, login: str, text: Text, signer: str | None, *, stale: bool = False) -> None:
        seen = paper.version - 1 if stale else paper.version

        def call() -> Any:
            with self.engine.work(self._who(login)) as w:
                return save_revision(
                    w,
                    document_id=paper.id,
                    seen_version=seen,
                    content=content_of(text, paper.kind),
                    signer_id=self.people[signer] if signer else None,
                )

        why = "stale" if stale else "" if paper.may_edit(login) else "not his to edit"
        done = self._try(call, why)
        changed = done is not None and (text, signer) != (paper.text, paper.signer)
        if changed:
            paper.text, paper.signer = text, signer
            paper.version += 1
            paper.authors.add(login)
        self._look(changed)

    def act(
        self,
        paper: Paper,
        login: str,
        step: str,
        ask: Ask = PLAIN,
        *,
        seen: str = "present",
        key: str = "",
    ) -> None:
        """`seen`: present, stale, ahead, none (no page), digest (another text's digest)."""
        if step == AGREE:  # it knows of a page's version only, and of no key
            seen, key = ("present" if seen in ("none", "digest") else seen), ""
        proof = self.clock.now if ask.fresh else self.clock.now - timedelta(minutes=16)
        how: dict[str, Any] = {
            "document_id": paper.id,
            "step_id": step,
            "seen_version": {"none": None, "stale": paper.version - 1, "ahead": paper.version + 1}.get(
                seen, paper.version
            ),
            "seen_digest": "0" * 64 if seen == "digest" else "",
            "note": REASON if ask.noted else "ngắn",
            "capacity": ask.capacity,
            "signer_id": self.people[ask.signer] if ask.signer else None,
            "paper_signed": ask.paper,
            "key": key,
        }
        ask = ask._replace(fresh=self.now - proof <= timedelta(minutes=15))
        why = "not what was seen" if seen in ("stale", "ahead", "digest") else paper.refused(login, step, ask)
        done = self._try(lambda: self._step(login, how, proof), why, (paper.state, login, step, ask))
        if done is not None:
            number = self._next_number(paper) if step == "assign_number" else ""
            paper.take(login, step, ask, number)
            self.taken += 1
            if key:
                self.kept = (login, paper, how, done)
        self._look(done is not None)

    def repeat(self, *, changed: bool = False) -> None:
        """The last keyed request once more: one effect, the first answer; with another body, refused."""
        if self.kept is None:
            return
        login, _, how, first = self.kept
        how = how | {"note": "Một lý do khác hẳn"} if changed else how
        try:
            again = self._step(login, how, self.clock.now)
        except KeyReused:
            must(changed, "the same key has one effect and one answer", "refused as reused")
        except Exception as error:
            must(False, "the same key has one effect and one answer", repr(error))
        else:
            same = (again.version, again.entry_hash) == (first.version, first.entry_hash)
            must(again.repeated and same and not changed, "the same key has one effect and one answer", again)
        self._look(False)

    def correct(self, paper: Paper, text: Text) -> None:
        """As if a command of some later day changed a text on its way: what was approved must not count for it."""
        text = text._replace(complete=paper.text.complete)  # faults of form are found when a draft is saved
        if paper.text == text or paper.state in (
            "draft",
            "returned",
            "numbered",
            "issued",
            "closed",
            "cancelled",
        ):
            return
        if paper.state in ("rejected", "voided"):
            return
        with self.engine.work(self._who("duc")) as w:
            agency, unit = w.directory.agency_by_code["so_khcn"], w.directory.units[self.units[paper.unit]]
            stored = canonical(filed(content_of(text, paper.kind), agency, unit.symbol, paper.kind))
            row = w.db.execute(select(Document.id).where(Document.id == paper.id)).one()
            document = load_for_step(_system(w), row.id)
            number = document.revision_no + 1
            values = {"document_id": paper.id, "no": number, "content": stored, "digest": digest_of(stored)}
            values |= {"created_by": w.actor.person_id, "created_at": w.now}
            w.db.execute(Revision.__table__.insert().values(**values))
            columns = {"revision_no": number, "digest": digest_of(stored), "field": text.field}
            act_on(w, document, action="edit", label="Sửa", columns=columns)
        paper.text = text
        paper.version += 1
        paper.authors.add("duc")
        self.last = self.now
        self._look(True)

    def jump(self, by: timedelta) -> None:
        self.clock.now += by
        if not date(2026, 1, 1) < self.clock.now.date() < date(2031, 1, 1):
            self.clock.now -= by

    def set_out(self, stages: int) -> None:
        """A first paper, already so far on its straight way: most dangers lie towards its end."""
        self.create("lan", "VP", "ke_hoach", TEXTS[0], "mai")
        for login, step in ROUTE[:stages]:
            self.act(self.papers[0], login, step)

    def right_acts(self, paper: Paper) -> list[tuple[str, str, Ask]]:
        """Every act the model allows now."""
        return [
            (login, step, ask)
            for step in STEPS
            for ask in (
                [Ask(signer=s) for s in (None, *SIGNERS)] if step in ("check_format", "reassign") else [Ask()]
            )
            for login in LOGINS
            if not paper.refused(login, step, ask)
        ]

    def tempting_acts(self, paper: Paper) -> list[tuple[str, str, Ask]]:
        """Every act that is refused only for what was done on this paper before, by whom, on which text."""
        right = set(self.right_acts(paper))
        return [act for act in self.right_acts(paper.forgetful()) if act not in right]

    def untimely_acts(self, paper: Paper, state: str) -> list[tuple[str, str, Ask]]:
        """Every act that would be right if the paper were in that state, and is not in its own."""
        right = set(self.right_acts(paper))
        return [act for act in self.right_acts(replace(paper, state=state)) if act not in right]

    def end(self) -> None:
        self.watcher.end()

    # Inside.

    def _who(self, login: str, proof: datetime | None = None) -> Identity:
        return Identity(person_id=self.people[login], proof_at=proof)

    def _step(self, login: str, how: dict[str, Any], proof: datetime) -> Any:
        with self.engine.work(self._who(login, proof)) as w:
            if how["step_id"] == AGREE:  # no step of the procedure, but the step that ends a plan rests on it
                seen = {"plan_id": how["document_id"], "seen_version": how["seen_version"]}
                return agree_to_end(w, **seen, reason=how["note"])
            return take_step(w, **how)

    def _try(self, call: Any, why: str, said: object = "") -> Any:
        self.acts += 1
        try:
            done = call()
        except WorkflowError as error:
            must(why, "what the model allows, the engine allows", f"{said} {error!r}")
            return None
        except Exception as error:
            must(False, "a refusal is said by the engine, not by the database", f"{said} {error!r}")
        must(not why, "what the model refuses, the engine refuses", f"{said} {why}")
        self.last = self.now
        return done

    def _next_number(self, paper: Paper) -> str:
        year = (self.now + timedelta(hours=7)).year
        doc_type = "BC" if paper.kind == "bao_cao" else "KH"
        number = self.books[year, doc_type] = self.books.get((year, doc_type), 0) + 1
        return f"{number:02d}/{doc_type}-SKHCN"

    def _look(self, written: bool) -> None:
        self.watcher.look(self.papers, int(written))


def stroll(world: World, random: Random, steps: int, *, end: bool = True) -> Walk:
    """A walk of `steps` acts drawn from `random`: mostly the right ones, often tempting ones, some absurd."""
    walk = Walk(world)
    walk.set_out(random.randrange(len(ROUTE) + 1))
    for number in range(steps):
        one(walk, random.random(), random.randrange(1 << 30), f"k{number}")
    if end:
        walk.end()
    return walk


def one(walk: Walk, chance: float, pick: int, key: str) -> None:
    """One act, from a number between 0 and 1 for its kind and another for its details."""
    draw = Random(pick)
    living = [paper for paper in walk.papers if not paper.ended]
    if not living or (chance < 0.05 and len(living) < 3):
        unit = draw.choice(("VP", "VP", "QLKH"))
        kind = draw.choice(("ke_hoach", "ke_hoach", "bao_cao"))
        walk.create(draw.choice(LOGINS), unit, kind, draw.choice(TEXTS), draw.choice((*SIGNERS, None)))
        return
    paper = draw.choice(living if draw.random() < 0.9 else walk.papers)
    seen = draw.choice(("present",) * 8 + ("none", "stale", "ahead", "digest"))
    if chance < 0.50:
        if right := walk.right_acts(paper):
            login, step, ask = draw.choice(right)
            ends, back = {"cancel", "reject"}, {"withdraw", "return", "unsign"}
            avoided = (ends if draw.random() < 0.95 else set()) | (back if draw.random() < 0.6 else set())
            onward = [act for act in right if act[1] not in avoided]
            if not onward and paper.may_edit(paper.drafter):
                walk.edit(paper, paper.drafter, TEXTS[draw.randrange(2)], draw.choice(("mai", "son", "viet")))
                return
            right = onward or right  # or no walk would get far
            login, step, ask = draw.choice(right)
            walk.act(paper, login, step, ask, seen="present" if draw.random() < 0.9 else seen, key=key)
    elif chance < 0.80:
        ask = Ask(
            noted=draw.random() < 0.9,
            signer=draw.choice((None, None, *SIGNERS)),
            capacity=draw.choice(("", "", "", "KT", "HEAD", "TL")),
            paper=draw.random() < 0.8,
            fresh=draw.random() < 0.8,
        )
        wrong = draw.choice(("tempting", "spoiled", "untimely", "any"))
        tempting = walk.tempting_acts(paper) if wrong == "tempting" else []
        if wrong == "untimely":
            tempting = walk.untimely_acts(paper, draw.choice(STATES))
        if tempting:
            walk.act(paper, *draw.choice(tempting))
            return
        if wrong == "spoiled" and (right := walk.right_acts(paper)):
            login, step, whole = draw.choice(
                [act for act in right if act[1] not in ("cancel", "reject")] or right
            )
            spoiled = draw.choice(({"paper": False}, {"fresh": False}, {"noted": False}, {"capacity": "TL"}))
            walk.act(paper, login, step, whole._replace(**spoiled), seen=seen)
            return
        makers = sorted(paper.authors | {item.by for item in paper.given})
        login = draw.choice(makers) if draw.random() < 0.6 else draw.choice(LOGINS)
        # Who is the wrong one for a step that another may take now is the one to be caught.
        open_ = sorted({act[1] for act in walk.right_acts(paper)}) if draw.random() < 0.8 else STEPS
        step = draw.choice(open_ or STEPS)
        seen = seen if draw.random() < 0.4 else "present"
        walk.act(paper, login, step, ask, seen=seen, key=draw.choice((key, "")))
    elif chance < 0.87:
        editors = [login for login in LOGINS if paper.may_edit(login)]
        login = draw.choice(editors) if editors and draw.random() < 0.8 else draw.choice(LOGINS)
        walk.edit(paper, login, draw.choice(TEXTS), draw.choice((*SIGNERS, None)), stale=draw.random() < 0.1)
    elif chance < 0.90:
        walk.repeat(changed=draw.random() < 0.3)
    elif chance < 0.93:
        walk.correct(paper, draw.choice(TEXTS))
    else:
        walk.jump(draw.choice(JUMPS))


def _system(w: Any) -> Any:
    return replace(w, actor=system_actor("test"))
