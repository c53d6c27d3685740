"""Copies are looked for by the values of their bands alone, which tell the bands."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """A catalog may have the new index by the old one's name already."""
    op.drop_index("signature_bands_by_value", "signature_bands", if_exists=True)
    op.create_index("signature_bands_by_value", "signature_bands", ["scope", "value"])
