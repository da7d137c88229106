"""What the tables of a plugin are made of: metadata of their own, and keys into the core."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, MetaData

import extranet.coalitions.models
import extranet.membership.models
import extranet.people.models  # noqa: F401 - each import fills the core's metadata
from extranet.db import Base, UtcDateTime

# The tables that a plugin may refer to, which will stay; of everything else it keeps its own copy.
REFERABLE = {
    "coalition": "coalitions",
    "membership": "memberships",
    "organisation": "organisations",
    "person": "persons",
    "plustaak": "plustaken",
    "region": "regions",
    "seat": "seats",
}
ANNOTATIONS: dict[Any, Any] = {datetime: UtcDateTime}


def plugin_metadata(name: str) -> MetaData:
    """Return metadata for the tables of a plugin, apart from the core's and other plugins'.

    A base of the plugin takes it, so that a fault in its tables breaks nobody else's:
    `metadata = plugin_metadata("infoavond")` with `type_annotation_map = ANNOTATIONS`.
    """
    return MetaData(naming_convention=Base.metadata.naming_convention, info={"plugin": name})


def reference(noun: str, *, cascade: bool = False) -> ForeignKey:
    """Return a foreign key to something of the core, such as `plustaak` or `organisation`.

    With `cascade` the row goes with what it refers to.
    """
    table = Base.metadata.tables[REFERABLE[noun]]
    return ForeignKey(table.columns["id"], ondelete="CASCADE" if cascade else None)
