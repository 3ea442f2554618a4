"""The tables, one family a file. Nothing here decides; triggers in `protection` hold the log to its word."""

from workflow.models.agency import Agency, Authority, Holding, Person, Post, Unit
from workflow.models.base import Base
from workflow.models.document import Approval, Document, Revision, Seen, StepKey, Waiting, Withdrawal
from workflow.models.file import Attachment, IssuedFile, StoredFile
from workflow.models.log import Checkpoint, DirectoryVersion, Entry, EntryNote, Leaf, LogHead, Unsealed
from workflow.models.obligation import Instance, Obligation, Owed, ReportPeriod
from workflow.models.register import Delivery, NumberBook, RegisterRow, RegisterVoid
from workflow.models.remark import Remark, RemarkSettled
from workflow.models.session import Fact, LoginFailure, WebSession

__all__ = [
    "Agency", "Approval", "Attachment", "Authority", "Base", "Checkpoint", "Delivery", "DirectoryVersion",
    "Document", "Entry", "EntryNote", "Fact", "Holding", "Instance", "IssuedFile", "Leaf", "LogHead",
    "LoginFailure", "NumberBook", "Obligation", "Owed", "Person", "Post", "RegisterRow", "RegisterVoid",
    "Remark", "RemarkSettled", "ReportPeriod", "Revision", "Seen", "StepKey", "StoredFile", "Unit",
    "Unsealed", "Waiting", "WebSession", "Withdrawal",
]  # fmt: skip
