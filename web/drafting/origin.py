"""
Which file a text came in, carried through the confirm page and back: signed, so that the log can believe it.

The text itself travels as a field; the seal holds for exactly that text. Nothing is stored on the server between.
"""

import hashlib

import msgspec
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from workflow.reading.intake import Intake, take_text

SALT = "trinhky.source"


def sealed(taken: Intake) -> str:
    """Everything but the text, bound to the text."""
    facts = msgspec.to_builtins(msgspec.structs.replace(taken, text=_digest(taken.text)))
    return str(_serializer().dumps(facts))


def opened(text: str, seal: str) -> Intake:
    """What came in, with its text; a text that no seal of ours belongs to was pasted. Unreadable as `take_text`."""
    text = text.replace("\r\n", "\n")
    try:
        taken = msgspec.convert(_serializer().loads(seal), Intake)
    except (BadSignature, msgspec.ValidationError):
        return take_text(text)
    return msgspec.structs.replace(taken, text=text) if taken.text == _digest(text) else take_text(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=SALT)
