"""The forms about coalitions: propose, answer, form, join, consent, leave, let a guest in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField

from extranet.coalitions.queries.parties import Participant
from extranet.coalitions.queries.workspace import InterestLine, SeatChoice
from extranet.coalitions.services.initiatives import Proposal
from extranet.coalitions.services.participation import Consent
from extranet.coalitions.wording import ANSWERS
from extranet.membership.forms.fields import NEEDED, PICKED, AtMost, LineField
from extranet.money.rules import (
    AllocationKey,
    DivisionByInhabitants,
    EqualShare,
    RatePerInhabitant,
)
from extranet.web.fields import YearField
from extranet.web.forms import CentsField, DateField, Form, VersionedForm, choices, optional_text


def _number(text: str) -> int | None:
    return int(text) if text else None


class ProposalForm(VersionedForm):
    """What a coalition is called, what it should reach and why."""

    name = LineField(_l("Name"), [NEEDED, AtMost(120)])
    aim = TextAreaField(
        _l("What it should reach"),
        [NEEDED, AtMost(2000)],
        description=_l("In a few sentences that another municipality understands."),
    )
    reason = TextAreaField(
        _l("Why together, why now"),
        [AtMost(2000)],
        description=_l("What one municipality cannot do alone."),
    )

    def proposal(self) -> Proposal:
        """Return what was filled in; the form is valid."""
        return Proposal(
            name=self.name.data,
            aim=optional_text(self.aim.data),
            reason=optional_text(self.reason.data),
        )


class LeadForm(VersionedForm):
    """Which seat leads."""

    lead_seat_id = SelectField(_l("The seat that leads"), [PICKED], coerce=_number)

    def offer(self, seats: Iterable[SeatChoice]) -> None:
        """Offer the seats of the region, with who sits there."""
        self.lead_seat_id.choices = [("", _l("Choose a seat"))] + [
            (
                seat.id,
                f"{seat.organisation}: {seat.title}{f' ({seat.person})' if seat.person else ''}",
            )
            for seat in seats
        ]


class EditForm(ProposalForm, LeadForm):
    """Change what a coalition is and who leads it."""

    lead_seat_id = SelectField(_l("The seat that leads"), coerce=_number)


class AnswerForm(Form):
    """What a member says to an initiative."""

    answer = RadioField(_l("What does your organisation say?"), [PICKED], choices=choices(ANSWERS))
    note = LineField(
        _l("Explanation"), [AtMost(500)], description=_l("Everybody in the region reads it.")
    )


class JoinForm(Form):
    """An organisation that takes part from a day on."""

    organisation_id = SelectField(_l("Organisation"), [PICKED], coerce=_number)
    from_date = DateField(_l("First day"), [NEEDED])

    def offer(self, lines: Iterable[InterestLine], taken: Iterable[Participant]) -> None:
        """Offer the deelnemers that do not take part; those that said "we join" come first."""
        busy = {one.organisation_id for one in taken}
        free = [line for line in lines if line.organisation_id not in busy]
        free.sort(key=lambda line: (line.answer != "join", line.name))
        self.organisation_id.choices = [("", _l("Choose an organisation"))] + [
            (line.organisation_id, line.name) for line in free
        ]

    def first_day(self) -> date:
        """Return the first day; the form is valid."""
        return cast("date", self.from_date.data)


class TakePartForm(Form):
    """A participant of the coalition that takes part in one of its plustaken from a day on."""

    organisation_id = SelectField(_l("Organisation"), [PICKED], coerce=_number)
    from_date = DateField(_l("First day"), [NEEDED])

    def offer(self, free: Iterable[Participant]) -> None:
        """Offer the participants of the coalition that do not take part yet."""
        self.organisation_id.choices = [("", _l("Choose an organisation"))] + [
            (one.organisation_id, one.name) for one in free
        ]

    def first_day(self) -> date:
        """Return the first day; the form is valid."""
        return cast("date", self.from_date.data)


class LastDayForm(VersionedForm):
    """The last day on which an organisation takes part in a plustaak."""

    until_date = DateField(_l("Last day"), [NEEDED])

    def last_day(self) -> date:
        """Return the last day; the form is valid."""
        return cast("date", self.until_date.data)


class ConsentForm(VersionedForm):
    """Which body consented, when, and where that can be read."""

    body = LineField(
        _l("Body that decided"),
        [NEEDED, AtMost(120)],
        description=_l("For example: college van burgemeester en wethouders."),
    )
    consented_on = DateField(_l("Date of the decision"), [NEEDED])
    evidence = LineField(
        _l("Where the decision can be read"),
        [NEEDED, AtMost(500)],
        description=_l("For example: besluitenlijst 12 maart 2027, nummer 4."),
    )

    def consent(self) -> Consent:
        """Return what was filled in; the form is valid."""
        return Consent(
            on=cast("date", self.consented_on.data),
            body=self.body.data,
            evidence=self.evidence.data,
        )


class LeaveForm(VersionedForm):
    """The last day on which an organisation takes part, and why it leaves."""

    until_date = DateField(_l("Last day"), [NEEDED])
    reason = LineField(_l("Reason"), [AtMost(500)])

    def last_day(self) -> date:
        """Return the last day; the form is valid."""
        return cast("date", self.until_date.data)


class GuestForm(Form):
    """Somebody of an organisation that is no member, let into this coalition alone."""

    code = LineField(
        _l("Official code of their organisation"),
        [NEEDED, AtMost(40)],
        description=_l("For example kvk:12345678. The operator adds organisations to the list."),
    )
    title = LineField(_l("What they come for"), [NEEDED, AtMost(120)])
    name = LineField(_l("Name"), [NEEDED, AtMost(120)])
    email = LineField(_l("E-mail address"), [NEEDED, AtMost(254)])


class ConfirmForm(VersionedForm):
    """Confirm something that was explained above the button."""


class BeginBudgetForm(Form):
    """The first year of a plustaak's budget, and how its participants share it."""

    year = YearField(_l("First year"), [NEEDED], description=_l("The budget covers four years."))
    share = RadioField(
        _l("How the participants share it"),
        [PICKED],
        choices=[
            ("inhabitants", _l("By number of inhabitants")),
            ("equal", _l("In equal parts")),
            ("rate", _l("By a rate per inhabitant; a reserve line closes the gap")),
        ],
        default="inhabitants",
    )
    rate = CentsField(
        _l("Rate per inhabitant a year"), description=_l("Only with a rate per inhabitant.")
    )

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the fields; a rate needs its amount, which is not below zero."""
        is_valid = super().validate(extra_validators=extra_validators)
        if self.share.data == "rate" and not self.rate.errors:
            if self.rate.data is None:
                self.rate.errors = [_l("Fill in the rate.")]
            elif self.rate.data < 0:
                self.rate.errors = [_l("A rate is not below zero.")]
        return is_valid and not self.rate.errors

    def allocation_key(self) -> AllocationKey:
        """Return the key that was chosen; the form is valid."""
        if self.share.data == "equal":
            return AllocationKey([EqualShare()])
        if self.share.data == "rate":
            return AllocationKey([RatePerInhabitant(rate_cents=self.rate.data or 0)])
        return AllocationKey([DivisionByInhabitants()])
