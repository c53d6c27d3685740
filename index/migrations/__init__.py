"""The catalog's schema and how it came about: Alembic's revisions, run by `index.schema_upgrade`."""
