"""Search by a piece of text, the same way in every list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy.orm import InstrumentedAttribute

_ESCAPE = "/"


def containing(*columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Return the condition that a column contains the bound `pattern`, whatever the case."""
    return or_(*(column.ilike(bindparam("pattern"), escape=_ESCAPE) for column in columns))


def pattern_of(text: str) -> str:
    """Return what was typed as a pattern; its own wildcards stand for themselves."""
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return f"%{text}%"
