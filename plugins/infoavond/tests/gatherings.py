"""What tests of sign-ups need: an evening of two municipalities with their pages and residents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import event, select

from extranet.api import keep_public_address, participants_of
from extranet_infoavond.models import (
    Evening,
    Host,
    HouseStyle,
    Initiative,
    LegalBasis,
    Page,
    Signup,
    SignupState,
)
from extranet_infoavond.services.pages import move_retention
from extranet_infoavond.services.signups import Resident, sign_up

HELD_ON = date(2026, 12, 10)
TICKET = "A" * 43


@dataclass(frozen=True, slots=True)
class Gathering:
    """The numbers of an evening and its hosts, and their slugs by host."""

    evening_id: int
    hosts: tuple[int, ...]
    slugs: tuple[str, ...]


def make_gathering(site, *, coalition="met", hosts=2, held_on=HELD_ON, is_open=True, **facts):
    """Make an evening with its hosts, house styles and public pages; `facts` change the evening."""
    place = site.world.places[coalition]
    with site.unit_of_work() as session:
        numbers = [one.organisation_id for one in participants_of(session, place)][:hosts]
        evening = Evening(
            **{
                "plustaak_id": place.plustaak_id,
                "title": "Groen gas op uw bedrijf",
                "held_on": held_on,
                "starts_at": time(19, 30),
                "ends_at": time(22, 0),
                "venue": "Dorpshuis",
                "street": "Kerkstraat 1",
                "town": "Dorp",
                "capacity": 50,
                **facts,
            }
        )
        session.add(evening)
        session.flush()
        slugs = []
        for number in numbers:
            session.add(Host(evening_id=evening.id, organisation_id=number))
            make_style(session, place, number)
            slugs.append(make_page(session, place, evening, number, is_open=is_open))
    return Gathering(evening.id, tuple(numbers), tuple(slugs))


def make_style(session, place, number, **facts):
    """Give a municipality a house style, unless it has one."""
    if session.get(HouseStyle, (place.plustaak_id, number)) is None:
        session.add(
            HouseStyle(
                **{
                    "plustaak_id": place.plustaak_id,
                    "organisation_id": number,
                    "sender": f"Gemeente Voorbeeld {number}",
                    "contact_name": "Team Duurzaam",
                    "contact_email": "duurzaam@voorbeeld.nl",
                    "contact_phone": "077 123 45 67",
                    "website": "https://www.voorbeeld.nl",
                    "privacy_url": "https://www.voorbeeld.nl/privacy",
                    **facts,
                }
            )
        )


def make_page(session, place, evening, number, *, is_open=True):
    """Give a municipality its public page and return its word in the address."""
    slug = f"voorbeeld-{evening.id}-{number}"
    session.add(
        Page(
            evening_id=evening.id,
            organisation_id=number,
            slug=slug,
            legal_basis=LegalBasis.PUBLIC_TASK,
            keep_days=90,
            is_open=is_open,
        )
    )
    session.flush()
    keep_public_address(session, place, slug=slug, subject=f"{evening.id}-{number}")
    return slug


def add_signup(site, gathering, host=0, **facts):
    """Sign somebody up as the service does; return the number and the secret of the link."""
    resident = Resident(**{"name": "Jan de Boer", **facts})
    with site.unit_of_work() as session:
        page = session.get_one(Page, (gathering.evening_id, gathering.hosts[host]))
        made, code = sign_up(session, page, resident, ticket="")
        return made.id, code


def add_people(site, gathering, host, people, *, came=None, state=SignupState.CONFIRMED):
    """Put a sign-up of so many people down, past every rule, ten at most a row."""
    with site.unit_of_work() as session:
        evening = session.get_one(Evening, gathering.evening_id)
        left = people
        while left > 0:
            size = min(left, 10)
            session.add(
                Signup(
                    evening_id=evening.id,
                    organisation_id=gathering.hosts[host],
                    name="Piet Geheim",
                    people=size,
                    came=size if came is None or came >= size else came,
                    state=state,
                    signed_up_at=site.clock.now(),
                    keep_until=date(2027, 6, 1),
                )
            )
            left -= size


def change_evening(site, gathering, **values):
    """Change an evening, and let the days of erasing follow as its service does."""
    with site.unit_of_work() as session:
        evening = session.get_one(Evening, gathering.evening_id)
        for name, value in values.items():
            setattr(evening, name, value)
        session.flush()
        move_retention(session, evening)


def add_initiative(site, number, *, coalition="met", **facts):
    """Note an initiative, past every rule; return its number."""
    with site.unit_of_work() as session:
        made = Initiative(
            **{
                "plustaak_id": site.world.places[coalition].plustaak_id,
                "organisation_id": number,
                "kind": "hub",
                "stage": "talked",
                "initiator": "Familie Geheim",
                "contact": "geheim@boerderij.nl",
                "note": "Wil klein beginnen",
                "owner": "Beleidsmedewerker energie",
                "next_step": "Keukentafelgesprek",
                "next_on": date(2026, 11, 30),
                "noted_on": date(2026, 11, 20),
                "keep_until": date(2028, 11, 20),
                **facts,
            }
        )
        session.add(made)
        session.flush()
        return made.id


def all_of(site, model):
    """Return every row of a table, the oldest first."""
    with site.unit_of_work() as session:
        return list(session.scalars(select(model).order_by(*model.__table__.primary_key)))


def text_of(answer):
    """Return a page as text."""
    return answer.get_data(as_text=True)


def statements_of(site, work):
    """Return how many statements the reading engine ran while something was done."""
    seen = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    engine = site.database.read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
