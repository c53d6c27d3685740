"""The schema of the bot's own tables and how it came about: Alembic's revisions, run by `index.schema_upgrade`."""
