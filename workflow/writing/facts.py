"""What a paper shows beside its text: issuer, number, signature block, and the mark of what it is not yet."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PaperFacts:
    """
    `parent_name` and `agency_name` as printed at the head; `number` and `date` once given; `signature_lines`
    above the name of the signer; `signed_at` (aware) and `signed_digest` once signed. Where it is not
    `issued`, `mark` says what it is instead ("" for "BẢN DỰ THẢO"). `saved_at` is when this text was stored;
    `issued_by` the agency as a sentence names it; `stamp` what the receiver stamped on it ("Nộp muộn 3 ngày").
    `copy_mark` says of a paper set anew that another went out; "" while none has.
    """

    agency_name: str = ""
    parent_name: str = ""
    number: int | None = None
    date: dt.date | None = None
    signature_lines: tuple[str, ...] = ()
    signer_name: str = ""
    signed_at: dt.datetime | None = None
    signed_digest: str = ""
    issued: bool = False
    mark: str = ""
    saved_at: dt.datetime | None = None
    issued_by: str = ""
    stamp: str = ""
    copy_mark: str = ""
