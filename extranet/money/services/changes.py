"""What the activity log keeps of a change: the fields that differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class Changes(TypedDict):
    """The arguments of `record` that say what was and what is."""

    before: dict[str, object]
    after: dict[str, object]


def changes(
    before: Mapping[str, object] | None = None, after: Mapping[str, object] | None = None
) -> Changes:
    """Return the fields of two states that differ; a state that is not there has no fields."""
    old, new = before or {}, after or {}
    differ = [
        name
        for name in {**old, **new}
        if name not in old or name not in new or old[name] != new[name]
    ]
    return {
        "before": {name: old[name] for name in differ if name in old},
        "after": {name: new[name] for name in differ if name in new},
    }
