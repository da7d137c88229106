"""What Alembic runs: always on the connection that `extranet.migrations` hands over."""

from __future__ import annotations

from alembic import context

import extranet.activity.models
import extranet.basistaken.models
import extranet.coalitions.models
import extranet.membership.models
import extranet.money.models
import extranet.outbox.models
import extranet.people.models
import extranet.plugins.models
import extranet.search.models  # noqa: F401 - each import fills the metadata
from extranet.db import Base
from extranet.migrations import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
