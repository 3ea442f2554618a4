"""The words of all documents are written anew: a number is one token to its end."""

from alembic import op

from workflow.migrations.finding import fill_search

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM search_text")
        fill_search(sqlite=True)
        op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        return
    # Over rows that are there an index is built in a fraction of the time that it takes to grow with them.
    op.execute("DROP INDEX search_index")
    op.execute("TRUNCATE search_text")
    fill_search(sqlite=False)
    op.execute("CREATE INDEX search_index ON search_text USING gin (bag) WITH (fastupdate = off)")
