"""Make basistaken, notes and an adopted budget, and count what a page asks of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import count

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from extranet.basistaken.models import Basistaak, ProgressNote, TaskState
from extranet.clock import now
from extranet.membership.models import Organisation, Region
from extranet.money.models import (
    BudgetLine,
    BudgetLineAmount,
    BudgetVersion,
    Contribution,
    Household,
    LineKind,
    VatTreatment,
    VersionState,
)
from extranet.web.database import get_database

_numbers = count(1)


def make_task(session: Session, *, region: Region, **values: object) -> Basistaak:
    """Make a basistaak that is under way."""
    number = next(_numbers)
    task = Basistaak(
        **{
            "region_id": region.id,
            "slug": f"taak-{number}",
            "name": f"Taak {number}",
            "aim": "Samen leren.",
            "position": number,
            "state": TaskState.RUNNING,
            "starts_on": date(2026, 1, 1),
            **values,
        }
    )
    session.add(task)
    session.flush()
    return task


def make_note(
    session: Session,
    *,
    task: Basistaak,
    organisation: Organisation,
    text: str = "Het gaat goed.",
    noted_on: date = date(2026, 11, 1),
) -> ProgressNote:
    """Make a note on behalf of an organisation, by nobody who still has an account."""
    note = ProgressNote(
        basistaak_id=task.id,
        noted_on=noted_on,
        text=text,
        organisation_id=organisation.id,
        created_at=now(session),
    )
    session.add(note)
    session.flush()
    return note


def make_budget(
    session: Session,
    *,
    region: Region,
    year: int = 2027,
    number: int = 1,
    lines: Mapping[str, int] | None = None,
    paid: Mapping[int, int] | None = None,
    adopted: bool = True,
    household: Household | None = None,
) -> BudgetVersion:
    """Make a version of the base's budget; adopted unless told.

    `lines` are the net cents in each year by line key (also its name); `paid` are the cents that
    an organisation pays in the budget's year, by its number.
    """
    household = household or _make_base(session, region)
    version = BudgetVersion(
        household_id=household.id, year=year, number=number, title="Begroting", allocation_key=[]
    )
    session.add(version)
    session.flush()
    _add_lines(session, version, lines or {})
    _add_contributions(session, version, paid or {})
    if adopted:
        version.state = VersionState.ADOPTED
        version.adopted_on = date(2026, 11, 1)
        session.flush()
    return version


def _make_base(session: Session, region: Region) -> Household:
    household = Household(region_id=region.id, name="Basis")
    session.add(household)
    session.flush()
    return household


def _add_contributions(session: Session, version: BudgetVersion, paid: Mapping[int, int]) -> None:
    session.add_all(
        Contribution(
            version_id=version.id,
            year=version.year,
            organisation_id=organisation_id,
            organisation_name="Deelnemer",
            months=12,
            amount_cents=cents,
            steps=[],
        )
        for organisation_id, cents in paid.items()
    )
    session.flush()


def _add_lines(session: Session, version: BudgetVersion, lines: Mapping[str, int]) -> None:
    for position, (key, cents) in enumerate(lines.items()):
        line = BudgetLine(
            version_id=version.id,
            line_key=key,
            position=position,
            name=key,
            kind=LineKind.COST,
            vat_treatment=VatTreatment.JOINT_ACCOUNT,
        )
        session.add(line)
        session.flush()
        session.add_all(
            BudgetLineAmount(
                line_id=line.id, year=version.year + offset, net_cents=cents, vat_cents=1
            )
            for offset in range(4)
        )


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Give the list that every statement for reading is added to."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = get_database().read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
