"""Where a form may send its sender afterwards: only a path of our own."""

from urllib.parse import urlsplit


def local_path(wanted: str | None) -> str:
    """`wanted` if it is a path on this host, else nothing: no scheme, no host, no trick with slashes."""
    text = wanted or ""
    if not text.startswith("/") or text.startswith(("//", "/\\")) or any(ord(sign) < 32 for sign in text):
        return ""
    parts = urlsplit(text)
    return text if not parts.netloc and not parts.scheme else ""
