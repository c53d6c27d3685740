"""What Alembic runs to apply revisions: on the connection that `index.schema_upgrade` hands in, in its transaction."""

from __future__ import annotations

from alembic import context

context.configure(**context.config.attributes)
context.run_migrations()
