"""The mendings that need no judgement, by code: a finding and the text it was found in give the text set right."""

from collections.abc import Callable

import msgspec

from workflow.content import Content
from workflow.lint import bases, head, outline, recipients, signature, spelling
from workflow.lint.finding import Finding
from workflow.lint.places import rewritten

Mending = Callable[[Content, Finding], Content]


def _by_words(words: Callable[[str], str]) -> Mending:
    return lambda content, finding: rewritten(content, finding.place, words)


def _meant(content: Content, finding: Finding) -> Content:
    assert finding.fix is not None
    return msgspec.structs.replace(content, **{finding.place: finding.fix.after})


def _renamed(content: Content, finding: Finding) -> Content:
    fix = finding.fix
    assert fix is not None
    return rewritten(content, finding.place, lambda words: words.replace(fix.before, fix.after))


MENDINGS: dict[str, Mending] = {
    "symbol_form": _meant,
    "place_form": _meant,
    "archive_form": _meant,
    "subject_repeats_type": head.without_type,
    "subject_stop": _by_words(head.without_stop),
    "basis_end": _by_words(bases.ended),
    "basis_lines": bases.split,
    "heading_stop": outline.without_stop,
    "end_missing": outline.end,
    "end_early": outline.not_yet,
    "recipient_stop": _by_words(recipients.bare),
    "recipient_repeated": recipients.dropped,
    "capacity_spacing": _by_words(signature.spaced),
    "unit_like": _renamed,
    **{rule.code: _by_words(rule.mend) for rule in spelling.RULES},
}


def mend(content: Content, finding: Finding) -> Content:
    """
    The text with this one finding mended, nothing else touched. ValueError where it has no mending.

    The place is a position of the very text it was found in.
    """
    if finding.fix is None or finding.code not in MENDINGS:
        raise ValueError(f"{finding.code} at {finding.place} is for a person to mend")
    return MENDINGS[finding.code](content, finding)
