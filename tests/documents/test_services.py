from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from extranet.access import Actor
from extranet.activity.models import ActivityEntry
from extranet.clock import today
from extranet.documents.events import (
    DocumentAdded,
    DocumentErased,
    DocumentVersionAdded,
    DocumentWithdrawn,
)
from extranet.documents.models import Confidentiality, Document, DocumentVersion, WooDecision
from extranet.documents.services.documents import (
    DocumentValues,
    add_document,
    change_document,
    restore_document,
    withdraw_document,
)
from extranet.documents.services.retention import erase_document
from extranet.documents.services.versions import add_version
from extranet.errors import Conflict, InvalidInput
from extranet.i18n import Text
from tests.documents.papers import GOOD, make_document, make_upload
from tests.factories import make_body, make_membership, make_organisation, make_person, make_region

TOKEN = "a-token-of-a-form-that-is-long"


def actor_of(person):
    return Actor(
        person_id=person.id, login_session_id=1, name=person.name, locale="nl", is_operator=False
    )


def values(**given):
    return DocumentValues(**{"title": "Notitie", "confidentiality": "members", **given})


@pytest.fixture
def region(session):
    return make_region(session)


@pytest.fixture
def body(session, region):
    return make_body(session, region=region, name="Regiegroep")


@pytest.fixture
def heard(database):
    """The events of documents, as the domains above would hear them."""
    events = []
    for kind in (DocumentAdded, DocumentVersionAdded, DocumentWithdrawn, DocumentErased):
        database.subscriptions.subscribe(kind, lambda _session, event: events.append(event))
    return events


def entries(session):
    session.flush()
    return session.scalars(select(ActivityEntry).order_by(ActivityEntry.id)).all()


