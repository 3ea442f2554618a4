"""Reads a page of the gallery as its tags and words."""

from html.parser import HTMLParser

from flask import Flask


class Tags(HTMLParser):
    """Every start tag of a page with its attributes, and its words."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def read(gallery: Flask, address: str) -> Tags:
    answer = gallery.test_client().get(address)
    assert answer.status_code == 200
    return Tags(answer.get_data(as_text=True))
