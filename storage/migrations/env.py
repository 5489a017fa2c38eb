"""What Alembic runs to run the steps: on the connection it was given, inside its
transaction, so that a step that fails leaves nothing behind.
"""

from alembic import context

from storage.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