def test_added_document_has_author_file_and_entry(session, files, region, body, heard):
    person = make_person(session)
    document = add_document(
        session,
        files=files,
        region_id=region.id,
        owner="coalition:3",
        values=values(body_id=body.id),
        upload=make_upload(GOOD["pdf"], "Stuk.pdf"),
        token=TOKEN,
        actor=actor_of(person),
    )

    version = session.scalars(select(DocumentVersion)).one()
    assert (version.number, version.file_name, version.media_type, version.person_id) == (
        1, "Stuk.pdf", "application/pdf", person.id,
    )  # fmt: skip
    assert "Stuk" not in version.storage_key
    assert b"".join(files.read(version.storage_key)) == GOOD["pdf"]
    (entry,) = entries(session)
    assert (entry.action, entry.subject_label, entry.region_id) == (
        "document.added", "Notitie", region.id,
    )  # fmt: skip
    assert "Stuk.pdf" not in str(entry.after)
    assert heard == [
        DocumentAdded(document_id=document.id, region_id=region.id, owner="coalition:3")
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "  "}, "title"),
        ({"body_id": None}, "body_id"),
        ({"confidentiality": Confidentiality.CONFIDENTIAL, "imposed_by_body_id": None},
         "imposed_by_body_id"),
        ({"retention_until": date(2030, 1, 1)}, "retention_ground"),
        ({"retention_until": date(2026, 11, 22), "retention_ground": "x"}, "retention_until"),
        ({"woo_category": "9z"}, "woo_category"),
        ({"woo_decision": WooDecision.REFUSE}, "woo_ground"),
        ({"woo_decision": WooDecision.PARTLY}, "woo_ground"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_by_field(session, files, region, body, given, field):
    with pytest.raises(InvalidInput) as refused:
        make_document(session, files=files, region=region, **{"body": body, **given})

    assert list(refused.value.fields) == [field]
    assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_confidential_document_needs_a_ground(session, files, region, body):
    given = {"confidentiality": Confidentiality.CONFIDENTIAL, "confidentiality_ground": ""}
    with pytest.raises(InvalidInput) as refused:
        make_document(session, files=files, region=region, body=body, **given)

    assert refused.value.fields == {"confidentiality_ground": Text("Say why.")}


def test_author_and_imposer_are_of_this_region(session, files, region):
    other = make_region(session)
    foreign = make_body(session, region=other)
    organisation = make_organisation(session)
    make_membership(session, region=other, organisation=organisation)

    found = []
    for given in (
        {"body_id": foreign.id},
        {"organisation_id": organisation.id},
        {"imposed_by_body_id": foreign.id},
        {"body_id": 999},
    ):
        with pytest.raises(InvalidInput) as refused:
            make_document(session, files=files, region=region, **given)
        found.append(list(refused.value.fields))

    assert found == [["body_id"], ["organisation_id"], ["imposed_by_body_id"], ["body_id"]]


def test_member_is_an_author(session, files, region):
    organisation = make_organisation(session)
    make_membership(session, region=region, organisation=organisation, until_date=date(2024, 1, 1))

    document = make_document(
        session, files=files, region=region, body_id=None, organisation_id=organisation.id
    )

    assert (document.body_id, document.organisation_id) == (None, organisation.id)


def test_versions_are_counted_and_the_earlier_ones_stay(session, files, region, heard):
    document = make_document(session, files=files, region=region)
    later = make_upload(b"anders", "Later.txt")

    number = add_version(
        session, files=files, document=document, upload=later, token=TOKEN, note="Punt 3",
        actor=None,
    )  # fmt: skip

    versions = session.scalars(select(DocumentVersion).order_by(DocumentVersion.number)).all()
    assert number == 2
    assert [b"".join(files.read(v.storage_key)) for v in versions] == [GOOD["txt"], b"anders"]
    assert entries(session)[-1].action == "document.version_added"
    assert "Punt 3" not in str(entries(session)[-1].after)
    assert heard[-1].number == 2


def test_version_never_changes_and_no_document_is_deleted(session, files, region):
    make_document(session, files=files, region=region)

    for statement in (
        update(DocumentVersion).values(sha256="x"),
        delete(DocumentVersion),
        delete(Document),
    ):
        with pytest.raises(IntegrityError, match="document"), session.begin_nested():
            session.execute(statement)


def test_erased_document_never_changes(session, files, region):
    document = make_document(session, files=files, region=region)
    erase_document(session, files=files, document=document, actor=None)
    session.flush()

    with pytest.raises(IntegrityError, match="erased"), session.begin_nested():
        session.execute(update(Document).values(title="x"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"body_id": None, "organisation_id": None},
        {"confidentiality": "confidential", "imposed_by_body_id": None},
        {"confidentiality": "confidential", "confidentiality_ground": ""},
        {"woo_decision": "refuse", "woo_ground": ""},
    ],
)
def test_database_refuses_what_cannot_stand(session, files, region, wrong):
    make_document(session, files=files, region=region, confidentiality=Confidentiality.CONFIDENTIAL)

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(Document).values(**wrong))


def test_changing_records_what_changed_and_nothing_else(session, files, region, body):
    document = make_document(session, files=files, region=region, body=body)
    session.flush()

    changed = values(title="Nieuw", body_id=body.id, woo_decision=WooDecision.PUBLISH)
    change_document(session, document=document, values=changed, actor=None)
    change_document(session, document=document, values=changed, actor=None)

    _added, entry = entries(session)
    assert (entry.before, entry.after) == (
        {"title": "Notitie", "woo_decision": "not_decided"},
        {"title": "Nieuw", "woo_decision": "publish"},
    )
    assert document.version == 2


def test_log_never_tells_the_title_of_a_document_for_few(session, files, region, body):
    document = make_document(
        session,
        files=files,
        region=region,
        body=body,
        title="Geheim plan",
        confidentiality=Confidentiality.CONFIDENTIAL,
        confidentiality_ground="Geheime reden",
    )
    change_document(
        session,
        document=document,
        values=values(
            title="Geheimer plan",
            body_id=body.id,
            confidentiality=Confidentiality.PARTICIPANTS,
            confidentiality_ground="Geheimer reden",
        ),
        actor=None,
    )
    withdraw_document(session, document=document, reason="Geheime fout", actor=None)
    restore_document(session, document=document, actor=None)
    erase_document(session, files=files, document=document, actor=None)

    logged = entries(session)
    assert len(logged) == 5
    assert {entry.subject_label for entry in logged} == {str(document.id)}
    assert "eheim" not in str([(entry.before, entry.after) for entry in logged])


