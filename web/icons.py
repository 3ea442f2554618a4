"""Our line icons, hidden from screen readers: the words beside an icon carry the meaning."""

from functools import cache

from markupsafe import Markup

SHAPES = {
    "inbox": '<path d="M4 13l2.5-8h11L20 13v6H4z"/><path d="M4 13h5l1 2.5h4l1-2.5h5"/>',
    "doc": '<path d="M6 3h8l4 4v14H6z"/><path d="M9 12h6M9 16h6"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4"/>',
    "history": ('<path d="M4 12a8 8 0 108-8 8.5 8.5 0 00-6.5 3.2L4 9"/><path d="M4 4v5h5M12 8v4.5l3 2"/>'),
    "check": '<path d="M4 12.5l5 5L20 6.5"/>',
    "back": '<path d="M9 6L4 11l5 5"/><path d="M4 11h10a6 6 0 016 6v1"/>',
    "pen": '<path d="M4 20l4-1L19 8l-3-3L5 16z"/><path d="M13 20h7"/>',
    "warn": '<path d="M12 3.5L2.5 20h19z"/><path d="M12 10v4.5M12 17.4v.1"/>',
    "seal": '<circle cx="12" cy="9.5" r="6"/><path d="M8.5 14.5L7 21l5-2.5L17 21l-1.5-6.5"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle '
        'cx="12" cy="12" r="2.8"/>'
    ),
    "send": '<path d="M4 12l16-8-6 16-3-7z"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "link": (
        '<path d="M10 14a4 4 0 005.7 0l3-3a4 4 0 00-5.7-5.7l-1.2 1.2"/><path d="M14 10a4 4 0 '
        '00-5.7 0l-3 3a4 4 0 005.7 5.7l1.2-1.2"/>'
    ),
    "print": '<path d="M7 9V4h10v5M7 17H4v-7h16v7h-3"/><path d="M7 14h10v6H7z"/>',
    "hash": '<path d="M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0115 0"/>',
    "more": ('<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>'),
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15"/>',
    "stamp": '<path d="M9.5 13l.8-4a3.4 3.4 0 113.4 0l.8 4H19v4H5v-4zM5 20.5h14"/>',
    "book": '<path d="M5 4.5h11a3 3 0 013 3v12H8a3 3 0 01-3-3zM5 16.5a3 3 0 013-3h11"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "gear": (
        '<circle cx="12" cy="12" r="3.2"/><path d="M12 2.8v3.4M12 17.8v3.4M2.8 12h3.4M17.8 '
        '12h3.4M5.5 5.5l2.4 2.4M16.1 16.1l2.4 2.4M18.5 5.5l-2.4 2.4M7.9 16.1l-2.4 2.4"/>'
    ),
    "chat": '<path d="M4 5h16v11H11l-4.5 4v-4H4z"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0112 0v5.5l1.5 2h-15z"/><path d="M10 21h4"/>',
    "chart": '<path d="M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6"/>',
}


@cache
def icon(name: str) -> Markup:
    """The drawing as inline SVG; KeyError for one we do not have. A function, because a page shows it a hundred times."""
    drawn = SHAPES[name]
    return Markup(f'<svg class="ic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S704
