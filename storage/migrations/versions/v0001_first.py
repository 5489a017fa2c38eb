"""The first schema, as it was frozen.

Its DDL stands beside it and not in `storage.tables`: those go on changing, and a step
must do for ever what it did the first time.
"""

from alembic import op

from storage.migrations.first import statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, index and view of an empty database."""
    for statement in statements(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