def test_log_does_not_tell_the_title_that_a_document_had_while_it_was_for_few(
    session, files, region, body
):
    document = make_document(
        session, files=files, region=region, body=body, title="Geheim plan",
        confidentiality=Confidentiality.PARTICIPANTS,
    )  # fmt: skip

    opened = values(title="Open plan", body_id=body.id)
    change_document(session, document=document, values=opened, actor=None)

    entry = entries(session)[-1]
    assert entry.subject_label == "Open plan"
    assert "Geheim" not in str(entry.before)


def test_withdrawing_asks_why_and_can_be_taken_back(session, files, region, heard):
    document = make_document(session, files=files, region=region)

    with pytest.raises(InvalidInput):
        withdraw_document(session, document=document, reason=" ", actor=None)
    withdraw_document(session, document=document, reason="Verkeerd bestand", actor=None)
    with pytest.raises(InvalidInput):
        withdraw_document(session, document=document, reason="Nog eens", actor=None)
    with pytest.raises(InvalidInput):
        add_version(
            session, files=files, document=document, upload=make_upload(), token=TOKEN, note="",
            actor=None,
        )  # fmt: skip
    restore_document(session, document=document, actor=None)
    restore_document(session, document=document, actor=None)

    assert (document.withdrawn_at, document.withdrawn_reason) == (None, "")
    assert [entry.action for entry in entries(session)] == [
        "document.added", "document.withdrawn", "document.restored",
    ]  # fmt: skip
    assert [type(event) for event in heard] == [DocumentAdded, DocumentWithdrawn]


def test_day_of_retention_that_passed_may_stay_but_not_be_chosen(session, files, region, body):
    until = today(session)
    document = make_document(
        session, files=files, region=region, body=body, retention_until=until,
        retention_ground="Resultaat 11.1",
    )  # fmt: skip
    session.info["clock"].advance(days=10)
    kept = {"body_id": body.id, "retention_ground": "Resultaat 11.1"}

    still = values(title="Anders", retention_until=until, **kept)
    change_document(session, document=document, values=still, actor=None)
    with pytest.raises(InvalidInput) as refused:
        later = values(retention_until=until + timedelta(days=1), **kept)
        change_document(session, document=document, values=later, actor=None)

    assert document.title == "Anders"
    assert list(refused.value.fields) == ["retention_until"]


def add_twice(session, files, region, body, **second):
    """Send one form, and send it again with `second` changed; return both documents."""
    first = {
        "region_id": region.id,
        "owner": "",
        "values": values(body_id=body.id),
        "upload": make_upload(),
        "token": TOKEN,
        "actor": None,
    }
    return [
        add_document(session, files=files, **given)
        for given in (first, {**first, "upload": make_upload(), **second})
    ]


def test_form_sent_twice_makes_one_document(session, files, region, body, heard):
    one, other = add_twice(session, files, region, body)

    assert one is other
    assert len(heard) == len(entries(session)) == 1
    assert session.scalar(select(func.count()).select_from(DocumentVersion)) == 1


def test_form_sent_again_with_something_else_is_no_double(session, files, region, body):
    person = make_person(session)
    for second in (
        {"upload": make_upload(b"anders")},
        {"values": values(body_id=body.id, title="Anders")},
        {"owner": "coalition:3"},
        {"actor": actor_of(person)},
    ):
        with pytest.raises(Conflict):
            add_twice(session, files, region, body, **second)

    assert session.scalar(select(func.count()).select_from(Document)) == 1


def test_version_sent_twice_is_one_and_not_one_of_another_document(session, files, region):
    one, other = (make_document(session, files=files, region=region) for _ in range(2))

    def send(document):
        return add_version(
            session, files=files, document=document, upload=make_upload(b"b"), token=TOKEN,
            note="", actor=None,
        )  # fmt: skip

    assert [send(one), send(one)] == [2, 2]
    with pytest.raises(Conflict):
        send(other)
