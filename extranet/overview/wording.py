"""What a change of the activity log was, in words: fields, codes, amounts, days and keys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from logging import getLogger
from typing import Any

from extranet.basistaken.rules import STATE_WORDS
from extranet.errors import InvalidInput
from extranet.i18n import Euros, Text
from extranet.membership.queries.wording import BODY_KINDS, KINDS, LEGAL_FORMS, PARTS, ROLES
from extranet.money.queries.wording import (
    CERTAINTIES,
    FUNDING_KINDS,
    LINE_KINDS,
    VAT_TREATMENTS,
    key_texts,
)
from extranet.money.rules import AllocationKey
from extranet.overview.rules import FORMER

logger = getLogger(__name__)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOTHING = "\N{EN DASH}"
# Fields that hold a name, or the number of a thing where no name was kept.
NUMBERED = frozenset({"body", "snapshot"})

FIELDS: Mapping[str, Text] = {
    "adopted_on": Text("Adopted on"),
    "aim": Text("Aim"),
    "allocation_key": Text("Allocation key"),
    "body": Text("Body"),
    "certainty": Text("Certainty"),
    "code": Text("Code"),
    "conditions": Text("Conditions"),
    "employment": Text("Employment"),
    "ended_on": Text("Last day"),
    "ends_on": Text("Last day"),
    "evidence": Text("Evidence"),
    "explanation": Text("Explanation"),
    "figures": Text("Number of figures"),
    "from_date": Text("First day"),
    "is_centrum": Text("Centrum"),
    "is_structural": Text("Structural"),
    "joining_publication": Text("Publication of joining"),
    "joining_published_on": Text("Joining published on"),
    "kind": Text("Kind"),
    "leaving_publication": Text("Publication of leaving"),
    "leaving_published_on": Text("Leaving published on"),
    "legal_form": Text("Legal form"),
    "legal_form_from": Text("Legal form since"),
    "lines": Text("Budget lines"),
    "name": Text("Name"),
    "net_cents": Text("Amount without VAT"),
    "noted_on": Text("Day"),
    "organisations": Text("Number of organisations added"),
    "outcome": Text("Outcome"),
    "participants": Text("Participants"),
    "people_told": Text("Number of people told"),
    "person_id": Text("Person"),
    "reason": Text("Reason"),
    "reference_date": Text("Reference date"),
    "role": Text("Role"),
    "sector": Text("Sector"),
    "sender_address": Text("Address of the sender"),
    "sender_email": Text("E-mail"),
    "sender_name": Text("Sender"),
    "sender_number": Text("KvK number"),
    "sender_phone": Text("Phone"),
    "sender_place": Text("Postal code and place"),
    "signatory_function": Text("Function of the signatory"),
    "signatory_name": Text("Signatory"),
    "slug": Text("Address"),
    "snapshot": Text("Population figures"),
    "starts_on": Text("First day"),
    "state": Text("State"),
    "successor": Text("Successor"),
    "successor_from": Text("Successor from"),
    "threshold": Text("Threshold"),
    "threshold_source": Text("Where the threshold stands"),
    "title": Text("Title"),
    "totals_cents": Text("Totals"),
    "until": Text("Last day"),
    "until_date": Text("Last day"),
    "vat_cents": Text("VAT"),
    "vat_treatment": Text("VAT treatment"),
    "year": Text("Year"),
}
# What the codes of a field mean; a kind is one of another list for each sort of thing.
CODES: Mapping[str, Mapping[Any, Text]] = {
    "basistaak.state": STATE_WORDS,
    "body.kind": BODY_KINDS,
    "budget_line.kind": LINE_KINDS,
    "budget_line.vat_treatment": VAT_TREATMENTS,
    "funding_source.certainty": CERTAINTIES,
    "funding_source.kind": FUNDING_KINDS,
    "membership.kind": PARTS,
    "organisation.kind": KINDS,
    "region.legal_form": LEGAL_FORMS,
    "seat.role": ROLES,
}


def changes(entry: Any, *, names: Mapping[int, str]) -> list[Text]:
    """Return what an entry changed, a text a field; `names` of people by number.

    Numbers of other things mean nothing to a reader and are left to the export.
    """
    sort = entry.action.partition(".")[0]
    fields = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    return [
        Text(
            "%(field)s: %(before)s → %(after)s",
            field=FIELDS.get(name) or name.replace("_", " "),
            before=_written(sort, name, entry.before.get(name), names),
            after=_written(sort, name, entry.after.get(name), names),
        )
        for name in fields
        if not _is_number_of_a_thing(name, entry.before.get(name), entry.after.get(name))
    ]


def _is_number_of_a_thing(name: str, *values: Any) -> bool:
    if name in NUMBERED:
        return any(isinstance(value, int) for value in values)
    return name.endswith("_id") and name != "person_id"


def _written(sort: str, name: str, value: Any, names: Mapping[int, str]) -> object:
    """Return a recorded value as a text shows it."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if name == "allocation_key":
        return _key(value)
    if isinstance(value, list):
        return _listed([_one(sort, name, item, names) for item in value])
    return _one(sort, name, value, names)


def _one(sort: str, name: str, value: Any, names: Mapping[int, str]) -> object:
    if isinstance(value, bool):
        return Text("yes") if value else Text("no")
    if isinstance(value, int):
        return _number(name, value, names)
    if not isinstance(value, str):
        return value
    if ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return CODES.get(f"{sort}.{name}", {}).get(value, value)


def _number(name: str, value: int, names: Mapping[int, str]) -> object:
    if name == "person_id":
        return names.get(value) or FORMER
    return Euros(value) if name.endswith("_cents") else value


def _key(data: object) -> object:
    """Say an allocation key in words; one that the rules of today refuse has none."""
    try:
        return _listed(key_texts(AllocationKey.from_data(data)))
    except InvalidInput:
        logger.warning("an entry of the activity log holds an allocation key that is none")
        return NOTHING


def _listed(values: Sequence[object]) -> object:
    """Put values behind each other as one value."""
    return reduce(lambda before, one: Text("%(before)s; %(one)s", before=before, one=one), values)
