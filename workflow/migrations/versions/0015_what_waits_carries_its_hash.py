"""
What waits for the shared seal carries what the tree takes of it, so that a seal fetches no entry anew.

The queue is made anew on both databases, as a column that must be filled cannot be added in place; what waits in it,
after a process that died, is kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
KEEP = "SELECT e.id, e.hash, e.at FROM entry e JOIN unsealed_before u ON u.entry_id = e.id"

# The lock is `workflow.engine.shared_seal.LOCK`. Each statement sees what was committed before it began, so whoever
# waited for the lock finds what was committed while he waited. The queue is filled and emptied all day, so what the
# server knows of its size says nothing: it is read as a whole and joined with nothing.
SEAL_WAITING = r"""
CREATE OR REPLACE FUNCTION seal_waiting(moment text, OUT size bigint, OUT frontier bytea, OUT at text)
LANGUAGE plpgsql AS $$
DECLARE
  waiting record;
  grown bigint;
  peaks bytea;   -- the frontier behind its eight bytes of size: roots of complete subtrees, widest first
  top bytea;
  nodes bytea;   -- what the row of a leaf keeps: the subtrees it completes, from level 1 upwards
  rest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7406151120);
  SELECT head.size, head.frontier, greatest(moment COLLATE "C", head.last_at)
    INTO size, frontier, at FROM log_head head WHERE head.id = 1;
  peaks := substr(frontier, 9);
  IF substr(frontier, 1, 8) <> int8send(size) OR length(peaks) <> 32 * bit_count(int8send(size)) THEN
    RAISE EXCEPTION 'the kept frontier is not of a tree of % leaves', size USING ERRCODE = 'data_corrupted';
  END IF;
  grown := size;
  FOR waiting IN
    WITH gone AS (DELETE FROM unsealed RETURNING entry_id, hash, unsealed.at AS written) SELECT * FROM gone ORDER BY 1
  LOOP
    -- Another node's entry may be younger than this node's moment: a checkpoint is never older than its leaves.
    at := greatest(at, waiting.written COLLATE "C");
    top := sha256('\x00'::bytea || waiting.hash);
    nodes := '';
    rest := grown;
    WHILE rest & 1 = 1 LOOP
      top := sha256('\x01'::bytea || substr(peaks, length(peaks) - 31) || top);
      peaks := substr(peaks, 1, length(peaks) - 32);
      nodes := nodes || top;
      rest := rest >> 1;
    END LOOP;
    peaks := peaks || top;
    INSERT INTO leaf (position, entry_id, nodes, sealed_at) VALUES (grown, waiting.entry_id, nodes, at);
    grown := grown + 1;
  END LOOP;
  IF grown > size THEN
    size := grown;
    frontier := int8send(size) || peaks;
    UPDATE log_head SET size = seal_waiting.size, frontier = seal_waiting.frontier, last_at = at WHERE id = 1;
  END IF;
END $$
"""


def upgrade() -> None:
    op.rename_table("unsealed", "unsealed_before")
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute(
            "ALTER TABLE unsealed_before DROP CONSTRAINT pk_unsealed, DROP CONSTRAINT fk_unsealed_entry_id"
        )
    op.create_table(
        "unsealed",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_unsealed_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_unsealed")),
        sqlite_strict=True,
    )
    op.execute(f"INSERT INTO unsealed (entry_id, hash, at) {KEEP}")
    op.drop_table("unsealed_before")
    if on_postgresql:
        op.execute(SEAL_WAITING)
