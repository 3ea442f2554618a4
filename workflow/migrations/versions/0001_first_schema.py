"""The first schema. Generated from the models once, frozen since; triggers included."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
INSERT_ONLY = (
    "entry", "leaf", "checkpoint", "revision", "approval", "withdrawal", "register_row", "register_void", "delivery",
    "owed",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("printed_name", sa.Text(), nullable=False),
        sa.Column("parent_name", sa.Text(), nullable=False),
        sa.Column("printed_parent", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("head_title", sa.Text(), nullable=False),
        sa.Column("deputy_title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("aggregator", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("outside", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", name=op.f("uq_agency_code")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", ID, nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_checkpoint_size"), "checkpoint", ["size"], unique=False)
    op.create_table(
        "directory_version",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
        sqlite_strict=True,
    )
    op.create_table(
        "log_head",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "login_failure",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_login_failure_subject_at"), "login_failure", ["subject", "at"], unique=False)
    op.create_table(
        "step_key",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_step_key")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_step_key_at"), "step_key", ["at"], unique=False)
    op.create_table(
        "number_book",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("first_number", ID, nullable=False),
        sa.Column("last_number", ID, nullable=False),
        sa.Column("last_date", sa.Text(), nullable=True),
        sa.CheckConstraint("last_number >= first_number - 1", name=op.f("ck_number_book_counter")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_number_book_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_book")),
        sa.UniqueConstraint("agency_id", "year", "series", name=op.f("uq_number_book_agency_id_year_series")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_person_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("successor_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unit_agency_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("agency_id", "code", name=op.f("uq_unit_agency_id_code")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("definition_id", sa.Text(), nullable=False),
        sa.Column("definition_version", ID, nullable=False),
        sa.Column("definition_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("round", ID, nullable=False),
        sa.Column("revision_no", ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("drafter_id", ID, nullable=False),
        sa.Column("signer_id", ID, nullable=True),
        sa.Column("content_by", ID, nullable=True),
        sa.Column("content_at", sa.Text(), nullable=True),
        sa.Column("format_by", ID, nullable=True),
        sa.Column("signed_by", ID, nullable=True),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.Column("signed_lines", sa.Text(), nullable=True),
        sa.Column("numbered_by", ID, nullable=True),
        sa.Column("number", ID, nullable=True),
        sa.Column("reference_no", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("returned_to", sa.Text(), nullable=True),
        sa.Column("format_check", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.Integer(), nullable=False),
        sa.Column("void_requested", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.Column("recipient_count", ID, nullable=False),
        sa.Column("source_reference", sa.Text(), nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("plan_id", ID, nullable=True),
        sa.Column("report_year", ID, nullable=True),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(number IS NULL) = (reference_no IS NULL)", name=op.f("ck_document_number_whole")
        ),
        sa.CheckConstraint(
            "numbered_by IS NULL OR numbered_by <> signed_by", name=op.f("ck_document_clerk_is_not_signer")
        ),
        sa.CheckConstraint(
            "signed_by IS NULL OR signed_by <> content_by", name=op.f("ck_document_signer_is_not_reviewer")
        ),
        sa.CheckConstraint(
            "signed_by IS NULL OR signed_by <> drafter_id", name=op.f("ck_document_signer_is_not_drafter")
        ),
        sa.CheckConstraint(
            "version >= 1 AND round >= 1 AND revision_no >= 1", name=op.f("ck_document_counters")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_document_agency_id")),
        sa.ForeignKeyConstraint(["content_by"], ["person.id"], name=op.f("fk_document_content_by")),
        sa.ForeignKeyConstraint(["drafter_id"], ["person.id"], name=op.f("fk_document_drafter_id")),
        sa.ForeignKeyConstraint(["format_by"], ["person.id"], name=op.f("fk_document_format_by")),
        sa.ForeignKeyConstraint(["numbered_by"], ["person.id"], name=op.f("fk_document_numbered_by")),
        sa.ForeignKeyConstraint(["parent_id"], ["document.id"], name=op.f("fk_document_parent_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["document.id"], name=op.f("fk_document_plan_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_document_signed_by")),
        sa.ForeignKeyConstraint(["signer_id"], ["person.id"], name=op.f("fk_document_signer_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_document_agency_id_state_id"), "document", ["agency_id", "state", "id"], unique=False
    )
    op.create_index(op.f("ix_document_drafter_id_id"), "document", ["drafter_id", "id"], unique=False)
    op.create_index(op.f("ix_document_plan_id"), "document", ["plan_id"], unique=False)
    op.create_index(op.f("ix_document_unit_id_id"), "document", ["unit_id", "id"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_post_agency_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("agency_id", "code", name=op.f("uq_post_agency_id_code")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Text(), nullable=False),
        sa.Column("proof_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"], unique=False)
    op.create_table(
        "authority",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("doc_types", sa.Text(), nullable=False),
        sa.Column("document_id", ID, nullable=True),
        sa.Column("base_document", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("revoked_on", sa.Text(), nullable=True),
        sa.Column("granted_by", ID, nullable=True),
        sa.CheckConstraint("kind <> 'TUQ' OR valid_to IS NOT NULL", name=op.f("ck_authority_tuq_must_end")),
        sa.CheckConstraint("kind IN ('KT', 'TL', 'TL_KT', 'TUQ', 'Q')", name=op.f("ck_authority_known_kind")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_authority_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_authority_agency_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_authority_document_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_authority_granted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_authority_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "delivery",
        sa.Column("id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_delivery_document_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_delivery_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delivery_document_id"), "delivery", ["document_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=True),
        sa.Column("document_id", ID, nullable=True),
        sa.Column("version", ID, nullable=True),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("stream IN ('act', 'access')", name=op.f("ck_entry_known_stream")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_entry_hash_whole")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_entry_agency_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_entry_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_entry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("document_id", "version", name=op.f("uq_entry_document_id_version")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_entry_agency_id_stream_id"), "entry", ["agency_id", "stream", "id"], unique=False
    )
    op.create_index(op.f("ix_entry_document_id_id"), "entry", ["document_id", "id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("covers_from", sa.Text(), nullable=True),
        sa.Column("covers_to", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_holding_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_holding_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holding_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_holding_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "obligation",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("tier", ID, nullable=False),
        sa.Column("feeds_id", ID, nullable=True),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("recurrence", sa.Text(), nullable=False),
        sa.Column("inclusive", sa.Integer(), nullable=False),
        sa.Column("due_month", sa.Text(), nullable=True),
        sa.Column("due_day", sa.Text(), nullable=True),
        sa.Column("by_reference", sa.Integer(), nullable=False),
        sa.Column("embedded_in", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("resolved_by_document", sa.Text(), nullable=False),
        sa.Column("active_from", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('active', 'needs_date', 'ad_hoc')", name=op.f("ck_obligation_known_status")
        ),
        sa.CheckConstraint("tier IN (1, 2)", name=op.f("ck_obligation_known_tier")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_obligation_agency_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_obligation_document_id")),
        sa.ForeignKeyConstraint(["feeds_id"], ["obligation.id"], name=op.f("fk_obligation_feeds_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_obligation_document_id"), "obligation", ["document_id"], unique=False)
    op.create_table(
        "register_row",
        sa.Column("book_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("reference_no", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("archive_unit", sa.Text(), nullable=False),
        sa.Column("given_by", ID, nullable=False),
        sa.Column("given_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_register_row_agency_id")),
        sa.ForeignKeyConstraint(["book_id"], ["number_book.id"], name=op.f("fk_register_row_book_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_register_row_document_id")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_register_row_given_by")),
        sa.PrimaryKeyConstraint("book_id", "number", name=op.f("pk_register_row")),
        sa.UniqueConstraint(
            "agency_id", "year", "reference_no", name=op.f("uq_register_row_agency_id_year_reference_no")
        ),
        sa.UniqueConstraint("document_id", name=op.f("uq_register_row_document_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("no", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_revision_created_by")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_revision_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("document_id", "no", name=op.f("uq_revision_document_id_no")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "seen",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("document_id", ID, autoincrement=False, nullable=False),
        sa.Column("revision_no", ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_seen_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seen_person_id")),
        sa.PrimaryKeyConstraint("person_id", "document_id", name=op.f("pk_seen")),
        sqlite_strict=True,
    )
    op.create_table(
        "waiting",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("left_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_waiting_agency_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_waiting_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiting_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_waiting_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_waiting_document_id_post_id"), "waiting", ["document_id", "post_id"], unique=False
    )
    op.create_index(
        "ix_waiting_open",
        "waiting",
        ["post_id", "since", "id"],
        unique=False,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "approval",
        sa.Column("id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("round", ID, nullable=False),
        sa.Column("revision_no", ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signature_digest", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("definition_hash", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_approval_document_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_approval_entry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_approval_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("document_id", "step", "round", name=op.f("uq_approval_document_id_step_round")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "entry_note",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_note_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "kind", name=op.f("pk_entry_note")),
        sqlite_strict=True,
    )
    op.create_table(
        "instance",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("data_from", sa.Text(), nullable=False),
        sa.Column("data_to", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Text(), nullable=False),
        sa.Column("last_on_time", sa.Text(), nullable=False),
        sa.Column("waived_reason", sa.Text(), nullable=True),
        sa.Column("waived_by", ID, nullable=True),
        sa.Column("fulfilled_at", sa.Text(), nullable=True),
        sa.Column("fulfilled_reference", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_instance_agency_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_instance_document_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_instance_obligation_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_instance_unit_id")),
        sa.ForeignKeyConstraint(["waived_by"], ["person.id"], name=op.f("fk_instance_waived_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
        sa.UniqueConstraint(
            "obligation_id", "unit_id", "period", name=op.f("uq_instance_obligation_id_unit_id_period")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_instance_agency_id_year"), "instance", ["agency_id", "year"], unique=False)
    op.create_index(
        op.f("ix_instance_unit_id_last_on_time"), "instance", ["unit_id", "last_on_time"], unique=False
    )
    op.create_table(
        "leaf",
        sa.Column("position", ID, autoincrement=False, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("nodes", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_leaf_entry_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_leaf")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_leaf_entry_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "owed",
        sa.Column("obligation_id", ID, autoincrement=False, nullable=False),
        sa.Column("unit_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_owed_obligation_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_owed_unit_id")),
        sa.PrimaryKeyConstraint("obligation_id", "unit_id", name=op.f("pk_owed")),
        sqlite_strict=True,
    )
    op.create_table(
        "register_void",
        sa.Column("book_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["number_book.id"], name=op.f("fk_register_void_book_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_register_void_entry_id")),
        sa.PrimaryKeyConstraint("book_id", "number", name=op.f("pk_register_void")),
        sqlite_strict=True,
    )
    op.create_table(
        "unsealed",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_unsealed_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_unsealed")),
        sqlite_strict=True,
    )
    op.create_table(
        "report_period",
        sa.Column("report_id", ID, autoincrement=False, nullable=False),
        sa.Column("instance_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_report_period_instance_id")),
        sa.ForeignKeyConstraint(["report_id"], ["document.id"], name=op.f("fk_report_period_report_id")),
        sa.PrimaryKeyConstraint("report_id", "instance_id", name=op.f("pk_report_period")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_report_period_instance_id"), "report_period", ["instance_id"], unique=False)
    op.create_table(
        "withdrawal",
        sa.Column("approval_id", ID, autoincrement=False, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], name=op.f("fk_withdrawal_approval_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_withdrawal_entry_id")),
        sa.PrimaryKeyConstraint("approval_id", name=op.f("pk_withdrawal")),
        sqlite_strict=True,
    )

    op.execute(
        "INSERT INTO log_head (id, size, frontier, last_at) VALUES (1, 0, "  # noqa: S608 — no word from outside
        + _empty()
        + ", '1970-01-01T00:00:00.000000+00:00')"
    )
    op.execute("INSERT INTO directory_version (id, version) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _empty() -> str:
    return "X'0000000000000000'" if op.get_bind().dialect.name == "sqlite" else "'\\x0000000000000000'::bytea"


def _sqlite_triggers() -> None:
    for table in INSERT_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; END $$"
    )
    for table in INSERT_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate")
