"""The door through which letters leave: one SMTP server, as the settings name it. It knows nothing of the record."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as ON_THE_WIRE
from typing import Protocol

from workflow.settings import SMTPS, Settings

PATIENCE = 30.0
"""Seconds for one answer of the server."""


class NotTaken(Exception):
    """The server certainly did not accept the letter. `for_good`: it never will, so do not ask again."""

    def __init__(self, said: str, *, for_good: bool = False):
        super().__init__(said)
        self.said, self.for_good = said, for_good


class NobodyThere(NotTaken):
    """The server cannot be reached or does not let us in: no letter will get through at this moment."""


class Unanswered(Exception):
    """The text was under way when the connection broke: the server may have accepted it."""

    def __init__(self, said: str):
        super().__init__(said)
        self.said = said


class Door(Protocol):
    """Takes one letter at a time, to one address."""

    def send(self, letter: EmailMessage, *, to: str) -> None:
        """Returns once the server has accepted it; raises NotTaken or Unanswered."""


class SmtpDoor:
    """Connects at the first letter and stays connected for the next; the connection ends with `open_door`."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None

    def send(self, letter: EmailMessage, *, to: str) -> None:
        data = letter.as_bytes(policy=ON_THE_WIRE)
        smtp = self._connected()
        try:
            self._admitted(smtp.mail(self._settings.mail_from))
            self._asked(smtp.rcpt(to))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NobodyThere(_said(error)) from error
        try:
            code, answer = smtp.data(data)
        except smtplib.SMTPDataError as error:  # refused before a word of it was sent
            self._reset()
            raise NotTaken(_said(error), for_good=_never(error.smtp_code)) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unanswered(_said(error)) from error
        self._asked((code, answer))

    def close(self) -> None:
        if self._smtp is not None:
            smtp, self._smtp = self._smtp, None
            try:
                smtp.quit()
            except (smtplib.SMTPException, OSError):
                smtp.close()

    def _admitted(self, answer: tuple[int, bytes]) -> None:
        """Whoever is refused as a sender would be so with every letter: it is the set-up that is wrong, not this one."""
        code, words = answer
        if not 200 <= code < 300:
            self.close()
            raise NobodyThere(f"{code} {words.decode('utf-8', 'replace')}")

    def _asked(self, answer: tuple[int, bytes]) -> None:
        code, words = answer
        if not 200 <= code < 300:
            self._reset()
            raise NotTaken(f"{code} {words.decode('utf-8', 'replace')}", for_good=_never(code))

    def _reset(self) -> None:
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            smtp: smtplib.SMTP | None = None
            try:
                smtp = self._opened()
                self._smtp = smtp
            except (smtplib.SMTPException, OSError) as error:
                if smtp is not None:
                    smtp.close()
                raise NobodyThere(_said(error)) from error
        return self._smtp

    def _opened(self) -> smtplib.SMTP:
        given = self._settings
        if given.smtp_port == SMTPS:
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                given.smtp_host, given.smtp_port, timeout=PATIENCE, context=context
            )
        else:
            smtp = smtplib.SMTP(given.smtp_host, given.smtp_port, timeout=PATIENCE)
        try:
            if given.smtp_starttls and given.smtp_port != SMTPS:
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if given.smtp_user:
                smtp.login(given.smtp_user, given.smtp_password)
        except BaseException:
            smtp.close()
            raise
        return smtp


@contextmanager
def open_door(settings: Settings) -> Iterator[Door]:
    door = SmtpDoor(settings)
    try:
        yield door
    finally:
        door.close()


def _never(code: int) -> bool:
    return 500 <= code < 600


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return f"{type(error).__name__}: {error}"
