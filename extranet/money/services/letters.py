"""Fill in the letter that tells a member what it pays and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from extranet.errors import Conflict
from extranet.formats import cents, long_date
from extranet.i18n import Text, translate
from extranet.money.queries.figures import Explanation
from extranet.money.queries.letterhead import Sender, sender_as_adopted
from extranet.money.queries.standing import outcome_label, payment_note, state_of
from extranet.money.queries.versions import VersionFacts
from extranet.money.queries.wording import figure_text
from extranet.publishing.letters import (
    ContributionLetter,
    Fact,
    FigureTable,
    Letterhead,
    Line,
    Signature,
    render_letter,
)


def make_letter(
    session: Session, *, version: VersionFacts, explanation: Explanation, locale: str
) -> bytes:
    """Return the letter of an adopted version to one member, as PDF.

    The letter is dated on the day of adoption and is the same, to the byte, each time it is made,
    whoever was renamed since; only a notice is added once a later version replaces this one.
    Raises Conflict for a draft, and where nothing is asked yet: a letter asks for money.
    """
    if version.adopted_on is None:
        raise Conflict(Text("A draft asks for no money yet, so there is no letter."))
    if not version.is_payable:
        raise Conflict(Text("Nothing is asked yet, so there is no letter."))
    sender = sender_as_adopted(session, version_id=version.id)
    letter = _letter(version, version.adopted_on, explanation, sender, locale)
    created = datetime.combine(version.adopted_on, time(), tzinfo=UTC)
    return render_letter(letter, created=created)


def _letter(
    version: VersionFacts, day: date, explanation: Explanation, sender: Sender, locale: str
) -> ContributionLetter:
    def say(msgid: Text) -> str:
        return translate(msgid, locale)

    year = str(explanation.year)
    amount_cents = explanation.amount_cents
    named = {"name": explanation.name, "year": year, "region": sender.whose}
    return ContributionLetter(
        language=locale,
        letterhead=_letterhead(sender, locale),
        addressee=(explanation.name, say(Text("For the attention of the treasurer"))),
        references=_references(version, day, explanation, locale),
        subject=say(Text("Contribution %(year)s of %(name)s to %(region)s", **named)),
        salutation=say(Text("Dear colleague,")),
        paragraphs=(
            say(_opening(version, day, year, sender)),
            say(_purpose(amount_cents)),
            say(Text("Below you read step by step where the amount comes from.")),
        ),
        signature=Signature(
            closing=say(Text("Kind regards,")),
            name=sender.signatory_name,
            function=sender.signatory_function,
            organisation=sender.name,
        ),
        page_label=say(Text("page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")),
        notice=" · ".join(say(notice) for notice in _notices(version, sender)),
        amount_label=say(outcome_label(explanation.name, explanation.year, amount_cents)),
        amount=cents(abs(amount_cents), locale),
        explanation=_steps(explanation, locale),
        years=_years(version, explanation, locale),
        payment=(say(payment_note(version, amount_cents)),),
    )


def _references(
    version: VersionFacts, day: date, explanation: Explanation, locale: str
) -> tuple[Fact, ...]:
    """Return the date and our reference, which differs from purse to purse."""
    parts = [str(explanation.year), str(version.number), explanation.code.partition(":")[2]]
    if version.owner:
        parts.append(version.owner.replace(":", "-"))
    return (
        Fact(label=translate(Text("Date"), locale), value=long_date(day, locale)),
        Fact(label=translate(Text("Our reference"), locale), value="-".join(parts)),
    )


def _opening(version: VersionFacts, day: date, year: str, sender: Sender) -> Text:
    return Text(
        "On %(day)s %(body)s adopted the budget %(year)s of %(region)s (version %(number)s).",
        day=day,
        body=version.body_name,
        year=year,
        region=sender.whose,
        number=version.number,
    )


def _purpose(amount_cents: int) -> Text:
    if amount_cents < 0:
        return Text("This letter tells you what your organisation gets back and why.")
    return Text("This letter tells you what your organisation contributes and why.")


def _notices(version: VersionFacts, sender: Sender) -> list[Text]:
    """Return what must be read on every page: that it is no letter to pay by."""
    notices = []
    if sender.is_example:
        notices.append(Text("Example: this is not a real letter"))
    if not version.is_in_force:
        replaced = Text("Replaced by version %(number)s", number=version.in_force_number)
        notices.append(replaced)
    return notices


def _letterhead(sender: Sender, locale: str) -> Letterhead:
    contact = (
        (Text("Phone"), sender.phone),
        (Text("E-mail"), sender.email),
        (Text("KvK number"), sender.number),
    )
    return Letterhead(
        name=sender.name,
        address=[line for line in (sender.address, sender.place) if line],
        contact=[
            Fact(label=translate(label, locale), value=value) for label, value in contact if value
        ],
    )


def _steps(explanation: Explanation, locale: str) -> FigureTable:
    return FigureTable(
        heading=translate(Text("Where the amount comes from"), locale),
        text_heading=translate(Text("Step"), locale),
        figure_heading=translate(Text("Figure"), locale),
        lines=[
            Line(
                text=translate(step.text, locale),
                figure=figure_text(step.figure, locale),
                note=translate(step.source, locale) if step.source else "",
            )
            for step in explanation.steps
        ],
    )


def _years(version: VersionFacts, explanation: Explanation, locale: str) -> FigureTable:
    return FigureTable(
        heading=translate(Text("Four years"), locale),
        text_heading=translate(Text("Year"), locale),
        figure_heading=translate(Text("Contribution"), locale),
        lines=[
            Line(
                text=str(year),
                figure=cents(amount, locale),
                note=translate(state_of(version, year, amount), locale),
            )
            for year, amount in zip(explanation.years, explanation.amounts, strict=True)
        ],
    )
