"""Write, approve and release a municipality's letter as its page does."""

from extranet_infoavond.models import Evening, LetterState
from plugins.infoavond.tests.rows import add_letter

DRAFT, APPROVED, RELEASED = LetterState.DRAFT, LetterState.APPROVED, LetterState.RELEASED
OWN = {"subject": "Welkom bij {avond}", "body": "Beste mensen,\n\nTot {datum}."}
APPROVAL = {"approved_by": "het college", "approved_on": "23-11-2026"}


def add(site, evening_id, organisation_id, **values):
    with site.unit_of_work() as session:
        add_letter(session, session.get(Evening, evening_id), organisation_id, **values)


def post(site, evening_id, path, *, visitor="representative", **values):
    """Send a form with the version that its page shows."""
    shown = {"wijzigen": "wijzigen", "goedkeuren": "goedkeuren", "opnieuw": "opnieuw"}
    address = site.address(f"{evening_id}/onze-brief/{path}")
    form = site.address(f"{evening_id}/onze-brief/{shown.get(path, 'vergelijken')}")
    page = site.visit(visitor).get(form).text
    mark = page.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    mark = mark or page.partition('name="version" value="')[2].partition('"')[0]
    if path == "vrijgeven":
        page = site.visit(visitor).get(address).text
        mark = page.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    return site.post(visitor, address, version=mark or 1, **values)


def letter_page(site, evening_id, organisation_id, visitor="representative"):
    return site.visit(visitor).get(site.address(f"{evening_id}/brieven/{organisation_id}")).text
