"""Runs migrations on the connection that `workflow.engine.schema` hands over; never on its own."""

from alembic import context

from workflow.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
