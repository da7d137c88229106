"""A municipality's letter for an evening, with what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from extranet.api import NotFound, Place, organisation_names
from extranet_infoavond.models import (
    Evening,
    Host,
    HouseStyle,
    Invitation,
    LetterState,
    MasterLetter,
    Page,
    ProgrammeItem,
)
from extranet_infoavond.queries.styles import paper_of
from extranet_infoavond.rules.evenings import day_text, programme_text, times_text
from extranet_infoavond.rules.letters import filled
from extranet_infoavond.rules.styles import Paper
from extranet_infoavond.wording import Text

NO_LETTER = Text("This municipality has no letter for this evening.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """A municipality's letter: its own text, or the master's as long as it has none.

    `version` is 0 while there is no text of its own. `slug` is the word of its public page, ''
    while that is not made. With `is_behind` the master changed after this text was made.
    """

    organisation_id: int
    name: str
    state: str
    subject: str
    body: str
    version: int
    is_behind: bool
    master: MasterLetter | None
    style: HouseStyle | None
    slug: str
    approved_by: str
    approved_on: date | None
    released_at: datetime | None
    released_sha256: str

    @property
    def is_written(self) -> bool:
        """Tell whether there is a text at all."""
        return bool(self.body)

    @property
    def paper(self) -> Paper:
        """Return what the letterhead shows."""
        return paper_of(self.style, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLetter:
    """A letter as its reader gets it; `values` are what its fields became."""

    subject: str
    body: str
    values: dict[str, str]


def get_letter(
    session: Session, place: Place, evening: Evening, organisation_id: int
) -> LetterPage:
    """Return the letter of a host; raise NotFound for who is none. In two statements."""
    rows = _letters(session, place, evening, organisation_id)
    if not rows:
        raise NotFound(NO_LETTER)
    return rows[0]


def letters_of(session: Session, place: Place, evening: Evening) -> Sequence[LetterPage]:
    """Return the letters of all hosts of an evening, by name. In two statements."""
    return _letters(session, place, evening, None)


def released_pdf(session: Session, evening_id: int, organisation_id: int) -> bytes | None:
    """Return a letter as it went out, None while it is not released."""
    return session.scalar(
        select(Invitation.released_pdf).where(
            Invitation.evening_id == evening_id, Invitation.organisation_id == organisation_id
        )
    )


def filled_letter(
    letter: LetterPage, evening: Evening, programme: Sequence[ProgrammeItem], *, address: str
) -> FilledLetter:
    """Return a letter with its fields filled in; a released one is as it went out."""
    values = values_of(letter, evening, programme, address=address)
    if letter.state == LetterState.RELEASED:
        return FilledLetter(subject=letter.subject, body=letter.body, values=values)
    return FilledLetter(
        subject=filled(letter.subject, values), body=filled(letter.body, values), values=values
    )


def values_of(
    letter: LetterPage, evening: Evening, programme: Sequence[ProgrammeItem], *, address: str
) -> dict[str, str]:
    """Return the value of every field; '' for what is not known yet."""
    style = letter.style
    return {
        "gemeente": letter.name,
        "ondertekenaar": style.signatory_name if style else "",
        "functie": style.signatory_function if style else "",
        "contactpersoon": style.contact_name if style else "",
        "telefoon": style.contact_phone if style else "",
        "email": style.contact_email if style else "",
        "avond": evening.title,
        "datum": day_text(evening.held_on),
        "tijd": times_text(evening.starts_at, evening.ends_at),
        "locatie": ", ".join(part for part in (evening.venue, evening.street) if part),
        "plaats": evening.town,
        "programma": programme_text((one.starts_at, one.title, one.speaker) for one in programme),
        "aanmeldadres": address,
    }


def _letters(
    session: Session, place: Place, evening: Evening, organisation_id: int | None
) -> list[LetterPage]:
    wanted = [Host.evening_id == evening.id]
    if organisation_id is not None:
        wanted.append(Host.organisation_id == organisation_id)
    rows = session.execute(
        select(Host.organisation_id, Invitation, MasterLetter, HouseStyle, Page.slug)
        .outerjoin(MasterLetter, MasterLetter.evening_id == Host.evening_id)
        .outerjoin(
            Invitation,
            and_(
                Invitation.evening_id == Host.evening_id,
                Invitation.organisation_id == Host.organisation_id,
            ),
        )
        .outerjoin(
            HouseStyle,
            and_(
                HouseStyle.plustaak_id == place.plustaak_id,
                HouseStyle.organisation_id == Host.organisation_id,
            ),
        )
        .outerjoin(
            Page,
            and_(
                Page.evening_id == Host.evening_id,
                Page.organisation_id == Host.organisation_id,
            ),
        )
        .where(*wanted)
    ).all()
    names = organisation_names(session, [row.organisation_id for row in rows])
    made = [_letter(names[row.organisation_id], row) for row in rows]
    return sorted(made, key=lambda letter: letter.name)


def _letter(name: str, row: Row[*tuple[Any, ...]]) -> LetterPage:
    organisation_id: int = row.organisation_id
    own: Invitation | None = row.Invitation
    master: MasterLetter | None = row.MasterLetter
    style: HouseStyle | None = row.HouseStyle
    slug: str | None = row.slug
    text = own or master
    return LetterPage(
        organisation_id=organisation_id,
        name=name,
        state=own.state if own else LetterState.DRAFT,
        subject=text.subject if text else "",
        body=text.body if text else "",
        version=own.version if own else 0,
        is_behind=_is_behind(own, master),
        master=master,
        style=style,
        slug=slug or "",
        approved_by=own.approved_by if own else "",
        approved_on=own.approved_on if own else None,
        released_at=own.released_at if own else None,
        released_sha256=own.released_sha256 if own else "",
    )


def _is_behind(own: Invitation | None, master: MasterLetter | None) -> bool:
    """Tell whether the master changed after a letter, that is not out yet, was made from it."""
    return (
        own is not None
        and master is not None
        and own.state != LetterState.RELEASED
        and master.version > own.from_master_version
    )
