"""Fill an empty database with the two demo regions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.basistaken.models import Basistaak, BasistaakLine, ProgressNote
from extranet.clock import now
from extranet.demo import figures
from extranet.demo.alliances import fill_coalitions
from extranet.demo.cast import (
    BODIES,
    CAST,
    DOMAIN,
    OPERATOR_ACCOUNT,
    OPERATOR_NAME,
    Part,
)
from extranet.demo.papers import fill_coalition_papers, fill_papers
from extranet.demo.plustaak import fill_plustaak
from extranet.demo.purse import fill_budget
from extranet.demo.tasks import TASKS, Task
from extranet.files import FileStore
from extranet.membership.models import (
    Body,
    LegalForm,
    Membership,
    MembershipKind,
    Organisation,
    OrganisationKind,
    PopulationFigure,
    PopulationSnapshot,
    Region,
    Seat,
)
from extranet.money.models import BudgetLine
from extranet.people.models import Person, Tenure
from extranet.people.services.passwords import hash_password
from extranet.plugins.contributions import Example

STARTED = date(2025, 1, 1)
PUBLISHED = date(2024, 12, 18)
NO_SOURCE = "Voorbeeld: de vindplaats van de echte regeling hoort hier"


def is_empty(session: Session) -> bool:
    """Tell whether nobody uses this database yet."""
    regions = session.scalar(select(func.count()).select_from(Region))
    return not regions and not session.scalar(select(func.count()).select_from(Person))


def fill(
    session: Session,
    *,
    files: FileStore,
    examples: Mapping[str, Sequence[Example]],
    password: str,
    memory_kib: int,
) -> None:
    """Fill the database; everybody with an account has the same password.

    `examples` are those of the plugins that are here, by name. Their tables must be there, and the
    session must be heard by the domains and by the host, as that of the application is.
    """
    nml, rvn = fill_regions(session)
    password_hash = hash_password(password, memory_kib=memory_kib)
    fill_people(session, regions={"nml": nml, "rvn": rvn}, password_hash=password_hash)
    fill_budget(session, region_id=nml.id)
    fill_tasks(session, region=nml)
    fill_papers(session, region=nml, files=files)
    groen_gas = fill_coalitions(session, region=nml)
    fill_coalition_papers(session, coalition=groen_gas, files=files)
    fill_plustaak(session, coalition=groen_gas, examples=examples)


def fill_regions(session: Session) -> tuple[Region, Region]:
    """Make the organisations, the population snapshot and the two regions with their members."""
    organisations = _organisations(session)
    snapshot = _snapshot(session)
    nml, rvn = _region(session, _nml(), snapshot), _region(session, _rvn(), snapshot)
    for code in (*figures.NML_MUNICIPALITIES, figures.PROVINCE, figures.WATER_BOARD):
        _member(session, nml, organisations[code], is_centrum=code == "gm:0983")
    _member(session, nml, organisations[figures.GRID_OPERATOR], MembershipKind.PARTNER)
    for code in figures.RVN_MUNICIPALITIES:
        _member(session, rvn, organisations[code], is_centrum=code == "gm:0268")
    session.flush()
    return nml, rvn


def fill_people(session: Session, *, regions: dict[str, Region], password_hash: str) -> None:
    """Make the bodies, the seats, the people on them and the accounts that can sign in."""
    bodies = {
        name: Body(region_id=regions["nml"].id, name=name, kind=kind)
        for name, kind in BODIES.items()
    }
    session.add_all(bodies.values())
    session.add(_person(session, OPERATOR_NAME, OPERATOR_ACCOUNT, password_hash, is_operator=True))
    session.flush()
    codes = {
        row.code: row.id for row in session.execute(select(Organisation.code, Organisation.id))
    }
    people: dict[str, Person] = {}
    for part in CAST:
        if part.name not in people:
            people[part.name] = _person(session, part.name, part.account, password_hash)
            session.add(people[part.name])
            session.flush()
        _seat(
            session,
            part,
            region=regions[part.region],
            organisation_id=codes[part.organisation],
            body=bodies.get(part.body),
            person=people[part.name],
        )
    session.flush()


def fill_tasks(session: Session, *, region: Region) -> None:
    """Make the basistaken with their notes and links to the budget lines of the same region."""
    bodies = {
        b.name: b.id for b in session.scalars(select(Body).where(Body.region_id == region.id))
    }
    chairs = {
        row.name: row
        for row in session.execute(
            select(Person.name, Person.id, Seat.id.label("seat_id"), Seat.organisation_id)
            .join(Tenure, Tenure.person_id == Person.id)
            .join(Seat, Seat.id == Tenure.seat_id)
            .where(Seat.region_id == region.id)
        )
    }
    keys = {
        row.name: row.line_key
        for row in session.execute(select(BudgetLine.name, BudgetLine.line_key))
    }
    for position, task in enumerate(TASKS):
        chair = chairs[task.chair]
        basistaak = Basistaak(
            region_id=region.id,
            slug=task.slug,
            name=task.name,
            aim=task.aim,
            position=position,
            body_id=bodies[task.body],
            chair_seat_id=chair.seat_id,
            state=task.state,
            starts_on=task.starts_on,
            ends_on=task.ends_on,
        )
        session.add(basistaak)
        session.flush()
        _add_notes(session, basistaak, task, chair)
        session.add_all(
            BasistaakLine(basistaak_id=basistaak.id, line_key=keys[line]) for line in task.lines
        )


def _add_notes(session: Session, basistaak: Basistaak, task: Task, chair: Any) -> None:
    session.add_all(
        ProgressNote(
            basistaak_id=basistaak.id,
            noted_on=day,
            text=text,
            person_id=chair.id,
            organisation_id=chair.organisation_id,
            created_at=now(session),
        )
        for day, text in task.notes
    )


def _nml() -> Region:
    return Region(
        slug="nml",
        name="RES Noord- en Midden-Limburg",
        code="ES29",
        legal_form=LegalForm.CENTRUMREGELING,
        legal_form_from=STARTED,
        threshold_source=NO_SOURCE,
        sender_name="Gemeente Venlo",
        sender_address="Postbus 3434",
        sender_place="5902 RK Venlo",
        sender_email=f"programmateam@{DOMAIN}",
        signatory_name="Joris van Kessel",
        signatory_function="Programmamanager RES Noord- en Midden-Limburg",
    )


def _rvn() -> Region:
    return Region(
        slug="rvn",
        name="Voorbeeldregio Rijk van Nijmegen",
        legal_form=LegalForm.SOK,
        legal_form_from=STARTED,
        sender_name="Gemeente Nijmegen",
        sender_place="Nijmegen",
    )


def _organisations(session: Session) -> dict[str, Organisation]:
    made = {
        code: Organisation(code=code, name=name, kind=OrganisationKind.GEMEENTE)
        for code, (name, _) in figures.MUNICIPALITIES.items()
    }
    others = (
        (figures.PROVINCE, "Provincie Limburg", OrganisationKind.PROVINCIE),
        (figures.WATER_BOARD, "Waterschap Limburg", OrganisationKind.WATERSCHAP),
        (figures.GRID_OPERATOR, "Enexis Netbeheer", OrganisationKind.NETBEHEERDER),
    )
    for code, name, kind in others:
        made[code] = Organisation(code=code, name=name, kind=kind)
    session.add_all(made.values())
    session.flush()
    return made


def _snapshot(session: Session) -> PopulationSnapshot:
    rows = [
        (code, date(figures.FIRST_YEAR + offset, 1, 1), inhabitants)
        for code, (_, series) in figures.MUNICIPALITIES.items()
        for offset, inhabitants in enumerate(series)
    ]
    last = max(day for _, day, _ in rows)
    snapshot = PopulationSnapshot(
        name=figures.SNAPSHOT_NAME,
        table_id=figures.TABLE_ID,
        source=figures.SOURCE,
        licence=figures.LICENCE,
        released_on=figures.RELEASED_ON,
        imported_at=now(session),
        fingerprint=sha256(repr(sorted(rows)).encode()).hexdigest(),
        first_date=date(figures.FIRST_YEAR, 1, 1),
        last_date=last,
        municipality_count=len(figures.MUNICIPALITIES),
        inhabitant_count=sum(n for _, day, n in rows if day == last),
    )
    session.add(snapshot)
    session.flush()
    session.add_all(
        PopulationFigure(
            snapshot_id=snapshot.id, code=code, reference_date=day, inhabitants=inhabitants
        )
        for code, day, inhabitants in rows
    )
    return snapshot


def _region(session: Session, region: Region, snapshot: PopulationSnapshot) -> Region:
    region.snapshot_id = snapshot.id
    region.is_example = True
    session.add(region)
    session.flush()
    return region


def _member(
    session: Session,
    region: Region,
    organisation: Organisation,
    kind: MembershipKind = MembershipKind.DEELNEMER,
    *,
    is_centrum: bool = False,
) -> None:
    session.add(
        Membership(
            region_id=region.id,
            organisation_id=organisation.id,
            kind=kind,
            is_centrum=is_centrum,
            from_date=STARTED,
            joining_published_on=PUBLISHED if region.legal_form != LegalForm.SOK else None,
            joining_publication=NO_SOURCE if region.legal_form != LegalForm.SOK else "",
        )
    )


def _person(
    session: Session, name: str, account: str, password_hash: str, *, is_operator: bool = False
) -> Person:
    """Make a person; without an account name nobody can sign in as them."""
    return Person(
        name=name,
        email=f"{account or 'zonder-account-' + secrets.token_hex(4)}@{DOMAIN}",
        password_hash=password_hash if account else None,
        is_operator=is_operator,
        created_at=now(session),
    )


def _seat(
    session: Session,
    part: Part,
    *,
    region: Region,
    organisation_id: int,
    body: Body | None,
    person: Person,
) -> None:
    seat = Seat(
        region_id=region.id,
        organisation_id=organisation_id,
        body_id=body.id if body else None,
        title=part.title,
        role=Role(part.role),
    )
    session.add(seat)
    session.flush()
    session.add(
        Tenure(
            person_id=person.id,
            seat_id=seat.id,
            from_date=STARTED,
            employment=part.employment,
        )
    )
