"""The activity log in words; a test holds the sentences against what services record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from extranet.i18n import Euros, Text

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PROGRAM = Text("The program")
FORMER = Text("Somebody who has left")
NOTHING = "\N{EN DASH}"

# Who did it is %(who)s; the label of what it was done to is %(what)s.
SENTENCES: Mapping[str, Text] = {
    "allocation_key.changed": Text(
        "%(who)s changed the allocation key of budget version %(what)s."
    ),
    "basistaak.added": Text("%(who)s added the basistaak %(what)s."),
    "basistaak.changed": Text("%(who)s changed the basistaak %(what)s."),
    "basistaak.lines_linked": Text("%(who)s chose the budget lines that pay for %(what)s."),
    "basistaak.noted": Text("%(who)s wrote how %(what)s goes."),
    "body.added": Text("%(who)s added the body %(what)s."),
    "body.edited": Text("%(who)s changed the body %(what)s."),
    "budget.created": Text("%(who)s started the budget of %(what)s."),
    "budget_line.added": Text("%(who)s added the budget line %(what)s."),
    "budget_line.changed": Text("%(who)s changed the budget line %(what)s."),
    "budget_line.removed": Text("%(who)s removed the budget line %(what)s."),
    "budget_version.adopted": Text("%(who)s recorded that budget version %(what)s is adopted."),
    "budget_version.changed": Text("%(who)s changed the description of budget version %(what)s."),
    "budget_version.created": Text("%(who)s started budget version %(what)s."),
    "budget_version.discarded": Text("%(who)s discarded the draft of budget version %(what)s."),
    "budget_version.population_chosen": Text(
        "%(who)s chose the population of budget version %(what)s."
    ),
    "coalition.active": Text("%(who)s recorded that the coalition %(what)s is active."),
    "coalition.answered": Text("%(who)s said what its organisation thinks of %(what)s."),
    "coalition.below_threshold": Text(
        "%(who)s recorded that the coalition %(what)s has too few municipalities."
    ),
    "coalition.closed": Text("%(who)s closed the coalition %(what)s."),
    "coalition.closing": Text("%(who)s started to close the coalition %(what)s."),
    "coalition.edited": Text("%(who)s changed the coalition %(what)s."),
    "coalition.forming": Text("%(who)s let the coalition %(what)s form."),
    "coalition.proposed": Text("%(who)s proposed the coalition %(what)s."),
    "funding_source.added": Text("%(who)s added the funding source %(what)s."),
    "funding_source.changed": Text("%(who)s changed the funding source %(what)s."),
    "funding_source.removed": Text("%(who)s removed the funding source %(what)s."),
    "guest.ended": Text("%(who)s ended the seat of a guest: %(what)s."),
    "guest.let_in": Text("%(who)s let a guest in: %(what)s."),
    "invitation.revoked": Text("%(who)s withdrew an invitation."),
    "invitation.sent": Text("%(who)s invited somebody to the seat %(what)s."),
    "membership.centrum_changed": Text("%(who)s changed which member is the centrum: %(what)s."),
    "membership.corrected": Text("%(who)s corrected the membership of %(what)s."),
    "membership.ended": Text("%(who)s ended the membership of %(what)s."),
    "membership.started": Text("%(who)s made %(what)s a member."),
    "organisation.created": Text("%(who)s added the organisation %(what)s."),
    "organisation.edited": Text("%(who)s changed the organisation %(what)s."),
    "organisation.succeeded": Text("%(who)s recorded the successor of %(what)s."),
    "participation.consented": Text("%(who)s recorded the consent of %(what)s."),
    "participation.ended": Text("%(who)s recorded that %(what)s leaves."),
    "participation.started": Text("%(who)s let %(what)s take part."),
    "person.changed": Text("%(who)s changed an account."),
    "person.closed": Text("%(who)s closed an account."),
    "person.made_operator": Text("%(who)s made somebody operator."),
    "person.password_changed": Text("%(who)s changed a password."),
    "person.recovery_code_used": Text("%(who)s used a recovery code."),
    "person.recovery_codes_made": Text("%(who)s made new recovery codes."),
    "person.reopened": Text("%(who)s opened an account again."),
    "person.second_factor_removed": Text("%(who)s removed a second factor."),
    "person.second_factor_set": Text("%(who)s set up a second factor."),
    "person.signed_in": Text("%(who)s signed in."),
    "plustaak.archived": Text("%(who)s archived the plustaak %(what)s."),
    "plustaak.disabled": Text("%(who)s switched the plustaak %(what)s off."),
    "plustaak.enabled": Text("%(who)s switched the plustaak %(what)s on."),
    "plustaak.purged": Text("%(who)s deleted what the plustaak %(what)s kept."),
    "plustaak.reopened": Text("%(who)s opened the plustaak %(what)s again."),
    "region.created": Text("%(who)s created the region %(what)s."),
    "region.edited": Text("%(who)s changed the settings of the region."),
    "region.snapshot_adopted": Text("%(who)s chose the population figures %(what)s."),
    "seat.changed": Text("%(who)s changed the seat %(what)s."),
    "seat.made": Text("%(who)s added the seat %(what)s."),
    "session.ended": Text("%(who)s ended a session."),
    "snapshot.imported": Text("%(who)s imported the population figures %(what)s."),
    "tenure.ended": Text("%(who)s recorded until when somebody holds the seat %(what)s."),
    "tenure.started": Text("%(who)s recorded who holds the seat %(what)s."),
}
# What a program of a later version wrote is shown all the same.
UNKNOWN = Text("%(who)s changed %(what)s.")

FIELDS: Mapping[str, Text] = {
    "adopted_on": Text("Adopted on"),
    "aim": Text("Aim"),
    "answer": Text("Answer"),
    "body": Text("Body"),
    "code": Text("Code"),
    "consented_on": Text("Consented on"),
    "ends_on": Text("Last day"),
    "evidence": Text("Evidence"),
    "explanation": Text("Explanation"),
    "from_date": Text("First day"),
    "is_centrum": Text("Centrum"),
    "kind": Text("Kind"),
    "legal_form": Text("Legal form"),
    "lines": Text("Budget lines"),
    "name": Text("Name"),
    "net_cents": Text("Amount without VAT"),
    "noted_on": Text("Day"),
    "people_told": Text("Number of people told"),
    "person_id": Text("Person"),
    "reason": Text("Reason"),
    "role": Text("Role"),
    "slug": Text("Address"),
    "snapshot": Text("Population figures"),
    "starts_on": Text("First day"),
    "state": Text("State"),
    "successor": Text("Successor"),
    "title": Text("Title"),
    "totals_cents": Text("Totals"),
    "until": Text("Last day"),
    "until_date": Text("Last day"),
    "vat_cents": Text("VAT"),
    "vat_treatment": Text("VAT treatment"),
    "year": Text("Year"),
}


def sentence(entry: Any) -> Text:
    """Return an entry of the log as a sentence: who did what.

    The entry has `action`, `subject_label`, `person_id`, and `person`, the name of today.
    """
    who = entry.person or (PROGRAM if entry.person_id is None else FORMER)
    pattern = SENTENCES.get(entry.action, UNKNOWN)
    return Text(pattern.msgid, who=who, what=entry.subject_label or entry.action)


def changes(entry: Any, *, names: Mapping[int, str]) -> list[Text]:
    """Return what an entry changed, a text a field; `names` of people by number.

    Numbers of other things mean nothing to a reader and are left to the export.
    """
    fields = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    return [
        Text(
            "%(field)s: %(before)s → %(after)s",
            field=FIELDS.get(name) or name.replace("_", " "),
            before=_written(name, entry.before.get(name), names),
            after=_written(name, entry.after.get(name), names),
        )
        for name in fields
        if name == "person_id" or not name.endswith("_id")
    ]


def people_in(entry: Any) -> set[int]:
    """Return the numbers of the people that an entry changed something about."""
    found = {entry.before.get("person_id"), entry.after.get("person_id")}
    return {number for number in found if isinstance(number, int)}


def _written(name: str, value: Any, names: Mapping[int, str]) -> object:
    """Return a recorded value as a text shows it."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return Text("yes") if value else Text("no")
    if isinstance(value, int):
        return _number(name, value, names)
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _number(name: str, value: int, names: Mapping[int, str]) -> object:
    if name == "person_id":
        return names.get(value) or FORMER
    return Euros(value) if name.endswith("_cents") else value
