"""The tables, one family a file. Nothing here decides; triggers in `protection` hold the log to its word."""

from workflow.models.agency import Agency, Authority, Holding, Person, Post, Unit
from workflow.models.base import Base
from workflow.models.document import Approval, Document, Revision, Seen, StepKey, Waiting, Withdrawal
from workflow.models.log import Checkpoint, DirectoryVersion, Entry, EntryNote, Leaf, LogHead, Unsealed
from workflow.models.obligation import Instance, Obligation, Owed, ReportPeriod
from workflow.models.register import Delivery, NumberBook, RegisterRow, RegisterVoid
from workflow.models.session import Fact, LoginFailure, WebSession

__all__ = [
    "Agency", "Approval", "Authority", "Base", "Checkpoint", "Delivery", "DirectoryVersion", "Document", "Entry",
    "EntryNote", "Fact", "Holding", "Instance", "Leaf", "LogHead", "LoginFailure", "NumberBook", "Obligation",
    "Owed", "Person", "Post", "RegisterRow", "RegisterVoid", "ReportPeriod", "Revision", "Seen", "StepKey", "Unit",
    "Unsealed", "Waiting", "WebSession", "Withdrawal",
]  # fmt: skip
