"""The signs at the end of a line, taken off in one pass; it judges nothing."""


def unstopped(words: str, signs: str = ".;,:") -> str:
    """Without any of these signs and any white space at the end; in time that grows with the end alone."""
    end = len(words)
    while end and (words[end - 1] in signs or words[end - 1].isspace()):
        end -= 1
    return words[:end]
