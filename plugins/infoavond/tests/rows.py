"""Rows that tests start from: an evening with hosts, a text, a house style, a released letter."""

import json
import struct
import zlib
from contextlib import contextmanager
from datetime import date, time

from sqlalchemy import event, text

from extranet.api import participants_of, today
from extranet_infoavond.models import (
    Evening,
    Host,
    HouseStyle,
    Invitation,
    LetterState,
    MasterLetter,
    ProgrammeItem,
)

DAY = date(2027, 3, 12)
MASTER = ("Uitnodiging: {avond}", "Beste heer, mevrouw,\n\nKomt u op {datum} naar {locatie}?")
STYLE = {
    "street": "Raadhuisstraat 1",
    "postal_town": "5801 MB Plaats",
    "contact_name": "Team duurzaam",
    "contact_email": "duurzaam@gemeente.example",
    "contact_phone": "0478 52 33 33",
    "signatory_name": "J. Jansen",
    "signatory_function": "wethouder energie",
    "website": "https://www.gemeente.example",
    "privacy_url": "https://www.gemeente.example/privacy",
    "accent": "#0f4c5a",
}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=80, height=40):
    """Return a picture of one grey."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def municipalities(session, place):
    """Return the numbers of the municipalities of a place, by name: those of the lead first."""
    return [one.organisation_id for one in participants_of(session, place)]


def add_evening(session, place, *, title="Avond in de kas", hosts=2, **changes):
    """Add an evening with everything known, a programme and a master text."""
    known = {
        "held_on": DAY,
        "starts_at": time(19, 30),
        "ends_at": time(22, 0),
        "venue": "De Kas",
        "street": "Kasweg 5",
        "town": "Horst",
        "capacity": 80,
        "plustaak_id": place.plustaak_id,
        **changes,
    }
    evening = Evening(title=title, **known)
    session.add(evening)
    session.flush()
    for organisation_id in municipalities(session, place)[:hosts]:
        session.add(Host(evening_id=evening.id, organisation_id=organisation_id))
    add_item(session, evening)
    session.add(MasterLetter(evening_id=evening.id, subject=MASTER[0], body=MASTER[1]))
    session.flush()
    return evening


def add_item(session, evening):
    """Add the first part of an evening's programme."""
    item = ProgrammeItem(evening_id=evening.id, starts_at=time(19, 30), title="Inloop")
    session.add(item)
    session.flush()
    return item


def add_style(session, place, organisation_id, **changes):
    """Add a house style with everything filled in."""
    values = {"sender": "Gemeente Plaats", **STYLE, **changes}
    style = HouseStyle(plustaak_id=place.plustaak_id, organisation_id=organisation_id, **values)
    session.add(style)
    session.flush()
    return style


def add_letter(session, evening, organisation_id, *, state=LetterState.DRAFT, **changes):
    """Add a municipality's own letter in a state."""
    values = {"subject": MASTER[0], "body": MASTER[1], "from_master_version": 1, **changes}
    if state != LetterState.DRAFT:
        values |= {"approved_by": "het college", "approved_on": today(session)}
    if state == LetterState.RELEASED:
        values |= {"released_at": session.info["clock"].now(), "released_sha256": "0" * 64}
    letter = Invitation(
        evening_id=evening.id, organisation_id=organisation_id, state=state, **values
    )
    session.add(letter)
    session.flush()
    return letter


@contextmanager
def statements(site):
    """Give the list that every statement for reading is added to."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    engine = site.database.read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def read(site, sql):
    """Return the rows of a query: of what the core keeps, a plugin knows no models."""
    with site.unit_of_work() as session:
        return [tuple(row) for row in session.execute(text(sql))]


def write(site, sql):
    """Change what the core keeps."""
    with site.unit_of_work() as session:
        session.execute(text(sql))


def log_of(site):
    """Return what was written in the log, in order."""
    return [one for (one,) in read(site, "SELECT action FROM activity_entries ORDER BY id")]


def summary_of(site):
    """Return what the plugin keeps for the overview of `met`."""
    owner = site.place.owner
    found = read(site, f"SELECT \"values\" FROM plugin_summaries WHERE owner = '{owner}'")  # noqa: S608 - our own words
    if not found:
        return {}
    return json.loads(found[0][0]) if isinstance(found[0][0], str) else found[0][0]


def letter_in(site, evening_id, organisation_id):
    """Return a municipality's own letter, read anew; None when it has none."""
    with site.unit_of_work() as session:
        found = session.get(Invitation, (evening_id, organisation_id))
        if found is not None:
            session.refresh(found, ["released_pdf"])
            session.expunge(found)
        return found
