"""What differs between a form that was filled in and what stands there by now, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, Field, SelectFieldBase

from extranet.errors import Conflict
from extranet.i18n import Text, translate
from extranet.web.jinja import current_locale

MEANWHILE = Text(
    "This changed while you had it open: somebody else did it, or you yourself in another tab."
)

NO_AMOUNTS = {"", "0,00"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A field of a form as a person reads it; `present` is what stands there now."""

    id: str
    label: str
    typed: str
    present: str = ""


class StaleForm(Conflict):
    """The thing changed since the form was opened; `version` is the one that stands there now."""

    def __init__(self, version: int, differences: Iterable[Filled]) -> None:
        """Keep what differs."""
        super().__init__(MEANWHILE)
        self.version = version
        self.differences = tuple(differences)


def filled_in(
    fields: Iterable[Field], present: Mapping[str, object] | None = None
) -> Iterator[Filled]:
    """Yield what somebody filled in, by label, without what is hidden or secret.

    With what stands there now beside it, for the fields that `present` names.
    """
    for field in fields:
        if getattr(field.widget, "input_type", "") in {"hidden", "password", "file"}:
            continue
        now = in_words(field, present[field.name]) if present and field.name in present else ""
        label, typed = str(field.label.text), in_words(field, field.data)
        yield Filled(id=field.id, label=label, typed=typed, present=now)


def differences(fields: Iterable[Field], present: Mapping[str, object]) -> Iterator[Filled]:
    """Yield the fields in which something else was filled in than what stands there now."""
    known = [field for field in fields if field.name in present]
    return (one for one in filled_in(known, present) if not _is_same(one.typed, one.present))


def _is_same(typed: str, present: str) -> bool:
    """Tell whether two texts say the same; an amount left empty is an amount of nothing."""
    return typed == present or {typed, present} == NO_AMOUNTS


def in_words(field: Field, value: object) -> str:
    """Return a value of a field as the page shows it: the words of a choice, an amount, a day."""
    if isinstance(field, BooleanField):
        return translate(Text("Yes") if value else Text("No"), current_locale())
    if isinstance(field, SelectFieldBase):
        return ", ".join(_chosen(field, value))
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else _written(field, value)


def _written(field: Any, value: object) -> str:
    """Return a value as the box of the field would hold it; a field cannot be copied."""
    kept = field.raw_data, field.data
    field.raw_data, field.data = None, value
    try:
        return str(field._value())  # noqa: SLF001 - WTForms' name for the text in a box
    finally:
        field.raw_data, field.data = kept


def _chosen(field: SelectFieldBase, value: object) -> list[str]:
    """Return the words of what is chosen; what is not on offer any more stays as it is."""
    values = value if isinstance(value, list | tuple | set | frozenset) else [value]
    words = {str(key): str(label) for key, label, *_ in getattr(field, "choices", None) or ()}
    return [words.get(str(one), str(one)) for one in values if one not in (None, "")]
