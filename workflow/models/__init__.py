"""The tables, one family a file. Nothing here decides; triggers in `protection` hold the log to its word."""

from workflow.models.absence import Absence, AbsenceEnded
from workflow.models.agency import Agency, Authority, Holding, Person, Post, Unit
from workflow.models.base import Base
from workflow.models.document import Approval, Document, Revision, Seen, StepKey, Waiting, Withdrawal
from workflow.models.file import Attachment, IssuedFile, StoredFile
from workflow.models.log import Checkpoint, DirectoryVersion, Entry, EntryNote, Leaf, LogHead, Unsealed
from workflow.models.notice import Feed, Mail, MailChoice, MailNotice, Notice, Reminder
from workflow.models.obligation import HandedOver, Instance, NumberedReport, Obligation, Owed, ReportPeriod
from workflow.models.register import Delivery, NumberBook, RegisterRow, RegisterVoid
from workflow.models.remark import Remark, RemarkSettled
from workflow.models.search import SavedSearch, SearchText
from workflow.models.session import Fact, LoginFailure, WebSession
from workflow.models.task import Task, TaskProgress, TasksOpened
from workflow.models.working_copy import WorkingCopy

__all__ = [
    "Absence", "AbsenceEnded", "Agency", "Approval", "Attachment", "Authority", "Base", "Checkpoint", "Delivery",
    "DirectoryVersion", "Document", "Entry", "EntryNote", "Fact", "Feed", "HandedOver", "Holding", "Instance",
    "IssuedFile", "Leaf", "LogHead", "LoginFailure", "Mail", "MailChoice", "MailNotice", "Notice", "NumberBook",
    "NumberedReport", "Obligation", "Owed", "Person", "Post", "RegisterRow", "RegisterVoid", "Remark", "RemarkSettled",
    "Reminder", "ReportPeriod", "Revision", "SavedSearch", "SearchText", "Seen", "StepKey", "StoredFile",
    "Task", "TaskProgress", "TasksOpened", "Unit", "Unsealed", "Waiting", "WebSession", "Withdrawal", "WorkingCopy",
]  # fmt: skip
