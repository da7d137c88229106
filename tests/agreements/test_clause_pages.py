"""The region admin's model clauses."""

import pytest
from sqlalchemy import select

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.agreements.models import ModelClause

PAGE = "/noord/beheer/modelbepalingen"
WORDS = {"title": "Weg", "body": "Wie weg wil, gaat.", "law": "", "version": "0"}


@pytest.mark.parametrize("role", Role)
def test_only_the_region_admin_keeps_them(enter, agreed, role):
    client = enter(role)
    expected = 200 if role is Role.REGION_ADMIN else 403

    for page in (PAGE, f"{PAGE}/leaving", f"{PAGE}/leaving/terugzetten"):
        assert client.get(page).status_code == expected
    answer = client.post(f"{PAGE}/leaving", data={**agreed.acting(), **WORDS})
    assert answer.status_code == (302 if role is Role.REGION_ADMIN else 403)


def test_clause_is_changed_and_brought_back(database, enter, agreed):
    admin = enter(Role.REGION_ADMIN)

    admin.post(f"{PAGE}/leaving", data={**agreed.acting(), **WORDS})
    assert "Van de regio" in admin.get(PAGE).text
    stale = admin.post(f"{PAGE}/leaving", data={**agreed.acting(), **WORDS, "title": "Ik"})
    assert stale.status_code == 409
    assert "Weg" in stale.text
    admin.post(f"{PAGE}/leaving/terugzetten", data={**agreed.acting(), "version": "1"})

    assert "Van de regio" not in admin.get(PAGE).text
    with database.reading() as session:
        assert session.scalars(select(ModelClause)).all() == []
        actions = session.scalars(
            select(ActivityEntry.action).where(ActivityEntry.subject_kind == "model_clause")
        )
        assert list(actions) == ["model_clause.changed", "model_clause.restored"]


def test_wrong_or_unknown_clause_is_refused(enter, agreed):
    admin = enter(Role.REGION_ADMIN)

    empty = admin.post(f"{PAGE}/leaving", data={**agreed.acting(), **WORDS, "body": " "})

    assert empty.status_code == 422
    assert admin.get(f"{PAGE}/onzin").status_code == 404
