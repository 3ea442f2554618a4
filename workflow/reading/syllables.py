"""
Whether letters can be a Vietnamese syllable: onset, rime and tone as the spelling allows them.

A test of shape, not a dictionary; it says nothing of meaning.
"""

import unicodedata
from functools import lru_cache

from workflow.patterns import expression

_TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", "fsxrj", strict=True))
_SHARP = frozenset("sj")  # the only tones of a syllable that ends in a stop

_ONSET = "ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdđghklmnprstvx]"
_OPEN = (
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iêu|iu|oai|oao|oay|oeo|oi|ôi|ơi|oa|oe|ua|uê|ui|uây|uôi|uơ|uy|uya|uyu|ưa|ưi|ươi|ươu|ưu|yêu"
    "|a|e|ê|i|o|ô|ơ|u|ư|y"
)
_NASAL = (
    "a(?:m|n|ng|nh)|ă(?:m|n|ng)|â(?:m|n|ng)|e(?:m|n|ng)|ê(?:m|n|nh)|i(?:m|n|nh)|iê(?:m|n|ng)|oa(?:m|n|ng|nh)|oă(?:m|n|ng)"
    "|oe(?:m|n)|o(?:m|n|ng)|oong|ô(?:m|n|ng)|ơ(?:m|n)|u(?:m|n|ng)|uâ(?:n|ng)|uê(?:n|nh)|uô(?:m|n|ng)|uyê?n|uynh"
    "|ư(?:m|n|ng)|ươ(?:m|n|ng)|yê(?:m|n|ng)|ynh"
)
_STOPPED = (
    "a(?:c|ch|p|t)|ă(?:c|p|t)|â(?:c|p|t)|e(?:c|p|t)|ê(?:ch|p|t)|i(?:ch|p|t)|iê(?:c|p|t)|oa(?:c|ch|p|t)|oă(?:c|t)|oet"
    "|o(?:c|p|t)|ooc|ô(?:c|p|t)|ơ(?:p|t)|u(?:c|p|t)|uâ(?:t)|uêch|uô(?:c|t)|uyê?t|uych|uyp|ư(?:c|t)|ươ(?:c|p|t)|yêt"
)
_SYLLABLE = expression(rf"(?:{_ONSET})?(?:(?P<free>{_OPEN}|{_NASAL})|(?P<stopped>{_STOPPED}))")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Of one word in any case, NFC or NFD: "Nghị", "ĐƯỢC" are; "façade", "hãch" are not."""
    if len(word) > 12:
        return False
    toned = unicodedata.normalize("NFD", word.lower())
    tones = [_TONES[char] for char in toned if char in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(char for char in toned if char not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if found is None:
        return False
    return found["stopped"] is None or bool(tones and tones[0] in _SHARP)
