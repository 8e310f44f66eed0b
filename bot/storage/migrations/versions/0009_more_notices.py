"""Two more kinds of notices that members can switch off: about their receipts, about points by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_BEFORE = "kind IN ('expiring', 'available', 'tier', 'birthday')"
_NOW = "kind IN ('expiring', 'available', 'tier', 'birthday', 'receipt', 'by-hand')"


def upgrade() -> None:
    """Allow them."""
    _constrain(_NOW)


def downgrade() -> None:
    """Forget who switched them off."""
    op.execute(sa.text("DELETE FROM member_notices WHERE kind IN ('receipt', 'by-hand')"))
    _constrain(_BEFORE)


def _constrain(kinds: str) -> None:
    told = sa.Column("told", sa.Text, nullable=False, server_default="")
    with op.batch_alter_table("member_notices", reflect_args=(told,)) as table:
        table.drop_constraint(op.f("ck_member_notices_kind"), type_="check")
        table.create_check_constraint(op.f("ck_member_notices_kind"), kinds)
