"""What happens is told to plugins after the commit, by a worker that may be another process."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extranet.coalitions.events import (
    GoLiveAsked,
    PlustaakParticipationEnded,
    PlustaakParticipationStarted,
    PlustaakWentLive,
)
from extranet.coalitions.models import Coalition, Plustaak
from extranet.coalitions.services.plustaken import (
    archive_plustaak,
    disable_plustaak,
    purge_plustaak,
)
from extranet.events import emit
from extranet.membership.models import Organisation
from extranet.outbox.models import Mail
from extranet.outbox.services.delivery import render
from extranet.plugins.tasks import work_of
from extranet_dummy.models import Heard, Note
from extranet_dummy.services import remind, write_note


@pytest.fixture
def work(site):
    """One round of the worker."""
    return work_of(site.host, site.database)


def heard(site) -> list[str]:
    with site.database.reading() as session:
        found = session.scalars(
            select(Heard.what).where(Heard.plustaak_id == site.place.plustaak_id).order_by(Heard.id)
        )
        return [what for what in found if what != "tidied"]


def both(session, site):
    plustaak = session.get(Plustaak, site.place.plustaak_id)
    return {"coalition": session.get(Coalition, site.place.coalition_id), "plustaak": plustaak}


def test_plugin_hears_what_happened_to_it_after_the_commit(site, work):
    with site.unit_of_work() as session:
        disable_plustaak(session, actor=None, **both(session, site))
    assert heard(site) == []
    work()
    with site.unit_of_work() as session:
        archive_plustaak(session, actor=None, **both(session, site))
    work()

    assert heard(site) == ["disabled", "archived"]


def test_change_that_was_rolled_back_is_told_to_nobody(site, work):
    with pytest.raises(ZeroDivisionError), site.unit_of_work() as session:
        disable_plustaak(session, actor=None, **both(session, site))
        raise ZeroDivisionError
    work()

    assert heard(site) == []


def test_plugin_hears_who_joins_and_leaves_its_plustaak(site, work):
    place = {
        "region_id": site.place.region_id,
        "coalition_id": site.place.coalition_id,
        "plustaak_id": site.place.plustaak_id,
        "plugin": "dummy",
    }
    with site.unit_of_work() as session:
        venray = session.scalars(select(Organisation).where(Organisation.code == "gm:9004")).one()
        day = date(2026, 12, 31)
        started = PlustaakParticipationStarted(organisation_id=venray.id, from_date=day, **place)
        emit(session, started)
        ended = PlustaakParticipationEnded(organisation_id=venray.id, until_date=day, **place)
        emit(session, ended)
    work()

    assert heard(site) == ["gm:9004 joined", "gm:9004 2026-12-31"]
    with site.database.reading() as session:
        assert (
            session.scalars(
                select(Heard.what).where(
                    Heard.plustaak_id == site.other_place.plustaak_id, Heard.what != "tidied"
                )
            ).all()
            == []
        )


def test_go_live_hears_the_rule_about_participants_and_the_plugins_own(site):
    with site.database.reading() as session:
        asked = GoLiveAsked(
            region_id=site.place.region_id,
            coalition_id=site.place.coalition_id,
            plustaak_id=site.place.plustaak_id,
            plugin="dummy",
            participants=("gm:9001", "gm:9002", "gm:9003", "kvk:90000001"),
        )
        emit(session, asked)

    assert [str(one.what) for one in asked.blockers] == [
        "Four municipalities are needed.",
        "There is no note yet.",
    ]
    assert asked.blockers[1].endpoint == "dummy.notes"


def test_went_live_is_told(site, work):
    with site.unit_of_work() as session:
        emit(
            session,
            PlustaakWentLive(
                region_id=site.place.region_id,
                coalition_id=site.place.coalition_id,
                plustaak_id=site.place.plustaak_id,
                plugin="dummy",
                live_since=date(2026, 11, 23),
            ),
        )
    work()

    assert heard(site) == ["went_live"]


def test_plugin_queues_its_own_work_and_mails_people_with_an_account(site, work):
    with site.unit_of_work() as session:
        people = [site.world.persons["lead"], site.world.persons["guest"], 999]
        assert remind(session, site.place, person_ids=people) == 2
    work()

    assert heard(site) == ["reminded"]
    with site.database.reading() as session:
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [mail.to_address for mail in mails] == ["lead@example.org", "guest@example.org"]
    subject, body = render(mails[0], site.host.folders)
    assert subject == "3 notities wachten op je"
    assert body == "Schrijf de eerste notitie\n"


def test_periodic_work_runs_once_a_day_in_every_place(site, work, clock):
    def tidied():
        with site.database.reading() as session:
            found = session.scalars(select(Heard.plustaak_id).where(Heard.what == "tidied"))
            return sorted(found)

    work()
    work()
    once = sorted([site.place.plustaak_id, site.other_place.plustaak_id])
    assert tidied() == once
    clock.advance(seconds=timedelta(days=1).total_seconds())
    work()

    assert tidied() == sorted(once * 2)


def test_purge_deletes_here_and_nothing_elsewhere(site, work):
    with site.unit_of_work() as session:
        write_note(session, site.place, text="Hier")
        write_note(session, site.other_place, text="Daar")
        disable_plustaak(session, actor=None, **both(session, site))
    with site.unit_of_work() as session:
        purge_plustaak(session, typed="dummy", actor=None, **both(session, site))
    work()

    with site.database.reading() as session:
        assert session.scalars(select(Note.text)).all() == ["Daar"]
    assert heard(site) == ["disabled"]
