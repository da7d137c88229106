"""How amounts stand, in the same words everywhere: to pay, to get back, not asked yet, forecast.

Money that the members get back is an amount below zero; in a sentence it stands without its sign.
"""

from __future__ import annotations

from extranet.i18n import Euros, Text
from extranet.money.queries.versions import VersionFacts

PAYABLE = Text("to pay")
TO_GET_BACK = Text("to get back")
FORECAST = Text("forecast")
REPLACED = Text("replaced")
NOT_ASKED = Text("not asked yet")
NOTHING_ASKED = Text("Nothing of this is asked yet.")


def state_of(version: VersionFacts, year: int, cents: int) -> Text:
    """Return how an amount of a version stands in a year."""
    if version.is_replaced:
        return REPLACED
    if year != version.year or not version.is_in_force:
        return FORECAST
    if not version.is_payable:
        return NOT_ASKED
    return TO_GET_BACK if cents < 0 else PAYABLE


def payment_note(version: VersionFacts, cents: int) -> Text:
    """Say what of a version is to be paid; `cents` are those of its first year."""
    year = str(version.year)
    if version.is_replaced or version.is_draft:
        return _nothing(version)
    if not version.is_payable:
        return NOTHING_ASKED
    if cents < 0:
        return Text(
            "Only the amount of %(year)s is paid back. Later years are a forecast.", year=year
        )
    return Text("Only the amount of %(year)s is to be paid. Later years are a forecast.", year=year)


def no_payment_note(version: VersionFacts, year: int) -> Text | None:
    """Say why nothing is paid of a year's amount; None for what is to be paid."""
    if not version.is_in_force or year != version.year:
        return _nothing(version)
    return None if version.is_payable else NOTHING_ASKED


def outcome_label(name: str, year: int, cents: int) -> Text:
    """Say whose amount stands beside this label, and which way the money goes."""
    if cents < 0:
        return Text("%(name)s gets back in %(year)s", name=name, year=str(year))
    return Text("%(name)s pays in %(year)s", name=name, year=str(year))


def outcome(name: str, year: int, cents: int) -> Text:
    """Say in one sentence what a member pays or gets back in a year."""
    values = {"name": name, "amount": Euros(abs(cents)), "year": str(year)}
    if cents < 0:
        return Text("%(name)s gets back %(amount)s in %(year)s.", **values)
    return Text("%(name)s pays %(amount)s in %(year)s.", **values)


def together(year: int, cents: int) -> Text:
    """Say in one sentence what all members pay or get back together in a year."""
    values = {"amount": Euros(abs(cents)), "year": str(year)}
    if cents < 0:
        return Text("The members get back %(amount)s together in %(year)s.", **values)
    return Text("The members pay %(amount)s together in %(year)s.", **values)


def _nothing(version: VersionFacts) -> Text:
    if version.is_replaced:
        return Text(
            "Version %(number)s takes the place of this one: nothing of these amounts is paid.",
            number=version.in_force_number,
        )
    return Text("This is a forecast: nothing is paid yet.")
