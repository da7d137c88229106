"""What every table of this plugin is made of."""

from __future__ import annotations

from extranet.api import ANNOTATIONS, DeclarativeBase, plugin_metadata


class Model(DeclarativeBase):
    """Every table of this plugin."""

    metadata = plugin_metadata("infoavond")
    type_annotation_map = ANNOTATIONS
