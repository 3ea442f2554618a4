"""Letters as people read them: plain text and HTML that say the same, with links that open a page and do nothing else."""

from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from web.filters import local, vi_date, weekday_date
from web.notices.wording import grouped
from workflow.queries.mail import Letter
from workflow.settings import Settings

_TEXT = Environment(  # noqa: S701 (plain text: marks are letters here)
    loader=PackageLoader("web", "letters"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_HTML = Environment(loader=PackageLoader("web", "letters"), undefined=StrictUndefined, autoescape=True)


def writer(settings: Settings) -> Callable[[Letter], EmailMessage]:
    """`write(letter)` for `workflow.commands.posting`; its links begin with `public_url`."""

    def write(letter: Letter) -> EmailMessage:
        return written(letter, public_url=settings.public_url.rstrip("/"), sender=settings.mail_from)

    return write


def written(letter: Letter, *, public_url: str, sender: str) -> EmailMessage:
    """One message, of one address; the same letter written twice has the same Message-ID."""
    today = local(letter.at).date()
    groups = grouped(letter.notices, today)
    facts = {
        "letter": letter,
        "groups": groups,
        "heading": subject_of(letter),
        "day": weekday_date(today),
        "url": public_url,
        "digest": letter.key.startswith("digest:"),
    }
    message = EmailMessage()
    message["Subject"] = facts["heading"]
    message["From"] = Address(_line(f"Trình ký, {letter.agency_name}"), addr_spec=sender)
    message["To"] = Address(_line(letter.person_name), addr_spec=letter.address)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.key.replace(':', '.')}@{urlsplit(public_url).hostname or 'trinhky'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(facts), cte="quoted-printable")
    message.add_alternative(_html(facts), subtype="html", cte="quoted-printable")
    return message


def subject_of(letter: Letter) -> str:
    """What it is about in a line that fits a telephone: the one thing, or how many and the most pressing."""
    today = local(letter.at).date()
    groups = grouped(letter.notices, today)
    again = "(gửi lại) " if letter.again else ""
    if len(letter.notices) == 1:
        name, (line,) = groups[0]
        return again + _short(f"{line.tag or name}: {line.title}")
    counted = ", ".join(f"{len(lines)} {name[0].lower()}{name[1:]}" for name, lines in groups[:2])
    more = " và việc khác" if len(groups) > 2 else ""
    return again + _short(f"Ngày {vi_date(today)}: {counted}{more}")


def _line(text: str) -> str:
    """What may stand in a header: one line, and no sign that is no letter."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _short(text: str) -> str:
    flat = _line(text)
    return flat if len(flat) <= 110 else flat[:109].rstrip() + "…"


def _text(facts: dict[str, object]) -> str:
    return _TEXT.get_template("notices.txt").render(facts)


def _html(facts: dict[str, object]) -> str:
    return _HTML.get_template("notices.html").render(facts)
