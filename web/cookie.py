"""The signed cookie of a session: Flask's own, with its signer made once and its contents written as plain JSON."""

import json
from typing import Any

from flask import Flask
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

SHORT = 1_000
"""Bytes; below that, packing takes longer than the bytes it saves would on their way."""


class Plain:
    """What a session holds are words and lists of them; no type needs a mark of its own."""

    _write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    _marked = TaggedJSONSerializer()

    @classmethod
    def dumps(cls, held: Any) -> str:
        return cls._write(held)

    @classmethod
    def loads(cls, text: str) -> Any:
        """Also what an earlier release wrote, which marked its tuples."""
        return cls._marked.loads(text) if '{" ' in text else json.loads(text)


class Signed(URLSafeTimedSerializer):
    """As its base in every byte it reads; it writes short contents unpacked."""

    def dump_payload(self, obj: Any) -> bytes:
        written = Plain.dumps(obj).encode()
        return base64_encode(written) if len(written) <= SHORT else super().dump_payload(obj)


class CookieSession(SecureCookieSessionInterface):
    serializer = Plain  # type: ignore[assignment]

    def __init__(self) -> None:
        self._signer: Signed | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Made once: an application of ours has one key, given before its first request."""
        if self._signer is None:
            assert app.secret_key
            self._signer = Signed(
                app.secret_key,
                salt=self.salt,
                serializer=self.serializer,
                signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
            )
        return self._signer


def init_app(app: Flask) -> None:
    app.session_interface = CookieSession()
