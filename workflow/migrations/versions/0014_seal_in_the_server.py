"""
On PostgreSQL the server itself puts what was committed into the tree: one round trip for who waits for it.

It writes what `workflow.log.merkle.Frontier.append` would (RFC 9162, section 2.1); who verifies computes it in Python.
"""

from alembic import op

revision = "0014"
down_revision = "0013"

# The lock is `workflow.engine.shared_seal.LOCK`. Each statement sees what was committed before it began, so whoever
# waited for the lock finds what was committed while he waited. Entries are fetched one by one: of a table that is
# filled and emptied all day the server's figures say anything, and a join planned by them reads the whole log.
SEAL_WAITING = r"""
CREATE FUNCTION seal_waiting(moment text, OUT size bigint, OUT frontier bytea, OUT at text)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  ids bigint[];
  hashes bytea[];
  youngest text;
  peaks bytea;   -- the frontier behind its eight bytes of size: roots of complete subtrees, widest first
  top bytea;
  nodes bytea;   -- what the row of a leaf keeps: the subtrees it completes, from level 1 upwards
  rest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7406151120);
  SELECT array_agg(new.id ORDER BY new.id), array_agg(new.hash ORDER BY new.id), max(new.at COLLATE "C")
    INTO ids, hashes, youngest
    FROM unsealed CROSS JOIN LATERAL
      (SELECT e.id, e.hash, e.at FROM entry e WHERE e.id = unsealed.entry_id OFFSET 0) AS new;
  -- Another node's entry may be younger than this node's moment: a checkpoint is never older than its leaves.
  SELECT head.size, head.frontier, greatest(moment COLLATE "C", head.last_at, youngest)
    INTO size, frontier, at FROM log_head head WHERE head.id = 1;
  peaks := substr(frontier, 9);
  IF substr(frontier, 1, 8) <> int8send(size)
      OR length(peaks) <> 32 * length(replace(size::bit(64)::text, '0', '')) THEN
    RAISE EXCEPTION 'the kept frontier is not of a tree of % leaves', size USING ERRCODE = 'data_corrupted';
  END IF;
  IF ids IS NULL THEN
    RETURN;
  END IF;
  FOR n IN 1 .. cardinality(ids) LOOP
    top := sha256('\x00'::bytea || hashes[n]);
    nodes := '';
    rest := size;
    WHILE rest & 1 = 1 LOOP
      top := sha256('\x01'::bytea || substr(peaks, length(peaks) - 31) || top);
      peaks := substr(peaks, 1, length(peaks) - 32);
      nodes := nodes || top;
      rest := rest >> 1;
    END LOOP;
    peaks := peaks || top;
    INSERT INTO leaf (position, entry_id, nodes, sealed_at) VALUES (size, ids[n], nodes, at);
    size := size + 1;
  END LOOP;
  frontier := int8send(size) || peaks;
  DELETE FROM unsealed WHERE entry_id = ANY(ids);
  UPDATE log_head SET size = seal_waiting.size, frontier = seal_waiting.frontier, last_at = at WHERE id = 1;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(SEAL_WAITING)
