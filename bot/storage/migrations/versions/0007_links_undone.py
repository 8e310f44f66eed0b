"""What came with a linked account, so that it can go back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("link_codes", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("undone_at", _INSTANT))
        table.add_column(sa.Column("took_in_id", _ROW_ID))
        table.add_column(sa.Column("brought", sa.Text, nullable=False, server_default=""))
        table.create_foreign_key("fk_link_codes_took_in_id", "club_members", ["took_in_id"], ["id"])


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("link_codes", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint("fk_link_codes_took_in_id", type_="foreignkey")
        table.drop_column("brought")
        table.drop_column("took_in_id")
        table.drop_column("undone_at")
