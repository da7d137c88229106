"""What residents see: one municipality's page for one evening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from extranet.api import NotFound, Place, participants_of, today
from extranet_infoavond.models import (
    Evening,
    HouseStyle,
    Page,
    ProgrammeItem,
    Signup,
    SignupState,
)
from extranet_infoavond.rules.standing import Standing, standing_of
from extranet_infoavond.wording import Text

NO_PAGE = Text("This page does not exist.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A page with its evening and house style (None while the municipality has none).

    `name` is what the municipality calls itself towards its residents.
    """

    evening: Evening
    page: Page
    style: HouseStyle | None
    name: str
    standing: Standing
    today: date

    @property
    def website(self) -> str:
        """Return the address of the municipality's website, '' when it is no address."""
        return web_address(self.style.website) if self.style is not None else ""

    @property
    def privacy_url(self) -> str:
        """Return the address of its privacy statement, '' when it is no address."""
        return web_address(self.style.privacy_url) if self.style is not None else ""

    @property
    def keep_until(self) -> date:
        """Return the last day on which what is filled in today is kept."""
        return (self.evening.held_on or self.today) + timedelta(days=self.page.keep_days)


def web_address(text: str) -> str:
    """Return an address that a browser may be sent to; '' for anything else."""
    return text if text.startswith(("https://", "http://")) else ""


def subject_of(page: Page) -> str:
    """Return what the address of a page stands for, for the core to keep."""
    return f"{page.evening_id}-{page.organisation_id}"


def get_public_page(session: Session, place: Place, subject: str) -> PublicPage:
    """Return the page that an address stands for; raise NotFound when it is gone."""
    evening_id, _, organisation_id = subject.partition("-")
    row = session.execute(
        select(Evening, Page, HouseStyle)
        .join(Page, Page.evening_id == Evening.id)
        .outerjoin(
            HouseStyle,
            and_(
                HouseStyle.plustaak_id == Evening.plustaak_id,
                HouseStyle.organisation_id == Page.organisation_id,
            ),
        )
        .where(
            Evening.plustaak_id == place.plustaak_id,
            Evening.id == int(evening_id),
            Page.organisation_id == int(organisation_id),
        )
    ).one_or_none()
    if row is None:
        raise NotFound(NO_PAGE)
    evening, page = row[0], row[1]
    style: HouseStyle | None = row[2]
    day = today(session)
    return PublicPage(
        evening=evening,
        page=page,
        style=style,
        name=style.sender if style is not None else name_of(session, place, page.organisation_id),
        standing=standing_of(
            state=evening.state,
            held_on=evening.held_on,
            is_open=page.is_open,
            places_left=places_left(session, evening),
            today=day,
        ),
        today=day,
    )


def name_of(session: Session, place: Place, organisation_id: int) -> str:
    """Return the name of a participant; '' for who does not take part any more."""
    names = {one.organisation_id: one.name for one in participants_of(session, place)}
    return names.get(organisation_id, "")


def places_left(session: Session, evening: Evening) -> int:
    """Return how many places an evening has left, over all its hosts; below 0 when too few."""
    taken = session.scalar(
        select(func.coalesce(func.sum(Signup.people), 0)).where(
            Signup.evening_id == evening.id, Signup.state == SignupState.CONFIRMED
        )
    )
    return evening.capacity - int(taken or 0)


def programme_of(session: Session, evening: Evening) -> list[ProgrammeItem]:
    """Return what happens on an evening, in order."""
    found = session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.evening_id == evening.id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    return list(found)


def hash_of(code: str) -> str:
    """Return what is kept of the secret in somebody's own link."""
    return sha256(code.encode()).hexdigest()


def find_by_code(session: Session, page: Page, code: str) -> Signup | None:
    """Return the sign-up on this page whose own link holds this secret."""
    return session.scalar(
        select(Signup).where(
            Signup.evening_id == page.evening_id,
            Signup.organisation_id == page.organisation_id,
            Signup.code_sha256 == hash_of(code),
        )
    )


def get_by_code(session: Session, page: Page, code: str) -> Signup:
    """Return the sign-up whose own link this is; raise NotFound when there is none."""
    found = find_by_code(session, page, code)
    if found is None:
        raise NotFound(NO_PAGE)
    return found
