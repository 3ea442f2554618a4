"""Where each report stands is kept beside the duty it answers; an index counts them."""

from alembic import op

revision = "0012"
down_revision = "0011"

KEEP = """
UPDATE instance SET
  stands = CASE
    WHEN waived_reason IS NOT NULL THEN 'waived'
    WHEN fulfilled_at IS NOT NULL THEN 'fulfilled'
    ELSE coalesce((
      SELECT CASE
        WHEN d.state IN ('submitted', 'accepted') THEN d.state
        WHEN d.definition_id = 'bao_cao_don_vi' AND EXISTS (
          SELECT 1 FROM approval a WHERE a.document_id = d.id AND a.kind = 'content'
        ) THEN 'returned'
        ELSE 'drafting'
      END
      FROM document d JOIN report_period p ON p.report_id = d.id
      WHERE p.instance_id = instance.id AND d.state NOT IN ('cancelled', 'rejected', 'voided')
      ORDER BY d.id DESC LIMIT 1
    ), 'not_started')
  END,
  came_late = CASE
    WHEN fulfilled_at IS NOT NULL THEN
      CASE WHEN fulfilled_at >= last_on_time || 'T17:00:00.000000+00:00' THEN 1 ELSE 0 END
    ELSE coalesce((
      SELECT CASE WHEN d.definition_id = 'bao_cao_don_vi' AND (
          SELECT min(a.at) FROM approval a WHERE a.document_id = d.id AND a.kind = 'content'
        ) >= instance.last_on_time || 'T17:00:00.000000+00:00' THEN 1 ELSE 0 END
      FROM document d JOIN report_period p ON p.report_id = d.id
      WHERE p.instance_id = instance.id AND d.state NOT IN ('cancelled', 'rejected', 'voided')
      ORDER BY d.id DESC LIMIT 1
    ), 0)
  END
"""


def upgrade() -> None:
    # A column with a default may be added in place on either database; a batch would drop triggers and STRICT.
    op.execute(
        "ALTER TABLE instance ADD COLUMN stands TEXT NOT NULL DEFAULT 'not_started' "
        "CONSTRAINT ck_instance_known_standing CHECK (stands IN ('not_started', 'drafting', 'returned', 'submitted', "
        "'accepted', 'fulfilled', 'waived'))"
    )
    op.execute("ALTER TABLE instance ADD COLUMN came_late INTEGER NOT NULL DEFAULT 0")
    op.execute(KEEP)
    columns = ("obligation_id", "year", "handed_over_to", "period", "opens_on", "last_on_time", "stands",
               "came_late", "unit_id")  # fmt: skip
    op.create_index(op.f("ix_instance_standing"), "instance", columns)
